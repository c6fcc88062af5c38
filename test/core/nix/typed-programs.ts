/** What an expression gives. */
type Type = 'int' | 'float' | 'bool' | 'string' | 'ints' | 'strings' | 'set' | 'sets';

interface Variable {
  readonly name: string;
  readonly type: Type;
}

const TYPES: readonly Type[] = ['int', 'float', 'bool', 'string', 'ints', 'strings', 'set', 'sets'];
const NAMES = ['a', 'b', 'c', "d'", 'e-f', '_g'];
/** Members of every generated set: integers under the first two names. */
const MEMBERS = ['a', 'b', 'c', 'or', 'a b', ''];
const PATTERNS = ['a*', '(a|b)+', '([a-z]*)([0-9]*)', '[^b]*(b?)', '(.)(.*)', '[[:alpha:]]+|([.-])', 'x?'];

/** Writes programs of a known type, so that most of them have a value, and one that took some work. */
export class TypedProgramWriter {
  constructor(private readonly random: () => number) {}

  program(): string {
    return this.expr(this.pick(TYPES), 5, []);
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!;
  }

  private expr(type: Type, depth: number, scope: readonly Variable[]): string {
    const known = scope.filter((variable) => variable.type === type);
    if (known.length > 0 && this.random() < (depth === 0 ? 0.6 : 0.25)) {
      return this.pick(known).name;
    }
    if (depth === 0) {
      return this.leaf(type);
    }
    return this.random() < 0.3 ? this.wrapped(type, depth - 1, scope) : this.made(type, depth - 1, scope);
  }

  /** Forms that any type can have. */
  private wrapped(type: Type, depth: number, scope: readonly Variable[]): string {
    const of = (wanted: Type, names = scope) => this.expr(wanted, depth, names);
    const other = this.pick(TYPES);
    const name = this.pick(NAMES);
    const inner = [...scope.filter((variable) => variable.name !== name), { name, type: other }];
    switch (Math.floor(this.random() * 14)) {
      case 0:
        return `(if ${of('bool')} then ${of(type)} else ${of(type)})`;
      case 1:
        return `(let ${name} = ${of(other)}; in ${of(type, inner)})`;
      case 2:
        return `((${name}: ${of(type, inner)}) ${of(other)})`;
      case 3:
        return `(({ ${name}${this.random() < 0.5 ? ` ? ${of(other)}` : ''}, ... }: ${of(type, inner)}) { ${name} = ${of(other)}; z = throw "z"; })`;
      case 4:
        return `(with { ${name} = ${of(other)}; }; ${of(
          type,
          inner.filter((known) => known.name === name || scope.includes(known)),
        )})`;
      case 5:
        return `{ v = ${of(type)}; w = abort "w"; }.v`;
      case 6:
        return `(${of('set')}.nope or ${of(type)})`;
      case 7:
        return `(builtins.head [ ${of(type)} (throw "lazy") ])`;
      case 8:
        return `(builtins.seq ${of(other)} ${of(type)})`;
      case 9: {
        const value = of(type);
        return `(let t = builtins.tryEval ${value}; in if t.success then t.value else ${of(type)})`;
      }
      case 10:
        return `(rec { ${name} = ${of(other)}; r = ${of(type, inner)}; }).r`;
      case 11:
        return `({ __functor = self: x: x; } ${of(type)})`;
      case 12:
        return `(let inherit ({ ${name} = ${of(other)}; }) ${name}; in ${of(type, inner)})`;
      default:
        return `(assert ${of('bool')} || true; ${of(type)})`;
    }
  }

