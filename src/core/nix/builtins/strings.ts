import { type CoerceMode, coerce } from '../coerce';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectList, expectSize, expectString, framed, opaqueError, type Purpose } from '../expect';
import { force } from '../force';
import { parentPath } from '../path';
import type { Pos } from '../source';
import { NixPath, NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinGroup } from './define';

/** A path stays where it is, and nothing but strings and paths is a string. */
export const AS_IT_IS: CoerceMode = { more: false, copy: false };

/** A string value. */
export function stringValue(text: string, context: ReadonlySet<string>): Value {
  return context.size === 0 ? text : new NixString(text, context);
}

/** Coerces as interpolation does; unknown values are thrown as such. */
export function coerceText(
  evaluator: Evaluator,
  slot: Slot,
  context: Set<string>,
  pos: Pos | undefined,
  purpose?: Purpose,
  mode = { more: false, copy: true },
): string {
  const text = coerce(evaluator, force(slot), mode, context, pos, purpose);
  if (text instanceof Opaque) {
    throw opaqueError(text, pos);
  }
  return text;
}

/** A string with its context, nothing coerced. */
function stringOf(slot: Slot, context: Set<string>, pos: Pos | undefined, purpose: Purpose): string {
  let value: Value;
  try {
    value = force(slot);
  } catch (error) {
    throw framed(error, purpose);
  }
  if (value instanceof NixString) {
    for (const element of value.context) {
      context.add(element);
    }
    return value.text;
  }
  return expectString(value, pos, purpose);
}

/** Apart, since TypeScript takes a literal's `toString` for Object's. */
const toStringBuiltin: BuiltinGroup = Object.fromEntries([['toString', [1, toText] as const]]);

export const stringBuiltins: BuiltinGroup = {
  ...toStringBuiltin,
  stringLength: [
    1,
    (evaluator, [arg], pos) =>
      coerceText(evaluator, arg!, new Set(), pos, 'while evaluating the argument passed to builtins.stringLength')
        .length,
  ],
  substring: [3, substring],
  concatStringsSep: [2, concatStringsSep],
  replaceStrings: [3, replaceStrings],
  baseNameOf: [
    1,
    (evaluator, [arg], pos) => {
      const context = new Set<string>();
      const path = coerceText(
        evaluator,
        arg!,
        context,
        pos,
        'while evaluating the first argument passed to builtins.baseNameOf',
        AS_IT_IS,
      );
      return stringValue(baseName(path), context);
    },
  ],
  dirOf: [
    1,
    (evaluator, [arg], pos) => {
      const value = force(arg!);
      if (value instanceof NixPath) {
        return new NixPath(parentPath(value.path));
      }
      const context = new Set<string>();
      const path = coerceText(
        evaluator,
        value,
        context,
        pos,
        "while evaluating the first argument passed to 'builtins.dirOf'",
        AS_IT_IS,
      );
      const slash = path.lastIndexOf('/');
      return stringValue(slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash), context);
    },
  ],
};

