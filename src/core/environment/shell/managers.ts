import { byNumbers } from '../../probe/shims/env-family';
import { getText, type Scope } from './scope';

/** Aliases that lead to aliases. */
const MAX_ALIASES = 10;

/** The version that nvm's `default` alias leads to (`v20.11.0`); undefined where there is none. */
export function nvmDefault(scope: Scope, folder: string): string | undefined {
  return nvmVersion(scope, folder, 'default');
}

/** The installed version that nvm would take for a word: a version or the beginning of one, or an alias. */
export function nvmVersion({ world }: Scope, folder: string, word: string): string | undefined {
  const listed = world.host.fs.readDir(`${folder}/versions/node`);
  const installed = (listed.ok ? listed.value : []).map(({ name }) => name).sort(byNumbers);
  let wanted = word;
  for (let step = 0; step < MAX_ALIASES; step++) {
    if (/^v?\d+(?:\.\d+)*$/.test(wanted)) {
      const version = wanted.startsWith('v') ? wanted : `v${wanted}`;
      return installed.filter((name) => name === version || name.startsWith(`${version}.`)).at(-1);
    }
    if (wanted === 'node' || wanted === 'stable') {
      return installed.at(-1);
    }
    if (!/^[\w*-]+(?:\/[\w*-]+)?$/.test(wanted)) {
      return undefined;
    }
    const alias = world.readText(`${folder}/alias/${wanted}`);
    if (!alias.ok) {
      return undefined;
    }
    wanted = alias.value.trim();
  }
  return undefined;
}

/** The folders that mise puts on PATH for the tools of the user's own configuration. */
export function miseFolders(scope: Scope, data: string): readonly string[] {
  const { world } = scope;
  const home = getText(scope, 'HOME') ?? '';
  const config = getText(scope, 'XDG_CONFIG_HOME') || `${home}/.config`;
  const toml = world.readText(`${config}/mise/config.toml`);
  const versions = world.readText(`${home}/.tool-versions`);
  const wanted = [...(toml.ok ? toolsOfToml(toml.value) : []), ...(versions.ok ? toolsOfLines(versions.value) : [])];
  return wanted.flatMap(([tool, version]) => {
    const folder = `${data}/installs/${tool}`;
    const listed = world.host.fs.readDir(folder);
    const names = (listed.ok ? listed.value : []).map(({ name }) => name).sort(byNumbers);
    const found = names.includes(version)
      ? version
      : names.filter((name) => version === 'latest' || name.startsWith(`${version}.`)).at(-1);
    if (found === undefined) {
      return [];
    }
    const bin = `${folder}/${found}/bin`;
    return [world.host.fs.stat(bin).ok ? bin : `${folder}/${found}`];
  });
}

/** `node = "22"`, `python = ["3.12", "3.11"]`, `go = { version = "1.22" }` below `[tools]`. */
function toolsOfToml(text: string): readonly (readonly [tool: string, version: string])[] {
  const section = /^\s*\[tools\]\s*$([\s\S]*?)(?=^\s*\[|(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^\s*"?([\w:@/.-]+)"?\s*=\s*(.+)$/gm)].flatMap(([, tool = '', value = '']) =>
    [...value.matchAll(/(?:version\s*=\s*|^|[[,]\s*)"([\w.-]+)"/g)].map(
      ([, version = '']) => [tool.replace(/[:/]/g, '-'), version] as const,
    ),
  );
}

function toolsOfLines(text: string): readonly (readonly [tool: string, version: string])[] {
  return text.split('\n').flatMap((line) => {
    const [tool = '', version] = line.replace(/#.*/, '').trim().split(/\s+/);
    return version === undefined ? [] : [[tool, version] as const];
  });
}

/** The `bin` of the switch that opam's configuration names. */
export function opamBin(scope: Scope): string | undefined {
  const root = getText(scope, 'OPAMROOT') || `${getText(scope, 'HOME') ?? ''}/.opam`;
  const config = scope.world.readText(`${root}/config`);
  const name = config.ok ? /^\s*switch:\s*"([^"]+)"/m.exec(config.value)?.[1] : undefined;
  return name === undefined ? undefined : `${name.startsWith('/') ? `${name}/_opam` : `${root}/${name}`}/bin`;
}

/** SDKMAN's candidates with a current version: name (`java`) and folder. */
export function sdkmanCandidates(scope: Scope, folder: string): readonly (readonly [name: string, home: string])[] {
  const { fs } = scope.world.host;
  const listed = fs.readDir(`${folder}/candidates`);
  return (listed.ok ? listed.value : [])
    .map(({ name }) => [name, `${folder}/candidates/${name}/current`] as const)
    .filter(([, home]) => fs.stat(home).ok)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
