import { Opaque, type Value } from '../nix';

/** Nix's base 32: no e, o, t, u. */
const ALPHABET = '0123456789abcdfghijklmnpqrsvwxyz';
const STORE = '/nix/store/';

/** What stands at a store path that we made up: gives the value of importing `rest` (`` or `/lib/x.nix`) below it. */
export type StoreEntry = (rest: string) => Value;

/**
 * Store paths of things that are not on this machine. They look like real ones, and the same thing always has the same
 * path; what they hold is unknown, except for entries that can be imported.
 */
export class VirtualStore {
  private readonly entries = new Map<string, StoreEntry>();
  private readonly owners = new Map<string, Value>();

  /** A path for a thing: `key` tells it apart from others of the same name. */
  path(key: string, name: string): string {
    return `${STORE}${digest(`${key}:${name}`)}-${name.replace(/[^A-Za-z0-9+._?=-]/g, '-').slice(0, 180)}`;
  }

  /** Remembers whose derivation a path is. */
  own(derivation: string, owner: Value): void {
    this.owners.set(derivation, owner);
  }

  /** What a string context stands on (`!out!/nix/store/….drv`), when it is a package of ours. */
  ownerOf(context: string): Value | undefined {
    return this.owners.get(context.replace(/^!\w*!/, ''));
  }

  /** Says what importing a path of this store gives. */
  registerPath(path: string, entry: StoreEntry): void {
    this.entries.set(path, entry);
  }

  /**
   * The value of importing a path in the store: what was registered there, or unknown.
   *
   * @returns `undefined` for a path outside the store
   */
  importValue(path: string): Value | undefined {
    if (!path.startsWith(STORE)) {
      return undefined;
    }
    const end = path.indexOf('/', STORE.length);
    const root = end === -1 ? path : path.slice(0, end);
    const entry = this.entries.get(root);
    return entry === undefined ? unknownContents(root) : entry(path.slice(root.length));
  }
}

/** Why the contents of a store path cannot be known. */
export function unknownContents(path: string): Opaque {
  const name = path.slice(STORE.length).replace(/^[^-]*-/, '');
  return new Opaque(`the files of "${name}" are not on this machine, and Lockstep builds and fetches nothing`);
}

/** Whether a path is in the Nix store. */
export function isStorePath(path: string): boolean {
  return path.startsWith(STORE);
}

/** Store paths in a text, with the hashes (which are made up) masked: `/nix/store/…-openssl-3.0.14/lib`. */
export function maskStorePaths(text: string): string {
  return text.replace(/\/nix\/store\/[0-9a-df-np-sv-z]{32}-/g, '/nix/store/…-');
}

/** 160 bits of FNV-1a in five lanes, as 32 digits: to tell paths apart, not to protect anything. */
function digest(text: string): string {
  let digits = '';
  for (let lane = 0; lane < 5; lane++) {
    let hash = (0x811c9dc5 ^ (lane * 0x9e3779b1)) >>> 0;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    }
    for (let i = 0; i < 7 && digits.length < 32; i++) {
      digits += ALPHABET[hash & 31];
      hash = (hash >>> 5) | ((hash & 31) << 27);
      hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0;
    }
  }
  return digits;
}
