import type { Pos } from './source';
import type { Opaque, Slot } from './value';

/** Smaller sets are searched name by name. */
const SCAN_LIMIT = 8;
/** Sets smaller than this are copied by `//`, never layered. */
const LAYER_LIMIT = 32;

/** Merged shapes are remembered up to this many merges away from what is written, and so many a shape. */
const MEMORY_DISTANCE = 8;
const MEMORY_SIZE = 64;

/** Shapes that a shape may keep for its positions, in a row: each of them has as many names as the sets had. */
const MOST_PENDING = 16;

type Positions = readonly (Pos | undefined)[];

/** The names of an attribute set, sorted by bytes, with the places where they were written. Shared by all sets made from one expression. */
export class Shape {
  private index: Map<string, number> | undefined;
  private unions: Map<Shape, Union> | undefined;
  private places: Positions | (() => Positions) | undefined;
  private mapped: Shape | undefined;

  constructor(
    readonly names: readonly string[],
    /** As many as there are names; or how to get them, since few are ever asked for. */
    positions?: Positions | (() => Positions) | undefined,
    /** How many merges it is away from shapes that are written in the source; far ones are not remembered. */
    private readonly distance = Number.POSITIVE_INFINITY,
    /** How many shapes are kept by those that the positions are got from. */
    private readonly kept = 0,
  ) {
    this.places = typeof positions === 'function' && kept >= MOST_PENDING ? positions() : positions;
  }

  /** How many shapes, one behind the other, are kept for positions that nobody has asked for. */
  get pending(): number {
    return typeof this.places === 'function' ? this.kept + 1 : 0;
  }

  get positions(): Positions | undefined {
    if (typeof this.places === 'function') {
      this.places = this.places();
    }
    return this.places;
  }

  /** The same names, for values that a builtin made from those of this shape. */
  get derived(): Shape {
    this.mapped ??= new Shape(
      this.names,
      () => this.names.map((_, i) => this.positions?.[i]?.asDerived()),
      this.distance,
      this.pending,
    );
    return this.mapped;
  }

  /** Slot number of a name, or -1. */
  indexOf(name: string): number {
    const { names } = this;
    if (names.length <= SCAN_LIMIT) {
      for (let i = 0; i < names.length; i++) {
        if (names[i] === name) {
          return i;
        }
      }
      return -1;
    }
    if (this.index === undefined) {
      const index = new Map<string, number>();
      for (let i = 0; i < names.length; i++) {
        index.set(names[i]!, i);
      }
      this.index = index;
    }
    return this.index.get(name) ?? -1;
  }

  /** How to merge with another shape whose values win. */
  union(other: Shape): Union {
    const distance = Math.max(this.distance, other.distance) + 1;
    if (distance > MEMORY_DISTANCE) {
      return mergeShapes(this, other, Number.POSITIVE_INFINITY);
    }
    let union = this.unions?.get(other);
    if (union === undefined) {
      union = mergeShapes(this, other, distance);
      this.unions ??= new Map();
      if (this.unions.size < MEMORY_SIZE) {
        this.unions.set(other, union);
      }
    }
    return union;
  }
}

/** The merged shape; for each name the slot in the winner, or (complemented) in the loser. */
interface Union {
  readonly shape: Shape;
  readonly from: Int32Array;
}

function mergeShapes(under: Shape, over: Shape, distance: number): Union {
  const a = under.names;
  const b = over.names;
  const names: string[] = [];
  const from = new Int32Array(a.length + b.length);
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const left = a[i];
    const right = b[k];
    if (right === undefined || (left !== undefined && left < right)) {
      from[names.length] = ~i;
      names.push(left!);
      i++;
    } else {
      from[names.length] = k;
      names.push(right);
      if (left === right) {
        i++;
      }
      k++;
    }
  }
  const positions = (): Positions =>
    names.map((_, n) => (from[n]! >= 0 ? over.positions?.[from[n]!] : under.positions?.[~from[n]!]));
  return { shape: new Shape(names, positions, distance, Math.max(under.pending, over.pending)), from };
}

const EMPTY_SHAPE = new Shape([], undefined, 0);
/** Shape of sets that keep their members in another way: never found by an inline cache. */
const NO_SHAPE = new Shape([]);

/** An attribute set. Immutable once it is a value. Iterate by {@link Attrs.names}, which is in Nix's order. */
export class Attrs {
  constructor(
    readonly shape: Shape,
    /** In the order of the shape's names. */
    readonly values: Slot[],
  ) {}

  get size(): number {
    return this.values.length;
  }

  get(name: string): Slot | undefined {
    const i = this.shape.indexOf(name);
    return i < 0 ? undefined : this.values[i];
  }

  has(name: string): boolean {
    return this.shape.indexOf(name) >= 0;
  }

  /** Sorted by bytes. */
  names(): readonly string[] {
    return this.shape.names;
  }

  /** The members in the order of {@link names}. */
  slots(): readonly Slot[] {
    return this.values;
  }

