import { expandPattern, expandText } from './expand';
import { matchesPattern, replacePattern, trimPattern } from './pattern';
import { getText, getValue, type Scope, setValue, whichProgram } from './scope';
import { hole, isUnknown } from './world';

export interface Expanded {
  readonly values: readonly string[];
}

const NAME = /^([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[^\]]*\])?/;

/**
 * What stands between `${` and `}`: a parameter, maybe with an operator.
 *
 * @param quoted inside double quotes an array is one text, unless it is `@`
 */
export function expandParameter(text: string, scope: Scope, quoted: boolean): Expanded {
  if (text.startsWith('#') && text.length > 1 && NAME.test(text.slice(1))) {
    return one(lengthOf(text.slice(1), scope));
  }
  if (text.startsWith('+') && scope.dialect === 'zsh') {
    return one(isSet(text.slice(1), scope));
  }
  if (text.startsWith('!')) {
    const name = getText(scope, text.slice(1));
    return name === undefined || isUnknown(name) || !/^\w+$/.test(name)
      ? one(hole(scope.world, 'a name of a name is not followed'))
      : one(getText(scope, name) ?? '');
  }
  if (text.startsWith('${') || text.startsWith('"${')) {
    const inner = /^\$\{((?:[^{}]|\{[^{}]*\})*)\}$/s.exec(text)?.[1];
    return inner === undefined ? one(nested(text, scope)) : expandParameter(inner, scope, quoted);
  }
  if (text.startsWith('(')) {
    return flagged(text, scope, quoted);
  }
  const [whole, name = '', subscript] = NAME.exec(text) ?? [];
  if (whole === undefined) {
    return one(hole(scope.world, 'a parameter with an operator is not understood'));
  }
  const values = lookUp(name, subscript, scope, quoted);
  const operator = text.slice(whole.length);
  return operator === '' ? { values: values ?? [''] } : operate(name, values, operator, scope);
}

function one(value: string): Expanded {
  return { values: [value] };
}

/** zsh: one expansion inside of another, such as `${${(%):-%x}:A:h}`. */
function nested(text: string, scope: Scope): string {
  const inner = scope.dialect === 'zsh' ? /^(\$\{(?:[^{}]|\{[^{}]*\})*\}|"\$\{[^{}]*\}")(.*)$/s.exec(text) : null;
  if (inner === null) {
    return hole(scope.world, 'a parameter with an operator is not understood');
  }
  const value = expandText(inner[1]!, scope);
  return inner[2] === '' ? value : operate('', [value], inner[2]!, scope).values.join(' ');
}

/** zsh's `${(flags)…}`: the file that is read, and splitting at colons; the rest is not known. */
function flagged(text: string, scope: Scope, quoted: boolean): Expanded {
  const [, flags = '', rest = ''] = /^\(([^()]*)\)(.*)$/s.exec(text) ?? [];
  if (flags === '%' && /^:-%[xN]/.test(rest)) {
    const operator = rest.slice(4);
    return operator === '' ? one(scope.file) : operate('', [scope.file], operator, scope);
  }
  if (flags === '%' && rest === ':-%n') {
    return one(getText(scope, 'USER') ?? '');
  }
  const kept = /^@?M@?$/.test(flags) ? /^(.*?):#(.*)$/s.exec(rest) : null;
  if (kept !== null) {
    const { values } = expandParameter(kept[1]!, scope, quoted && !flags.includes('@'));
    return filtered(values, kept[2]!, true, scope);
  }
  if (/^[@uoi]*$/.test(flags)) {
    const { values } = expandParameter(rest, scope, quoted && !flags.includes('@'));
    return { values: flags.includes('u') ? [...new Set(values)] : values };
  }
  if (/^@?s[.:]:[.:]@?$/.test(flags)) {
    return { values: expandParameter(rest, scope, true).values.join(' ').split(':') };
  }
  if (/^j[.:]:[.:]$/.test(flags)) {
    return one(expandParameter(rest, scope, false).values.join(':'));
  }
  return one(hole(scope.world, 'a parameter with flags is not understood'));
}

