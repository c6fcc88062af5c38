import { lessThan } from '../arithmetic';
import { Attrs, attrsFrom } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { coerce } from '../coerce';
import { curPos } from '../compile/positions';
import { describe, describeTraced } from '../describe';
import { equalValues } from '../equal';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import {
  expectAttrs,
  expectFunction,
  expectList,
  expectPlainString,
  expectString,
  framed,
  missingAttribute,
  opaqueError,
  type Purpose,
  wrongType,
} from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { NixFloat, type NixList, NixPath, NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinGroup } from './define';

function message(evaluator: Evaluator, slot: Slot, pos: Pos | undefined, purpose: Purpose, copy = true): string {
  const text = coerce(evaluator, force(slot), { more: false, copy }, new Set(), pos, purpose);
  if (text instanceof Opaque) {
    throw opaqueError(text, pos);
  }
  // Whoever fails keeps it.
  evaluator.charge(text.length, pos);
  return decodeUtf8(text);
}

export const controlBuiltins: BuiltinGroup = {
  abort: [
    1,
    (evaluator, [arg], pos) => {
      const text = message(evaluator, arg!, pos, 'while evaluating the error message passed to builtins.abort');
      throw new NixError('abort', `evaluation aborted with the following error message: '${text}'`, pos);
    },
  ],
  throw: [
    1,
    (evaluator, [arg], pos) => {
      throw new NixError(
        'throw',
        message(evaluator, arg!, pos, 'while evaluating the error message passed to builtin.throw'),
        pos,
      );
    },
  ],
  tryEval: [
    1,
    (evaluator, [arg]) => {
      const { depth } = evaluator;
      try {
        return attrsFrom([
          ['success', true],
          ['value', force(arg!)],
        ]);
      } catch (error) {
        if (error instanceof NixError && (error.kind === 'throw' || error.kind === 'assert')) {
          evaluator.depth = depth;
          return attrsFrom([
            ['success', false],
            ['value', false],
          ]);
        }
        throw error;
      }
    },
  ],
  seq: [
    2,
    (_, [first, second]) => {
      force(first!);
      return force(second!);
    },
  ],
  deepSeq: [
    2,
    (evaluator, [first, second]) => {
      evaluator.forceDeep(first!, new Set());
      return force(second!);
    },
  ],
  trace: [2, (evaluator, [first, second], pos) => trace(evaluator, first!, second!, pos)],
  traceVerbose: [
    2,
    (evaluator, [first, second], pos) =>
      evaluator.options.traceVerbose === true ? trace(evaluator, first!, second!, pos) : force(second!),
  ],
  warn: [
    2,
    (evaluator, [first, second], pos) => {
      const text = expectString(
        first!,
        pos,
        'while evaluating the first argument; the message passed to builtins.warn',
      );
      evaluator.tell(decodeUtf8(text), 'warning', pos);
      if (evaluator.options.abortOnWarn === true) {
        throw new NixError('abort', 'aborting to reveal stack trace of warning, as abort-on-warn is set', pos);
      }
      return force(second!);
    },
  ],
  break: [1, (_, [arg]) => force(arg!)],
  addErrorContext: [
    2,
    (evaluator, [context, value], pos) => {
      try {
        return force(value!);
      } catch (error) {
        throw error instanceof NixError ? withContext(evaluator, error, context!, pos) : error;
      }
    },
  ],
  unsafeGetAttrPos: [
    2,
    (_, [name, set], pos) => {
      const key = expectPlainString(
        name!,
        pos,
        'while evaluating the first argument passed to builtins.unsafeGetAttrPos',
      );
      const place = expectAttrs(
        set!,
        pos,
        'while evaluating the second argument passed to builtins.unsafeGetAttrPos',
      ).positionOf(key);
      return place === undefined || place.derived ? null : curPos(place);
    },
  ],
  genericClosure: [
    1,
    (evaluator, [arg], pos) =>
      genericClosure(
        evaluator,
        expectAttrs(arg!, pos, 'while evaluating the first argument passed to builtins.genericClosure'),
        pos,
      ),
  ],
};

/** The error with what the program says of it; that may fail in turn, but where a limit was reached, this is what counts. */
function withContext(evaluator: Evaluator, error: NixError, context: Slot, pos: Pos | undefined): unknown {
  if (error.overflow) {
    return error;
  }
  // This builtin has no frame of its own, and so no place.
  const purpose = { message: 'while evaluating the error message passed to builtins.addErrorContext', pos: undefined };
  try {
    return error.within(message(evaluator, context, pos, purpose, false), undefined, 'context');
  } catch (another) {
    return error.kind === 'limit' ? error : another;
  }
}

