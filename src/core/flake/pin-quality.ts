import type { Problem } from '../model/problem';
import type { InputPin } from '../model/target';
import type { DeclaredInput } from './declared-inputs';
import { refNumber, refRevision, refText } from './flake-ref';
import { type Lock, type LockNode, rootInputs } from './lock';
import { recogniseNixpkgs } from './nixpkgs/pin';

/** After so many days without an update a nixpkgs lacks security fixes for sure: a stable release lives for seven months. */
const OLD_DAYS = 365;
const DAY = 86_400;

/** How well an input is pinned: whether everybody who builds from this lock gets the same files. */
export function pinOf(node: LockNode): InputPin {
  const { locked, original } = node;
  const notes: string[] = [];
  const path = locked?.type === 'path' ? refText(locked, 'path') : undefined;
  const isInside = path !== undefined && isBelow(path);
  const isDirty = refText(locked, 'dirtyRev') !== undefined;
  if (isDirty) {
    notes.push('It was locked with changes that were not committed: nobody else has them.');
  }
  if (path !== undefined && !isInside) {
    notes.push(`It is the folder ${path}, outside of this flake: others have another one there, or none.`);
  }
  if (refText(locked, 'url')?.startsWith('file:') === true) {
    notes.push('It is a file of this machine: others do not have it.');
  }
  if (locked?.type === 'indirect') {
    notes.push('It is locked to a name of the registry, which everybody may set to something else.');
  }
  const hasHash = refText(locked, 'narHash') !== undefined;
  if (!hasHash && !isInside) {
    notes.push('The lock has no hash of its contents (narHash): what is fetched is not checked.');
  }
  const isWeak = notes.length > 0;
  if (original?.type === 'indirect') {
    notes.push('flake.nix takes it from the registry by its name: an update may bring another repository.');
  }
  const isFixed = isInside || hasHash || refRevision(locked) !== undefined;
  return { level: isWeak ? (isFixed && !isDirty ? 'weak' : 'loose') : 'firm', notes };
}

/** An input that is in no lock. */
export function unlockedPin(input: DeclaredInput): InputPin {
  const fixed = refRevision(input.ref);
  return fixed === undefined
    ? { level: 'loose', notes: ['It is not locked: everybody gets what is newest there.'] }
    : { level: 'weak', notes: ['It is not locked; flake.nix itself names the revision.'] };
}

/**
 * What is wrong with how a lock pins its inputs, one finding a kind.
 *
 * @param now seconds since 1970
 */
export function pinFindings(
  declared: ReadonlyMap<string, DeclaredInput>,
  lock: Lock,
  lockFile: string,
  now: number | undefined,
): readonly Problem[] {
  const findings: Problem[] = [];
  const position = { file: lockFile, line: 1, column: 1 };
  // What follows another input is that one: what is wrong with it is told once, by the name of its own.
  const own = lock.nodes.get(lock.root)?.inputs;
  const direct = [...rootInputs(lock)].filter(([name]) => typeof own?.get(name) === 'string');
  const names = inputPaths(lock);
  const nodes = [...lock.nodes.values()].filter(({ key }) => key !== lock.root);
  const nameOf = ({ key }: LockNode) => names.get(key) ?? key;
  const tell = (code: string, found: readonly string[], one: string, many: string, hint: string) => {
    if (found.length > 0) {
      const message = found.length === 1 ? `Input \`${found[0]}\` ${one}` : `Inputs ${listed(found)} ${many}`;
      findings.push({ code, message, hint, position });
    }
  };

  tell(
    'input-without-hash',
    nodes
      .filter(({ locked }) => refText(locked, 'narHash') === undefined && !isBelow(refText(locked, 'path') ?? '/'))
      .map(nameOf),
    'has no narHash in the lock: what is fetched for it is not checked.',
    'have no narHash in the lock: what is fetched for them is not checked.',
    'Write the lock anew with `nix flake lock`, with a Nix of today.',
  );
  tell(
    'input-dirty',
    nodes.filter(({ locked }) => refText(locked, 'dirtyRev') !== undefined).map(nameOf),
    'was locked with changes that were not committed: nobody else can fetch it.',
    'were locked with changes that were not committed: nobody else can fetch them.',
    'Commit and push them, then `nix flake update` the input.',
  );
  tell(
    'input-outside',
    nodes.filter(({ locked }) => locked?.type === 'path' && !isBelow(refText(locked, 'path') ?? '')).map(nameOf),
    'is a folder outside of the flake: others have another one there, or none.',
    'are folders outside of the flake: others have others there, or none.',
    'Move it into the flake, or into a repository of its own.',
  );
  tell(
    'input-registry',
    [...declared.values()]
      .filter(({ ref, follows }) => ref?.type === 'indirect' && follows === undefined)
      .map(({ name }) => name),
    'is taken from the registry by its name, which may mean another repository on another machine.',
    'are taken from the registry by their names, which may mean other repositories on other machines.',
    'Write its whole address in flake.nix, such as github:NixOS/nixpkgs/nixos-unstable.',
  );
  findings.push(...nixpkgsFindings(nodes, nameOf, lockFile));
  const old = direct.flatMap(([name, node]) => {
    const day = recogniseNixpkgs(node.original, node.locked) === undefined ? undefined : oldDay(node, now);
    return day === undefined ? [] : [{ name, day }];
  });
  for (const { name, day } of old) {
    findings.push({
      code: 'lock-old',
      message: `Input \`${name}\` is of ${day}, more than a year ago: security fixes since then are missing.`,
      hint: `\`nix flake update ${name}\` takes the newest of its branch.`,
      position,
    });
  }
  return findings;
}