function lengthOf(text: string, scope: Scope): string {
  const [, name = '', subscript] = NAME.exec(text) ?? [];
  const value = getValue(scope, name);
  if (name === '@' || name === '*') {
    return String(scope.args.length);
  }
  if (typeof value === 'object' && (subscript !== undefined || scope.dialect === 'zsh')) {
    return String(value.length);
  }
  const known = lookUp(name, subscript, scope, true)?.join(' ') ?? '';
  return isUnknown(known) ? hole(scope.world, 'the length of what is not known') : String(known.length);
}

/** `$+name`, `$+commands[name]`, `$+functions[name]`: 1 or 0. */
function isSet(text: string, scope: Scope): string {
  const [, name = '', subscript] = NAME.exec(text) ?? [];
  const key = subscript?.slice(1, -1) ?? '';
  switch (name) {
    case 'commands': {
      const found = whichProgram(scope, expandText(key, scope));
      return found === undefined
        ? hole(scope.world, `whether there is ${key} is not known`)
        : found === null
          ? '0'
          : '1';
    }
    case 'functions':
      return scope.functions.has(key) ? '1' : '0';
    default:
      return scope.vars.has(name) ? '1' : '0';
  }
}

/** The value of a parameter; undefined when it is not set. */
function lookUp(
  name: string,
  subscript: string | undefined,
  scope: Scope,
  quoted: boolean,
): readonly string[] | undefined {
  const special = specialValue(name, scope);
  if (special !== undefined) {
    return special;
  }
  if (name === 'commands' && subscript !== undefined && scope.dialect === 'zsh') {
    const found = whichProgram(scope, subscript.slice(1, -1));
    return found === undefined ? [hole(scope.world, 'it is not known where a program is')] : [found ?? ''];
  }
  const value = getValue(scope, name);
  if (value === undefined || (typeof value === 'string' && subscript === undefined)) {
    return value === undefined ? undefined : [value];
  }
  const values = typeof value === 'string' ? [value] : value;
  if (subscript === '[@]' || subscript === '[*]') {
    return quoted && subscript === '[*]' ? [values.join(getText(scope, 'IFS')?.charAt(0) ?? ' ')] : values;
  }
  if (subscript !== undefined) {
    const index = Number(subscript.slice(1, -1));
    const base = scope.dialect === 'zsh' ? 1 : 0;
    const item = values.at(index < 0 ? index : index - base);
    return Number.isInteger(index) ? (item === undefined ? undefined : [item]) : [hole(scope.world, 'an index')];
  }
  return scope.dialect === 'zsh' ? (quoted ? [values.join(' ')] : values) : [values[0] ?? ''];
}

function specialValue(name: string, scope: Scope): readonly string[] | undefined {
  switch (name) {
    case '@':
    case '*':
      return scope.args;
    case '#':
      return [String(scope.args.length)];
    case '?':
      return [scope.status === undefined ? hole(scope.world, 'whether a command succeeds') : scope.status ? '0' : '1'];
    case '$':
    case '!':
      return [hole(scope.world, 'the number of a process')];
    case '-':
      return [`${scope.interactive ? 'i' : ''}hB${scope.dialect === 'zsh' && scope.login ? 'l' : ''}`];
    case '0':
      return [scope.dialect === 'zsh' ? scope.file : scope.login ? `-${scope.dialect}` : scope.dialect];
    case 'BASH_SOURCE':
      return scope.dialect === 'bash' ? [scope.file] : undefined;
    case 'LINENO':
      return [String(scope.line)];
    case 'PWD':
      return [scope.folder];
    default:
      return /^[1-9]\d*$/.test(name) ? scope.args.slice(Number(name) - 1, Number(name)) : undefined;
  }
}

