/** A small generator of numbers that gives the same ones for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const NAMES = ['a', 'b', 'c', 'd', 'x', 'y'];
const UNARY = [
  'builtins.length',
  'builtins.attrNames',
  'builtins.attrValues',
  'builtins.head',
  'builtins.tail',
  'toString',
  'builtins.typeOf',
  'builtins.isList',
  'builtins.isInt',
  'builtins.stringLength',
  'builtins.concatLists',
  'builtins.toJSON',
  'builtins.splitVersion',
  'builtins.parseDrvName',
  'baseNameOf',
  'dirOf',
  'builtins.floor',
  'builtins.ceil',
  'builtins.isFunction',
  'builtins.functionArgs',
  'builtins.listToAttrs',
  'builtins.tryEval',
  'builtins.unsafeDiscardStringContext',
  'builtins.hashString "sha256"',
  'builtins.isAttrs',
];
const BINARY = [
  'builtins.elem',
  'builtins.elemAt',
  'builtins.map',
  'builtins.filter',
  'builtins.hasAttr',
  'builtins.getAttr',
  'builtins.removeAttrs',
  'builtins.intersectAttrs',
  'builtins.mapAttrs',
  'builtins.concatStringsSep',
  'builtins.seq',
  'builtins.deepSeq',
  'builtins.any',
  'builtins.all',
  'builtins.sort',
  'builtins.genList',
  'builtins.compareVersions',
  'builtins.match',
  'builtins.split',
  'builtins.add',
  'builtins.sub',
  'builtins.lessThan',
  'builtins.catAttrs',
  'builtins.partition',
  'builtins.groupBy',
  'builtins.concatMap',
  'builtins.bitAnd',
  'builtins.bitXor',
  'builtins.zipAttrsWith',
];
const OPERATORS = ['+', '-', '*', '/', '++', '//', '==', '!=', '<', '<=', '>', '>=', '&&', '||', '->'];
const STRINGS = [
  '"a"',
  '"b"',
  '"x"',
  '"1.2.3"',
  '"foo-1.0"',
  '"a/b"',
  '""',
  '"a b"',
  "''\n  a\n    b\n  ''",
  '"(a|b)*"',
  '"[a-c]+"',
];

const FUNCTIONS = [
  '(x: x)',
  '(a: b: a)',
  '({ a, b ? 1, ... }: b)',
  '(a: b: a < b)',
  'builtins.add',
  '(builtins.add 1)',
];
/** Since 2.14 these look at the list before the function, so that another error comes first. */
const LIST_FIRST: ReadonlySet<string> = new Set(['builtins.filter', 'builtins.map', 'builtins.sort']);

/** Writes programs at random: closed, total enough to be interesting, often failing. */
export class ProgramWriter {
  constructor(private readonly random: () => number) {}

  program(): string {
    return this.expr(4, []);
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }

  private expr(depth: number, scope: readonly string[]): string {
    if (depth === 0 || this.random() < 0.12) {
      return this.leaf(scope);
    }
    const sub = (names = scope) => this.expr(depth - 1, names);
    const kind = Math.floor(this.random() * 18);
    switch (kind) {
      case 0:
      case 1:
        return `(${sub()} ${this.pick(OPERATORS)} ${sub()})`;
      case 2: {
        const names = this.names();
        const inner = [...scope, ...names];
        return `(let ${names.map((name) => `${name} = ${sub(inner)};`).join(' ')} in ${sub(inner)})`;
      }
      case 3:
        return `(if ${sub()} then ${sub()} else ${sub()})`;
      case 4:
        return `[ ${this.many(() => sub())} ]`;
      case 5:
        return `{ ${this.bindings(depth, scope)} }`;
      case 6: {
        const names = this.names();
        return `rec { ${names.map((name) => `${name} = ${sub([...scope, ...names])};`).join(' ')} }`;
      }
      case 7:
        return `(${sub()}).${this.pick(NAMES)}${this.random() < 0.5 ? ` or ${this.leaf(scope)}` : ''}`;
      case 8:
        return `(${sub()} ? ${this.pick(NAMES)})`;
      case 9: {
        const name = this.pick(NAMES);
        return `((${name}: ${sub([...scope, name])}) ${sub()})`;
      }
      case 10:
        return this.formalsCall(depth, scope);
      case 11:
        return `(${this.pick(UNARY)} ${sub()})`;
      case 12:
      case 13: {
        const name = this.pick(BINARY);
        return `(${name} ${LIST_FIRST.has(name) ? this.pick(FUNCTIONS) : sub()} ${sub()})`;
      }
      case 14:
        return `"${this.random() < 0.5 ? 'p' : ''}\${${sub()}}q"`;
      case 15:
        return `(with ${sub()}; ${sub(scope.length > 0 ? scope : [])})`;
      case 16:
        return `(${this.pick(NAMES)}: ${sub()})`;
      default:
        return this.random() < 0.5 ? `(assert ${sub()}; ${sub()})` : `(builtins.tryEval ${sub()})`;
    }
  }

  private formalsCall(depth: number, scope: readonly string[]): string {
    const names = this.names();
    const inner = [...scope, ...names, 'args'];
    const formals = names.map((name) => (this.random() < 0.5 ? name : `${name} ? ${this.expr(depth - 1, inner)}`));
    const ellipsis = this.random() < 0.5 ? ['...'] : [];
    const body = this.expr(depth - 1, inner);
    return `((args@{ ${[...formals, ...ellipsis].join(', ')} }: ${body}) { ${this.bindings(depth, scope)} })`;
  }

  private bindings(depth: number, scope: readonly string[]): string {
    return this.names()
      .map((name) => {
        const value = this.expr(depth - 1, scope);
        const form = this.random();
        return form < 0.8
          ? `${name} = ${value};`
          : form < 0.9
            ? `${name}.x = ${value};`
            : `"${name} \${"q"}" = ${value};`;
      })
      .join(' ');
  }

  private names(): string[] {
    return NAMES.filter(() => this.random() < 0.35);
  }

  private many(make: () => string): string {
    return Array.from({ length: Math.floor(this.random() * 4) }, make).join(' ');
  }

  private leaf(scope: readonly string[]): string {
    if (scope.length > 0 && this.random() < 0.5) {
      return this.pick(scope);
    }
    switch (Math.floor(this.random() * 9)) {
      case 0:
        return this.pick(['true', 'false', 'null']);
      case 1:
      case 2:
        return this.pick(STRINGS);
      case 3:
        return this.pick(['1.5', '0.25', '2.0', '(-1.5)']);
      case 4:
        return this.pick(FUNCTIONS);
      case 5:
        return this.pick([
          '[ ]',
          '[ 1 2 3 ]',
          '[ "a" "b" ]',
          '{ }',
          '{ a = 1; b = "x"; }',
          '[ { name = "a"; value = 1; } ]',
        ]);
      case 6:
        return this.pick(['(throw "t")', '/a/b', '(abort "x")', '{ outPath = "o"; }']);
      default:
        return String(Math.floor(this.random() * 7));
    }
  }
}
