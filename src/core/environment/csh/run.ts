import { test } from '../shell/conditions';
import { filterOutput } from '../shell/filters';
import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { matchesPattern } from '../shell/pattern';
import { outputOf } from '../shell/programs';
import { runText } from '../shell/run';
import { forkScope, isSpent, placeOf, type Scope, whichProgram } from '../shell/scope';
import { doubt, hole, isUnknown, nameOfCall } from '../shell/world';
import { textOfAlias } from './alias';
import { BUILTINS, calculate } from './builtins';
import { holds } from './condition';
import { expandText, expandWords } from './expand';
import { type CshNode, parseCsh, statementsOf } from './parse';
import { runSet } from './set';
import { type Csh, CshError, setWords } from './values';

const MAX_ROUNDS = 500;

/** What a command prints, and whether it succeeds; undefined where files do not tell. */
interface CshOutcome {
  readonly status: boolean | undefined;
  readonly out: string;
}

/** A csh that has read nothing yet. */
export function createCsh(scope: Scope): Csh {
  return { scope, variables: new Map(), aliases: new Map(), capture: captureCsh };
}

/**
 * Follows a file of csh.
 *
 * @throws CshError for what ends all reading there
 */
export function runCshFile(csh: Csh, path: string, args: readonly string[] = csh.scope.args): void {
  const { scope } = csh;
  const outer = scope.args;
  scope.args = args;
  let failure: CshError | undefined;
  followFile(scope, path, (text) => {
    try {
      runNodes(csh, parseCsh(text));
    } catch (error) {
      if (!(error instanceof CshError)) {
        throw error;
      }
      error.place ||= placeOf(scope);
      failure = error;
    }
  });
  scope.args = outer;
  // It ends the file, not the shell that reads it.
  scope.stop = scope.stop === 'exit' ? undefined : scope.stop;
  if (failure !== undefined) {
    throw failure;
  }
}

/** Runs a text that is made while files are read: that of `eval`, of an alias. */
function runCshText(csh: Csh, text: string): CshOutcome {
  const { scope } = csh;
  if (scope.depth >= MAX_FOLLOWED) {
    scope.world.fuel = -1;
    isSpent(scope);
    return UNKNOWN;
  }
  const { line } = scope;
  scope.depth += 1;
  const outcome = runNodes(csh, parseCsh(text), line);
  scope.depth -= 1;
  return outcome;
}

const UNKNOWN: CshOutcome = { status: undefined, out: '' };
const DONE: CshOutcome = { status: true, out: '' };

/** What the commands between backquotes print. */
function captureCsh(csh: Csh, text: string): string {
  const inner = { ...csh, scope: forkScope(csh.scope), variables: new Map(csh.variables) };
  return runCshText(inner, text).out;
}

/** @param place the line to tell for all of them, when they stand in no file */
function runNodes(csh: Csh, nodes: readonly CshNode[], place?: number): CshOutcome {
  let last = DONE;
  let out = '';
  for (const node of nodes) {
    if (csh.scope.stop !== undefined || isSpent(csh.scope)) {
      break;
    }
    csh.scope.line = place ?? (node.kind === 'command' ? node.statement.line : node.line);
    last = runNode(csh, node, place);
    out += last.out;
  }
  return { status: last.status, out };
}

function runNode(csh: Csh, node: CshNode, place: number | undefined): CshOutcome {
  switch (node.kind) {
    case 'command':
      return runSteps(csh, node.statement.words);
    case 'if': {
      const test = condition(csh, node.condition);
      if (test === undefined) {
        undecided(csh, [node.body, node.otherwise]);
        return UNKNOWN;
      }
      return runNodes(csh, test ? node.body : node.otherwise, place);
    }
    case 'foreach':
      return runForeach(csh, node.head, node.body, place);
    case 'while':
      return runWhile(csh, node.head, node.body, place);
    case 'switch':
      return runSwitch(csh, node, place);
  }
}

function condition(csh: Csh, words: readonly string[]): boolean | undefined {
  return holds(csh, words, (command) => runSteps(csh, command).status);
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided({ scope }: Csh, part: unknown): void {
  if (/"(?:path|path=[^"]*|PATH)"|"source"|"eval"/.test(JSON.stringify(part))) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
}

