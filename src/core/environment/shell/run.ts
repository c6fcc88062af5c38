import { type Outcome, runCommand } from './commands';
import { testWords } from './conditions';
import { expandDocument, expandFields, expandPattern, expandText, expandValue } from './expand';
import { type ParsedShell, parseShell } from './parse';
import { matchesPattern } from './pattern';
import { forkScope, getText, getValue, placeOf, type Scope, setValue, type Variable } from './scope';
import type { Assign, Command, List, Pipeline, Simple, Stdin, Step } from './syntax';
import { doubt, doubtCut, hole, isUnknown, whyUnknown } from './world';

/** Files and functions inside of one another. */
const MAX_DEPTH = 24;
const DECLARES = /^(?:export|typeset|declare|local|readonly|integer)$/;
/** Rounds of one loop. */
const MAX_ROUNDS = 500;

/** Follows a file as `.` would; says whether it was there. */
export function runFile(scope: Scope, path: string, args?: readonly string[]): boolean | undefined {
  const { world } = scope;
  if (scope.depth >= MAX_DEPTH || world.files <= 0) {
    doubt(world, placeOf(scope), `${path} is not read: files that read other files go too deep`);
    return undefined;
  }
  const read = world.readText(path);
  if (!read.ok) {
    if (read.code !== 'not-found' && read.code !== 'not-a-directory' && read.code !== 'is-a-directory') {
      const why = read.code === 'special' ? 'it is a pipe, socket or device' : `it cannot be read (${read.code})`;
      doubt(world, path, `${path} is not read: ${why}`);
      return undefined;
    }
    return false;
  }
  doubtCut(world, path, read.value);
  world.files -= 1;
  world.sources.add(path);
  const { file, line, pinned, args: outer } = scope;
  scope.pinned = undefined;
  scope.file = path;
  scope.args = args ?? outer;
  scope.depth += 1;
  runText(scope, read.value);
  scope.depth -= 1;
  Object.assign(scope, { file, line, pinned, args: outer });
  return scope.status;
}

/** Follows a text in the shell itself: a file, or what `eval` is given. Ends a `return`. */
export function runText(scope: Scope, text: string): void {
  const { list, problems } = parse(scope, text);
  for (const { line, reason, text: unread } of problems) {
    // Other lines that cannot be read set prompts and keys: they do not matter here.
    if (/\bPATH\b|\bpath\b|\beval\b|\bsource\b|^\s*\.\s/.test(unread) || problems.length > 5) {
      doubt(scope.world, `${scope.file}:${line}`, `this line cannot be read (${reason})`);
    }
  }
  runList(scope, list);
  if (scope.stop === 'return') {
    scope.stop = undefined;
  }
}

/** The program that a text is, read once. */
function parse({ world, dialect }: Scope, text: string): ParsedShell {
  const key = `${dialect}\0${text}`;
  const known = world.memory.programs.get(key) ?? parseShell(text, dialect);
  world.memory.programs.set(key, known);
  return known;
}

/** What a command substitution prints, without the line breaks at its end. Implements `Capture`. */
export function capture(scope: Scope, text: string): string {
  const inner = forkScope(scope);
  inner.depth += 1;
  if (inner.depth >= MAX_DEPTH) {
    return hole(scope.world, 'commands inside of commands go too deep');
  }
  const { list, problems } = parse(scope, text);
  const line = scope.line;
  const out = problems.length > 0 ? hole(scope.world, 'a command that cannot be read') : printed(inner, list, line);
  scope.status = inner.status;
  return out.replace(/\n+$/, '');
}

function printed(scope: Scope, list: List, line: number): string {
  let out = '';
  for (const step of list) {
    out += runStep(scope, step, line) ?? '';
    if (scope.stop !== undefined) {
      break;
    }
  }
  return out;
}

function runList(scope: Scope, list: List): string {
  let out = '';
  for (const step of list) {
    if (scope.stop !== undefined) {
      break;
    }
    out += runStep(scope, step) ?? '';
  }
  return out;
}

/** @param at the line for all of it, where its own lines are those of a text inside a line */
function runStep(scope: Scope, step: Step, at?: number): string {
  if (step.background === true) {
    const { background: _, ...work } = step;
    runStep(forkScope(scope), work, at);
    scope.status = true;
    return '';
  }
  const { first, rest } = step;
  let out = runPipeline(scope, first, at);
  for (const { when, pipeline } of rest) {
    if (scope.stop !== undefined) {
      break;
    }
    if (scope.status === undefined) {
      maybe(scope, 'whether a command succeeds', () => runPipeline(scope, pipeline, at));
    } else if (scope.status === (when === '&&')) {
      out += runPipeline(scope, pipeline, at);
    }
  }
  return out;
}

