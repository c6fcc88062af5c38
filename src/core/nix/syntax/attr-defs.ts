import { NixError } from '../errors';
import { Pos, type Source } from '../source';
import type { AttrDef, AttrName, AttrsExpr, Expr } from './ast';
import { type Later, nameFunctions, settled } from './later';
import { shownName } from './show';
import type { ParseOptions } from './token-reader';

/** Longer paths are counted by the sets that they make, each of which takes as much memory as so many tokens. */
const LONG_PATH = 16;
const TOKENS_A_SET = 8;

/** Adds bindings to an attribute set while it is parsed: `a.b = …` makes and merges nested sets, duplicates are errors. */
export class AttrDefs {
  constructor(
    private readonly source: Source,
    /** See {@link ParseOptions.spend}. */
    private readonly spend: ParseOptions['spend'],
  ) {}

  /** `path = value`; `pos` is where the path begins. */
  add(attrs: AttrsExpr, path: readonly AttrName[], value: Expr | Later, pos: number): void {
    if (path.length > LONG_PATH) {
      this.spend?.(path.length * TOKENS_A_SET, new Pos(this.source, pos));
    }
    let target = attrs;
    for (let i = 0; i < path.length - 1; i++) {
      target = this.nested(target, path, i, pos);
    }
    const last = path[path.length - 1]!;
    if (typeof last === 'string') {
      this.define(target, path, last, { kind: 'own', pos, value, from: -1 });
    } else {
      target.dynamic.push({ pos, name: last, value });
    }
  }

  /** `inherit name` or `inherit (e) name`. */
  inherit(attrs: AttrsExpr, name: string, def: AttrDef): void {
    const previous = attrs.attrs.get(name);
    if (previous !== undefined) {
      this.duplicate([name], def.pos, previous.pos);
    }
    attrs.attrs.set(name, def);
  }

  private nested(target: AttrsExpr, path: readonly AttrName[], i: number, pos: number): AttrsExpr {
    const name = path[i]!;
    if (typeof name === 'string') {
      const found = target.attrs.get(name);
      if (found === undefined) {
        const made = emptyAttrs(pos);
        target.attrs.set(name, { kind: 'own', pos, value: made, from: -1 });
        return made;
      }
      found.value = settled(found.value);
      if (found.value.kind !== 'attrs') {
        this.duplicate(path.slice(0, i + 1), pos, found.pos);
      }
      return found.value;
    }
    const made = emptyAttrs(pos);
    target.dynamic.push({ pos, name, value: made });
    return made;
  }

  private define(target: AttrsExpr, path: readonly AttrName[], name: string, def: AttrDef): void {
    const previous = target.attrs.get(name);
    if (previous === undefined) {
      target.attrs.set(name, def);
      nameFunctions(def.value, name);
      return;
    }
    previous.value = settled(previous.value);
    def.value = settled(def.value);
    if (previous.value.kind !== 'attrs' || def.value.kind !== 'attrs') {
      this.duplicate(path, def.pos, previous.pos);
    }
    this.merge(previous.value, def.value, path);
  }

  /** The second set's `rec` is dropped, the first one's holds for both: so Nix does (its issue 9020). */
  private merge(into: AttrsExpr, from: AttrsExpr, path: readonly AttrName[]): void {
    const shift = into.inheritFrom.length;
    for (const [name, def] of from.attrs) {
      if (def.kind === 'from') {
        def.from += shift;
      }
      this.define(into, [...path, name], name, def);
    }
    into.dynamic.push(...from.dynamic);
    into.inheritFrom.push(...from.inheritFrom);
  }

  private duplicate(path: readonly AttrName[], pos: number, previous: number): never {
    const shown = path.map((name) => (typeof name === 'string' ? shownName(name) : '"${...}"')).join('.');
    throw new NixError(
      'parse',
      `attribute '${shown}' already defined at ${new Pos(this.source, previous)}`,
      new Pos(this.source, pos),
    );
  }
}

/** A set without attributes, to be filled by definitions. */
export function emptyAttrs(pos: number): AttrsExpr {
  return { kind: 'attrs', pos, recursive: false, attrs: new Map(), dynamic: [], inheritFrom: [] };
}