function runForeach(
  csh: Csh,
  [name = '', ...list]: readonly string[],
  body: readonly CshNode[],
  place: number | undefined,
): CshOutcome {
  const words = expandWords(csh, list[0] === '(' ? list.slice(1, list.lastIndexOf(')')) : list);
  let last = DONE;
  for (const word of words) {
    setWords(csh, name, [word]);
    last = runNodes(csh, body, place);
    if (endsLoop(csh.scope)) {
      break;
    }
  }
  return last;
}

function runWhile(csh: Csh, head: readonly string[], body: readonly CshNode[], place: number | undefined): CshOutcome {
  const test = head[0] === '(' ? head.slice(1, head.lastIndexOf(')')) : head;
  let last = DONE;
  for (let round = 0; ; round++) {
    const isTrue = condition(csh, test);
    if (round === MAX_ROUNDS) {
      doubt(csh.scope.world, placeOf(csh.scope), 'there is more to do than Lockstep follows');
      csh.scope.stop = 'exit';
    }
    if (isTrue === undefined || round === MAX_ROUNDS) {
      undecided(csh, body);
      return UNKNOWN;
    }
    if (!isTrue) {
      return last;
    }
    last = runNodes(csh, body, place);
    if (endsLoop(csh.scope)) {
      return last;
    }
  }
}

/** Whether a loop ends here; `break` and `continue` are of the innermost one. */
function endsLoop(scope: Scope): boolean {
  const { stop } = scope;
  if (stop === 'continue' || stop === 'break') {
    scope.stop = undefined;
  }
  return stop !== undefined && stop !== 'continue';
}

function runSwitch(csh: Csh, node: Extract<CshNode, { kind: 'switch' }>, place: number | undefined): CshOutcome {
  const subject = expandText(csh, node.subject.filter((word) => word !== '(' && word !== ')').join(' '));
  const patterns = node.cases.map(({ pattern }) => (pattern === undefined ? undefined : expandText(csh, pattern)));
  if (isUnknown(subject) || patterns.some((pattern) => pattern !== undefined && isUnknown(pattern))) {
    undecided(csh, node.cases);
    return UNKNOWN;
  }
  const matching = patterns.findIndex((pattern) => pattern !== undefined && matchesPattern(pattern, subject));
  const from = matching < 0 ? node.cases.findIndex(({ pattern }) => pattern === undefined) : matching;
  // It goes on through the next cases until a `breaksw`.
  const outcome =
    from < 0
      ? DONE
      : runNodes(
          csh,
          node.cases.slice(from).flatMap(({ body }) => body),
          place,
        );
  csh.scope.stop = csh.scope.stop === 'break' ? undefined : csh.scope.stop;
  return outcome;
}

/** `a && b || c`: each depends on how the one before ended. */
function runSteps(csh: Csh, words: readonly string[]): CshOutcome {
  let outcome = DONE;
  let out = '';
  let joint = '';
  for (const [step, next] of splitAt(words, ['&&', '||'])) {
    const isNeeded =
      joint === '' ? true : outcome.status === undefined ? undefined : (joint === '&&') === outcome.status;
    if (isNeeded === undefined) {
      undecided(csh, step);
    } else if (isNeeded) {
      outcome = runPipeline(csh, step);
      out += outcome.out;
    }
    joint = next;
  }
  return { status: outcome.status, out };
}

function runPipeline(csh: Csh, words: readonly string[]): CshOutcome {
  const [[first] = [[], ''], ...filters] = splitAt(words, ['|', '|&']);
  if (filters.length === 0) {
    return runCommand(csh, first);
  }
  // What a command of a pipeline sets is gone with it.
  let { out } = runCommand({ ...csh, scope: forkScope(csh.scope), variables: new Map(csh.variables) }, first);
  for (const [command] of filters) {
    const [name = '', ...args] = expandWords(csh, withoutRedirections(command));
    out = filterOutput(csh.scope, name, args, out) ?? hole(csh.scope.world, `what ${nameOfCall(name, args)} prints`);
  }
  return { status: undefined, out };
}

function splitAt(words: readonly string[], operators: readonly string[]): (readonly [readonly string[], string])[] {
  const parts: [string[], string][] = [[[], '']];
  let depth = 0;
  for (const word of words) {
    depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    if (depth === 0 && operators.includes(word)) {
      parts.at(-1)![1] = word;
      parts.push([[], '']);
    } else {
      parts.at(-1)![0].push(word);
    }
  }
  return parts;
}

function withoutRedirections(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => !/^(?:<<?|>.*)$/.test(word) && !/^(?:<<?|>.*)$/.test(words[at - 1] ?? ''));
}

