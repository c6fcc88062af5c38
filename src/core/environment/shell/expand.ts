import { expandParameter } from './parameter';
import { escapePattern, hasWildcards, matchesPattern, plainOf } from './pattern';
import { getText, type Scope } from './scope';
import { skipQuoted } from './syntax';
import { bounded, hole, isUnknown, type World } from './world';

/** A part of a word after expansion. `split`: blanks in it separate words. */
interface Piece {
  readonly values: readonly string[];
  readonly quoted: boolean;
  readonly split: boolean;
}

const MAX_FIELDS = 2000;
const MAX_MATCHES = 500;

/** A word as one text: the subject of a `case`, an argument. */
export function expandText(raw: string, scope: Scope): string {
  return joined(pieces(raw, scope), scope);
}

/** The lines of a here-document, which are expanded as what stands in double quotes. */
export function expandDocument(text: string, scope: Scope): string {
  return joined(quotedPieces(text, scope), scope);
}

/** The value of an assignment: `~` counts after each colon, too. */
export function expandValue(raw: string, scope: Scope): string {
  return joined(pieces(raw, scope, true), scope);
}

function joined(parts: readonly Piece[], scope: Scope): string {
  return bounded(scope.world, parts.map(({ values }) => values.join(' ')).join(''));
}

/** A word as a pattern: what was quoted stands for itself. */
export function expandPattern(raw: string, scope: Scope): string {
  return pieces(raw, scope)
    .map(({ values, quoted }) => (quoted ? values.map(escapePattern) : values).join(' '))
    .join('');
}

/** Words as the fields that a command is given: split, and with the paths that patterns name. */
export function expandFields(words: readonly string[], scope: Scope): readonly string[] {
  const fields: string[] = [];
  for (const word of words) {
    const each = scope.dialect === 'zsh' ? expandEach(word, scope) : undefined;
    if (each !== undefined) {
      fields.push(...each);
      continue;
    }
    for (const raw of expandBraces(word)) {
      for (const field of splitPieces(pieces(raw, scope), scope)) {
        fields.push(...expandPaths(field, scope));
      }
      if (fields.length > MAX_FIELDS) {
        return fields.slice(0, MAX_FIELDS);
      }
    }
  }
  return fields;
}

/** zsh's `$^name` and `${^name}`: what stands around is put around each element; `$^path(N)` keeps those that are there. */
function expandEach(word: string, scope: Scope): readonly string[] | undefined {
  const [, before = '', braced, plain, after = ''] =
    /^([\w./-]*)(?:\$\{\^+(\w+)\}|\$\^+(\w+))([\w./-]*(?:\([^()$]*\))?)$/.exec(word) ?? [];
  const name = braced ?? plain;
  return name === undefined
    ? undefined
    : expandParameter(name, scope, false).values.flatMap((value) =>
        expandPaths(`${escapePattern(`${before}${value}`)}${after}`, scope),
      );
}

