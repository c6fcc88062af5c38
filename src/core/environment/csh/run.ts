import { test } from '../shell/conditions';
import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { runHook } from '../shell/hooks';
import { matchesPattern } from '../shell/pattern';
import { outputOf } from '../shell/programs';
import { runText } from '../shell/run';
import { isSpent, placeOf, type Scope, setValue, whichProgram } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { doubt, hole, isUnknown, whyUnknown } from '../shell/world';
import { expandWords, setShellVariable } from './expand';
import { isTrue, patternOf } from './expression';
import { type CshNode, parseCsh } from './parse';

/** Follows a file of csh or tcsh: what it sets, its conditions and loops, and the files that it sources. */
export function runCshFile(scope: Scope, path: string): void {
  followFile(scope, path, (text) => runNodes(scope, parseCsh(text)), true);
  scope.stop = scope.stop === 'exit' ? 'exit' : undefined;
}

function runNodes(scope: Scope, nodes: readonly CshNode[]): void {
  for (const node of nodes) {
    if (isSpent(scope)) {
      scope.stop = 'exit';
    }
    if (scope.stop !== undefined) {
      return;
    }
    scope.line = node.line;
    try {
      runNode(scope, node);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) {
        throw error;
      }
      // The shell goes no further in this file.
      doubt(scope.world, placeOf(scope), `the shell stops reading its files at this line: ${error.message}`);
      scope.stop = 'return';
    }
  }
}

function runNode(scope: Scope, node: CshNode): void {
  switch (node.kind) {
    case 'command':
      runLine(scope, node.words);
      return;
    case 'if':
      for (const { test, body } of node.branches) {
        const taken = test === undefined ? true : isTrue(scope, test, (words) => runLine(scope, words));
        if (taken === undefined) {
          undecided(scope, node);
          return;
        }
        if (taken) {
          runNodes(scope, body);
          return;
        }
      }
      return;
    case 'foreach':
      for (const value of expandWords(scope, node.words)) {
        setShellVariable(scope, node.name, [value]);
        runNodes(scope, node.body);
        if (scope.stop === 'break' || scope.stop === 'return' || scope.stop === 'exit') {
          break;
        }
        scope.stop = undefined;
      }
      scope.stop = scope.stop === 'break' ? undefined : scope.stop;
      return;
    case 'while':
      undecided(scope, node.body);
      return;
    case 'switch':
      runSwitch(scope, node);
  }
}

function runSwitch(scope: Scope, node: Extract<CshNode, { kind: 'switch' }>): void {
  const subject = expandWords(scope, node.subject).join(' ');
  if (isUnknown(subject)) {
    undecided(scope, node);
    return;
  }
  const found = node.cases.findIndex(
    ({ pattern }) =>
      pattern !== undefined &&
      matchesPattern(pattern.includes('$') ? expandWords(scope, [pattern]).join(' ') : patternOf(pattern), subject),
  );
  const from = found < 0 ? node.cases.findIndex(({ pattern }) => pattern === undefined) : found;
  for (const { body } of from < 0 ? [] : node.cases.slice(from)) {
    runNodes(scope, body);
    if (scope.stop !== undefined) {
      break;
    }
  }
  scope.stop = scope.stop === 'break' ? undefined : scope.stop;
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided(scope: Scope, part: unknown): void {
  if (/"(?:path|PATH|source|eval)(?:=|")/.test(JSON.stringify(part))) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
}

/** Commands with `&&` and `||` between them; says whether the last one succeeded. What is piped changes nothing here. */
function runLine(scope: Scope, words: readonly string[]): boolean | undefined {
  let status: boolean | undefined = true;
  let operator = '';
  for (let from = 0; from <= words.length; ) {
    let end = from;
    while (end < words.length && !/^(?:&&|\|\||\||&)$/.test(words[end]!)) {
      end += 1;
    }
    const command = words.slice(from, end);
    const isPiped = operator === '|' || words[end] === '|';
    if (operator === '&&' || operator === '||') {
      if (status === undefined) {
        undecided(scope, command);
      } else if (status === (operator === '&&')) {
        status = isPiped ? undefined : runCommand(scope, command);
      }
    } else {
      status = isPiped ? undefined : runCommand(scope, command);
    }
    operator = words[end] ?? '';
    from = end + 1;
  }
  return status;
}