/** What Nix calls each node: by the inputs that lead to it, the fewest of them: `devenv/nixpkgs`, whose key may be `nixpkgs`. */
function inputPaths({ nodes, root }: Lock): ReadonlyMap<string, string> {
  const paths = new Map([[root, '']]);
  // A map tells what is added to it while it is gone through.
  for (const [key, path] of paths) {
    for (const [name, next] of nodes.get(key)?.inputs ?? []) {
      if (typeof next === 'string' && !paths.has(next)) {
        paths.set(next, path === '' ? name : `${path}/${name}`);
      }
    }
  }
  return paths;
}

/** Several revisions of nixpkgs in one lock: several C libraries, and twice the downloads. */
function nixpkgsFindings(
  nodes: readonly LockNode[],
  nameOf: (node: LockNode) => string,
  file: string,
): readonly Problem[] {
  const revisions = new Map<string, string[]>();
  for (const node of nodes) {
    const found = recogniseNixpkgs(node.original, node.locked);
    const revision = refRevision(node.locked);
    if (found !== undefined && !found.libOnly && revision !== undefined) {
      revisions.set(revision, [...(revisions.get(revision) ?? []), nameOf(node)]);
    }
  }
  if (revisions.size < 2) {
    return [];
  }
  const parts = [...revisions].map(([revision, names]) => `${revision.slice(0, 7)} (${names.slice(0, 4).join(', ')})`);
  return [
    {
      code: 'nixpkgs-several',
      message: `The lock has ${revisions.size} revisions of nixpkgs: ${parts.slice(0, 6).join(', ')}${parts.length > 6 ? ' …' : ''}.`,
      hint: 'Where that is not meant, let them follow one: `inputs.<name>.inputs.nixpkgs.follows = "nixpkgs";`.',
      position: { file, line: 1, column: 1 },
    },
  ];
}

/** The day that an input is of, when it is long ago: `2024-05-31`. Words that change every day would make reports differ. */
function oldDay({ locked }: LockNode, now: number | undefined): string | undefined {
  const date = refNumber(locked, 'lastModified');
  return now === undefined || date === undefined || date <= 0 || (now - date) / DAY <= OLD_DAYS
    ? undefined
    : new Date(date * 1000).toISOString().slice(0, 10);
}

/**
 * When the next of some days is more than a year ago, so that a lock is told to be old from then on; undefined: never.
 *
 * @param dates of inputs, in seconds since 1970
 * @param now seconds since 1970
 */
export function nextOldDay(dates: readonly number[], now: number): number | undefined {
  const coming = dates.map((date) => date + OLD_DAYS * DAY).filter((moment) => moment >= now);
  return coming.length === 0 ? undefined : Math.min(...coming);
}

/** Whether a path stays in the folder that it starts from. */
function isBelow(path: string): boolean {
  if (path.startsWith('/')) {
    return false;
  }
  let depth = 0;
  for (const part of path.split('/')) {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1;
    if (depth < 0) {
      return false;
    }
  }
  return true;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => `\`${name}\``);
  return names.length > 6 ? `${shown.join(', ')} and ${names.length - 6} more` : shown.join(', ');
}