/** One trailing slash does not count. */
export function baseName(path: string): string {
  let end = path.length;
  if (end > 0 && path[end - 1] === '/') {
    end--;
  }
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

function toText(evaluator: Evaluator, [arg]: readonly Slot[], pos: Pos | undefined): Value {
  const context = new Set<string>();
  const text = coerceText(
    evaluator,
    arg!,
    context,
    pos,
    'while evaluating the first argument passed to builtins.toString',
    {
      more: true,
      copy: false,
    },
  );
  return stringValue(text, context);
}

function substring(evaluator: Evaluator, [from, length, arg]: readonly Slot[], pos: Pos | undefined): Value {
  const start = expectSize(
    from!,
    pos,
    'while evaluating the first argument (the start offset) passed to builtins.substring',
  );
  if (start < 0) {
    throw new NixError('eval', "negative start position in 'substring'", pos);
  }
  const count = expectSize(
    length!,
    pos,
    'while evaluating the second argument (the substring length) passed to builtins.substring',
  );
  const context = new Set<string>();
  const text = coerceText(
    evaluator,
    arg!,
    context,
    pos,
    'while evaluating the third argument (the string) passed to builtins.substring',
  );
  // A negative length means all the rest; the context stays even when nothing else does.
  return stringValue(count < 0 ? text.slice(start) : text.slice(start, start + count), context);
}

function concatStringsSep(evaluator: Evaluator, [sep, list]: readonly Slot[], pos: Pos | undefined): Value {
  const context = new Set<string>();
  const separator = stringOf(
    sep!,
    context,
    pos,
    'while evaluating the first argument (the separator string) passed to builtins.concatStringsSep',
  );
  const items = expectList(
    list!,
    pos,
    'while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep',
  );
  const unordered = evaluator.orderOf(items);
  if (unordered !== undefined) {
    return unordered;
  }
  let length = 0;
  const parts = items.map((item) => {
    const text = coerceText(
      evaluator,
      item,
      context,
      pos,
      'while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep',
    );
    length += text.length + separator.length;
    if (length > evaluator.limits.stringLength) {
      throw new NixError('limit', `a string of ${length} bytes is too long`, pos);
    }
    return text;
  });
  evaluator.charge(length, pos);
  return stringValue(parts.join(separator), context);
}

function replaceStrings(evaluator: Evaluator, [from, to, arg]: readonly Slot[], pos: Pos | undefined): Value {
  const context = new Set<string>();
  const searched = expectList(from!, pos, 'while evaluating the first argument passed to builtins.replaceStrings');
  const replacements = expectList(to!, pos, 'while evaluating the second argument passed to builtins.replaceStrings');
  if (searched.length !== replacements.length) {
    throw new NixError(
      'eval',
      "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
      pos,
    );
  }
  const patterns = searched.map((item) =>
    expectString(item, pos, 'while evaluating one of the strings to replace passed to builtins.replaceStrings'),
  );
  const text = stringOf(arg!, context, pos, 'while evaluating the third argument passed to builtins.replaceStrings');
  // A replacement is looked at when its pattern is first found.
  const known: (string | undefined)[] = [];
  const replacement = (i: number): string => {
    let found = known[i];
    if (found === undefined) {
      found = stringOf(
        replacements[i]!,
        context,
        pos,
        'while evaluating one of the replacement strings passed to builtins.replaceStrings',
      );
      known[i] = found;
    }
    return found;
  };
  const finder = patternFinder(patterns, (count) => evaluator.steps(count, pos));
  const out: string[] = [];
  let size = 0;
  const push = (part: string): void => {
    size += part.length;
    evaluator.checkWritten(size, pos);
    out.push(part);
  };
  let plain = 0;
  for (let at = 0; at <= text.length; ) {
    const i = finder(text, at);
    if (i < 0) {
      at++;
      continue;
    }
    push(text.slice(plain, at));
    push(replacement(i));
    const { length } = patterns[i]!;
    plain = at + length;
    if (length === 0) {
      // An empty pattern stands between all characters, and at the end.
      push(text.slice(at, at + 1));
      plain = at + 1;
      at += 1;
    } else {
      at += length;
    }
  }
  push(text.slice(plain));
  return stringValue(out.join(''), context);
}

/**
 * Which pattern stands at a place: the first of the list that does, or -1.
 *
 * @param spend told how many patterns are looked for
 */
function patternFinder(
  patterns: readonly string[],
  spend: (count: number) => void,
): (text: string, at: number) => number {
  const byFirst = new Map<number, number[]>();
  const empty = patterns.indexOf('');
  patterns.forEach((pattern, i) => {
    if (pattern !== '') {
      const code = pattern.charCodeAt(0);
      const others = byFirst.get(code);
      if (others === undefined) {
        byFirst.set(code, [i]);
      } else {
        others.push(i);
      }
    }
  });
  return (text, at) => {
    const candidates = byFirst.get(text.charCodeAt(at));
    spend(1 + (candidates?.length ?? 0));
    if (candidates !== undefined) {
      for (const i of candidates) {
        if (empty >= 0 && empty < i) {
          break;
        }
        if (text.startsWith(patterns[i]!, at)) {
          return i;
        }
      }
    }
    return empty;
  };
}
