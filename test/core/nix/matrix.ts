/**
 * Small programs by rule: every builtin and operator with every kind of argument, and every token in every place of the
 * grammar. What Nix 2.8 says of each is recorded in `recorded/`, one row a line.
 */

/** Programs that belong together: a builtin with one first argument, or a token. */
export interface MatrixRow {
  readonly label: string;
  readonly programs: readonly string[];
}

const VALUES: Readonly<Record<string, string>> = {
  int: '1',
  negative: '(-1)',
  zero: '0',
  float: '1.5',
  string: '"a"',
  empty: '""',
  digits: '"1"',
  context: '(builtins.toFile "n" "t")',
  bool: 'true',
  null: 'null',
  path: '/a',
  list: '[ 1 2 ]',
  'empty-list': '[ ]',
  strings: '[ "a" "b" ]',
  lists: '[ [ 1 ] ]',
  sets: '[ { name = "a"; value = 1; key = 1; a = 2; } ]',
  set: '{ a = 1; }',
  'empty-set': '{ }',
  derivation: '{ outPath = "/o"; name = "n"; type = "derivation"; }',
  'to-string': '{ __toString = s: "t"; }',
  function: '(x: x)',
  function2: '(x: y: true)',
  functor: '{ __functor = s: x: x; }',
  formals: '({ a, b ? 2 }: a)',
  builtin: 'builtins.add',
  partial: '(builtins.add 1)',
  largest: '9223372036854775807',
};

const UNARY = `toString attrNames attrValues baseNameOf ceil concatLists dirOf floor fromJSON fromTOML functionArgs
  genericClosure getContext getEnv hasContext head isAttrs isBool isFloat isFunction isInt isList isNull isPath isString
  length listToAttrs parseDrvName placeholder splitVersion stringLength tail toJSON toPath toXML tryEval typeOf
  unsafeDiscardOutputDependency unsafeDiscardStringContext abort throw derivationStrict derivation`.split(/\s+/);
const BINARY = `add sub mul div bitAnd bitOr bitXor lessThan all any filter map genList sort partition groupBy concatMap
  mapAttrs zipAttrsWith catAttrs compareVersions concatStringsSep elem elemAt getAttr hasAttr intersectAttrs removeAttrs
  match split seq deepSeq appendContext addErrorContext hashString toFile`.split(/\s+/);
const TERNARY = ['substring', 'replaceStrings', "foldl'"];
const OPERATORS = ['+', '-', '*', '/', '==', '!=', '<', '<=', '>', '>=', '&&', '||', '->', '++', '//', ''];
const FORMS = [
  'if _ then 1 else 2',
  'assert _; 1',
  'with _; 1',
  '_.a',
  '_ ? a',
  '_.a or 5',
  '!_',
  '-_',
  '"${_}"',
  '{ ${_} = 1; }',
  '({ a }: a) _',
  '({ a ? 3, ... }@x: x) _',
  'let inherit (_) a; in a',
  '[ _ ] == [ _ ]',
  'rec { x = _; }.x',
  '_ == _',
  '/. + _',
  "''${_}''",
  '{ a = _; }.${_}',
];

/** The kinds that stand for their like where two or three values come together. */
const IN_PAIRS: ReadonlySet<string> = new Set(
  'int negative float string context null path list empty-list strings sets set derivation function2 functor'.split(
    ' ',
  ),
);
const IN_TRIPLES: ReadonlySet<string> = new Set(
  'int negative string empty null strings empty-list set function2'.split(' '),
);

/** Every builtin, operator and form with the kinds of values. */
export function builtinMatrix(): readonly MatrixRow[] {
  const kinds = Object.entries(VALUES);
  const values = Object.values(VALUES);
  const pairs = kinds.filter(([kind]) => IN_PAIRS.has(kind));
  const seconds = pairs.map(([, value]) => value);
  const few = kinds.filter(([kind]) => IN_TRIPLES.has(kind));
  return [
    ...UNARY.map((name) => ({ label: name, programs: values.map((value) => `builtins.${name} ${value}`) })),
    ...FORMS.map((form) => ({ label: form, programs: values.map((value) => form.replaceAll('_', () => value)) })),
    ...BINARY.flatMap((name) =>
      pairs.map(([kind, first]) => ({
        label: `${name} ${kind}`,
        programs: seconds.map((second) => `builtins.${name} ${first} ${second}`),
      })),
    ),
    ...OPERATORS.flatMap((operator) =>
      pairs.map(([kind, first]) => ({
        label: `${kind} ${operator}`.trimEnd(),
        programs: seconds.map((second) => `${first} ${operator} ${second}`),
      })),
    ),
    ...TERNARY.flatMap((name) =>
      few.flatMap(([kind, first]) =>
        few.map(([other, second]) => ({
          label: `${name} ${kind} ${other}`,
          programs: few.map(([, third]) => `builtins.${name} ${first} ${second} ${third}`),
        })),
      ),
    ),
  ];
}