function runCommand(scope: Scope, written: readonly string[]): boolean | undefined {
  const redirect = written.findIndex((word) => /^[<>]/.test(word));
  const [name = '', ...words] = redirect < 0 ? written : written.slice(0, redirect);
  switch (name) {
    case '':
    case '(':
    case ':':
    case 'alias':
    case 'unalias':
    case 'complete':
    case 'bindkey':
      return true;
    case '@':
      if (/^\w+$/.test(words[0] ?? '')) {
        setShellVariable(scope, words[0]!, [hole(scope.world, 'the result of a calculation')]);
      }
      return true;
    case 'if':
    case 'foreach':
    case 'goto':
      undecided(scope, written);
      return undefined;
    case 'setenv': {
      const [variable, value = ''] = expandWords(scope, words);
      if (variable !== undefined) {
        setValue(scope, variable, value, true);
      }
      return true;
    }
    case 'set':
      set(scope, words);
      return true;
    case 'unset':
    case 'unsetenv':
      for (const variable of expandWords(scope, words)) {
        scope.vars.delete(variable === 'path' ? 'PATH' : variable);
      }
      return true;
    case 'source':
      return source(scope, words);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'test':
    case '[': {
      const operands = expandWords(scope, words).filter((word, at) => word !== ']' || at < words.length - 1);
      return operands.some(isUnknown) ? undefined : test(operands, scope);
    }
    case 'eval':
      return evaluate(scope, words);
    case 'exit':
    case 'logout':
      // Of a file that is read, only the file ends.
      scope.stop = 'return';
      return true;
    case 'break':
    case 'breaksw':
      scope.stop = 'break';
      return true;
    case 'continue':
      scope.stop = 'continue';
      return true;
    default:
      return runProgram(scope, name, words);
  }
}

/** `set name`, `set name = word`, `set name=(words)`, several at once; flags before them. */
function set(scope: Scope, words: readonly string[]): void {
  let at = 0;
  let isFirst = false;
  for (; /^-[rfl]+$/.test(words[at] ?? ''); at += 1) {
    isFirst = words[at]!.includes('f');
  }
  while (at < words.length) {
    const [, name = '', index, equals = '', glued = ''] = /^(\w+)(\[[^\]]*\])?(=?)(.*)$/s.exec(words[at]!) ?? [];
    at += 1;
    let value = glued;
    if (equals === '' && words[at]?.startsWith('=') === true) {
      value = words[at]!.slice(1);
      at += 1;
      value = value === '' && words[at] !== '(' ? (words[at++] ?? '') : value;
    }
    let list: readonly string[];
    if (value === '' && words[at] === '(') {
      const end = words.indexOf(')', at);
      const stop = end < 0 ? words.length : end;
      list = expandWords(scope, words.slice(at + 1, stop));
      at = stop + 1;
    } else {
      list = value === '' ? [''] : [expandWords(scope, [value]).join(' ')];
    }
    if (index !== undefined && name === 'path') {
      doubt(scope.world, placeOf(scope), 'what this line does to PATH is not followed');
    } else if (name !== '' && index === undefined) {
      setShellVariable(scope, name, isFirst ? [...new Set(list)] : list);
    }
  }
}

function source(scope: Scope, words: readonly string[]): boolean | undefined {
  const [path] = expandWords(scope, words).filter((word) => word !== '-h');
  if (path === undefined) {
    return false;
  }
  if (isUnknown(path)) {
    doubt(
      scope.world,
      placeOf(scope),
      `a file is read of which the name is not known: ${whyUnknown(scope.world, path)}`,
    );
    return undefined;
  }
  const absolute = path.startsWith('/') ? path : `${scope.folder}/${path}`;
  if (!scope.world.host.fs.stat(absolute).ok) {
    return false;
  }
  runCshFile(scope, absolute);
  return true;
}

/** `eval` of what `brew shellenv` and its like print: known in the words of a POSIX shell. */
function evaluate(scope: Scope, words: readonly string[]): boolean | undefined {
  const [only = ''] = words;
  const command = words.length === 1 ? /^"?`([^`]*)`"?$/.exec(only)?.[1] : undefined;
  if (command === undefined) {
    const line = expandWords(scope, words).join(' ');
    if (isUnknown(line) || scope.depth >= MAX_FOLLOWED) {
      doubt(scope.world, placeOf(scope), `what is evaluated here is not known: ${whyUnknown(scope.world, line)}`);
      return undefined;
    }
    scope.depth += 1;
    runNodes(scope, parseCsh(line));
    scope.depth -= 1;
    return true;
  }
  const [name = '', ...args] = /[|;<>]/.test(command) ? [] : expandWords(scope, command.trim().split(/\s+/));
  const known = name === '' ? undefined : outputOf(scope, name, args);
  if (known?.out === undefined || isUnknown(known.out)) {
    if (name === '' || whichProgram(scope, name) !== null) {
      doubt(scope.world, placeOf(scope), 'what is evaluated here is only known when it runs');
    }
    return undefined;
  }
  runText(scope, known.out);
  return known.status;
}

function runProgram(scope: Scope, name: string, words: readonly string[]): boolean | undefined {
  const args = expandWords(scope, words);
  const hooked = runHook(scope, name, args);
  if (hooked !== undefined) {
    return hooked;
  }
  if (/^(?:module|use|ml)$/.test(name)) {
    doubt(scope.world, placeOf(scope), `what "${name}" puts on PATH is only known when it runs`);
    return undefined;
  }
  const known = outputOf(scope, name, args);
  return known === undefined ? (whichProgram(scope, name) === null ? false : undefined) : known.status;
}
