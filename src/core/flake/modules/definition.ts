import { Attrs, mkAttrs, Opaque, type Pos, type Slot, Thunk, type Value } from '../../nix';
import { memberText, type Session } from '../session';

/** A definition as a module writes it, with the wrappers of all that stands around it. */
export interface RawDefinition {
  readonly slot: Slot;
  /** Conditions of each `mkIf` around it, outermost first. */
  readonly conditions: readonly Slot[];
  /** Of the innermost `mkForce`, `mkDefault` … around it; 100 without one, lower wins. */
  readonly priority: number;
  /** Of `mkBefore` and `mkAfter`; 1000 without one. */
  readonly order: number;
  /** The module's file, for messages. */
  readonly file: string;
  /** Where the attribute is written. */
  readonly pos: Pos | undefined;
}

/** A definition whose own wrappers are taken off, too. */
export interface Definition extends RawDefinition {
  readonly value: Value;
}

export const PLAIN = { conditions: [], priority: 100, order: 1000 } as const;

const MOST_WRAPPERS = 64;

/**
 * Takes `mkMerge`, `mkIf`, `mkOverride` and `mkOrder` off a definition, without deciding conditions.
 *
 * @throws NixError when the definition itself fails
 */
export function peel(session: Session, raw: RawDefinition, depth = 0): readonly Definition[] {
  const { evaluator } = session;
  const value = evaluator.force(raw.slot);
  const kind = value instanceof Attrs && depth < MOST_WRAPPERS ? wrapperOf(session, value) : undefined;
  const member = (name: string) => (value as Attrs).get(name) ?? null;
  // What is wrapped is written elsewhere than the attribute, where it is written as such.
  const inside = (slot: Slot): RawDefinition => ({ ...raw, slot });
  switch (kind) {
    case 'merge': {
      const contents = evaluator.force(member('contents'));
      return Array.isArray(contents)
        ? (contents as readonly Slot[]).flatMap((slot) => peel(session, inside(slot), depth + 1))
        : [{ ...raw, value: contents }];
    }
    case 'if': {
      const conditions = [...raw.conditions, member('condition')];
      return peel(session, { ...inside(member('content')), conditions }, depth + 1);
    }
    case 'override': {
      const priority = numberOf(evaluator.force(member('priority')), raw.priority);
      return peel(session, { ...inside(member('content')), priority }, depth + 1);
    }
    case 'order': {
      const order = numberOf(evaluator.force(member('priority')), raw.order);
      return peel(session, { ...inside(member('content')), order }, depth + 1);
    }
    default:
      return [{ ...raw, value }];
  }
}

/** Members of definitions that are plain sets, under one name. */
export function childrenOf(definitions: readonly Definition[], name: string): readonly RawDefinition[] {
  return definitions.flatMap(({ value, slot: _, ...rest }): readonly RawDefinition[] => {
    const slot = value instanceof Attrs ? value.get(name) : undefined;
    const pos = value instanceof Attrs ? value.positionOf(name) : undefined;
    return slot === undefined ? [] : [{ ...rest, slot, pos: pos ?? rest.pos }];
  });
}

/** Whether a value is a set of options rather than a value of one: no derivation, path, function or special set. */
export function isBranch(session: Session, value: Value): value is Attrs {
  return (
    value instanceof Attrs &&
    !value.has('_type') &&
    !value.has('outPath') &&
    !value.has('__functor') &&
    !(value.has('type') && isDerivation(session, value))
  );
}

/** The kind of a special set (`option`, `if`, `merge` …): its `_type`. */
export function wrapperOf(session: Session, value: Attrs): string | undefined {
  return value.has('_type') ? memberText(session, value, '_type') : undefined;
}

/** The expression behind a slot as written, for messages. */
export function writtenAs(slot: Slot): { readonly pos: Pos; readonly text: string } | undefined {
  return slot instanceof Thunk ? slot.origin : undefined;
}

function isDerivation(session: Session, value: Attrs): boolean {
  const type = session.evaluator.force(value.get('type') ?? null);
  return !(type instanceof Opaque) && type === 'derivation';
}

function numberOf(value: Value, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** A definition with its wrappers on again, for the library. */
export function wrapped({ slot, conditions, priority, order }: RawDefinition): Slot {
  let value: Slot = slot;
  if (order !== PLAIN.order) {
    value = mkAttrs({ _type: 'order', priority: order, content: value });
  }
  if (priority !== PLAIN.priority) {
    value = mkAttrs({ _type: 'override', priority, content: value });
  }
  return [...conditions]
    .reverse()
    .reduce<Slot>((content, condition) => mkAttrs({ _type: 'if', condition, content }), value);
}