function runCommand(csh: Csh, all: readonly string[]): CshOutcome {
  const { scope } = csh;
  // Long commands cost: those that many words are written for, once.
  scope.world.fuel -= Math.floor(all.length / 8);
  const words = withoutRedirections(all);
  const [head = '', ...rest] = words;
  // What parentheses enclose is a shell of its own.
  if (head === '' || head === '(') {
    return head === '(' ? UNKNOWN : DONE;
  }
  const alias = csh.aliases.get(head);
  if (alias !== undefined) {
    return runAlias(csh, head, alias, rest);
  }
  const special = SPECIAL[head];
  if (special !== undefined && Object.hasOwn(SPECIAL, head)) {
    return special(csh, rest);
  }
  const [name = '', ...args] = expandWords(csh, words);
  const builtin = BUILTINS[name];
  if (builtin !== undefined && Object.hasOwn(BUILTINS, name)) {
    return { status: true, out: builtin(csh, args) ?? '' };
  }
  if (name === 'module' || name === 'ml') {
    doubt(scope.world, placeOf(scope), `what ${nameOfCall(name, args)} does to PATH is not known`);
    return UNKNOWN;
  }
  const status = STATUSES[name];
  if (status !== undefined && Object.hasOwn(STATUSES, name)) {
    return { status: status(scope, args), out: '' };
  }
  const known = outputOf(scope, name, args);
  if (known !== undefined) {
    return { status: known.status, out: known.out ?? '' };
  }
  const program = whichProgram(scope, name);
  return program === null
    ? { status: false, out: '' }
    : { status: undefined, out: hole(scope.world, `what ${nameOfCall(name, args)} prints`) };
}

/** Commands of which only the end is asked. */
const STATUSES: Readonly<Record<string, (scope: Scope, args: readonly string[]) => boolean | undefined>> = {
  true: () => true,
  false: () => false,
  test: (scope, args) => test(args, scope),
  '[': (scope, args) => test(args.slice(0, -1), scope),
  which: isProgram,
  where: isProgram,
};

function isProgram(scope: Scope, [name = '']: readonly string[]): boolean | undefined {
  const found = whichProgram(scope, name);
  return found === undefined ? undefined : found !== null;
}

/** An alias may be called as what it stands for: that is the command then. */
function runAlias(csh: Csh, name: string, alias: string, rest: readonly string[]): CshOutcome {
  const aliases = new Map(csh.aliases);
  aliases.delete(name);
  return runCshText({ ...csh, aliases }, textOfAlias(alias, rest));
}

/** Commands that look at their words before these are expanded, or run others. */
const SPECIAL: Readonly<Record<string, (csh: Csh, words: readonly string[]) => CshOutcome>> = {
  set: (csh, words) => {
    runSet(csh, words);
    return DONE;
  },
  '@': (csh, words) => {
    calculate(csh, words);
    return DONE;
  },
  source: (csh, words) => {
    const [path = '', ...args] = expandWords(
      csh,
      words.filter((word) => word !== '-h'),
    );
    if (isUnknown(path)) {
      doubt(csh.scope.world, placeOf(csh.scope), 'which file is read here is not known');
      return UNKNOWN;
    }
    const absolute = path.startsWith('/') ? path : `${csh.scope.folder}/${path}`;
    if (!csh.scope.world.host.fs.stat(absolute).ok) {
      throw new CshError(`${path}: No such file or directory.`);
    }
    runCshFile(csh, absolute, args.length > 0 ? args : csh.scope.args);
    return DONE;
  },
  eval: (csh, words) => {
    const [only = ''] = words;
    const command = words.length === 1 ? /^"?`([^`]*)`"?$/.exec(only)?.[1] : undefined;
    const [statement] = command === undefined ? [] : statementsOf(command);
    const [name = '', ...args] = statement === undefined ? [] : expandWords(csh, withoutRedirections(statement.words));
    const known = name === '' ? undefined : outputOf(csh.scope, name, args);
    if (known?.out !== undefined && !isUnknown(known.out)) {
      // Our own words for what programs print are those of a POSIX shell.
      runText(csh.scope, known.out);
      return DONE;
    }
    const text = expandWords(csh, words).join(' ');
    if (isUnknown(text)) {
      doubt(csh.scope.world, placeOf(csh.scope), 'what is run here is not known: a program prints it');
      return UNKNOWN;
    }
    return runCshText(csh, text);
  },
};
