import { glob } from '../../host/glob';
import { own } from '../../own';
import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { outputOf } from '../shell/programs';
import { getText, placeOf, type Scope, setValue, whichProgram } from '../shell/scope';
import { bounded, boundedJoin, doubt, hole, isUnknown, nameOfCall } from '../shell/world';
import { COMMANDS } from './commands';
import { type ElvishChunk, type ElvishForm, type ElvishPiece, type ElvishWord, parseElvish } from './parse';
import {
  type Elvish,
  isLambda,
  isList,
  type Lambda,
  listOf,
  MAX_VALUES,
  textOf,
  texts,
  truth,
  type Value,
} from './values';

/** Follows a file of Elvish: lists of `$paths`, `$E:…`, conditions and loops over them. */
export function runElvishFile(scope: Scope, path: string): void {
  followFile(scope, path, (text) => runChunk({ scope, variables: new Map(), call }, parseElvish(text), []));
}

function runChunk(elvish: Elvish, chunk: ElvishChunk, input: readonly Value[]): readonly Value[] {
  const out: Value[] = [];
  for (const pipeline of chunk) {
    let passed = input;
    for (const form of pipeline) {
      passed = elvish.scope.stop === undefined ? runForm(elvish, form, passed) : [];
    }
    out.push(...passed.slice(0, MAX_VALUES - out.length));
  }
  return out;
}

/** Runs a command; gives the values that it puts. */
function runForm(elvish: Elvish, form: ElvishForm, input: readonly Value[]): readonly Value[] {
  const { scope } = elvish;
  scope.world.fuel -= 1 + form.words.length;
  if (scope.world.fuel < 0 || scope.depth > MAX_FOLLOWED) {
    doubt(scope.world, scope.file, 'there is more to do than Lockstep follows');
    scope.stop = 'exit';
    return [];
  }
  scope.line = form.line;
  const [head = [], ...rest] = form.words;
  const name = bareText(head) ?? '';
  const isAssignment = /^(?:set|var|tmp)$/.test(name);
  const equals = (isAssignment ? rest : form.words).findIndex((word) => bareText(word) === '=');
  if (equals >= 0 && (isAssignment || equals === 1)) {
    const words = isAssignment ? rest : form.words;
    assign(elvish, words.slice(0, equals), valuesOf(elvish, words.slice(equals + 1)));
    return [];
  }
  if (isAssignment) {
    return [];
  }
  switch (name) {
    case 'if':
      return runIf(elvish, rest);
    case 'for':
      return runFor(elvish, rest);
    case 'while':
      undecided(elvish, form);
      return [];
    case 'try':
      return call(elvish, lambdaOf(rest[0]), [], input);
    case 'fn': {
      const lambda = lambdaOf(rest.at(-1));
      if (lambda !== undefined) {
        elvish.variables.set(`${bareText(rest[0] ?? []) ?? ''}~`, lambda);
      }
      return [];
    }
    case 'use':
    case 'pragma':
    case 'del':
    case 'nop':
      return [];
  }
  return runCommand(elvish, name, valuesOf(elvish, rest), input, form);
}

function bareText(word: ElvishWord): string | undefined {
  const [piece] = word;
  return word.length === 1 && piece?.kind === 'text' && piece.isBare ? piece.text : undefined;
}

function lambdaOf(word: ElvishWord | undefined): Lambda | undefined {
  const piece = word?.[0];
  return piece?.kind === 'lambda' ? piece : undefined;
}

function assign(elvish: Elvish, names: readonly ElvishWord[], values: readonly Value[]): void {
  const { scope, variables } = elvish;
  const [first] = names;
  const name = first === undefined ? undefined : bareText(first);
  if (name === undefined) {
    return;
  }
  const plain = name.replace(/^@/, '');
  const value: Value = name.startsWith('@') ? values : (values[0] ?? '');
  if (plain === 'paths') {
    const entries = texts(elvish, isList(value) ? value : [value]);
    setValue(scope, 'PATH', boundedJoin(scope.world, entries, ':'), true);
  } else if (plain.startsWith('E:')) {
    setValue(scope, plain.slice(2), textOf(elvish, value), true);
  } else if (!plain.startsWith('edit:')) {
    for (const [index, word] of names.entries()) {
      variables.set(bareText(word)?.replace(/^@/, '') ?? '', names.length > 1 ? (values[index] ?? '') : value);
    }
  }
}

function runIf(elvish: Elvish, words: readonly ElvishWord[]): readonly Value[] {
  for (let at = 0; at < words.length; ) {
    const keyword = at === 0 ? 'if' : bareText(words[at]!);
    const isElse = keyword === 'else';
    const from = at === 0 ? 0 : at + 1;
    const body = lambdaOf(words[isElse ? from : from + 1]);
    const condition = isElse ? true : truth(valuesOf(elvish, words.slice(from, from + 1))[0]);
    if (condition === undefined) {
      undecided(elvish, words.slice(from));
      return [];
    }
    if (condition) {
      return call(elvish, body, [], []);
    }
    at = from + 2;
  }
  return [];
}

function runFor(elvish: Elvish, [name, list, body]: readonly ElvishWord[]): readonly Value[] {
  const items = listOf(valuesOf(elvish, list === undefined ? [] : [list])[0]);
  return items.slice(0, MAX_VALUES).flatMap((item) => {
    elvish.variables.set(bareText(name ?? []) ?? '', item);
    return call(elvish, lambdaOf(body), [], []);
  });
}