  /** Where an attribute was written. */
  positionOf(name: string): Pos | undefined {
    const { positions } = this.shape;
    return positions === undefined ? undefined : positions[this.shape.indexOf(name)];
  }

  /** Whether nothing is in it, without listing what is. */
  isEmpty(): boolean {
    return this.values.length === 0;
  }

  /** See {@link LazyMembers.otherwise}. */
  otherwise(_name: string): Slot | undefined {
    return undefined;
  }

  /** See {@link LazyMembers.suggest}. */
  suggest(_name: string): readonly string[] | undefined {
    return undefined;
  }

  /** See {@link LazyMembers.rest}. */
  get rest(): Opaque | undefined {
    return undefined;
  }
}

export const EMPTY_ATTRS = new Attrs(EMPTY_SHAPE, []);

/** Where a {@link LazyAttrs} gets its members from. */
export interface LazyMembers {
  /** The member, or undefined when there is none. Asked once a name; the answer is kept. */
  readonly get: (name: string) => Slot | undefined;
  /** All names, in any order. Asked at most once, and only when something enumerates the set. */
  readonly names: () => readonly string[];
  /** Cheaper than `get`, when it is known. */
  readonly has?: (name: string) => boolean;
  readonly positionOf?: (name: string) => Pos | undefined;
  /**
   * Asked for a member that is absent, by plain selection (not by `or` or `?`), and by a `with` when no scope has the
   * name: what to take for it.
   */
  readonly otherwise?: (name: string) => Slot | undefined;
  /** Names near to a misspelt one, best first; without it they are looked for among {@link names}. */
  readonly suggest?: (name: string) => readonly string[];
  /** Why there may be members that {@link names} does not list. */
  readonly rest?: Opaque | undefined;
}

/** An attribute set whose members are made when they are asked for: nixpkgs costs nothing until it is used. */
export class LazyAttrs extends Attrs {
  private readonly made = new Map<string, Slot | undefined>();
  private sorted: readonly string[] | undefined;

  constructor(private readonly members: LazyMembers) {
    super(NO_SHAPE, []);
  }

  override get size(): number {
    return this.names().length;
  }

  override get(name: string): Slot | undefined {
    let slot = this.made.get(name);
    if (slot === undefined && !this.made.has(name)) {
      slot = this.members.get(name);
      this.made.set(name, slot);
    }
    return slot;
  }

  override has(name: string): boolean {
    return this.members.has === undefined ? this.get(name) !== undefined : this.members.has(name);
  }

  override names(): readonly string[] {
    this.sorted ??= [...new Set(this.members.names())].sort();
    return this.sorted;
  }

  override slots(): readonly Slot[] {
    return this.names().map((name) => this.get(name)!);
  }

  override positionOf(name: string): Pos | undefined {
    return this.members.positionOf?.(name);
  }

  override otherwise(name: string): Slot | undefined {
    return this.members.otherwise?.(name);
  }

  override suggest(name: string): readonly string[] | undefined {
    return this.members.suggest?.(name);
  }

  override get rest(): Opaque | undefined {
    return this.members.rest;
  }

  override isEmpty(): boolean {
    return false;
  }
}

/** `under // over` without copying, for a large or lazy `under`. */
export class LayeredAttrs extends Attrs {
  private merged: readonly string[] | undefined;
  private flat: Attrs | undefined;
  /** What was looked up where both halves are layers, which may have layers in common: each of them is asked once. */
  private found: Map<string, Slot | undefined> | undefined;
  private known: Map<string, boolean> | undefined;
  /** Whether members are made when they are asked for. */
  readonly isLazy: boolean;

  constructor(
    readonly under: Attrs,
    readonly over: Attrs,
  ) {
    super(NO_SHAPE, []);
    this.isLazy = isLazySet(under) || isLazySet(over);
  }

  /** All layers as one; for sets that are not lazy. */
  flattened(): Attrs {
    if (this.flat === undefined) {
      let flat = this.over instanceof LayeredAttrs ? this.over.flattened() : this.over;
      let below = this.under;
      for (; below instanceof LayeredAttrs; below = below.under) {
        flat = mergeCopy(below.over instanceof LayeredAttrs ? below.over.flattened() : below.over, flat);
      }
      this.flat = mergeCopy(below, flat);
    }
    return this.flat;
  }

  override get size(): number {
    return this.names().length;
  }

  override get(name: string): Slot | undefined {
    // The chain is as deep as the logarithm of the size (see updateAttrs): a loop all the same, for lazy sets.
    let attrs: Attrs = this;
    while (attrs instanceof LayeredAttrs) {
      if (attrs.over instanceof LayeredAttrs) {
        return attrs.remembered(name);
      }
      const slot = attrs.over.get(name);
      if (slot !== undefined) {
        return slot;
      }
      attrs = attrs.under;
    }
    return attrs.get(name);
  }

  private remembered(name: string): Slot | undefined {
    this.found ??= new Map();
    let slot = this.found.get(name);
    if (slot === undefined && !this.found.has(name)) {
      // `null` is a member like any other.
      const upper = this.over.get(name);
      slot = upper === undefined ? this.under.get(name) : upper;
      this.found.set(name, slot);
    }
    return slot;
  }

