/** The line of development that `master` and the unstable channels are on. */
export const UNSTABLE = 'unstable';

/** A stable release of NixOS: days as seconds since 1970, UTC. */
interface Release {
  /** As in `nixos-24.05`. */
  readonly name: string;
  readonly released: number;
}

/** Release days as announced on nixos.org. Each left the unstable line a week or so before. */
const RELEASES: readonly Release[] = [
  release('21.11', '2021-11-30'),
  release('22.05', '2022-05-30'),
  release('22.11', '2022-11-30'),
  release('23.05', '2023-05-31'),
  release('23.11', '2023-11-29'),
  release('24.05', '2024-05-31'),
  release('24.11', '2024-11-30'),
  release('25.05', '2025-05-23'),
  release('25.11', '2025-11-30'),
];

const DAY = 86_400;

/** Releases are supported for seven months; their channels stop soon after. */
const SUPPORTED = 214 * DAY;

function release(name: string, day: string): Release {
  return { name, released: Date.parse(day) / 1000 };
}

/** The days between which a stable line left the unstable one. In 22.05, 22.11 and 23.05 it was 7 to 10 days before. */
export interface BranchOff {
  readonly from: number;
  readonly to: number;
}

/** When a line such as `nixos-24.05` left the unstable one; `undefined` for a release that we do not know. */
export function branchOffOf(line: string): BranchOff | undefined {
  const found = RELEASES.find(({ name }) => line === `nixos-${name}`);
  return found && { from: found.released - 12 * DAY, to: found.released - 5 * DAY };
}

/** The stable lines that had commits at a time: seconds since 1970. */
export function stableLinesAt(time: number): readonly string[] {
  return RELEASES.filter(({ released }) => released - 12 * DAY <= time && time <= released + SUPPORTED).map(
    ({ name }) => `nixos-${name}`,
  );
}

/**
 * The line of development that a branch of nixpkgs is on: `nixos-unstable`, `nixpkgs-unstable`, `master` are `unstable`;
 * `nixos-23.05-small`, `nixpkgs-23.05-darwin`, `release-23.05` are `nixos-23.05`, and so is the release's tag `23.05`.
 *
 * @returns `undefined` for a branch that is no channel (`staging`, a name of someone's own)
 */
export function lineOfBranch(branch: string): string | undefined {
  const name = branch.replace(/^refs\/(?:heads|tags)\//, '');
  if (/^(?:nixos|nixpkgs)-unstable(?:-small)?$/.test(name) || name === 'master') {
    return UNSTABLE;
  }
  const stable = /^(?:(?:nixos|nixpkgs|release)-)?(\d\d\.\d\d)(?:-(?:small|darwin|aarch64))?$/.exec(name);
  return stable === null ? undefined : `nixos-${stable[1]}`;
}