/** Why Nix 2.8 is no measure for a program of {@link builtinMatrix}; undefined when it is. */
export function newerRule(program: string): string | undefined {
  if (/\b(add|sub|mul)\b.*9223372036854775807|9223372036854775807 [-+*]|[-+*] 9223372036854775807/.test(program)) {
    return 'integer overflow is an error since 2.25';
  }
  if (/\.(floor|ceil) 9223372036854775807/.test(program)) {
    return 'the largest integer went through a float until 2.25';
  }
  if (/\.(filter|sort) .* \[ \]$/.test(program)) {
    return 'what is done with no element is not looked at since 2.9';
  }
  if (/\.genList .* 0$/.test(program)) {
    return 'the function of genList is looked at since 2.9, needed or not';
  }
  if (program.includes('toJSON') && program.includes('1.5')) {
    return 'floats keep all their digits since 2.9';
  }
  return program.startsWith('[ builtins.add ] ==')
    ? 'whether two functions are one is told by where they are kept; Nix leaves it unspecified'
    : undefined;
}

const TOKENS =
  `a or 1 1.5 "s" ''i'' ./p ~/h /q/r <sp> x:y \${ } { ( ) [ ] ; = : @ , . ... ? && || -> == != < > <= >= + - * /
  // ++ ! if then else assert with let in rec inherit " '' #c /* .5 1. 0.5e a/b a-b a' _ __curPos $ \\ ~ ^ % import`.split(
    /\s+/,
  );
const PLACES = [
  '_',
  '_ 1',
  '1 _',
  '1 _ 1',
  'a: a._',
  'a: a ? _',
  '{ _ = 1; }',
  '{ _ }',
  '{ inherit _; }',
  '{ inherit (_) a; }',
  '{ _ }: 1',
  '{ _, a }: 1',
  '{ a ? _ }: 1',
  '{ a, _ }: 1',
  '[ _ ]',
  '[ 1 _ 1 ]',
  '( _ )',
  'if _',
  'if _ then 1 else 2',
  'let _ in 1',
  'let a = _; in 1',
  'let _ = 1; in 1',
  '"${_}"',
  '_: 1',
  'a@_: 1',
  '_@{}: 1',
  '{}@_: 1',
  '{ a._ = 1; }',
  '{ _.a = 1; }',
  'with _; 1',
  'a: a _ a',
  'rec _',
  'a: a or _',
  'a: a.b or _',
  'a: a.${_}',
  '{ ${_} = 1; }',
  'let { body = _; }',
  'assert _; 1',
  '- _',
  '! _',
  'a: a.b._.c',
  '{ "_" = 1; }',
  '{a, b}@_: 1',
  "''_''",
];

/** Every token in every place, to be parsed. */
export function grammarMatrix(): readonly MatrixRow[] {
  return TOKENS.map((token) => ({
    label: token,
    programs: PLACES.map((place) => place.replaceAll('_', () => token)),
  }));
}

/** One answer a program: the value or the syntax tree, undefined for an error. */
export type Answer = string | undefined;

/** What is recorded of a row: who gives a value (`+`) or an error (`-`), and a sum over the values. */
export function summary(row: MatrixRow, answers: readonly Answer[], skipped: (program: string) => boolean): string {
  const verdicts = row.programs.map((program, i) => (skipped(program) ? '~' : answers[i] === undefined ? '-' : '+'));
  const values = answers.filter((_, i) => verdicts[i] === '+');
  return `${row.label}\t${verdicts.join('')}\t${values.length === 0 ? '' : sum(values.join('\n'))}`;
}

/** FNV-1a, 32 bits. */
function sum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