  private made(type: Type, depth: number, scope: readonly Variable[]): string {
    const of = (wanted: Type) => this.expr(wanted, depth, scope);
    const body = (wanted: Type, name: string, given: Type) =>
      this.expr(wanted, depth, [...scope.filter((variable) => variable.name !== name), { name, type: given }]);
    const member = this.pick(MEMBERS);
    switch (type) {
      case 'int':
        return this.pick([
          () => `(${of('int')} ${this.pick(['+', '-'])} ${of('int')})`,
          () => `(builtins.bitAnd ${of('int')} 15 * 3)`,
          () => `(${of('int')} / ${this.pick(['2', '3', '(-4)'])})`,
          () => `(builtins.length ${of(this.pick(['ints', 'strings', 'sets']))})`,
          () => `(builtins.stringLength ${of('string')})`,
          () => `(builtins.foldl' (x: y: x + y) 0 ${of('ints')})`,
          () => `(${of('set')}.${this.pick(['a', 'b'])})`,
          () => `(builtins.compareVersions ${of('string')} ${of('string')})`,
          () => `(builtins.floor ${of('float')})`,
          () => `(builtins.bitXor ${of('int')} ${of('int')})`,
          () => `(-${of('int')})`,
        ])();
      case 'float':
        return this.pick([
          () => `(${of('float')} ${this.pick(['+', '-', '*'])} ${of(this.pick(['int', 'float']))})`,
          () => `(${of('int')} * 0.5)`,
        ])();
      case 'bool':
        return this.pick([
          () => `(${of('int')} ${this.pick(['<', '<=', '>', '>=', '==', '!='])} ${of(this.pick(['int', 'float']))})`,
          () => `(${of('string')} ${this.pick(['<', '==', '>='])} ${of('string')})`,
          () => `(${of('ints')} ${this.pick(['<', '==', '!=', '>'])} ${of('ints')})`,
          () => `(${of('bool')} ${this.pick(['&&', '||', '->', '=='])} ${of('bool')})`,
          () => `(!${of('bool')})`,
          () => `(${of('set')} == ${of('set')})`,
          () => `(${of('set')} ? ${this.pick(['a', 'c', 'd', '"a b"', 'a.b', '${"o" + "r"}'])})`,
          () => `(builtins.elem ${of('int')} ${of('ints')})`,
          () => `(builtins.any (x: x > 2) ${of('ints')})`,
          () => `(builtins.match ${this.pattern()} ${of('string')} == null)`,
          () => `(builtins.hasAttr "${member}" ${of('set')})`,
          () => `(builtins.is${this.pick(['Int', 'String', 'Attrs', 'List'])} ${of(this.pick(TYPES))})`,
        ])();
      case 'string':
        return this.pick([
          () => `(${of('string')} + ${of('string')})`,
          () =>
            `"${this.text()}\${${of('string')}}${this.text()}\${toString ${of(this.pick(['int', 'ints', 'bool', 'strings']))}}"`,
          () => `''\n    ${this.text()}\n      \${${of('string')}}\n   ''\${x ''' ${this.text()}\n  ''`,
          () => `(builtins.substring ${this.pick(['0', '1', '3'])} ${this.pick(['1', '4', '(-1)'])} ${of('string')})`,
          () => `(builtins.concatStringsSep ${of('string')} ${of('strings')})`,
          () =>
            `(builtins.replaceStrings [ "a" "${this.pick(['', 'b', 'ab'])}" ] [ ${of('string')} "-" ] ${of('string')})`,
          () => `(builtins.toJSON ${of(this.pick(['int', 'bool', 'string', 'ints', 'strings', 'set', 'sets']))})`,
          () => `(builtins.hashString "${this.pick(['md5', 'sha1', 'sha256', 'sha512'])}" ${of('string')})`,
          () => `(builtins.typeOf ${of(this.pick(TYPES))})`,
          () => `(baseNameOf ${of('string')})`,
          () => `(builtins.toXML ${of(this.pick(TYPES))})`,
          () => `"\${{ outPath = ${of('string')}; }}"`,
          () => `(toString { __toString = self: ${of('string')} + self.s; s = ${of('string')}; })`,
          () => `(builtins.parseDrvName ${of('string')}).${this.pick(['name', 'version'])}`,
        ])();
      case 'ints':
        return this.pick([
          () => `(${of('ints')} ++ ${of('ints')})`,
          () => `(map (x: ${body('int', 'x', 'int')}) ${of('ints')})`,
          () => `(builtins.filter (x: ${body('bool', 'x', 'int')}) ${of('ints')})`,
          () => `(builtins.sort (x: y: x ${this.pick(['<', '>', '<='])} y) ${of('ints')})`,
          () => `(builtins.genList (x: ${body('int', 'x', 'int')}) ${this.pick(['0', '2', '3'])})`,
          () => `(builtins.concatMap (x: [ x ${of('int')} ]) ${of('ints')})`,
          () => `(builtins.map (s: s.a) ${of('sets')})`,
          () => `(builtins.partition (x: x < 3) ${of('ints')}).${this.pick(['right', 'wrong'])}`,
          () => `(builtins.catAttrs "a" ${of('sets')})`,
          () => `(builtins.fromJSON (builtins.toJSON ${of('ints')}))`,
          () =>
            `(map (s: s.key) (builtins.genericClosure { startSet = [ { key = ${of('int')}; } ]; operator = s: if s.key > 1 then [ { key = s.key / 2; } ] else [ ]; }))`,
          () => `[ ${of('int')} ${of('int')} ]`,
        ])();
      case 'strings':
        return this.pick([
          () => `(builtins.attrNames ${of('set')})`,
          () => `(builtins.splitVersion ${of('string')})`,
          () => `(map toString ${of('ints')})`,
          () => `(builtins.filter builtins.isString (builtins.split ${this.pattern()} ${of('string')}))`,
          () =>
            `(let m = builtins.match ${this.pattern()} ${of('string')}; in if m == null then [ ] else map (x: if x == null then "-" else x) m)`,
          () => `(builtins.sort builtins.lessThan ${of('strings')})`,
          () => `[ ${of('string')} ${of('string')} ]`,
          () => `(builtins.attrNames (builtins.groupBy (x: if x > 1 then "large" else "small") ${of('ints')}))`,
        ])();
      case 'set':
        return this.pick([
          () =>
            `{ a = ${of('int')}; b = ${of('int')}; "${member}${this.pick(['', '.'])}z" = ${of(this.pick(TYPES))}; }`,
          () => `(${of('set')} // { ${this.pick(['a', 'b', 'c'])} = ${of('int')}; })`,
          () => `{ a = ${of('int')}; n.x = ${of('int')}; n.\${"y"} = ${of('string')}; b = ${of('int')}; }`,
          () => `rec { b = ${of('int')}; a = b + 1; inherit ({ q = ${of('strings')}; }) q; }`,
          () =>
            `(${of('set')} // builtins.listToAttrs [ { name = ${of('string')}; value = ${of('int')}; } ] // { a = 1; b = 2; })`,
          () => `(builtins.mapAttrs (n: v: if n == "a" || n == "b" then 7 else v) ${of('set')})`,
          () => `(removeAttrs ${of('set')} [ "c" "zz" ])`,
          () => `(builtins.intersectAttrs { a = 0; b = 0; c = 0; } ${of('set')})`,
          () => `(builtins.zipAttrsWith (n: vs: builtins.length vs) [ ${of('set')} ${of('set')} ])`,
          () => `(builtins.fromTOML "a = 1\\nb = 0x1f\\n[t]\\nu = [ 'x', \\"y\\" ]")`,
          () => `(builtins.fromJSON (builtins.toJSON ${of('set')}))`,
        ])();
      case 'sets':
        return this.pick([
          () => `[ ${of('set')} ${of('set')} ]`,
          () => `(map (x: { a = x; b = ${body('int', 'x', 'int')}; }) ${of('ints')})`,
          () => `(builtins.filter (s: s.a != ${of('int')}) ${of('sets')})`,
          () => `(builtins.sort (s: t: s.a < t.a) ${of('sets')})`,
          () => `(builtins.tail ([ ${of('set')} ] ++ ${of('sets')}))`,
        ])();
    }
  }

