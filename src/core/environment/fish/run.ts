import { test } from '../shell/conditions';
import { filterOutput } from '../shell/filters';
import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { TO_FRONT } from '../shell/init-texts';
import { matchesPattern } from '../shell/pattern';
import { formatted } from '../shell/printf';
import { outputOf } from '../shell/programs';
import { getText, getValue, placeOf, type Scope, setValue, type Variable, whichProgram } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { doubt, hole, isUnknown, nameOfCall } from '../shell/world';
import { expandWords, rangeOf } from './expand';
import { type FishCommand, type FishNode, parseFish } from './parse';
import { calculate, runString } from './string-command';

const MAX_ROUNDS = 500;

/** Follows a file of fish. */
export function runFishFile(scope: Scope, path: string): boolean | undefined {
  return followFile(scope, path, (text) => runFishText(scope, text), true) ? scope.status : false;
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
        runRound(scope, node.body);
        if (scope.stop !== undefined) {
          break;
        }
      }
      scope.stop = scope.stop === 'break' ? undefined : scope.stop;
      return;
    }
    case 'begin':
      inBlock(scope, () => runNodes(scope, node.body));
      return;
    case 'function': {
      scope.fishFunctions.set(node.words[0] ?? '', [...namesOfArguments(node.words.slice(1)), ...node.body]);
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
      runWhile(scope, node);
  }
}

/** `--argument-names a b`: what sets them when the function is called. */
function namesOfArguments(options: readonly string[]): readonly FishNode[] {
  const at = options.findIndex((word) => word === '-a' || word.startsWith('--argument'));
  const names = at < 0 ? [] : options.slice(at + 1);
  const end = names.findIndex((word) => word.startsWith('-'));
  return names
    .slice(0, end < 0 ? names.length : end)
    .filter((name) => /^\w+$/.test(name))
    .flatMap((name, index) => parseFish(`set -l ${name} $argv[${index + 1}]`));
}

function runWhile(scope: Scope, { words, body }: Extract<FishNode, { readonly words: unknown }>): void {
  for (let round = 0; round < MAX_ROUNDS && scope.stop === undefined; round++) {
    runWords(scope, words, undefined);
    if (scope.status === undefined) {
      undecided(scope, body);
      return;
    }
    if (!scope.status) {
      break;
    }
    runRound(scope, body);
  }
  scope.stop = scope.stop === 'break' ? undefined : scope.stop;
}

function runRound(scope: Scope, body: readonly FishNode[]): void {
  inBlock(scope, () => runNodes(scope, body));
  scope.stop = scope.stop === 'continue' ? undefined : scope.stop;
}

/** What `set -l` makes inside of a block is gone after it. */
function inBlock(scope: Scope, work: () => void): void {
  const outer = scope.locals;
  const locals = new Map<string, Variable | undefined>();
  scope.locals = locals;
  work();
  for (const [name, before] of locals) {
    if (before === undefined) {
      scope.vars.delete(name);
    } else {
      scope.vars.set(name, before);
    }
  }
  scope.locals = outer;
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
      inBlock(scope, () => runNodes(scope, body));
      return;
    }
  }
  inBlock(scope, () => runNodes(scope, otherwise));
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
    case 'contains':
      scope.status = args.some(isUnknown) ? undefined : args.slice(1).includes(args[0] ?? '');
      return '';
    case 'echo':
      return args.join(' ');
    case 'printf':
      return formatted(args);
    case 'count':
      scope.status = args.length > 0;
      return String(args.length);
    case 'math':
      return calculate(scope, args.join(' '));
    case 'string': {
      const result = runString(scope, args, input);
      scope.status = result.status;
      return result.out;
    }
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
  const body = scope.fishFunctions.get(name) ?? autoloaded(scope, name);
  if (body !== undefined && scope.depth < MAX_FOLLOWED) {
    scope.depth += 1;
    inBlock(scope, () => {
      setVariables(scope, ['-l', 'argv', ...args]);
      runNodes(scope, body);
    });
    scope.depth -= 1;
    scope.stop = scope.stop === 'return' ? undefined : scope.stop;
    return '';
  }
  const filtered = input === undefined ? undefined : filterOutput(scope, name, args, input);
  if (filtered !== undefined) {
    return filtered;
  }
  const known = outputOf(scope, name, args);
  if (known !== undefined) {
    scope.status = known.status;
    return known.out ?? '';
  }
  const program = whichProgram(scope, name);
  scope.status = program === null ? false : undefined;
  return program === null ? '' : hole(scope.world, `what ${nameOfCall(name, args)} prints`);
}

