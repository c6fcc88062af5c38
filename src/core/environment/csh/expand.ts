import { glob } from '../../host/glob';
import { own } from '../../own';
import { outputOf } from '../shell/programs';
import { getText, type Scope, setValue, whichProgram } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { bounded, hole, isUnknown, nameOfCall } from '../shell/world';

/** Words of one list; nobody writes longer ones by hand. */
const MOST_WORDS = 2_000;

/** Shell variables that go with one of the environment. */
const LINKED: Readonly<Record<string, string>> = { home: 'HOME', user: 'USER', term: 'TERM', shlvl: 'SHLVL' };

/** A variable of the shell, else of the environment, as a list; undefined where it is not set. */
function variableOf(scope: Scope, name: string): readonly string[] | undefined {
  if (name === 'path') {
    return (getText(scope, 'PATH') ?? '').split(':').filter((entry) => entry !== '');
  }
  if (name === 'cwd') {
    return [scope.folder];
  }
  const value = scope.vars.get(own(LINKED, name) ?? name)?.value;
  return value === undefined || typeof value !== 'string' ? value : [value];
}

/** Sets a variable of the shell; `path` is PATH. */
export function setShellVariable(scope: Scope, name: string, values: readonly string[]): void {
  if (name === 'path') {
    setValue(scope, 'PATH', values.join(':'), true);
  } else if (Object.hasOwn(LINKED, name)) {
    setValue(scope, LINKED[name]!, values.join(' '), true);
  } else {
    setValue(scope, name, values, scope.vars.get(name)?.exported ?? false);
  }
}

/**
 * The words that words as they are written become.
 *
 * @throws ShellSyntaxError where the shell itself would stop
 */
export function expandWords(scope: Scope, words: readonly string[]): readonly string[] {
  const made: string[] = [];
  let patterns = 0;
  let matches = 0;
  for (const word of words) {
    for (const one of braces(word)) {
      scope.world.fuel -= 1;
      const { fields, isPattern } = expandWord(scope, one);
      const found = isPattern ? matching(scope, fields) : fields;
      patterns += isPattern ? 1 : 0;
      matches += isPattern ? found.length : 0;
      made.push(...found);
      if (made.length > MOST_WORDS || scope.world.fuel < 0) {
        throw new ShellSyntaxError('it makes more words than Lockstep follows');
      }
    }
  }
  // Of several patterns one is enough.
  if (patterns > 0 && matches === 0) {
    throw new ShellSyntaxError('no file matches its pattern');
  }
  return made;
}

/** The files that patterns describe; with `nonomatch`, one that describes none stays as it is. */
function matching(scope: Scope, patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    const isFollowed = pattern.startsWith('/') && !isUnknown(pattern) && !pattern.includes('[');
    const found = isFollowed ? glob(scope.world.host, pattern) : [pattern];
    return found.length === 0 && scope.vars.has('nonomatch') ? [pattern] : found;
  });
}

/** Nobody writes longer words with braces by hand. */
const LONGEST_BRACES = 2_000;

/** `{a,b}` outside of quotes and of `${…}`, the first list first; what is within others comes later. */
function* braces(word: string): Generator<string> {
  const list = word.length > LONGEST_BRACES || !word.includes('{') ? undefined : firstList(word);
  if (list === undefined) {
    yield word;
    return;
  }
  for (const item of list.items) {
    yield* braces(`${word.slice(0, list.from)}${item}${word.slice(list.end)}`);
  }
}