  private leaf(type: Type): string {
    switch (type) {
      case 'int':
        return String(Math.floor(this.random() * 9));
      case 'float':
        return this.pick(['1.5', '0.25', '2.0', '3.75', '1.0e3']);
      case 'bool':
        return this.pick(['true', 'false']);
      case 'string':
        return `"${this.text()}"`;
      case 'ints':
        return this.pick(['[ ]', '[ 1 ]', '[ 3 1 2 ]', '[ 5 (-1) 5 ]']);
      case 'strings':
        return this.pick(['[ ]', '[ "a" ]', '[ "b" "a.1" "" ]']);
      case 'set':
        return this.pick([
          '{ a = 1; b = 2; }',
          '{ b = 0; a = 3; c = "x"; }',
          '{ a = 2; b = 1; or = [ 1 ]; "a b" = { }; }',
        ]);
      case 'sets':
        return this.pick(['[ ]', '[ { a = 1; b = 2; } ]', '[ { a = 4; b = 0; } { a = 1; b = 1; c = "q"; } ]']);
    }
  }

  private text(): string {
    return this.pick(['', 'a', 'b', 'ab', 'foo-1.2', 'a/b', '1.0pre', 'x y', '%d', '\\\\n', '<&', 'aab12']);
  }

  private pattern(): string {
    return `"${this.pick(PATTERNS)}"`;
  }
}