  override has(name: string): boolean {
    if (!(this.over instanceof LayeredAttrs)) {
      return this.over.has(name) || this.under.has(name);
    }
    this.known ??= new Map();
    let has = this.known.get(name);
    if (has === undefined) {
      has = this.over.has(name) || this.under.has(name);
      this.known.set(name, has);
    }
    return has;
  }

  override names(): readonly string[] {
    this.merged ??= mergeNames(this.under.names(), this.over.names());
    return this.merged;
  }

  override slots(): readonly Slot[] {
    return this.names().map((name) => this.get(name)!);
  }

  override positionOf(name: string): Pos | undefined {
    return this.over.has(name) ? this.over.positionOf(name) : this.under.positionOf(name);
  }

  override otherwise(name: string): Slot | undefined {
    return this.firstOf((attrs) => attrs.otherwise(name));
  }

  override suggest(name: string): readonly string[] | undefined {
    return this.firstOf((attrs) => attrs.suggest(name));
  }

  override get rest(): Opaque | undefined {
    return this.isLazy ? this.firstOf((attrs) => attrs.rest) : undefined;
  }

  /** The first answer of the sets that this one is made of, the upper ones first; each is asked once. */
  private firstOf<T>(ask: (attrs: Attrs) => T | undefined): T | undefined {
    const seen = new Set<Attrs>();
    const left: Attrs[] = [this];
    for (let attrs = left.pop(); attrs !== undefined; attrs = left.pop()) {
      if (seen.has(attrs)) {
        continue;
      }
      seen.add(attrs);
      if (attrs instanceof LayeredAttrs) {
        left.push(attrs.under, attrs.over);
        continue;
      }
      const answer = ask(attrs);
      if (answer !== undefined) {
        return answer;
      }
    }
    return undefined;
  }

  override isEmpty(): boolean {
    return this.over.isEmpty() && this.under.isEmpty();
  }
}

/** Whether listing the members of a set would be work that nobody asked for. */
export function isLazySet(attrs: Attrs): boolean {
  return attrs instanceof LayeredAttrs ? attrs.isLazy : attrs instanceof LazyAttrs;
}

/** `under // over`. */
export function updateAttrs(under: Attrs, upper: Attrs): Attrs {
  // Layers upon layers would be looked through again and again: the upper ones become one.
  const over = upper instanceof LayeredAttrs && !upper.isLazy ? upper.flattened() : upper;
  if (over.isEmpty()) {
    return under;
  }
  if (under.isEmpty()) {
    return over;
  }
  if (under === upper && under.shape === NO_SHAPE) {
    return under;
  }
  if (under.shape !== NO_SHAPE && over.shape !== NO_SHAPE) {
    const size = under.values.length;
    if (size < LAYER_LIMIT || over.values.length * 4 > size) {
      return mergeCopy(under, over);
    }
    return new LayeredAttrs(under, over);
  }
  // Layers grow by at least a factor of two downwards, so that n updates of a set cost n log n.
  let below = under;
  let above = over;
  while (
    above.shape !== NO_SHAPE &&
    below instanceof LayeredAttrs &&
    below.over.shape !== NO_SHAPE &&
    below.over.values.length < 2 * above.values.length
  ) {
    above = mergeCopy(below.over, above);
    below = below.under;
  }
  return new LayeredAttrs(below, above);
}

/** How many members {@link updateAttrs} copied to make a set. */
export function copiedMembers(made: Attrs): number {
  return made instanceof LayeredAttrs ? made.over.values.length : made.values.length;
}

function mergeCopy(under: Attrs, over: Attrs): Attrs {
  if (under.shape === over.shape) {
    return new Attrs(under.shape, over.values);
  }
  const { shape, from } = under.shape.union(over.shape);
  const values: Slot[] = new Array(shape.names.length);
  for (let i = 0; i < values.length; i++) {
    const source = from[i]!;
    values[i] = source >= 0 ? over.values[source]! : under.values[~source]!;
  }
  return new Attrs(shape, values);
}

function mergeNames(a: readonly string[], b: readonly string[]): readonly string[] {
  const names: string[] = [];
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const left = a[i];
    const right = b[k];
    if (right === undefined || (left !== undefined && left < right)) {
      names.push(left!);
      i++;
    } else {
      names.push(right);
      k++;
      if (left === right) {
        i++;
      }
    }
  }
  return names;
}

/** Makes a set from members in any order; of two with the same name the last one wins. Names are byte strings. */
export function attrsFrom(
  entries: Iterable<readonly [string, Slot]>,
  positionOf?: (name: string) => Pos | undefined,
): Attrs {
  const members = entries instanceof Map ? (entries as ReadonlyMap<string, Slot>) : new Map(entries);
  const names = [...members.keys()].sort();
  const values: Slot[] = new Array(names.length);
  for (let i = 0; i < names.length; i++) {
    values[i] = members.get(names[i]!)!;
  }
  return new Attrs(new Shape(names, positionOf === undefined ? undefined : () => names.map(positionOf)), values);
}
