import { isRecord } from '../is-record';
import { ProblemError } from '../model/problem';
import type { FlakeRef, RefAttribute } from './flake-ref';

/**
 * `flake.lock`, formats 5 to 7. Format 5 keeps `lastModified` and `narHash` in `info` beside `locked`; later ones have
 * them in `locked`. An edge is the key of a node, or a path of input names from the root (`follows`).
 */

export type LockEdge = string | readonly string[];

export interface LockNode {
  readonly key: string;
  /** Input name → edge, in the file's order. */
  readonly inputs: ReadonlyMap<string, LockEdge>;
  /** Absent for the root. */
  readonly locked?: FlakeRef;
  readonly original?: FlakeRef;
  /** `false`: only the files are used (`flake = false`). */
  readonly isFlake: boolean;
  /** For a relative `path:` input: where the path starts from (names from the root). */
  readonly parent?: readonly string[];
}

export interface Lock {
  readonly version: number;
  readonly root: string;
  readonly nodes: ReadonlyMap<string, LockNode>;
}

/** Nodes beyond this are a hostile file: the largest public locks have a few hundred. */
const MAX_NODES = 20_000;
/** Steps that following one edge may take: a chain of `follows` that needs more goes in a circle. */
const MAX_STEPS = 1_000;

/**
 * Reads a lock file's text.
 *
 * @param file how messages name it
 * @throws ProblemError `lock-broken` (not JSON, or not of this form), `lock-version` (a format that we don't know)
 */
export function parseLock(text: string, file: string): Lock {
  const fail = (message: string): never => {
    throw new ProblemError({
      code: 'lock-broken',
      message: `The lock file is broken: ${message}.`,
      hint: 'Restore it from version control, or delete it and run `nix flake lock` to write it anew.',
      position: { file, line: 1, column: 1 },
    });
  };
  const json = parseJson(text, file);
  if (!isRecord(json)) {
    return fail('it is not an object');
  }
  const { version, root, nodes } = json;
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    return fail('`version` is not a number');
  }
  if (version < 5 || version > 7) {
    throw new ProblemError({
      code: 'lock-version',
      message: `The lock file has format ${version}; formats 5 to 7 are known.`,
      hint: 'Write it anew with `nix flake lock`, or update Lockstep.',
      position: { file, line: 1, column: 1 },
    });
  }
  if (typeof root !== 'string' || !isRecord(nodes)) {
    return fail('`root` or `nodes` is missing');
  }
  const entries = Object.entries(nodes);
  if (entries.length > MAX_NODES) {
    return fail(`it has ${entries.length} nodes`);
  }
  const parsed = new Map(entries.map(([key, value]) => [key, parseNode(key, value, fail)]));
  if (!parsed.has(root)) {
    return fail(`its root node \`${root}\` is missing`);
  }
  for (const node of parsed.values()) {
    for (const [name, edge] of node.inputs) {
      if (typeof edge === 'string' && !parsed.has(edge)) {
        fail(`node \`${node.key}\` names \`${edge}\` as its input \`${name}\`, and there is no such node`);
      }
    }
    if (node.key !== root && node.locked === undefined) {
      fail(`node \`${node.key}\` is not locked`);
    }
  }
  return { version, root, nodes: parsed };
}

/**
 * The node that an edge leads to. `follows` paths start at the root and may lead over further `follows`.
 *
 * @returns `undefined` when the path leads nowhere or in a circle
 */
export function followEdge(lock: Lock, edge: LockEdge): LockNode | undefined {
  const budget = { steps: MAX_STEPS };
  const follow = (from: LockEdge): LockNode | undefined => {
    if (typeof from === 'string') {
      return lock.nodes.get(from);
    }
    let node = lock.nodes.get(lock.root);
    for (const name of from) {
      const next = node?.inputs.get(name);
      budget.steps -= 1;
      node = next === undefined || budget.steps < 0 ? undefined : follow(next);
    }
    return node;
  };
  return follow(edge);
}

/** Direct inputs of the flake: name → node, in the file's order; an edge that leads nowhere is left out. */
export function rootInputs(lock: Lock): ReadonlyMap<string, LockNode> {
  const found = new Map<string, LockNode>();
  for (const [name, edge] of lock.nodes.get(lock.root)?.inputs ?? []) {
    const node = followEdge(lock, edge);
    if (node !== undefined) {
      found.set(name, node);
    }
  }
  return found;
}

function parseNode(key: string, value: unknown, fail: (message: string) => never): LockNode {
  if (!isRecord(value)) {
    return fail(`node \`${key}\` is not an object`);
  }
  const inputs = new Map<string, LockEdge>();
  if (value['inputs'] !== undefined) {
    if (!isRecord(value['inputs'])) {
      return fail(`\`inputs\` of node \`${key}\` is not an object`);
    }
    for (const [name, edge] of Object.entries(value['inputs'])) {
      inputs.set(name, isEdge(edge) ? edge : fail(`input \`${name}\` of node \`${key}\` is neither a name nor a path`));
    }
  }
  const locked = parseRef(value['locked'], value['info']);
  const original = parseRef(value['original'], undefined);
  const parent = value['parent'];
  return {
    key,
    inputs,
    isFlake: value['flake'] !== false,
    ...(locked === undefined ? {} : { locked }),
    ...(original === undefined ? {} : { original }),
    ...(isEdge(parent) && typeof parent !== 'string' ? { parent } : {}),
  };
}

/** The end of the year 9999, seconds: a later time is none, and cannot be shown. */
const LAST_TIME = 253_402_300_799;

function isTime(value: RefAttribute): boolean {
  return typeof value === 'number' && value >= 0 && value <= LAST_TIME;
}

function parseRef(value: unknown, info: unknown): FlakeRef | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string') {
    return undefined;
  }
  const attributes: Record<string, RefAttribute> = {};
  for (const [name, attribute] of [...Object.entries(isRecord(info) ? info : {}), ...Object.entries(value)]) {
    if (
      name !== 'type' &&
      (typeof attribute === 'string' || typeof attribute === 'boolean' || Number.isFinite(attribute))
    ) {
      attributes[name] = attribute as RefAttribute;
    }
  }
  if (attributes['lastModified'] !== undefined && !isTime(attributes['lastModified'])) {
    delete attributes['lastModified'];
  }
  return { type: value['type'], attributes };
}

function parseJson(text: string, file: string): unknown {
  try {
    // As Nix does, a byte order mark is passed over.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const place = placeOfJsonError(text, cause);
    const conflict = /^<{7} /m.test(text);
    throw new ProblemError(
      {
        code: 'lock-broken',
        message: conflict
          ? 'The lock file has unresolved merge conflicts.'
          : `The lock file is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
        hint: 'Restore it from version control, or delete it and run `nix flake lock` to write it anew.',
        position: { file, ...place },
      },
      { cause },
    );
  }
}

/** Engines word JSON errors differently, but all that tell a place say `position N`. */
function placeOfJsonError(text: string, cause: unknown): { line: number; column: number } {
  const conflict = text.search(/^<{7} /m);
  const said = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  const offset = conflict >= 0 ? conflict : said === undefined ? text.length : Number(said);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function isEdge(value: unknown): value is LockEdge {
  return typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'));
}
