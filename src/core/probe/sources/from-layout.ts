import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';
import { cleanVersion, versionInPackage } from './version-text';

/** The version that the place itself shows: `/nix/store/…-nodejs-20.1.0/`, `~/.nvm/versions/node/v20.1.0/`. */
export function fromLayout({ tool, layout, subject, shim }: Copy, { catalog }: ProbeContext): Answer {
  // Some snaps are called by a revision: their files know better.
  if (shim?.version !== undefined && (shim.leadsTo === undefined || /^\d+\./.test(shim.version))) {
    return found(shim.version, 'file', shim.source, shim.detail);
  }
  const told = cleanVersion(layout?.version);
  // What a target asks for is in the words of Nix, too.
  const version = layout?.manager === 'nix' ? told : versionInPackage(tool, told);
  if (layout === undefined || version === undefined) {
    return ABSENT;
  }
  const { manager, package: name } = layout;
  const isOwn =
    name === undefined
      ? NAMED_BY_PROJECT.has(manager)
      : isPackageOf(tool, name) ||
        (NAMED_BY_PROJECT.has(manager) && !catalog.tools.some((other) => isPackageOf(other, name)));
  return isOwn ? found(version, 'path', subject) : ABSENT;
}

/**
 * Managers that keep each project in a folder that is called as it is, which need not be as its program is (`cli/cli`
 * for `gh`): unless it is called as another tool, what lies there is of its version.
 */
const NAMED_BY_PROJECT: ReadonlySet<string> = new Set(['mise', 'aqua', 'pkgx']);
