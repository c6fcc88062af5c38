import type { OperatingSystem } from '../../model/snapshot';

interface UsualManager {
  /** Catalog id of the manager that most people take. */
  readonly id: string;
  readonly name: string;
  /** Where one of these is, nobody needs it. */
  readonly instead: readonly string[];
}

/** Linux always has its own package manager; a fresh Mac and a fresh Windows may have none. */
const USUAL: Readonly<Partial<Record<OperatingSystem, UsualManager>>> = {
  darwin: { id: 'brew', name: 'Homebrew', instead: ['brew', 'macports', 'mise', 'asdf', 'nix'] },
  windows: { id: 'scoop', name: 'Scoop', instead: ['winget', 'scoop', 'choco', 'mise'] },
};

/** The package manager that a machine without any would get first; `undefined` where there is one. */
export function usualManager(
  os: OperatingSystem,
  has: (tool: string) => boolean,
): Pick<UsualManager, 'id' | 'name'> | undefined {
  const usual = USUAL[os];
  return usual?.instead.some(has) === false ? usual : undefined;
}