/** `:-`, `+`, `#`, `%%`, `/`, `^^` and the rest. */
function operate(name: string, values: readonly string[] | undefined, operator: string, scope: Scope): Expanded {
  const value = values?.join(' ');
  const [, colon = '', sign = '', word = ''] = /^(:?)([-+=?])(.*)$/s.exec(operator) ?? [];
  if (sign !== '') {
    const missing = value === undefined || (colon === ':' && value === '') || values?.length === 0;
    if (sign === '+') {
      return one(missing ? '' : expandText(word, scope));
    }
    if (!missing) {
      return { values: values ?? [''] };
    }
    const fallback = sign === '?' ? '' : expandText(word, scope);
    if (sign === '=' && /^\w+$/.test(name)) {
      setValue(scope, name, fallback);
    }
    return one(fallback);
  }
  if (scope.dialect === 'zsh' && operator.startsWith(':#')) {
    return filtered(values ?? [], operator.slice(2), false, scope);
  }
  return { values: (values ?? ['']).map((part) => transform(part, operator, scope)) };
}

/** zsh's `${name:#pattern}`: without what the pattern describes, or, with `(M)`, only that. */
function filtered(values: readonly string[], word: string, isKept: boolean, scope: Scope): Expanded {
  const pattern = expandPattern(word, scope);
  if (isUnknown(pattern)) {
    return one(hole(scope.world, 'a pattern that is not known'));
  }
  return { values: values.filter((value) => isUnknown(value) || matchesPattern(pattern, value) === isKept) };
}

function transform(value: string, operator: string, scope: Scope): string {
  const unknown = () => hole(scope.world, 'a part of what is not known');
  if (isUnknown(value)) {
    return unknown();
  }
  const trim = /^(##?|%%?)(.*)$/s.exec(operator);
  if (trim !== null) {
    const pattern = expandPattern(trim[2]!, scope);
    return isUnknown(pattern) ? unknown() : (trimPattern(value, pattern, trim[1] as '#') ?? unknown());
  }
  const replace = /^\/([/#%]?)((?:[^/\\]|\\.|\$\{[^}]*\}|"[^"]*")*)(?:\/(.*))?$/s.exec(operator);
  if (replace !== null) {
    const [, mode, from = '', to = ''] = replace;
    const pattern = expandPattern(from, scope);
    const by = expandText(to, scope);
    if (isUnknown(pattern)) {
      return unknown();
    }
    if (mode === '#' || mode === '%') {
      const rest = trimPattern(value, pattern, mode === '#' ? '##' : '%%');
      return rest === undefined ? unknown() : rest === value ? value : mode === '#' ? `${by}${rest}` : `${rest}${by}`;
    }
    return replacePattern(value, pattern, by, mode === '/') ?? unknown();
  }
  const slice = /^:\s*(-?\d+)(?::(-?\d+))?$/.exec(operator);
  if (slice !== null) {
    const from = Number(slice[1]);
    const rest = value.slice(from);
    const length = slice[2] === undefined ? undefined : Number(slice[2]);
    return rest.slice(0, length);
  }
  switch (operator) {
    case '^^':
    case ':u':
      return value.toUpperCase();
    case ',,':
    case ':l':
      return value.toLowerCase();
  }
  return scope.dialect === 'zsh' && /^(?::[hAtPra])+$/.test(operator) ? modify(value, operator, scope) : unknown();
}

/** zsh's `:h` (folder), `:t` (name), `:A` and `:P` (real path), `:a`, `:r` (without extension). */
function modify(value: string, operators: string, { world }: Scope): string {
  let result = value;
  for (const operator of operators.split(':').slice(1)) {
    const slash = result.lastIndexOf('/');
    switch (operator) {
      case 'h':
        result = slash > 0 ? result.slice(0, slash) : slash === 0 ? '/' : '.';
        break;
      case 't':
        result = result.slice(slash + 1);
        break;
      case 'A':
      case 'P': {
        const real = world.host.fs.realPath(result);
        result = real.ok ? real.value : result;
        break;
      }
      case 'r':
        result = matchesPattern('*.*', result.slice(slash + 1)) ? result.slice(0, result.lastIndexOf('.')) : result;
    }
  }
  return result;
}