function trace(evaluator: Evaluator, first: Slot, second: Slot, pos: Pos | undefined): Value {
  const value = force(first);
  if (evaluator.options.onTrace !== undefined) {
    const text = typeof value === 'string' ? value : value instanceof NixString ? value.text : undefined;
    evaluator.tell(text === undefined ? describeTraced(value) : decodeUtf8(text), 'trace', pos);
  }
  return force(second);
}

/** All that can be reached from `startSet` by `operator`, each key once, in the order in which it was found. */
function genericClosure(evaluator: Evaluator, args: Attrs, pos: Pos | undefined): Value {
  const start = args.get('startSet');
  if (start === undefined) {
    throw missingAttribute(args, 'startSet', pos).within(CLOSURE_ARGS, undefined);
  }
  const work: Slot[] = [
    ...expectList(
      start,
      pos,
      "while evaluating the 'startSet' attribute passed as argument to builtins.genericClosure",
    ),
  ];
  if (work.length === 0) {
    return [];
  }
  const operator = args.get('operator');
  if (operator === undefined) {
    throw missingAttribute(args, 'operator', pos).within(CLOSURE_ARGS, undefined);
  }
  const fn = expectFunction(
    operator,
    pos,
    "while evaluating the 'operator' attribute passed as argument to builtins.genericClosure",
  );
  const seen = new KeySet(evaluator, pos);
  const found: Slot[] = [];
  for (let i = 0; i < work.length; i++) {
    evaluator.step(pos);
    const item = forceElement(work[i]!);
    if (!(item instanceof Attrs)) {
      throw wrongType('a set', item, pos, `in genericClosure element ${describe(item)}`);
    }
    const key = item.get('key');
    if (key === undefined) {
      throw missingAttribute(item, 'key', pos).within(`in genericClosure element ${describe(item)}`, undefined);
    }
    if (!seen.add(force(key), item)) {
      continue;
    }
    found.push(item);
    for (const next of reached(evaluator, fn, item, pos)) {
      work.push(next);
    }
  }
  return found;
}

const CLOSURE_ARGS = 'in the attrset passed as argument to builtins.genericClosure';

function forceElement(slot: Slot): Value {
  try {
    return force(slot);
  } catch (error) {
    throw framed(error, `in genericClosure element ${describe(slot)}`);
  }
}

/** What the operator finds from an element; also what is known already is evaluated. */
function reached(evaluator: Evaluator, operator: Value, item: Attrs, pos: Pos | undefined): NixList {
  try {
    const next = expectList(
      evaluator.call(operator, item, undefined),
      pos,
      'while evaluating the return value of the `operator` passed to builtins.genericClosure',
    );
    for (const slot of next) {
      force(slot);
    }
    return next;
  } catch (error) {
    throw framed(error, `while calling operator on genericClosure element ${describe(item)}`);
  }
}

/** Keys that can be compared with each other. Strings and integers go through a hash set, the rest is searched. */
class KeySet {
  private readonly plain = new Set<string | number | bigint>();
  private readonly others: Value[] = [];
  private first: { readonly key: Value; readonly item: Attrs } | undefined;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly pos: Pos | undefined,
  ) {}

  /** Whether the key is new. */
  add(key: Value, item: Attrs): boolean {
    if (this.first !== undefined) {
      this.compare(key, item, this.first);
    }
    this.first ??= { key, item };
    const bare = bareKey(key);
    if (bare !== undefined) {
      const before = this.plain.size;
      this.plain.add(bare);
      return this.plain.size > before;
    }
    if (this.others.some((other) => equalValues(this.evaluator, other, key, this.pos))) {
      return false;
    }
    this.others.push(key);
    return true;
  }

  /** Keys that cannot be ordered are an error in Nix, whose set is a tree. */
  private compare(key: Value, item: Attrs, first: { readonly key: Value; readonly item: Attrs }): void {
    try {
      lessThan(this.evaluator, key, first.key, this.pos);
    } catch (error) {
      throw framed(framed(error, `with element ${describe(first.item)}`), `while comparing element ${describe(item)}`);
    }
  }
}

/** A key that can be looked up. Keys that can be ordered are of one kind, save that 1 and 1.0 are the same. */
function bareKey(key: Value): string | number | bigint | undefined {
  if (typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint') {
    return key;
  }
  if (key instanceof NixString) {
    return key.text;
  }
  if (key instanceof NixPath) {
    return key.path;
  }
  return key instanceof NixFloat ? key.value : undefined;
}