/** A function that is looked up when it is called, in a file of its name. */
function autoloaded(scope: Scope, name: string): readonly FishNode[] | undefined {
  if (!/^[\w-]+$/.test(name)) {
    return undefined;
  }
  const config = getText(scope, 'XDG_CONFIG_HOME') || `${scope.world.host.home}/.config`;
  const path = [`${config}/fish/functions/${name}.fish`, `/etc/fish/functions/${name}.fish`].find(
    (one) => scope.world.host.fs.stat(one).ok,
  );
  if (path !== undefined) {
    runFishFile(scope, path);
    scope.status = true;
  }
  return scope.fishFunctions.get(name);
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
  for (const line of text.split(/\n|\s(?=export \w+=|__lockstep_to_front )/)) {
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

/** Whether a flag is among words: `-gx` has `x`. */
function hasFlag(words: readonly string[], short: string, long: string): boolean {
  return words.some((word) => word === `--${long}` || (/^-[^-]/.test(word) && word.includes(short)));
}

/** `set [-gxUapLe] NAME values…`. */
function setVariables(scope: Scope, args: readonly string[]): void {
  const [written, ...values] = args.filter((word) => !/^-(?!\d|$)/.test(word));
  const [, name, index] = /^(\w+)(?:\[([^\]]*)\])?$/.exec(written ?? '') ?? [];
  if (name === undefined) {
    return;
  }
  if (index !== undefined) {
    setItems(scope, name, index, hasFlag(args, 'e', 'erase') ? [] : values);
    return;
  }
  if (hasFlag(args, 'l', 'local') && scope.locals !== undefined && !scope.locals.has(name)) {
    scope.locals.set(name, scope.vars.get(name));
  }
  if (hasFlag(args, 'q', 'query')) {
    scope.status = scope.vars.has(name);
    return;
  }
  if (hasFlag(args, 'e', 'erase')) {
    scope.vars.delete(name);
    return;
  }
  const before = name === 'PATH' ? pathOf(scope) : listOf(getValue(scope, name));
  const items = values.flatMap((value) => (name === 'PATH' ? value.split(':') : [value]));
  const all = hasFlag(args, 'a', 'append')
    ? [...before, ...items]
    : hasFlag(args, 'p', 'prepend')
      ? [...items, ...before]
      : items;
  if (name === 'PATH') {
    setValue(scope, name, all.join(':'), true);
  } else if (name === 'fish_user_paths') {
    setUserPaths(scope, all);
  } else {
    setValue(scope, name, all.length === 1 ? all[0]! : all, hasFlag(args, 'x', 'export') ? true : undefined);
  }
}

/** `set NAME[2..3] values…`: those items, and no others. */
function setItems(scope: Scope, name: string, index: string, values: readonly string[]): void {
  const items = name === 'PATH' ? pathOf(scope) : listOf(getValue(scope, name));
  const range = rangeOf(index, items.length);
  if (range === undefined) {
    if (name === 'PATH' || name === 'fish_user_paths') {
      doubt(scope.world, placeOf(scope), 'which part of PATH is set here is not known');
    }
    return;
  }
  const changed = [...items.slice(0, range[0]), ...values, ...items.slice(range[1])];
  if (name === 'PATH') {
    setValue(scope, name, changed.join(':'), true);
  } else if (name === 'fish_user_paths') {
    setUserPaths(scope, changed);
  } else {
    setValue(scope, name, changed);
  }
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Sets `fish_user_paths`; fish puts it in front of PATH whenever it changes. */
export function setUserPaths(scope: Scope, folders: readonly string[]): void {
  const before = listOf(getValue(scope, 'fish_user_paths'));
  setValue(scope, 'fish_user_paths', folders);
  const rest = pathOf(scope).filter((entry) => !before.includes(entry) && !folders.includes(entry));
  setValue(scope, 'PATH', [...folders, ...rest].filter((entry) => entry !== '').join(':'), true);
}

/** `fish_add_path [-g] [-U] [-a] [-p] [-m] [-P] folders…`: only folders that are there. */
function addPath(scope: Scope, args: readonly string[]): void {
  const { fs } = scope.world.host;
  const folders = args.filter((word) => !word.startsWith('-') && (isUnknown(word) || fs.stat(word).ok));
  const ownPath = hasFlag(args, 'P', 'path');
  const before = ownPath ? pathOf(scope) : listOf(getValue(scope, 'fish_user_paths'));
  const added = folders.filter((folder) => hasFlag(args, 'm', 'move') || !before.includes(folder));
  if (added.length === 0) {
    return;
  }
  const rest = before.filter((entry) => !added.includes(entry));
  const all = hasFlag(args, 'a', 'append') ? [...rest, ...added] : [...added, ...rest];
  if (ownPath) {
    setValue(scope, 'PATH', all.join(':'), true);
  } else {
    setUserPaths(scope, all);
  }
}

/** What a command between parentheses prints, a line an item. */
function captureFish(scope: Scope, text: string): readonly string[] {
  if (scope.depth >= MAX_FOLLOWED) {
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