/** `a{b,c}` and `a{1..3}` outside of quotes. */
function expandBraces(word: string, depth = 0): readonly string[] {
  const range = /^([^'"`$\\{}]*)\{(-?\d{1,5})\.\.(-?\d{1,5})\}(.*)$/s.exec(word);
  if (range !== null && depth <= 4) {
    const [from, to] = [Number(range[2]), Number(range[3])];
    const numbers = Array.from(
      { length: Math.min(Math.abs(to - from) + 1, MAX_FIELDS) },
      (_, at) => from + Math.sign(to - from) * at,
    );
    return numbers.flatMap((number) => expandBraces(`${range[1]}${number}${range[4]}`, depth + 1)).slice(0, MAX_FIELDS);
  }
  // Quotes and variables may stand before them: `"$HOME"/{bin,go}`.
  const parts =
    /^((?:[^'"`$\\{}]|\$\w+(?!\w)|"[^"]*"|'[^']*'|\$\{[^{}]*\})*)\{([^{}'"`$\\\s]*,[^{}'"`$\\\s]*)\}(.*)$/s.exec(word);
  if (parts === null || depth > 4) {
    return [word];
  }
  return parts[2]!
    .split(',')
    .flatMap((middle) => expandBraces(`${parts[1]}${middle}${parts[3]}`, depth + 1))
    .slice(0, MAX_FIELDS);
}

/** Fields, in which what was quoted is escaped as in a pattern. */
function splitPieces(parts: readonly Piece[], scope: Scope): readonly string[] {
  const separators = scope.dialect === 'zsh' ? undefined : (getText(scope, 'IFS') ?? ' \t\n');
  const fields: string[] = [];
  let current: string | undefined;
  for (const { values, quoted, split } of parts) {
    for (const [index, value] of values.entries()) {
      if (index > 0 && current !== undefined) {
        fields.push(current);
        current = undefined;
      }
      if (quoted) {
        current = (current ?? '') + escapePattern(value);
      } else if (split && separators !== undefined && separators !== '') {
        const [first = '', ...rest] = splitAt(value, separators);
        current = first === '' && current === undefined ? undefined : (current ?? '') + first;
        for (const next of rest) {
          if (current !== undefined) {
            fields.push(current);
          }
          current = next === '' ? undefined : next;
        }
      } else if (value !== '' || !split) {
        current = (current ?? '') + value;
      }
    }
  }
  return current === undefined ? fields : [...fields, current];
}

function splitAt(text: string, separators: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (separators.includes(text[at]!)) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** The paths that a field names; itself where it names none. */
function expandPaths(field: string, scope: Scope): readonly string[] {
  if (isUnknown(field) || (!hasWildcards(field) && !(scope.dialect === 'zsh' && field.endsWith(')')))) {
    return [plainOf(field)];
  }
  // zsh: `*(N)` and the like only say what to do with what is found.
  const qualified = scope.dialect === 'zsh' ? /^(.*[^\\])\([^()]*\)$/s.exec(field)?.[1] : undefined;
  const pattern = qualified ?? field;
  const found = globPattern(pattern.startsWith('/') ? pattern : `${escapePattern(scope.folder)}/${pattern}`, scope);
  const isDropped = qualified !== undefined || scope.dialect === 'zsh' || scope.nullGlob;
  return found.length > 0 ? found : isDropped ? [] : [plainOf(field)];
}

function globPattern(pattern: string, { world, dialect }: Scope): readonly string[] {
  let found: readonly string[] = [''];
  for (const segment of pattern.split('/').slice(1)) {
    if (segment === '**' && dialect === 'zsh') {
      found = found.flatMap((base) => foldersBelow(base, world)).slice(0, MAX_MATCHES);
      continue;
    }
    found = found
      .flatMap((base) => {
        if (!hasWildcards(segment)) {
          return [`${base}/${plainOf(segment)}`];
        }
        world.fuel -= 10;
        const listed = world.fuel > 0 ? world.host.fs.readDir(base === '' ? '/' : base) : undefined;
        return listed?.ok !== true
          ? []
          : listed.value
              .filter(({ name }) => (!name.startsWith('.') || segment.startsWith('.')) && matchesPattern(segment, name))
              .map(({ name }) => `${base}/${name}`)
              .sort();
      })
      .slice(0, MAX_MATCHES);
  }
  return found.filter((path) => world.host.fs.lstat(path).ok);
}

/** A folder and those below it, a few levels deep; links are not followed. */
function foldersBelow(folder: string, world: World, depth = 0): readonly string[] {
  world.fuel -= 10;
  const listed = world.fuel > 0 && depth < 6 ? world.host.fs.readDir(folder) : undefined;
  const below =
    listed?.ok === true ? listed.value.filter(({ name, kind }) => kind === 'directory' && !name.startsWith('.')) : [];
  return [folder, ...below.flatMap(({ name }) => foldersBelow(`${folder}/${name}`, world, depth + 1))].slice(
    0,
    MAX_MATCHES,
  );
}

/** The parts of a word. */
function pieces(raw: string, scope: Scope, isValue = false): readonly Piece[] {
  const parts: Piece[] = [];
  const literal = (text: string, quoted = false) => parts.push({ values: [text], quoted, split: false });
  let at = 0;
  const tilde = /^~([\w.-]*)(?=\/|$)/.exec(raw);
  if (tilde !== null) {
    literal(homeOf(tilde[1]!, scope), true);
    at = tilde[0].length;
  }
  while (at < raw.length) {
    const character = raw[at]!;
    if (!/[\\'"`$<>=]/.test(character)) {
      const end = at + /^[^\\'"`$<>=]+/.exec(raw.slice(at))![0].length;
      const text = raw.slice(at, end);
      literal(isValue ? text.replace(/:~([\w.-]*)(?=[/:]|$)/g, (_, user: string) => `:${homeOf(user, scope)}`) : text);
      at = end;
      continue;
    }
    if (/[<>=]/.test(character)) {
      const isProcess = raw[at + 1] === '(' && (character !== '=' || at === 0);
      const end = isProcess ? skipQuoted(raw, at + 1) : at + 1;
      literal(isProcess ? scope.capture(scope, raw.slice(at + 2, end - 1)) : character, isProcess);
      at = end;
      continue;
    }
    const end = Math.min(skipQuoted(raw, at), raw.length);
    if (character === '\\') {
      literal(raw.slice(at + 1, end).replace(/^\n$/, ''), true);
    } else if (character === "'") {
      literal(raw.slice(at + 1, end - 1), true);
    } else if (character === '"') {
      parts.push(...quotedPieces(raw.slice(at + 1, end - 1), scope));
    } else {
      const [piece, next] = dollar(raw, at, scope, false);
      parts.push(piece);
      at = next;
      continue;
    }
    at = end;
  }
  return parts;
}

/** Inside double quotes. */
function quotedPieces(text: string, scope: Scope): readonly Piece[] {
  const parts: Piece[] = [{ values: [''], quoted: true, split: false }];
  let plain = '';
  const flush = () => {
    parts.push({ values: [plain], quoted: true, split: false });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (character === '\\') {
      const next = text[at + 1] ?? '';
      plain += /[$`"\\]/.test(next) ? next : next === '\n' ? '' : `\\${next}`;
      at += 2;
    } else if (character === '$' || character === '`') {
      flush();
      const [piece, next] = dollar(text, at, scope, true);
      parts.push(piece);
      at = next;
    } else {
      plain += character;
      at += 1;
    }
  }
  flush();
  return parts;
}

/** An expansion that begins with `$` or a backtick at `at`, and the place behind it. */
function dollar(raw: string, at: number, scope: Scope, quoted: boolean): readonly [Piece, number] {
  const one = (value: string, end: number): readonly [Piece, number] => [
    { values: [value], quoted, split: !quoted },
    end,
  ];
  if (raw[at] === '`') {
    const end = skipQuoted(raw, at);
    return one(scope.capture(scope, raw.slice(at + 1, end - 1).replace(/\\([\\`$])/g, '$1')), end);
  }
  switch (raw[at + 1]) {
    case '(': {
      const end = skipQuoted(raw, at + 1);
      const text = raw.slice(at + 2, end - 1);
      if (text.startsWith('(') && text.endsWith(')')) {
        return one(arithmetic(text.slice(1, -1), scope), end);
      }
      return one(scope.capture(scope, text), end);
    }
    case '{': {
      const end = skipQuoted(raw, at + 1);
      return [{ ...expandParameter(raw.slice(at + 2, end - 1), scope, quoted), quoted, split: !quoted }, end];
    }
    case "'": {
      if (quoted) {
        return one('$', at + 1);
      }
      const end = skipQuoted(raw, at);
      return [{ values: [ansi(raw.slice(at + 2, end - 1))], quoted: true, split: false }, end];
    }
    default: {
      const plus = scope.dialect === 'zsh' ? /^\$\+(\w+)(?:\[([^\]]*)\])?/.exec(raw.slice(at, at + 200)) : null;
      if (plus !== null) {
        return [{ ...expandParameter(plus[0].slice(1), scope, quoted), quoted, split: !quoted }, at + plus[0].length];
      }
      const name = /^\$([A-Za-z_]\w*|[0-9@*#?$!-])/.exec(raw.slice(at, at + 200))?.[1];
      if (name === undefined) {
        return [{ values: ['$'], quoted, split: false }, at + 1];
      }
      const subscript = scope.dialect === 'zsh' ? /^\[[^\]]*\]/.exec(raw.slice(at + 1 + name.length))?.[0] : undefined;
      const text = `${name}${subscript ?? ''}`;
      return [{ ...expandParameter(text, scope, quoted), quoted, split: !quoted }, at + 1 + text.length];
    }
  }
}

/** Whole numbers and `+`, `-`; the rest is not known. */
function arithmetic(text: string, scope: Scope): string {
  const plain = text
    .replace(/\$?\b([A-Za-z_]\w*)/g, (_, name: string) => getText(scope, name) || '0')
    .replace(/\s/g, '');
  if (!/^[+-]?\d{1,9}(?:[+-]\d{1,9}){0,20}$/.test(plain)) {
    return hole(scope.world, 'arithmetic is not worked out');
  }
  return String((plain.match(/[+-]?\d+/g) ?? []).reduce((sum, part) => sum + Number(part), 0));
}

function homeOf(user: string, scope: Scope): string {
  if (user === '' || user === getText(scope, 'USER')) {
    return getText(scope, 'HOME') ?? scope.world.host.home;
  }
  const named = getText(scope, `~${user}`);
  if (named !== undefined) {
    return named;
  }
  return user === 'root' ? '/root' : hole(scope.world, `the home of ${user} is not looked up`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\x1b',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function ansi(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/gs, (_, code: string) =>
    code.startsWith('x')
      ? notNul(Number.parseInt(code.slice(1), 16))
      : /^[0-7]/.test(code)
        ? notNul(Number.parseInt(code, 8))
        : (ESCAPES[code] ?? code),
  );
}

/** NUL marks what is not known: no value of a shell can hold it. */
function notNul(code: number): string {
  return code === 0 ? '' : String.fromCharCode(code);
}