function call(
  elvish: Elvish,
  lambda: Lambda | undefined,
  given: readonly Value[],
  input: readonly Value[],
): readonly Value[] {
  if (lambda === undefined) {
    return [];
  }
  const { scope, variables } = elvish;
  const inner = new Map(variables);
  for (const [index, name] of lambda.parameters.entries()) {
    inner.set(name.replace(/^@/, ''), name.startsWith('@') ? given.slice(index) : (given[index] ?? ''));
  }
  scope.depth += 1;
  const out = runChunk({ ...elvish, variables: inner }, lambda.body, input);
  scope.depth -= 1;
  scope.stop = scope.stop === 'return' ? undefined : scope.stop;
  for (const name of variables.keys()) {
    if (!lambda.parameters.includes(name)) {
      variables.set(name, inner.get(name)!);
    }
  }
  return out;
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided({ scope }: Elvish, part: unknown): void {
  if (/"(?:@?paths|E:PATH|PATH)"/.test(JSON.stringify(part))) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
}

function runCommand(
  elvish: Elvish,
  name: string,
  args: readonly Value[],
  input: readonly Value[],
  form: ElvishForm,
): readonly Value[] {
  const { scope } = elvish;
  const defined = elvish.variables.get(`${name}~`);
  if (defined !== undefined && isLambda(defined)) {
    return call(elvish, defined, args, input);
  }
  if (name === 'return' || name === 'exit') {
    scope.stop = name;
    return [];
  }
  const plain = name.replace(/^e:/, '');
  if (Object.hasOwn(COMMANDS, name)) {
    return COMMANDS[name]!(elvish, args, input);
  }
  // A lambda that a command of somebody else is given may be run.
  if (args.some(isLambda)) {
    undecided(elvish, form.words);
  }
  const words = texts(elvish, args);
  const known = outputOf(scope, plain, words);
  if (known !== undefined) {
    return known.out === undefined || known.out === '' ? [] : [known.out.replace(/\n$/, '')];
  }
  return whichProgram(scope, plain) === null ? [] : [hole(scope.world, `what ${nameOfCall(plain, words)} prints`)];
}

function valuesOf(elvish: Elvish, words: readonly ElvishWord[]): readonly Value[] {
  return words.flatMap((word) => expand(elvish, word)).slice(0, MAX_VALUES);
}

/** The values of a word: pieces that have several are combined with each of the others'. */
function expand(elvish: Elvish, word: ElvishWord): readonly Value[] {
  const { scope } = elvish;
  let made: readonly Value[] | undefined;
  for (const [at, piece] of word.entries()) {
    if (piece.kind === 'index') {
      made = (made ?? []).map((value) => indexed(elvish, value, valuesOf(elvish, piece.words)[0]));
      continue;
    }
    const values = valuesOfPiece(elvish, piece, at === 0);
    made =
      made === undefined
        ? values
        : made
            .flatMap((before) =>
              values.map((value) => bounded(scope.world, textOf(elvish, before) + textOf(elvish, value))),
            )
            .slice(0, MAX_VALUES);
  }
  const [only] = word;
  const isPattern = word.some((piece) => piece.kind === 'text' && piece.isBare && /[*?]/.test(piece.text));
  return (made ?? []).flatMap((value): readonly Value[] =>
    isPattern && typeof value === 'string' && !isUnknown(value) && value.startsWith('/') && only !== undefined
      ? glob(scope.world.host, value.replace(/\[nomatch-ok\]/, ''))
      : [value],
  );
}

function indexed({ scope }: Elvish, value: Value, index: Value | undefined): Value {
  const number = typeof index === 'string' && /^-?\d+$/.test(index) ? Number(index) : undefined;
  const item = isList(value) && number !== undefined ? value.at(number) : undefined;
  return item ?? hole(scope.world, 'an index');
}

function valuesOfPiece(elvish: Elvish, piece: ElvishPiece, isFirst: boolean): readonly Value[] {
  const { scope } = elvish;
  switch (piece.kind) {
    case 'text':
      if (piece.isBare && isFirst && /^~(?:\/|$)/.test(piece.text)) {
        return [`${getText(scope, 'HOME') ?? scope.world.host.home}${piece.text.slice(1)}`];
      }
      return [
        piece.isBare && isFirst && piece.text.startsWith('~') ? hole(scope.world, "another user's home") : piece.text,
      ];
    case 'variable': {
      const value = variableOf(elvish, piece.name);
      return piece.explodes ? (isList(value) ? value : [hole(scope.world, `$${piece.name}`)]) : [value];
    }
    case 'list':
      return [valuesOf(elvish, piece.words)];
    case 'braces':
      return valuesOf(elvish, piece.words);
    case 'output':
      return runChunk(elvish, piece.body, []);
    case 'exception':
      return [succeeded(elvish, piece.body)];
    case 'lambda':
      return [piece];
    default:
      return [hole(scope.world, 'a map')];
  }
}

/** `?(test -d x)`: whether it succeeds. */
function succeeded(elvish: Elvish, body: ElvishChunk): Value {
  const out = runChunk(elvish, body, []);
  return out.at(-1) ?? hole(elvish.scope.world, 'whether a command succeeds');
}

function variableOf({ scope, variables }: Elvish, name: string): Value {
  if (name === 'paths') {
    return (getText(scope, 'PATH') ?? '').split(':').filter((entry) => entry !== '');
  }
  if (name.startsWith('E:')) {
    return getText(scope, name.slice(2)) ?? '';
  }
  const known: Readonly<Record<string, Value>> = { true: true, ok: true, false: false, pwd: scope.folder };
  return variables.get(name) ?? own(known, name) ?? hole(scope.world, `$${name}`);
}