/** Does what may or may not be done: what it would change is not known afterwards. */
function maybe(scope: Scope, reason: string, work: () => void): void {
  const before = new Map(scope.vars);
  const { line } = scope;
  work();
  const place = `${scope.file}:${line}`;
  if (scope.stop !== undefined) {
    scope.stop = undefined;
  }
  for (const [name, changed] of scope.vars) {
    const known = before.get(name);
    if (known !== changed && String(known?.value) !== String(changed.value)) {
      const value = name === 'PATH' ? (known?.value ?? '') : hole(scope.world, reason);
      scope.vars.set(name, { value, exported: changed.exported });
      if (name === 'PATH') {
        doubt(scope.world, place, `${reason} is not known, and PATH depends on it`);
      }
    }
  }
  scope.status = undefined;
}

function runPipeline(scope: Scope, { negated, commands }: Pipeline, at?: number): string {
  let out = '';
  let input: string | undefined;
  for (const [index, command] of commands.entries()) {
    const isLast = index === commands.length - 1;
    // Each part but zsh's last runs in a shell of its own.
    const inner = commands.length > 1 && !(isLast && scope.dialect === 'zsh') ? forkScope(scope) : scope;
    out = run(inner, command, at, input);
    input = out;
    scope.status = inner.status;
  }
  if (negated && scope.status !== undefined) {
    scope.status = !scope.status;
  }
  return out;
}

function run(scope: Scope, command: Command, at: number | undefined, input?: string): string {
  const { world } = scope;
  world.fuel -= 1;
  if (world.fuel < 0) {
    if (world.fuel === -1) {
      doubt(world, placeOf(scope), 'there is more to do than Lockstep follows');
    }
    scope.stop = 'exit';
    return '';
  }
  scope.line = scope.pinned ?? at ?? command.line;
  const { stdin } = scope;
  const given = command.stdin === undefined ? input : readStdin(scope, command.stdin);
  // What a pipe gives to one command, it gives to all of a loop.
  scope.stdin = given === undefined ? stdin : { rest: given };
  const out = perform(scope, command, given);
  scope.stdin = stdin;
  return out;
}

function readStdin(scope: Scope, { kind, word, isLiteral }: Stdin): string {
  if (kind === 'document') {
    return isLiteral ? word : expandDocument(word, scope);
  }
  if (kind === 'string') {
    return `${expandText(word, scope)}\n`;
  }
  const path = expandText(word, scope);
  if (path === '/dev/null') {
    return '';
  }
  const read = isUnknown(path) ? undefined : scope.world.readText(path);
  return read?.ok === true ? read.value : hole(scope.world, `what ${isUnknown(path) ? 'a file' : path} holds`);
}

function perform(scope: Scope, command: Command, input: string | undefined): string {
  switch (command.kind) {
    case 'simple':
      return runSimple(scope, command, input);
    case 'if':
      return runIf(scope, command);
    case 'loop':
      return runLoop(scope, command);
    case 'for':
      return runFor(scope, command);
    case 'case':
      return runCase(scope, command);
    case 'group': {
      const inner = command.subshell ? forkScope(scope) : scope;
      const out = runList(inner, command.body);
      scope.status = inner.status;
      return out;
    }
    case 'function':
      scope.functions.set(command.name, command.body);
      scope.status = true;
      return '';
    case 'condition':
      scope.status = testWords(command.text, scope);
      return '';
    case 'arithmetic':
      scope.status = arithmetic(scope, command.text);
      return '';
  }
}

function arithmetic(scope: Scope, text: string): boolean | undefined {
  const one = /^\s*(!?)\s*(\$\+\w+(?:\[[^\]]*\])?|\$\{\+\w+(?:\[[^\]]*\])?\}|\$?\w+)\s*$/.exec(text);
  if (one === null) {
    return undefined;
  }
  const word = one[2]!;
  const value = /^\d+$/.test(word) ? word : expandText(word.startsWith('$') ? word : `\${${word}:-0}`, scope);
  return isUnknown(value) || !/^-?\d+$/.test(value) ? undefined : (Number(value) !== 0) !== (one[1] === '!');
}

