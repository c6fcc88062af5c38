import type { Policy } from '../../model/policy';
import { type Position, ProblemError } from '../../model/problem';
import { Attrs, decodeUtf8, NixFloat, Opaque, type Slot } from '../../nix';
import { type DocNode, entriesOf, valueAt } from '../../pins/format/document';
import { readPolicyDocument } from '../../policy/read-policy';
import { type Session, textOf } from '../session';
import type { Places } from './places';

const FILE = 'flake.nix';
/** A policy is a set of sets of simple values. */
const MOST_DEPTH = 8;
const MOST_VALUES = 10_000;
/** Nix's word for a system: `aarch64-darwin`. */
const SYSTEM = /^[a-z0-9_]+-(?:linux|darwin|windows|freebsd|netbsd|openbsd|cygwin)$/;

/**
 * What the flake itself says of what counts: its output `lockstep`, with the keys of `lockstep.toml`.
 *
 * @param self the flake's value with its outputs
 * @throws ProblemError `policy-invalid` at the place of the mistake
 * @throws NixError when it cannot be evaluated
 */
export function readFlakePolicy(session: Session, self: Attrs, places: Places): Policy | undefined {
  const slot = self.get('lockstep');
  const value = slot === undefined ? null : session.evaluator.force(slot);
  // Outputs that another flake makes may have any name; a policy would not be among them.
  if (slot === undefined || value === null || value instanceof Opaque) {
    return undefined;
  }
  const reader = new DocumentReader(session, places);
  const written = reader.read(slot, places.of(self.positionOf('lockstep')), 0);
  const root = isBySystem(written) ? valueAt(written, session.system) : written;
  if (root === undefined) {
    return undefined;
  }
  return readPolicyDocument(root, { path: FILE, positionAt: (offset) => reader.positionAt(offset) });
}

/** `eachDefaultSystem` and its kin put every output below its systems, whether it has any or not. */
function isBySystem(document: DocNode): boolean {
  const names = entriesOf(document).map(({ key }) => key);
  return names.length > 0 && names.every((name) => SYSTEM.test(name));
}

/** Makes a document of a Nix value; the offset of a node is the number of its place. */
class DocumentReader {
  private readonly positions: Position[] = [];
  private values = 0;

  constructor(
    private readonly session: Session,
    private readonly places: Places,
  ) {}

  positionAt(offset: number): Position {
    return this.positions[offset] ?? { file: FILE, line: 1, column: 1 };
  }

  read(slot: Slot, position: Position | undefined, depth: number): DocNode {
    const offset = this.note(position);
    const place = { offset, end: offset };
    this.values += 1;
    if (depth > MOST_DEPTH || this.values > MOST_VALUES) {
      throw this.refuse(offset, 'is too large or nested too deeply for a policy');
    }
    const value = this.session.evaluator.force(slot);
    if (value instanceof Opaque) {
      throw this.refuse(offset, `cannot be known: ${value.reason}`);
    }
    if (value instanceof Attrs) {
      const entries = value.names().map((name) => {
        const at = this.places.of(value.positionOf(name)) ?? position;
        const key = decodeUtf8(name);
        return { key, keyOffset: this.note(at), value: this.read(value.get(name) as Slot, at, depth + 1) };
      });
      return { kind: 'map', entries, ...place };
    }
    if (Array.isArray(value)) {
      const items = (value as readonly Slot[]).map((item) => this.read(item, position, depth + 1));
      return { kind: 'list', items, ...place };
    }
    const text = textOf(value);
    if (text !== undefined) {
      const decoded = decodeUtf8(text);
      return { kind: 'scalar', value: decoded, raw: JSON.stringify(decoded), ...place };
    }
    if (typeof value === 'boolean' || value === null) {
      return { kind: 'scalar', value, raw: String(value), ...place };
    }
    if (typeof value === 'bigint' || typeof value === 'number' || value instanceof NixFloat) {
      const raw = value instanceof NixFloat ? String(value.value) : String(value);
      return { kind: 'scalar', value: raw, raw, ...place };
    }
    throw this.refuse(offset, 'is neither a text, a number, true, false, a list nor a set');
  }

  private note(position: Position | undefined): number {
    this.positions.push(position ?? { file: FILE, line: 1, column: 1 });
    return this.positions.length - 1;
  }

  private refuse(offset: number, why: string): ProblemError {
    return new ProblemError({
      code: 'policy-invalid',
      message: `A value of the flake's output "lockstep" ${why}.`,
      hint: 'Write it with plain texts, numbers and sets, as in lockstep.toml.',
      position: this.positionAt(offset),
    });
  }
}
