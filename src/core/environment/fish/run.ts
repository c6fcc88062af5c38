import { test } from '../shell/conditions';
import { TO_FRONT } from '../shell/init-texts';
import { matchesPattern } from '../shell/pattern';
import { outputOf } from '../shell/programs';
import { getValue, placeOf, type Scope, setValue, whichProgram } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { doubt, hole, isUnknown } from '../shell/world';
import { expandWords } from './expand';
import { type FishCommand, type FishNode, parseFish } from './parse';

const MAX_DEPTH = 24;
const MAX_ROUNDS = 500;

/** Follows a file of fish. */
export function runFishFile(scope: Scope, path: string): boolean | undefined {
  const { world, file, line } = scope;
  const read = world.files > 0 && scope.depth < MAX_DEPTH ? world.readText(path) : undefined;
  if (read?.ok !== true) {
    if (read === undefined || (read.code !== 'not-found' && read.code !== 'is-a-directory')) {
      doubt(world, path, `${path} is not read (${read?.code ?? 'too many files'})`);
    }
    return false;
  }
  world.files -= 1;
  world.sources.add(path);
  scope.file = path;
  scope.depth += 1;
  runFishText(scope, read.value);
  scope.depth -= 1;
  Object.assign(scope, { file, line });
  return scope.status;
}

function runFishText(scope: Scope, text: string): void {
  try {
    runNodes(scope, parseFish(text));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) {
      throw error;
    }
    doubt(scope.world, scope.file, `${scope.file} cannot be read (${error.message})`);
  }
  scope.stop = undefined;
}

function runNodes(scope: Scope, nodes: readonly FishNode[]): void {
  for (const node of nodes) {
    if (scope.stop !== undefined) {
      return;
    }
    runNode(scope, node);
  }
}

