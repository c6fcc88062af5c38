import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { runFile, runText } from '../shell/run';
import { getText, isSpent, placeOf, type Scope } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { bounded, doubt, isUnknown } from '../shell/world';
import { evaluate, setVariable } from './evaluate';
import { type Block, blocksOf, headOf } from './lines';
import { parseExpression } from './parse';
import { asText, isList, MAX_ITEMS, truth, type Value, type Xonsh } from './values';

const MAX_ROUNDS = 500;
/** Nobody writes longer statements by hand. */
const LONGEST = 8_000;

/** Follows a file of xonsh: what it sets, its conditions and loops, and the files of bash that it reads. */
export function runXonshFile(scope: Scope, path: string, names = new Map<string, Value>()): void {
  followFile(scope, path, (text) => runBlocks({ scope, names, functions: new Map() }, blocksOf(text)));
}

interface Program extends Xonsh {
  readonly functions: Map<string, { readonly parameters: readonly string[]; readonly body: readonly Block[] }>;
}

function runBlocks(program: Program, blocks: readonly Block[]): void {
  const { scope } = program;
  /** Of an `if` and what follows: whether one of them was taken; undefined where that is not known. */
  let taken: boolean | undefined = false;
  for (const block of blocks) {
    if (isSpent(scope)) {
      return;
    }
    scope.line = block.line;
    if (block.text.length > LONGEST) {
      undecided(program, [block]);
      continue;
    }
    const { keyword = '', head = '', inline = '' } = headOf(block.text) ?? {};
    const body = inline === '' || inline.startsWith('#') ? block.body : [{ text: inline, line: block.line, body: [] }];
    switch (keyword) {
      case '':
        runStatement(program, block);
        break;
      case 'if':
      case 'elif':
      case 'else': {
        const before: boolean | undefined = keyword === 'if' ? false : taken;
        const test = keyword === 'else' ? true : truth(valueIn(program, head));
        if (before === undefined || (before === false && test === undefined)) {
          undecided(program, body);
          taken = undefined;
        } else if (!before && test === true) {
          runBlocks(program, body);
          taken = true;
        } else {
          taken = before;
        }
        break;
      }
      case 'for':
        runFor(program, head, body);
        break;
      case 'try':
      case 'with':
      case 'finally':
        runBlocks(program, body);
        break;
      case 'def': {
        const [, name = '', given = ''] = /^(\w+)\s*\((.*)\)/s.exec(head) ?? [];
        const parameters = given.split(',').map((one) => one.replace(/[:=].*$/s, '').trim());
        program.functions.set(name, { parameters: parameters.filter((one) => one !== ''), body });
        break;
      }
      case 'except':
        break;
      default:
        undecided(program, body);
    }
  }
}

function runFor(program: Program, head: string, body: readonly Block[]): void {
  const [, name = '', of = ''] = /^(\w+)\s+in\s+(.*)$/s.exec(head) ?? [];
  const list = valueIn(program, of);
  if (name === '' || !isList(list)) {
    undecided(program, body);
    return;
  }
  for (const item of list.slice(0, MAX_ROUNDS)) {
    program.names.set(name, item);
    runBlocks(program, body);
  }
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided({ scope }: Program, body: readonly Block[]): void {
  if (/\bPATH\b|source|execx/.test(JSON.stringify(body))) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
}

/** The value of an expression; a hole where it cannot be read. */
function valueIn(program: Program, text: string): Value {
  try {
    return evaluate(program, parseExpression(text));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) {
      throw error;
    }
    return asText(program, null);
  }
}