function runIf(scope: Scope, { branches, otherwise }: Command & { kind: 'if' }): string {
  for (const [index, { test, body }] of branches.entries()) {
    runList(scope, test);
    if (scope.status === undefined) {
      const rest = { kind: 'if' as const, branches: branches.slice(index + 1), otherwise, line: scope.line };
      return runEither(scope, body, rest);
    }
    if (scope.status) {
      return runList(scope, body);
    }
  }
  scope.status = true;
  return runList(scope, otherwise);
}

/** Both ways where the test is not known: what they leave alike is known after all. */
function runEither(scope: Scope, body: List, rest: Command & { kind: 'if' }): string {
  const line = scope.line;
  const taken = forkScope(scope);
  runList(taken, body);
  const out = rest.branches.length > 0 ? runIf(scope, rest) : runList(scope, rest.otherwise);
  const place = `${scope.file}:${line}`;
  for (const name of new Set([...taken.vars.keys(), ...scope.vars.keys()])) {
    const [one, other] = [taken.vars.get(name), scope.vars.get(name)];
    if (String(one?.value) === String(other?.value)) {
      continue;
    }
    if (name === 'PATH') {
      doubt(scope.world, place, 'whether a test succeeds is not known, and PATH depends on it');
    } else {
      const value = hole(scope.world, 'whether a test succeeds');
      scope.vars.set(name, { value, exported: other?.exported ?? one?.exported ?? false });
    }
  }
  for (const [name, command] of taken.functions) {
    if (!scope.functions.has(name)) {
      scope.functions.set(name, command);
    }
  }
  scope.stop = undefined;
  scope.status = undefined;
  return out;
}

function runLoop(scope: Scope, { test, until, body }: Command & { kind: 'loop' }): string {
  let out = '';
  for (let round = 0; round < MAX_ROUNDS && scope.stop === undefined; round++) {
    runList(scope, test);
    if (scope.status === undefined) {
      maybe(scope, 'how often a loop runs', () => runList(scope, body));
      break;
    }
    if (scope.status === until) {
      break;
    }
    out += runList(scope, body);
    endRound(scope);
  }
  return endLoop(scope, out);
}

function runFor(scope: Scope, { name, others = [], words, body }: Command & { kind: 'for' }): string {
  let out = '';
  const values = words === undefined ? scope.args : expandFields(words, scope);
  for (let at = 0, round = 0; at < values.length && round < MAX_ROUNDS; at += 1 + others.length, round++) {
    for (const [index, variable] of [name, ...others].entries()) {
      setValue(scope, variable, values[at + index] ?? '');
    }
    out += runList(scope, body);
    endRound(scope);
    if (scope.stop !== undefined) {
      break;
    }
  }
  return endLoop(scope, out);
}

function endRound(scope: Scope): void {
  if (scope.stop === 'continue') {
    scope.stop = undefined;
  }
}

function endLoop(scope: Scope, out: string): string {
  if (scope.stop === 'break') {
    scope.stop = undefined;
  }
  scope.status = true;
  return out;
}

function runCase(scope: Scope, { word, clauses }: Command & { kind: 'case' }): string {
  const subject = expandText(word, scope);
  let out = '';
  let falls = false;
  for (const { patterns, body, after } of clauses) {
    const expanded = patterns.map((pattern) => expandPattern(pattern, scope));
    if (!falls && (isUnknown(subject) || expanded.some(isUnknown)) && !expanded.includes('*')) {
      // A guard such as `case ":$PATH:"` with an unknown part elsewhere still shows what is known to be there.
      if (!expanded.some((pattern) => !isUnknown(pattern) && matchesPattern(pattern, subject))) {
        maybe(scope, 'which case holds', () => runList(scope, body));
        continue;
      }
    }
    if (falls || expanded.some((pattern) => matchesPattern(pattern, subject))) {
      out += runList(scope, body);
      falls = after === 'run';
      if (after === 'stop') {
        return out;
      }
    }
  }
  scope.status = true;
  return out;
}

function runSimple(scope: Scope, { assigns, words }: Simple, input: string | undefined): string {
  const { world } = scope;
  if (words.length === 0) {
    scope.status = true;
    for (const assign of assigns) {
      applyAssign(scope, assign);
    }
    return '';
  }
  // What these are given are assignments, which they expand themselves.
  const [name, ...args] = DECLARES.test(words[0]!) ? words.slice(0, 1) : expandFields(words, scope);
  if (name === undefined) {
    scope.status = true;
    return '';
  }
  if (isUnknown(name)) {
    scope.status = undefined;
    return hole(world, whyUnknown(world, name));
  }
  const held = new Map<string, Variable | undefined>();
  for (const assign of assigns) {
    held.set(assign.name, scope.vars.get(assign.name));
    applyAssign(scope, assign, true);
  }
  const body = scope.functions.get(name);
  const outcome: Outcome =
    body === undefined ? runCommand(scope, name, args, { words, input }) : callFunction(scope, body, args);
  // What stands before a command holds for it alone.
  for (const [assigned, before] of held) {
    if (before === undefined) {
      scope.vars.delete(assigned);
    } else {
      scope.vars.set(assigned, before);
    }
  }
  scope.status = outcome.status;
  return outcome.out ?? '';
}

