import { Attrs, EMPTY_ATTRS, Shape } from '../attrs';
import { NixError } from '../errors';
import { expectAttrs, expectPlainString } from '../expect';
import { force } from '../force';
import { Pos } from '../source';
import type { AttrDef, AttrsExpr, Expr } from '../syntax/ast';
import { Later, settled } from '../syntax/later';
import { shownName } from '../syntax/show';
import { AliasThunk, type Code, type Env, Opaque, type Slot, Thunk, type Value } from '../value';
import { aliasCode, aliasOf } from './alias';
import { type Compiler, type Delay, withOrigin } from './compiler';
import { withRest } from './unknown';

/** Makes the member of a set, given the scope of the definitions and the one around them. */
type Maker = (inner: Env, outer: Env, sources: readonly Thunk[]) => Slot;

interface Definitions {
  /** In the order in which they are written. */
  readonly names: readonly string[];
  readonly makers: readonly Maker[];
  readonly sources: readonly Code[];
  /** In which order they are made, if not as they are written. */
  readonly order: readonly number[] | undefined;
}

/** `{ … }` and `rec { … }`, with the attributes whose names are computed. */
export function compileAttrs(compiler: Compiler, expr: AttrsExpr): Code {
  const build = expr.recursive ? recursiveAttrs(compiler, expr) : plainAttrs(compiler, expr);
  return expr.dynamic.length === 0 ? (env) => build(env).attrs : withDynamic(compiler, expr, build);
}

/** A set under construction, and the scope for its dynamic members. */
interface Built {
  readonly attrs: Attrs;
  readonly scope: Env;
}

function plainAttrs(compiler: Compiler, expr: AttrsExpr): (env: Env) => Built {
  if (expr.attrs.size === 0) {
    return (scope) => ({ attrs: EMPTY_ATTRS, scope });
  }
  const { makers, sources } = definitions(compiler, expr, false);
  const { shape, order } = sortedShape(compiler, expr);
  const sorted = order.map((i) => makers[i]!);
  return (env) => {
    const from = sources.length === 0 ? NO_SOURCES : sources.map((code) => new Thunk(code, env));
    const values: Slot[] = new Array(sorted.length);
    for (let i = 0; i < sorted.length; i++) {
      values[i] = sorted[i]!(env, env, from);
    }
    return { attrs: new Attrs(shape, values), scope: env };
  };
}

function recursiveAttrs(compiler: Compiler, expr: AttrsExpr): (env: Env) => Built {
  const defs = definitions(compiler, expr, true);
  const { shape, order } = sortedShape(compiler, expr);
  const overrides = expr.attrs.has('__overrides');
  return (env) => {
    const scope = fillScope(defs, env);
    const values: Slot[] = new Array(order.length);
    for (let i = 0; i < order.length; i++) {
      values[i] = scope[order[i]! + 1] as Slot;
    }
    const attrs = new Attrs(shape, values);
    return { attrs: overrides ? applyOverrides(attrs, scope, defs.names) : attrs, scope };
  };
}

/** `let … in body`. */
export function compileLet(compiler: Compiler, attrs: AttrsExpr, body: Expr): Code {
  const defs = definitions(compiler, attrs, true);
  const code = compiler.compile(body);
  return (env) => code(fillScope(defs, env));
}

const NO_SOURCES: readonly Thunk[] = [];

function fillScope(defs: Definitions, env: Env): Env {
  const { makers, sources, order } = defs;
  const scope: Env = new Array(makers.length + 1);
  scope[0] = env;
  const from = sources.length === 0 ? NO_SOURCES : sources.map((code) => new Thunk(code, scope));
  if (order === undefined) {
    for (let i = 0; i < makers.length; i++) {
      scope[i + 1] = makers[i]!(scope, env, from);
    }
  } else {
    for (const i of order) {
      scope[i + 1] = makers[i]!(scope, env, from);
    }
  }
  return scope;
}

function definitions(compiler: Compiler, expr: AttrsExpr, ownScope: boolean): Definitions {
  const sources = expr.inheritFrom.map((from) => compiler.compile(from));
  const names = [...expr.attrs.keys()];
  const makers: Maker[] = [];
  let aliases = false;
  // With `__overrides` each member waits on its own.
  const aliased = ownScope && !expr.attrs.has('__overrides');
  for (const [name, def] of expr.attrs) {
    const alias = aliased ? aliasMaker(compiler, name, def, names) : undefined;
    aliases ||= alias !== undefined;
    makers.push(alias ?? maker(compiler, name, def, ownScope));
  }
  return { names, makers, sources, order: aliases ? symbolOrder(compiler, names) : undefined };
}

function aliasMaker(
  compiler: Compiler,
  name: string,
  { kind, value }: AttrDef,
  names: readonly string[],
): Maker | undefined {
  if (kind !== 'own' || value instanceof Later) {
    return undefined;
  }
  const other = aliasOf(compiler.symbols, name, value, (index) => names[index - 1]);
  if (other === undefined) {
    return undefined;
  }
  const code = aliasCode(compiler, value, other);
  return (inner) => new AliasThunk(code, inner, inner[other] as Slot);
}