const ASSIGNMENT = /^(?:\$(\w+)|\$\{\s*["'](\w+)["']\s*\}|os\.environ\[["'](\w+)["']\]|(\w+))\s*(\+?)=(?!=)\s*(.+)$/s;
const METHOD = /^\$PATH\.(\w+)\((.*)\)\s*(?:#.*)?$/s;
const SOURCE = /^(source(?:-bash|-zsh|-foreign)?)\s+(.+)$/;

function runStatement(program: Program, { text }: Block): void {
  const { scope } = program;
  const method = METHOD.exec(text);
  if (method !== null) {
    changePath(program, method[1]!, method[2]!);
    return;
  }
  const set = ASSIGNMENT.exec(text);
  if (set !== null) {
    const [, variable, braced, inEnvironment, name = '', plus, written = ''] = set;
    const value = valueIn(program, written);
    const exported = variable ?? braced ?? inEnvironment;
    if (exported === undefined) {
      program.names.set(name, plus === '' ? value : sum(program, program.names.get(name) ?? '', value));
    } else {
      setVariable(program, exported, plus === '' ? value : sum(program, valueIn(program, `$${exported}`), value));
    }
    return;
  }
  const source = SOURCE.exec(text);
  if (source !== null) {
    readSource(program, source[1]!, source[2]!);
    return;
  }
  const executed = /^(?:execx|exec)\((.*)\)$/s.exec(text)?.[1];
  if (executed !== undefined) {
    runGiven(program, executed);
    return;
  }
  const [, called = '', given = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
  const own = program.functions.get(called);
  if (own !== undefined && scope.depth < MAX_FOLLOWED) {
    const values = given.trim() === '' ? [] : valueIn(program, `[${given}]`);
    const names = new Map(program.names);
    for (const [index, name] of own.parameters.entries()) {
      names.set(name, (isList(values) ? values[index] : undefined) ?? asText(program, null));
    }
    scope.depth += 1;
    runBlocks({ ...program, names }, own.body);
    scope.depth -= 1;
  } else if (/\$PATH\b|\$\{["']PATH/.test(text) && !/^(?:print|echo|assert|return|aliases)\b/.test(text)) {
    doubt(scope.world, placeOf(scope), 'what this line does to PATH is not known');
  }
}

function sum(program: Program, before: Value, value: Value): Value {
  return isList(before)
    ? [...before, ...(isList(value) ? value : [value])].slice(0, MAX_ITEMS)
    : bounded(program.scope.world, asText(program, before) + asText(program, value));
}

/** Methods of xonsh's lists of folders. Source: xonsh, `xonsh.tools.EnvPath`. */
function changePath(program: Program, method: string, given: string): void {
  const { scope } = program;
  const path = (getText(scope, 'PATH') ?? '').split(':').filter((entry) => entry !== '');
  const named = Object.fromEntries(
    [...given.matchAll(/\b(front|replace)\s*=\s*(True|False)/g)].map((found) => [found[1], found[2]]),
  );
  const args = valueIn(program, `[${given.replace(/,?\s*\b(?:front|replace)\s*=\s*(?:True|False)/g, '')}]`);
  const [first = '', second] = isList(args) ? args : [];
  const at = typeof first === 'number' ? first : 0;
  switch (method) {
    case 'append':
      setVariable(program, 'PATH', [...path, first]);
      return;
    case 'prepend':
      setVariable(program, 'PATH', [first, ...path]);
      return;
    case 'insert':
      setVariable(program, 'PATH', [...path.slice(0, at), second ?? '', ...path.slice(at)]);
      return;
    case 'extend':
      setVariable(program, 'PATH', [...path, ...(isList(first) ? first : [first])]);
      return;
    case 'remove':
      setVariable(
        program,
        'PATH',
        path.filter((one, index) => one !== first || path.indexOf(one) !== index),
      );
      return;
    case 'add': {
      const isThere = path.includes(asText(program, first));
      const rest = named['replace'] === 'True' ? path.filter((one) => one !== first) : path;
      if (!isThere || named['replace'] === 'True') {
        setVariable(program, 'PATH', named['front'] === 'True' ? [first, ...rest] : [...rest, first]);
      }
      return;
    }
    default:
      doubt(scope.world, placeOf(scope), 'what this line does to PATH is not known');
  }
}

/** `source-bash ~/.bashrc`, `source more.xsh`. */
function readSource(program: Program, command: string, written: string): void {
  const { scope } = program;
  const words = written.split(/\s+/).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const word = words.filter((one) => !one.startsWith('-') && !/^(?:ba|z)?sh$/.test(one))[0] ?? '';
  const home = getText(scope, 'HOME') ?? scope.world.host.home;
  const path = word.replace(/^~(?=\/)/, home).replace(/^\$HOME(?=\/)/, home);
  if (!path.startsWith('/') || /[$@(]/.test(path)) {
    doubt(scope.world, placeOf(scope), 'which file is read is not known');
  } else if (command === 'source') {
    runXonshFile(scope, path, program.names);
  } else {
    runFile(scope, path);
  }
}

/** Code that a program printed: ours is in the words of a POSIX shell. */
function runGiven(program: Program, written: string): void {
  const { scope } = program;
  const text = asText(program, valueIn(program, written));
  if (isUnknown(text)) {
    doubt(scope.world, placeOf(scope), 'what is run here is not known: a program prints it');
  } else {
    runText(scope, text);
  }
}
