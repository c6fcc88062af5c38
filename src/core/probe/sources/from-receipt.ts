import { packageNames } from '../../catalog/package-names';
import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { readObject } from '../packages/package-source';
import { cleanVersion } from './version-text';

/**
 * The receipt that installers made by cargo-dist leave, as uv's does: `<app>-receipt.json` in the configuration folder of
 * the app (axodotdev/axoupdater), with the folder that it installed to, the programs and their version.
 */
export function fromReceipt({ subject, tool, program }: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  const folder = paths.dirname(subject);
  for (const root of configurationsOf(context)) {
    for (const app of new Set([tool.id, program, ...packageNames(tool, 'cargo')])) {
      const path = paths.join(root, app, `${app}-receipt.json`);
      const receipt = readObject(context, path);
      const prefix = receipt?.['install_prefix'];
      const version = receipt?.['version'];
      const isOfThis =
        typeof prefix === 'string' &&
        [prefix, paths.join(prefix, 'bin')].some((place) => paths.key(place) === paths.key(folder));
      const told = isOfThis && typeof version === 'string' ? cleanVersion(version) : undefined;
      if (told !== undefined && namesOf(receipt?.['binaries']).includes(program)) {
        return found(told, 'file', path, `${app} ${told}`);
      }
    }
  }
  return ABSENT;
}

function namesOf(binaries: unknown): readonly string[] {
  return Array.isArray(binaries) ? binaries.map((name) => String(name).replace(/\.exe$/i, '')) : [];
}

function configurationsOf({ host, paths }: ProbeContext): readonly string[] {
  const own = host.os === 'windows' ? host.env['LOCALAPPDATA'] : paths.join(host.home, '.config');
  const others = host.os === 'windows' ? [] : (host.otherHomes ?? []).map((home) => paths.join(home, '.config'));
  return [host.env['XDG_CONFIG_HOME'], own, ...others].flatMap((path) =>
    path !== undefined && paths.isAbsolute(path) ? [path] : [],
  );
}
