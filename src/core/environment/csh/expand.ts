import { glob } from '../../host/glob';
import { matchesPattern } from '../shell/pattern';
import { getText } from '../shell/scope';
import { hole, isUnknown } from '../shell/world';
import { type Csh, CshError, MAX_WORDS, variableOf } from './values';

/** A part of a word; what was quoted is no pattern, and does not end a word. */
interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

const PATTERN = /[*?]|\[[^\]]+\]/;

/** The words of a command: variables, what commands print, braces, home folders, names of files. */
export function expandWords(csh: Csh, raw: readonly string[]): readonly string[] {
  const words = raw.flatMap((word) => expandPieces(csh, word)).flatMap(withBraces);
  if (csh.variables.has('noglob')) {
    return words.map((word) => textOf(word)).slice(0, MAX_WORDS);
  }
  let patterns = 0;
  let matches = 0;
  const found = words.flatMap((word): readonly string[] => {
    const text = withHome(csh, word);
    if (!word.some((piece) => !piece.isQuoted && PATTERN.test(piece.text)) || isUnknown(text)) {
      return [text];
    }
    patterns += 1;
    const names = namesOf(csh, text.startsWith('/') ? text : `${csh.scope.folder}/${text}`);
    matches += names.length > 0 ? 1 : 0;
    return names.length === 0 && csh.variables.has('nonomatch') ? [text] : names;
  });
  if (patterns > 0 && matches === 0 && !csh.variables.has('nonomatch')) {
    throw new CshError('No match.');
  }
  return found.slice(0, MAX_WORDS);
}

/** Files that a pattern describes; `?` and `[…]` are asked of those that anything would do for. */
function namesOf({ scope }: Csh, pattern: string): readonly string[] {
  const names = glob(scope.world.host, pattern.replace(/\[[^\]/]+\]|\?/g, '*'));
  return /[[?]/.test(pattern) ? names.filter((name) => matchesPattern(pattern, name)) : names;
}

/** One word without patterns and braces, as a condition or a `case` has it. */
export function expandText(csh: Csh, raw: string): string {
  return expandPieces(csh, raw)
    .map((word) => withHome(csh, word))
    .join(' ');
}

function textOf(word: readonly Piece[]): string {
  return word.map(({ text }) => text).join('');
}

function withHome({ scope }: Csh, word: readonly Piece[]): string {
  const text = textOf(word);
  const [first] = word;
  if (first === undefined || first.isQuoted || !first.text.startsWith('~')) {
    return text;
  }
  const name = /^~([^/]*)/.exec(text)?.[1] ?? '';
  const home =
    name === '' ? (getText(scope, 'HOME') ?? scope.world.host.home) : hole(scope.world, "another user's home");
  return home + text.slice(name.length + 1);
}

/** Braces of one word that are worked out. */
const MAX_BRACES = 32;

/** `{a,b}/bin` as several words; one that is not closed or has one part stays as it is. */
function withBraces(word: readonly Piece[]): readonly (readonly Piece[])[] {
  let words: readonly (readonly Piece[])[] = [word];
  for (let round = 0; round < MAX_BRACES; round++) {
    const made = words.flatMap((one) => withFirstBrace(one) ?? [one]).slice(0, MAX_WORDS);
    if (made.length === words.length) {
      break;
    }
    words = made;
  }
  return words;
}

function withFirstBrace(word: readonly Piece[]): readonly (readonly Piece[])[] | undefined {
  for (const [at, { text, isQuoted }] of word.entries()) {
    const found = isQuoted ? undefined : firstBrace(text);
    if (found !== undefined) {
      const { before, choices, after } = found;
      return choices.map((choice) => [
        ...word.slice(0, at),
        { text: before + choice + after, isQuoted },
        ...word.slice(at + 1),
      ]);
    }
  }
  return undefined;
}

