import type { Environment } from './env-files';
import { doubt, type World } from './shell/world';

/** How profiles are found and written on a system. */
interface Style {
  /** Where they lie, below the user's folders and the program itself; later ones win. */
  readonly places: readonly string[];
  readonly separator: string;
  readonly slash: string;
  /** The name of PATH in a profile. */
  readonly path: RegExp;
}

const WINDOWS: Style = {
  separator: ';',
  slash: '\\',
  path: /^path$/i,
  places: [
    'C:\\Program Files\\PowerShell\\7\\profile.ps1',
    'C:\\Program Files\\PowerShell\\7\\Microsoft.PowerShell_profile.ps1',
    '~\\Documents\\PowerShell\\profile.ps1',
    '~\\Documents\\PowerShell\\Microsoft.PowerShell_profile.ps1',
    '~\\OneDrive\\Documents\\PowerShell\\Microsoft.PowerShell_profile.ps1',
    '~\\Documents\\WindowsPowerShell\\profile.ps1',
    '~\\Documents\\WindowsPowerShell\\Microsoft.PowerShell_profile.ps1',
  ],
};

/** Source: "about_Profiles"; names of variables have their case here. */
const UNIX: Style = {
  separator: ':',
  slash: '/',
  path: /^PATH$/,
  places: [
    '/opt/microsoft/powershell/7/profile.ps1',
    '/opt/microsoft/powershell/7/Microsoft.PowerShell_profile.ps1',
    '/usr/local/microsoft/powershell/7/profile.ps1',
    '/usr/local/microsoft/powershell/7/Microsoft.PowerShell_profile.ps1',
    '~/.config/powershell/profile.ps1',
    '~/.config/powershell/Microsoft.PowerShell_profile.ps1',
  ],
};

const ASSIGNMENT = /^\s*\$env:(\w+)\s*(\+?)=\s*(.+?)\s*;?\s*$/i;

/**
 * Follows the profiles of PowerShell in what they do most: `$env:NAME = "…"`, `+=`, with variables, `+` and `Join-Path`.
 * Lines inside of blocks are not believed; where such a line or a program's output changes PATH, that is a doubt.
 */
export function readPowerShellProfiles(env: Environment, world: World): void {
  const { host } = world;
  const style = host.os === 'windows' ? WINDOWS : UNIX;
  const files = style.places.map((place) => place.replace('~', host.home)).filter((path) => host.fs.stat(path).ok);
  for (const file of files) {
    const read = world.readText(file);
    if (!read.ok) {
      doubt(world, file, `${file} is not read (${read.code})`);
      continue;
    }
    world.sources.add(file);
    let depth = 0;
    for (const [index, written] of read.value.split(/\r?\n/).entries()) {
      const line = written.replace(/^\s*#.*/, '');
      const source = `${file}:${index + 1}`;
      const found = ASSIGNMENT.exec(line);
      if (found !== null && depth === 0) {
        assign(env, world, { name: found[1]!, append: found[2] === '+', text: found[3]!, style }, source);
      } else if (/\$env:Path\s*\+?=/i.test(line) || /Invoke-Expression|\biex\b/i.test(line)) {
        const harmless = /starship|zoxide|oh-my-posh|completion|atuin|direnv/i.test(line);
        if (!harmless) {
          doubt(world, source, 'what this line does to PATH depends on what is only known when it runs');
        }
      }
      depth = Math.max(0, depth + count(line, '{') - count(line, '}'));
    }
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function assign(
  env: Environment,
  world: World,
  {
    name,
    append,
    text,
    style,
  }: { readonly name: string; readonly append: boolean; readonly text: string; readonly style: Style },
  source: string,
): void {
  const { separator } = style;
  const isPath = style.path.test(name);
  const key = isPath ? 'PATH' : name;
  const value = textValue(text, env, world, style);
  if (value === undefined) {
    if (isPath) {
      doubt(world, source, 'what this line puts on PATH is not known');
    }
    return;
  }
  const before = env.get(key) ?? '';
  const after = append ? before + value : value;
  if (isPath) {
    const known = new Set(before.split(separator));
    for (const entry of after.split(separator).filter((one) => !known.has(one))) {
      world.origins.set(entry, source);
    }
    env.set(
      key,
      after
        .split(separator)
        .filter((entry) => entry !== '')
        .join(separator),
    );
  } else {
    env.set(key, after);
  }
}

/** Texts in quotes, variables and `Join-Path`, put together with `+`. */
function textValue(text: string, env: Environment, world: World, style: Style): string | undefined {
  let result = '';
  for (const part of text.split(/\s*\+\s*(?=["'$(])/)) {
    const joined = /^\(?\s*Join-Path\s+(?:-Path\s+)?(\S+)\s+(?:-ChildPath\s+)?(["']?)([^"')]+)\2\s*\)?$/i.exec(part);
    const bare = part.replace(/^\((.*)\)$/, '$1');
    const piece =
      joined !== null
        ? join(textValue(joined[1]!, env, world, style), joined[3]!, style)
        : /^'[^']*'$/.test(bare)
          ? bare.slice(1, -1)
          : /^"[^"]*"$/.test(bare)
            ? expand(bare.slice(1, -1), env, world)
            : /^\$(?:env:)?\w+$/i.test(bare)
              ? expand(bare, env, world)
              : undefined;
    if (piece === undefined) {
      return undefined;
    }
    result += piece;
  }
  return result;
}

function join(folder: string | undefined, name: string, { slash }: Style): string | undefined {
  return folder === undefined ? undefined : `${folder.replace(/[\\/]+$/, '')}${slash}${name.replace(/^[\\/]+/, '')}`;
}

function expand(text: string, env: Environment, { host }: World): string | undefined {
  let known = true;
  const result = text.replace(
    /\$\{?env:([\w()]+)\}?|\$\{?(\w+)\}?/gi,
    (_, variable: string | undefined, own: string | undefined) => {
      if (own !== undefined) {
        known &&= /^home$/i.test(own);
        return host.home;
      }
      const wanted = variable!.toLowerCase();
      for (const [name, value] of env) {
        if (name.toLowerCase() === wanted) {
          return value;
        }
      }
      return '';
    },
  );
  return known && !result.includes('$(') ? result : undefined;
}
