/**
 * Which release lines a distribution has packages for, by catalog id; as packages.debian.org and packages.ubuntu.com
 * list them, without backports and makers' own repositories.
 */
const LINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Debian GNU/Linux 11': { python: '3.9', postgres: '13', java: '11 17', gcc: '9 10', go: '1.15', php: '7.4' },
  'Debian GNU/Linux 12': {
    python: '3.11',
    postgres: '15',
    java: '17',
    gcc: '11 12',
    clang: '13 14 15 16 19',
    llvm: '13 14 15 16 19',
    go: '1.19',
    php: '8.2',
  },
  'Debian GNU/Linux 13': {
    python: '3.13',
    postgres: '17',
    java: '21',
    gcc: '13 14',
    clang: '17 19',
    llvm: '17 19',
    php: '8.4',
  },
  'Ubuntu 22.04': {
    python: '3.10',
    postgres: '14',
    java: '8 11 17 21',
    gcc: '9 10 11 12',
    clang: '13 14 15',
    llvm: '13 14 15',
    php: '8.1',
  },
  'Ubuntu 24.04': {
    python: '3.12',
    postgres: '16',
    java: '8 11 17 21',
    gcc: '11 12 13 14',
    clang: '16 17 18',
    llvm: '16 17 18',
    go: '1.22',
    php: '8.3',
  },
};

/**
 * Whether a distribution has a package of a tool's release line: Debian 12 has `python3.11`, and no `python3.12`.
 *
 * @param system name and release, as `Debian GNU/Linux 12`
 * @returns true as well for a system that is not known, whose packages cannot be told from here
 */
export function hasReleaseLine(system: string, tool: string, line: string): boolean {
  return !Object.hasOwn(LINES, system) || (linesOf(system, tool)?.split(' ').includes(line) ?? false);
}

/** The release lines of a tool that a distribution has, for a sentence; `undefined` where they are not known. */
export function releaseLines(system: string, tool: string): string | undefined {
  return linesOf(system, tool)?.replaceAll(' ', ', ');
}

function linesOf(system: string, tool: string): string | undefined {
  return Object.hasOwn(LINES, system) ? LINES[system]?.[tool === 'psql' ? 'postgres' : tool] : undefined;
}