/** The first braces that are closed and have a comma of their own, with what stands around them. */
function firstBrace(
  text: string,
): { readonly before: string; readonly choices: readonly string[]; readonly after: string } | undefined {
  const start = text.indexOf('{');
  let depth = 0;
  const commas: number[] = [];
  for (let at = start; at >= 0 && at < text.length; at++) {
    const character = text[at];
    depth += character === '{' ? 1 : character === '}' ? -1 : 0;
    if (character === ',' && depth === 1) {
      commas.push(at);
    }
    if (depth === 0) {
      const ends = [start, ...commas, at];
      const choices = ends.slice(1).map((end, index) => text.slice(ends[index]! + 1, end));
      return choices.length < 2 ? undefined : { before: text.slice(0, start), choices, after: text.slice(at + 1) };
    }
  }
  return undefined;
}

/** The words that one is made to: a variable of several words has its first one joined to what stands before. */
function expandPieces(csh: Csh, raw: string): readonly (readonly Piece[])[] {
  const words: Piece[][] = [];
  let current: Piece[] | undefined;
  const add = (text: string, isQuoted: boolean) => {
    current ??= [];
    current.push({ text, isQuoted });
  };
  const addWords = (made: readonly string[], isQuoted = false) => {
    for (const [index, text] of made.entries()) {
      if (index > 0 && current !== undefined) {
        words.push(current);
        current = undefined;
      }
      add(text, isQuoted);
    }
  };
  for (let at = 0; at < raw.length; ) {
    const character = raw[at]!;
    if (character === '\\') {
      add(raw[at + 1] ?? '', true);
      at += 2;
    } else if (character === "'") {
      const end = raw.indexOf("'", at + 1);
      add(raw.slice(at + 1, end).replace(/\\([!\n])/g, '$1'), true);
      at = end + 1;
    } else if (character === '"') {
      const end = endOfQuote(raw, at);
      add(expandQuoted(csh, raw.slice(at + 1, end)), true);
      at = end + 1;
    } else if (character === '`') {
      const end = endOfQuote(raw, at);
      addWords(fields(csh.capture(csh, raw.slice(at + 1, end))));
      at = end + 1;
    } else if (character === '$') {
      const { value, length, isWhole } = readVariable(csh, raw.slice(at));
      addWords(isWhole ? value : value.flatMap(fields), isWhole);
      at += length;
    } else {
      const plain = /^[^\\'"`$]+/.exec(raw.slice(at))![0];
      add(plain, false);
      at += plain.length;
    }
  }
  return current === undefined ? words : [...words, current];
}

/** Blanks end words, also within values. */
function fields(text: string): readonly string[] {
  return text.split(/[ \t\n]+/).filter((field) => field !== '');
}

function endOfQuote(raw: string, at: number): number {
  const end = raw.indexOf(raw[at]!, at + 1);
  return end < 0 ? raw.length : end;
}

/** Between double quotes: variables and what commands print, each as one text. */
function expandQuoted(csh: Csh, text: string): string {
  let made = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] === '$' && /[A-Za-z_{?#%0-9*$<]/.test(text[at + 1] ?? '')) {
      const { value, length } = readVariable(csh, text.slice(at));
      made += value.join(' ');
      at += length;
    } else if (text[at] === '`') {
      const end = endOfQuote(text, at);
      made += csh
        .capture(csh, text.slice(at + 1, end))
        .replace(/\n$/, '')
        .replaceAll('\n', ' ');
      at = end + 1;
    } else {
      made += text.startsWith('\\!', at) || text.startsWith('\\\n', at) ? text[at + 1] : text[at];
      at += text.startsWith('\\!', at) || text.startsWith('\\\n', at) ? 2 : 1;
    }
  }
  return made;
}

