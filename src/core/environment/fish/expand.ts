import { glob } from '../../host/glob';
import { getText, getValue, type Scope } from '../shell/scope';
import { hole, isUnknown } from '../shell/world';

const MAX_ITEMS = 2000;

type Capture = (scope: Scope, text: string) => readonly string[];

/** Words of fish as lists: variables have many values, `(…)` is a command, quotes keep one value. */
export function expandWords(words: readonly string[], scope: Scope, capture: Capture): readonly string[] {
  return words.flatMap((word) => expandWord(word, scope, capture)).slice(0, MAX_ITEMS);
}

function expandWord(word: string, scope: Scope, capture: Capture): readonly string[] {
  let values: readonly string[] = [''];
  let wild = false;
  const append = (items: readonly string[]) => {
    // Each with each, as fish does.
    values = values.flatMap((value) => items.map((item) => value + item)).slice(0, MAX_ITEMS);
  };
  const home = getText(scope, 'HOME') ?? scope.world.host.home;
  let at = 0;
  if (/^~(?=\/|$)/.test(word)) {
    append([home]);
    at = 1;
  }
  while (at < word.length) {
    const character = word[at]!;
    const rest = word.slice(at);
    const variable = /^\$(\w+)(?:\[(-?\d+(?:\.\.-?\d*)?|\.\.-?\d+)\])?/.exec(rest);
    if (character === '\\') {
      append([word[at + 1] ?? '']);
      at += 2;
    } else if (character === "'" || character === '"') {
      const end = closing(word, at);
      const inner = word.slice(at + 1, end);
      append([character === "'" ? inner.replace(/\\(['\\])/g, '$1') : expandQuoted(inner, scope, capture)]);
      at = end + 1;
    } else if (variable !== null) {
      append(valuesOf(scope, variable[1]!, variable[2]));
      at += variable[0].length;
    } else if (character === '(' || rest.startsWith('$(')) {
      const start = character === '(' ? at : at + 1;
      const end = closing(word, start);
      append(capture(scope, word.slice(start + 1, end)));
      at = end + 1;
    } else if (character === '{' && rest.includes('}') && rest.slice(0, rest.indexOf('}')).includes(',')) {
      const end = rest.indexOf('}');
      append(rest.slice(1, end).split(','));
      at += end + 1;
    } else {
      wild ||= character === '*';
      append([character]);
      at += 1;
    }
  }
  return wild
    ? values.flatMap((value) => (value.startsWith('/') && !isUnknown(value) ? glob(scope.world.host, value) : []))
    : values;
}

function expandQuoted(text: string, scope: Scope, capture: Capture): string {
  return text.replace(/\\([\\"$])|\$\(([^()]*)\)|\$(\w+)(?:\[(-?\d+)\])?/g, (_, escaped, command, name, index) =>
    escaped !== undefined
      ? String(escaped)
      : command !== undefined
        ? capture(scope, String(command)).join('\n')
        : valuesOf(scope, String(name), index as string | undefined).join(name === 'PATH' ? ':' : ' '),
  );
}

function valuesOf(scope: Scope, name: string, index: string | undefined): readonly string[] {
  if (name === 'status') {
    return [scope.status === undefined ? hole(scope.world, 'whether a command succeeds') : scope.status ? '0' : '1'];
  }
  const value = getValue(scope, name);
  const values =
    value === undefined
      ? []
      : typeof value === 'string'
        ? name === 'PATH'
          ? value.split(':').filter((entry) => entry !== '')
          : [value]
        : value;
  if (index === undefined) {
    return values;
  }
  const range = rangeOf(index, values.length);
  return range === undefined ? [] : values.slice(...range);
}

/** From and to of `2`, `-1`, `2..-1`, `..3`, as for `slice`; undefined for what is none of these. */
export function rangeOf(index: string, length: number): readonly [from: number, to: number] | undefined {
  const [, first = '', dots, last = ''] = /^(-?\d*)(\.\.)?(-?\d*)$/.exec(index.trim()) ?? [];
  if (first === '' && last === '') {
    return undefined;
  }
  const place = (text: string, standard: number) =>
    text === '' ? standard : Number(text) < 0 ? length + Number(text) + 1 : Number(text);
  const from = place(first, 1);
  const to = dots === undefined ? from : place(last, length);
  return [Math.max(0, Math.min(from, to) - 1), Math.max(0, Math.max(from, to))];
}

/** The place of the quote or parenthesis that ends what begins at `at`. */
function closing(word: string, at: number): number {
  const open = word[at]!;
  let depth = 0;
  for (let index = at + 1; index < word.length; index++) {
    if (word[index] === '\\') {
      index += 1;
    } else if (open === '(' && word[index] === '(') {
      depth += 1;
    } else if (word[index] === (open === '(' ? ')' : open)) {
      if (depth === 0) {
        return index;
      }
      depth -= 1;
    }
  }
  return word.length;
}