function symbolOrder(compiler: Compiler, names: readonly string[]): readonly number[] {
  const ranks = names.map((name) => compiler.symbols.rank(name));
  return names.map((_, i) => i).sort((a, b) => ranks[a]! - ranks[b]!);
}

function maker(compiler: Compiler, name: string, def: AttrDef, ownScope: boolean): Maker {
  switch (def.kind) {
    case 'inherited': {
      const value = settled(def.value);
      if (value.kind === 'var' && value.found?.in === 'scope' && value.found.depth < 2) {
        const { depth, index } = value.found;
        return depth === 0
          ? (_inner, outer) => outer[index] as Slot
          : (_inner, outer) => (outer[0] as Env)[index] as Slot;
      }
      const slot = compiler.delay(value);
      return (_inner, outer) => slot(outer);
    }
    case 'from': {
      const { from } = def;
      const pos = compiler.pos(def.pos);
      const member = withOrigin(([source]) => compiler.evaluator.member(force(source as Slot), name, pos), {
        pos,
        text: name,
      });
      return (_inner, _outer, sources) => new Thunk(member, [sources[from]]);
    }
    case 'own':
      return delayed(compiler, def.value, ownScope);
  }
}

/**
 * As {@link Compiler.delay}, but what waits is compiled only when it is needed. A variable of the scope that is being
 * filled has to wait too.
 */
function delayed(compiler: Compiler, expr: Expr | Later, ownScope: boolean): Delay {
  if (expr instanceof Later) {
    return compiler.delayParsing(expr);
  }
  const waits = expr.kind === 'var' && expr.found?.in === 'scope' && expr.found.depth === 0 && ownScope;
  return !waits && (expr.kind === 'var' || compiler.constant(expr) !== undefined)
    ? compiler.delay(expr)
    : compiler.delayCompiling(expr);
}

/** The shape of a set as it is written. What is compiled again keeps its shapes. */
function sortedShape({ source }: Compiler, expr: AttrsExpr): NonNullable<AttrsExpr['sorted']> {
  if (expr.sorted === undefined) {
    const names = [...expr.attrs.keys()];
    const order = names.map((_, i) => i).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
    const sorted = order.map((i) => names[i]!);
    const positions = () => sorted.map((name) => new Pos(source, expr.attrs.get(name)!.pos));
    expr.sorted = { shape: new Shape(sorted, positions, 0), order };
  }
  return expr.sorted;
}

/** The old `__overrides`: its members replace those of the `rec` set, also for the others' references. */
function applyOverrides(attrs: Attrs, scope: Env, names: readonly string[]): Attrs {
  const overrides = expectAttrs(attrs.get('__overrides')!, undefined, 'while evaluating the `__overrides` attribute');
  names.forEach((name, i) => {
    const slot = overrides.get(name);
    if (slot !== undefined) {
      scope[i + 1] = slot;
    }
  });
  const members = new Map<string, Slot>();
  for (const name of attrs.names()) {
    const slot = overrides.get(name);
    members.set(name, slot === undefined ? attrs.get(name)! : slot);
  }
  for (const name of overrides.names()) {
    members.set(name, overrides.get(name)!);
  }
  const sorted = [...members.keys()].sort();
  const positions = sorted.map((name) => (overrides.has(name) ? overrides.positionOf(name) : attrs.positionOf(name)));
  return new Attrs(
    new Shape(sorted, positions),
    sorted.map((name) => members.get(name)!),
  );
}

function withDynamic(compiler: Compiler, expr: AttrsExpr, build: (env: Env) => Built): Code {
  const members = expr.dynamic.map(({ name, value, pos }) => ({
    name: compiler.compile(name),
    namePos: compiler.pos(pos),
    value: delayed(compiler, value, false),
    pos: compiler.pos(pos),
  }));
  return (env): Value => {
    const { attrs, scope } = build(env);
    const slots = new Map<string, Slot>();
    const positions = new Map<string, Pos | undefined>();
    let rest: Opaque | undefined;
    for (const name of attrs.names()) {
      slots.set(name, attrs.get(name)!);
      positions.set(name, attrs.positionOf(name));
    }
    for (const member of members) {
      const key = member.name(scope);
      if (key === null) {
        continue;
      }
      if (key instanceof Opaque) {
        rest = key.decided();
        continue;
      }
      const name = expectPlainString(key, member.namePos, {
        message: 'while evaluating the name of a dynamic attribute',
        pos: member.namePos,
      });
      compiler.evaluator.chargeWhole(name, member.namePos);
      if (slots.has(name)) {
        const before = positions.get(name);
        throw new NixError(
          'eval',
          `dynamic attribute '${shownName(name)}' already defined at ${before ?? 'another place'}`,
          member.pos,
        );
      }
      slots.set(name, member.value(scope));
      positions.set(name, member.pos);
    }
    const sorted = [...slots.keys()].sort();
    const known = new Attrs(
      new Shape(
        sorted,
        sorted.map((name) => positions.get(name)),
      ),
      sorted.map((name) => slots.get(name)!),
    );
    return rest === undefined ? known : known.isEmpty() ? rest : withRest(known, rest);
  };
}