const NAME = /^\$(\{?)([?#%]?)([A-Za-z_]\w*|\d+|[*$<])/;

interface Found {
  readonly value: readonly string[];
  /** How much of the text it takes. */
  readonly length: number;
  /** Whether blanks do not end its words: `$name:q`. */
  readonly isWhole?: boolean;
}

/** `$name`, `${name}`, `$?name`, `$#name`, `$name[2-]`, `$name:h`. */
function readVariable(csh: Csh, text: string): Found {
  const found = NAME.exec(text);
  if (found === null) {
    return { value: ['$'], length: 1 };
  }
  const [whole, brace, sign, name = ''] = found;
  const isSigned = sign !== '';
  let length = whole.length;
  let selector: string | undefined;
  const index = isSigned ? null : /^\[([^\]]*)\]/.exec(text.slice(length));
  if (index !== null) {
    selector = expandText(csh, index[1]!);
    length += index[0].length;
  }
  const modifiers: string[] = [];
  for (
    let more = isSigned ? undefined : modifierAt(text, length);
    more !== undefined;
    more = modifierAt(text, length)
  ) {
    modifiers.push(more);
    length += more.length + 1;
  }
  if (brace === '{') {
    if (text[length] !== '}') {
      throw new CshError('Missing }.');
    }
    length += 1;
  }
  const words = wordsOf(csh, name);
  if (sign === '?') {
    return { value: [words === undefined ? '0' : '1'], length };
  }
  if (words === undefined) {
    throw new CshError(`${name}: Undefined variable.`);
  }
  if (sign === '#' || sign === '%') {
    return { value: [String(sign === '#' ? words.length : words.join(' ').length)], length };
  }
  const chosen = selector === undefined ? words : select(csh, words, selector);
  return { value: modifiers.reduce(modified, chosen), length, isWhole: modifiers.some((one) => /[qx]/.test(one)) };
}

function wordsOf(csh: Csh, name: string): readonly string[] | undefined {
  const { world, args, file } = csh.scope;
  switch (name) {
    case '*':
    case 'argv':
      return args;
    case '0':
      return [file];
    case '$':
    case '<':
    case 'status':
      return [hole(world, `$${name}`)];
    default:
      return /^\d+$/.test(name) ? args.slice(Number(name) - 1, Number(name)) : variableOf(csh, name);
  }
}

/** A modifier behind a `:`; another character there is an error. */
function modifierAt(text: string, at: number): string | undefined {
  if (text[at] !== ':') {
    return undefined;
  }
  const found = /^:(g?[htreqxul])/.exec(text.slice(at))?.[1];
  if (found === undefined) {
    const name = /^\$\{?(\w*)/.exec(text)?.[1] ?? '';
    throw new CshError(`Bad : modifier in $ '${text[at + 1] ?? ''}', write \${${name}}.`);
  }
  return found;
}

function modified(words: readonly string[], modifier: string): readonly string[] {
  const [kind] = modifier.slice(-1);
  const change = (word: string): string => {
    switch (kind) {
      case 'h':
        return word.replace(/\/[^/]*$/, '');
      case 't':
        return word.replace(/^.*\//, '');
      case 'r':
        return word.replace(/\.[^./]*$/, '');
      case 'e':
        return /\.([^./]*)$/.exec(word)?.[1] ?? '';
      case 'u':
        return word.charAt(0).toUpperCase() + word.slice(1);
      case 'l':
        return word.charAt(0).toLowerCase() + word.slice(1);
      default:
        return word;
    }
  };
  // Without a `g` it is for the first word only.
  return words.map((word, index) => (index === 0 || modifier.startsWith('g') ? change(word) : word));
}

function select(csh: Csh, words: readonly string[], selector: string): readonly string[] {
  if (isUnknown(selector)) {
    return [hole(csh.scope.world, 'an index')];
  }
  const found = /^(\d*)(-?)(\d*)$/.exec(selector);
  if (selector === '*' || found === null) {
    return words;
  }
  const from = found[1] === '' ? 1 : Number(found[1]);
  const to = found[2] === '' ? from : found[3] === '' ? words.length : Number(found[3]);
  if (from < 1 || to > words.length) {
    throw new CshError('Subscript out of range.');
  }
  return words.slice(from - 1, to);
}