function runNode(scope: Scope, node: FishNode): void {
  scope.world.fuel -= 1;
  if (scope.world.fuel < 0) {
    if (scope.world.fuel === -1) {
      doubt(scope.world, placeOf(scope), 'there is more to do than Lockstep follows');
    }
    scope.stop = 'exit';
    return;
  }
  scope.line = scope.pinned ?? node.line;
  switch (node.kind) {
    case 'command':
      runCommands(scope, node.commands);
      return;
    case 'if':
      runIf(scope, node);
      return;
    case 'for': {
      const [name = '_', , ...words] = node.words;
      for (const value of expandWords(words, scope, captureFish).slice(0, MAX_ROUNDS)) {
        setValue(scope, name, value);
        runNodes(scope, node.body);
        if (scope.stop === 'continue') {
          scope.stop = undefined;
        }
      }
      if (scope.stop === 'break') {
        scope.stop = undefined;
      }
      return;
    }
    case 'begin':
      runNodes(scope, node.body);
      return;
    case 'function': {
      scope.fishFunctions.set(node.words[0] ?? '', node.body);
      return;
    }
    case 'switch': {
      const [subject = ''] = expandWords(node.words, scope, captureFish);
      const chosen = node.cases.find(({ patterns }) =>
        patterns.some((pattern) => matchesPattern(pattern.replace(/^(['"])(.*)\1$/, '$2'), subject)),
      );
      if (isUnknown(subject)) {
        undecided(
          scope,
          node.cases.flatMap(({ body }) => body),
        );
      } else {
        runNodes(scope, chosen?.body ?? []);
      }
      return;
    }
    case 'while':
      undecided(scope, node.body);
  }
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided(scope: Scope, body: readonly FishNode[]): void {
  const touches = JSON.stringify(body).match(/"(?:PATH|fish_user_paths|fish_add_path)"/) !== null;
  if (touches) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
  scope.status = undefined;
}

function runIf(scope: Scope, { branches, otherwise }: FishNode & { kind: 'if' }): void {
  for (const { test: condition, body } of branches) {
    runNodes(scope, condition);
    if (scope.status === undefined) {
      undecided(scope, [...body, ...otherwise]);
      return;
    }
    if (scope.status) {
      runNodes(scope, body);
      return;
    }
  }
  runNodes(scope, otherwise);
}

function runCommands(scope: Scope, commands: readonly FishCommand[]): void {
  let input: string | undefined;
  let skip = false;
  for (const { words, then } of commands) {
    if (!skip) {
      input = runWords(scope, words, input);
    }
    if (then === '&&' || then === '||') {
      skip = scope.status === undefined || scope.status !== (then === '&&');
      if (scope.status === undefined && /\bPATH\b|fish_add_path/.test(JSON.stringify(commands))) {
        doubt(scope.world, placeOf(scope), 'whether a command succeeds is not known, and PATH depends on it');
      }
    }
    if (then !== '|') {
      input = undefined;
    }
  }
}

/** Runs one command; gives what it prints. */
function runWords(scope: Scope, written: readonly string[], input: string | undefined): string {
  const [first = '', ...rest] = written;
  if (first === 'and' || first === 'or') {
    const goes = scope.status === (first === 'and');
    return goes ? runWords(scope, rest, input) : '';
  }
  if (first === 'not' || first === '!') {
    const out = runWords(scope, rest, input);
    scope.status = scope.status === undefined ? undefined : !scope.status;
    return out;
  }
  const words = written.filter((word) => !/^\d?>>?|^[<>&]/.test(word));
  const [name = '', ...args] = expandWords(words, scope, captureFish);
  return runCommand(scope, name, args, input);
}

function runCommand(scope: Scope, name: string, args: readonly string[], input: string | undefined): string {
  scope.status = true;
  switch (name) {
    case 'set':
      setVariables(scope, args);
      return '';
    case 'fish_add_path':
      addPath(scope, args);
      return '';
    case 'status':
      scope.status = /is-interactive|^-i/.test(args[0] ?? '')
        ? scope.interactive
        : /is-login|^-l/.test(args[0] ?? '')
          ? scope.login
          : undefined;
      return '';
    case 'test':
    case '[':
      scope.status = test(args.at(-1) === ']' ? args.slice(0, -1) : args, scope);
      return '';
    case 'type':
    case 'command':
      if (name === 'type' || /^-/.test(args[0] ?? '')) {
        const found = whichProgram(scope, args.find((word) => !word.startsWith('-')) ?? '');
        scope.status = found === undefined ? undefined : found !== null;
        return found ?? '';
      }
      return runCommand(scope, args[0] ?? '', args.slice(1), input);
    case 'echo':
      return args.join(' ');
    case 'source':
    case '.':
      readSource(scope, args, input);
      return '';
    case 'eval':
      runGiven(scope, args.join(' '));
      return '';
    case 'return':
    case 'exit':
    case 'break':
    case 'continue':
      scope.stop = name;
      return '';
    case 'true':
    case 'abbr':
    case 'alias':
    case 'bind':
    case 'complete':
    case 'functions':
    case 'fish_config':
    case 'fish_vi_key_bindings':
    case 'fish_default_key_bindings':
    case 'mkdir':
    case 'builtin':
      return '';
    case 'false':
      scope.status = false;
      return '';
  }
  const body = scope.fishFunctions.get(name);
  if (body !== undefined && scope.depth < MAX_DEPTH) {
    scope.depth += 1;
    setValue(scope, 'argv', args);
    runNodes(scope, body);
    scope.depth -= 1;
    scope.stop = scope.stop === 'return' ? undefined : scope.stop;
    return '';
  }
  const known = outputOf(scope, name, args);
  if (known !== undefined) {
    scope.status = known.status;
    return known.out ?? '';
  }
  const program = whichProgram(scope, name);
  scope.status = program === null ? false : undefined;
  return program === null ? '' : hole(scope.world, `what "${[name, ...args].join(' ').slice(0, 100)}" prints`);
}

function readSource(scope: Scope, args: readonly string[], input: string | undefined): void {
  const [path] = args;
  if (path === undefined || path === '-') {
    runGiven(scope, input ?? '');
    return;
  }
  if (isUnknown(path)) {
    doubt(scope.world, placeOf(scope), 'which file is read is not known');
    return;
  }
  scope.status = runFishFile(scope, path.startsWith('/') ? path : `${scope.folder}/${path}`);
}

/** Code that a program printed: ours is in the words of a POSIX shell, one command a line. */
function runGiven(scope: Scope, text: string): void {
  if (isUnknown(text)) {
    doubt(scope.world, placeOf(scope), 'what is run here is not known: a program prints it');
    scope.status = undefined;
    return;
  }
  for (const line of text.split('\n')) {
    const [command = '', ...words] = line.split(/ (?=')| (?=\w+=)/);
    const values = words.map((word) =>
      word.replace(/'((?:[^']|'\\'')*)'/g, (_, inner: string) => inner.replaceAll("'\\''", "'")),
    );
    if (command === TO_FRONT) {
      toFront(scope, values);
    } else if (command === 'export') {
      const [, name = '', value = ''] = /^(\w+)=([\s\S]*)$/.exec(values[0] ?? '') ?? [];
      setValue(scope, name, value, true);
    } else if (line.trim() !== '') {
      runFishText(scope, line);
    }
  }
}

function pathOf(scope: Scope): readonly string[] {
  const path = getValue(scope, 'PATH') ?? '';
  return typeof path === 'string' ? path.split(':').filter((entry) => entry !== '') : path;
}

function toFront(scope: Scope, folders: readonly string[]): void {
  const rest = pathOf(scope).filter((entry) => !folders.includes(entry));
  setValue(scope, 'PATH', [...folders, ...rest].join(':'), true);
}

/** `set [-gxUapLe] NAME values…`. */
function setVariables(scope: Scope, args: readonly string[]): void {
  const flags = args.filter((word) => /^-/.test(word)).join('');
  const [name, ...values] = args.filter((word) => !/^-/.test(word));
  if (name === undefined || !/^\w+$/.test(name)) {
    return;
  }
  if (/-\w*q|--query/.test(flags)) {
    scope.status = scope.vars.has(name);
    return;
  }
  if (/-\w*e|--erase/.test(flags) && !/export/.test(flags)) {
    scope.vars.delete(name);
    return;
  }
  const known = getValue(scope, name);
  const before =
    known === undefined ? [] : typeof known === 'string' ? (name === 'PATH' ? known.split(':') : [known]) : known;
  const items = values.flatMap((value) => (name === 'PATH' ? value.split(':') : [value]));
  const all = /-\w*a|--append/.test(flags)
    ? [...before, ...items]
    : /-\w*p|--prepend/.test(flags)
      ? [...items, ...before]
      : items;
  const exported = /-\w*x|--export/.test(flags) ? true : undefined;
  if (name === 'PATH') {
    setValue(scope, name, all.join(':'), true);
  } else {
    setValue(scope, name, all.length === 1 && name !== 'fish_user_paths' ? all[0]! : all, exported);
  }
}

/** `fish_add_path [-g] [-U] [-a] [-p] [-m] [-P] folders…`: only folders that are there. */
function addPath(scope: Scope, args: readonly string[]): void {
  const flags = args.filter((word) => word.startsWith('-')).join('');
  const { fs } = scope.world.host;
  const folders = args.filter((word) => !word.startsWith('-') && (isUnknown(word) || fs.stat(word).ok));
  const moves = /-\w*m|--move/.test(flags);
  const ownPath = /-\w*P|--path/.test(flags);
  const known = getValue(scope, 'fish_user_paths') ?? [];
  const before = ownPath ? pathOf(scope) : typeof known === 'string' ? [known] : known;
  const added = folders.filter((folder) => moves || !before.includes(folder));
  const rest = before.filter((entry) => !added.includes(entry));
  const all = /-\w*a|--append/.test(flags) ? [...rest, ...added] : [...added, ...rest];
  for (const folder of added) {
    scope.world.origins.set(folder, placeOf(scope));
  }
  if (ownPath) {
    setValue(scope, 'PATH', all.join(':'), true);
  } else {
    setValue(scope, 'fish_user_paths', all);
  }
}

/** What a command between parentheses prints, a line an item. */
function captureFish(scope: Scope, text: string): readonly string[] {
  if (scope.depth >= MAX_DEPTH) {
    return [hole(scope.world, 'commands inside of commands go too deep')];
  }
  scope.depth += 1;
  let out = '';
  try {
    for (const node of parseFish(text)) {
      if (node.kind === 'command') {
        for (const { words } of node.commands) {
          out = runWords(scope, words, out === '' ? undefined : out);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) {
      throw error;
    }
    out = hole(scope.world, 'a command that cannot be read');
  }
  scope.depth -= 1;
  return out === '' ? [] : out.replace(/\n+$/, '').split('\n');
}