function callFunction(scope: Scope, body: Command, args: readonly string[]): Outcome {
  if (scope.depth >= MAX_DEPTH) {
    return { status: undefined };
  }
  const { args: outer, pinned, line } = scope;
  scope.args = args;
  scope.depth += 1;
  // What a function does is told of the line that calls it.
  scope.pinned ??= line;
  const out = run(scope, body, undefined);
  scope.depth -= 1;
  Object.assign(scope, { args: outer, pinned, line });
  if (scope.stop === 'return') {
    scope.stop = undefined;
  }
  return { status: scope.status, out };
}

/** `name=value`, `name+=value`, `name=(…)`. */
export function applyAssign(scope: Scope, assign: Assign, exported?: boolean): void {
  const { name, value, append } = assign;
  if (assign.subscript !== undefined) {
    assignElement(scope, name, assign.subscript, value);
    return;
  }
  if (value.startsWith('(') && value.endsWith(')')) {
    const items = expandFields(splitArray(value.slice(1, -1), scope), scope);
    const known = append ? getValue(scope, name) : undefined;
    const before = known === undefined ? [] : typeof known === 'string' ? [known] : known;
    setValue(scope, name, [...before, ...items], exported);
    return;
  }
  const added = expandValue(value, scope);
  if (name === 'PATH' && /^\0\d+\0$/.test(added) && value.includes('PATH')) {
    // Most often this takes out what is there twice: what was on PATH is still there, in some order.
    doubt(scope.world, placeOf(scope), `what becomes of PATH here is not known: ${whyUnknown(scope.world, added)}`);
    return;
  }
  const known = append ? getValue(scope, name) : undefined;
  if (typeof known === 'object') {
    setValue(scope, name, [...known, added], exported);
  } else {
    setValue(scope, name, append ? `${getText(scope, name) ?? ''}${added}` : added, exported);
  }
}

/** `name[index]=value`; zsh's `path[1,0]=value` puts it in front. What cannot be told of PATH is a doubt. */
function assignElement(scope: Scope, name: string, subscript: string, value: string): void {
  const known = getValue(scope, name);
  const items = known === undefined ? [] : typeof known === 'string' ? [known] : known;
  const added = value.startsWith('(')
    ? expandFields(splitArray(value.slice(1, -1), scope), scope)
    : [expandValue(value, scope)];
  const base = scope.dialect === 'zsh' ? 1 : 0;
  if (scope.dialect === 'zsh' && /^\s*1\s*,\s*0\s*$/.test(subscript)) {
    setValue(scope, name, [...added, ...items]);
  } else if (scope.dialect === 'zsh' && /^\([rRiI]\)/.test(subscript)) {
    // The element that a pattern names: the first, or the last.
    const pattern = expandPattern(subscript.slice(3), scope);
    const fits = (item: string) => matchesPattern(pattern, item);
    const at = /^\([ri]/.test(subscript) ? items.findIndex(fits) : items.map(fits).lastIndexOf(true);
    if (at >= 0) {
      setValue(scope, name, [...items.slice(0, at), ...added, ...items.slice(at + 1)]);
    }
  } else if (/^\d{1,4}$/.test(subscript) && added.length === 1 && Number(subscript) >= base) {
    const changed = [...items];
    changed[Number(subscript) - base] = added[0]!;
    setValue(
      scope,
      name,
      Array.from(changed, (item) => item ?? ''),
    );
  } else if (/^path$/i.test(name)) {
    doubt(scope.world, placeOf(scope), 'which part of PATH is set here is not known');
  } else {
    setValue(scope, name, hole(scope.world, 'an element of an array'));
  }
}

/** The words of an array, across lines and with comments. */
function splitArray(text: string, { dialect }: Scope): readonly string[] {
  const { list } = parseShell(
    `for _ in ${text.replace(/(^|\s)#[^\n]*/g, '$1').replace(/\n/g, ' ')}; do :; done`,
    dialect,
  );
  const command = list[0]?.first.commands[0];
  return command?.kind === 'for' ? (command.words ?? []) : [];
}