/** The first braces with a comma between them. */
function firstList(
  word: string,
): { readonly from: number; readonly end: number; readonly items: readonly string[] } | undefined {
  const open: { readonly from: number; readonly commas: number[] }[] = [];
  let first: { from: number; end: number; items: string[] } | undefined;
  for (let at = 0; at < word.length; at += 1) {
    const character = word[at]!;
    const quoteEnd = /["'`]/.test(character) ? word.indexOf(character, at + 1) : -1;
    if (character === '\\') {
      at += 1;
    } else if (quoteEnd > at) {
      at = quoteEnd;
    } else if (character === '$' && word[at + 1] === '{') {
      at = Math.max(at, word.indexOf('}', at));
    } else if (character === '{') {
      open.push({ from: at, commas: [] });
    } else if (character === ',') {
      open.at(-1)?.commas.push(at);
    } else if (character === '}') {
      const list = open.pop();
      if (list !== undefined && list.commas.length > 0 && (first === undefined || list.from < first.from)) {
        const ends = [...list.commas, at];
        first = {
          from: list.from,
          end: at + 1,
          items: ends.map((end, index) => word.slice((ends[index - 1] ?? list.from) + 1, end)),
        };
      }
    }
  }
  return first;
}

/** The words that one becomes, and whether they describe files. */
function expandWord(scope: Scope, word: string): { readonly fields: readonly string[]; readonly isPattern: boolean } {
  const fields: string[] = [''];
  /** Something that is a word even where it is empty. */
  let isWord = false;
  let isPattern = false;
  const add = (text: string) => {
    fields[fields.length - 1] = bounded(scope.world, fields.at(-1)! + text);
  };
  const addList = (values: readonly string[], quoting: 'joined' | 'apart' | 'split') => {
    const list =
      quoting === 'joined'
        ? [values.join(' ')]
        : quoting === 'apart'
          ? values
          : values.flatMap((value) => value.split(/\s+/).filter((one) => one !== ''));
    for (const [index, value] of list.entries()) {
      if (index > 0) {
        fields.push('');
      }
      add(value);
    }
  };
  for (let at = 0; at < word.length; ) {
    const character = word[at]!;
    if (character === "'") {
      const end = word.indexOf("'", at + 1);
      add(word.slice(at + 1, end));
      isWord = true;
      at = end + 1;
    } else if (character === '"') {
      const end = word.indexOf('"', at + 1);
      isWord = true;
      for (let inner = at + 1; inner < end; ) {
        const part = substitution(scope, word.slice(0, end), inner);
        if (part === undefined) {
          add(word[inner]!);
          inner += 1;
        } else {
          addList(part.values, 'joined');
          inner = part.end;
        }
      }
      at = end + 1;
    } else if (character === '\\') {
      add(word[at + 1] ?? '');
      isWord = true;
      at += 2;
    } else {
      const part = substitution(scope, word, at);
      if (part !== undefined) {
        addList(part.values, part.isQuoted ? 'apart' : 'split');
        at = part.end;
        continue;
      }
      const home = at === 0 ? /^~(?=\/|$)/.exec(word) : null;
      add(
        home === null
          ? at === 0 && /^~\w/.test(word)
            ? hole(scope.world, "another user's home")
            : character
          : homeOf(scope),
      );
      at += at === 0 && home === null && /^~\w/.test(word) ? /^~[\w.-]*/.exec(word)![0].length : 1;
      isPattern ||= /[*?[]/.test(character);
    }
  }
  const isNothing = fields.length === 1 && fields[0] === '' && !isWord;
  return { fields: isNothing ? [] : fields, isPattern };
}

function homeOf(scope: Scope): string {
  return getText(scope, 'HOME') ?? scope.world.host.home;
}

interface Part {
  readonly values: readonly string[];
  readonly end: number;
  readonly isQuoted: boolean;
}

const VARIABLE =
  /\$([?#]?)(?:\{([?#]?)(\w+)(?:\[([^\]]*)\])?((?::g?[a-z])*)\}|(\w+|\$|<)(?:\[([^\]]*)\])?((?::g?[a-z](?![\w/]))*))/y;

/** What a `$…` or a command between backquotes stands for; undefined where none begins. */
function substitution(scope: Scope, word: string, at: number): Part | undefined {
  if (word[at] === '`') {
    const end = word.indexOf('`', at + 1);
    const stop = end < 0 ? word.length : end;
    return { values: [output(scope, word.slice(at + 1, stop))], end: stop + 1, isQuoted: false };
  }
  VARIABLE.lastIndex = at;
  const found = word[at] === '$' ? VARIABLE.exec(word) : null;
  if (found === null) {
    return undefined;
  }
  const [all, before = '', inside = '', braced, bracedIndex, bracedModifiers, bare = '', bareIndex, bareModifiers] =
    found;
  const end = at + all.length;
  const name = braced ?? bare;
  const values = variableOf(scope, name);
  const sign = before || inside;
  if (sign === '?') {
    return { values: [values === undefined ? '0' : '1'], end, isQuoted: true };
  }
  if (sign === '#') {
    return { values: [String(values?.length ?? 0)], end, isQuoted: true };
  }
  if (braced === undefined && word[end] === ':') {
    throw new ShellSyntaxError(`$${name}:… is an error in csh, write \${${name}}`);
  }
  if (values === undefined) {
    if (/^(?:\$|<|\d+)$/.test(name)) {
      return { values: [hole(scope.world, `$${name}`)], end, isQuoted: true };
    }
    throw new ShellSyntaxError(`$${name} is not set`);
  }
  const chosen = indexed(values, bracedIndex ?? bareIndex);
  const modifiers: readonly string[] = (bracedModifiers ?? bareModifiers ?? '').match(/[a-z](?=:|$)/g) ?? [];
  return {
    values: modifiers.reduce((list, modifier) => list.map((value) => modified(value, modifier)), chosen),
    end,
    isQuoted: modifiers.includes('q'),
  };
}

/** `[2]`, `[2-]`, `[2-3]`, `[*]`. */
function indexed(values: readonly string[], index: string | undefined): readonly string[] {
  const [, from = '', range, to = ''] = /^(\d*)(-?)(\d*)$/.exec(index ?? '') ?? [];
  if (index === undefined || (from === '' && to === '')) {
    return values;
  }
  const first = from === '' ? 1 : Number(from);
  return values.slice(first - 1, range === '' ? first : to === '' ? values.length : Number(to));
}

function modified(value: string, modifier: string): string {
  switch (modifier) {
    case 'h':
      return value.replace(/(.)?\/[^/]*$/, '$1');
    case 't':
      return value.replace(/^.*\//s, '');
    case 'r':
      return value.replace(/\.[^./]*$/, '');
    case 'e':
      return /\.([^./]*)$/.exec(value)?.[1] ?? '';
    default:
      return value;
  }
}

/** What a program prints, on one line; a hole where files do not tell. */
function output(scope: Scope, text: string): string {
  const words = text.trim().split(/\s+/);
  const unknown = () => hole(scope.world, `what ${nameOfCall(words[0] ?? '', words.slice(1))} prints`);
  if (/[|;<>"'&()`]/.test(text)) {
    // A POSIX shell does the same with it, as long as it knows the variables.
    const names = [...text.matchAll(/\$\W?(\w*)/g)].map(([, name = '']) => name);
    const isPlain = names.every((name) => typeof scope.vars.get(name)?.value === 'string');
    return isPlain ? scope.capture(scope, text).replaceAll('\n', ' ') : unknown();
  }
  const [name = '', ...args] = expandWords(scope, words);
  if (name === 'echo') {
    return args.join(' ');
  }
  const known =
    name === 'which' ? { out: whichProgram(scope, args[0] ?? '') ?? undefined } : outputOf(scope, name, args);
  if (known?.out !== undefined) {
    return known.out.replace(/\n+$/, '').replaceAll('\n', ' ');
  }
  return name !== '' && name !== 'which' && whichProgram(scope, name) === null ? '' : unknown();
}
