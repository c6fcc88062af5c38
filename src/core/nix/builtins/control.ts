import { lessThan } from '../arithmetic';
import { Attrs, attrsFrom } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { coerce } from '../coerce';
import { curPos } from '../compile/positions';
import { describe } from '../describe';
import { equalValues } from '../equal';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import {
  expectAttrs,
  expectFunction,
  expectList,
  expectPlainString,
  expectString,
  opaqueError,
  wrongType,
} from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinGroup } from './define';

function message(evaluator: Evaluator, slot: Slot, pos: Pos | undefined): string {
  const text = coerce(evaluator, force(slot), { more: false, copy: true }, new Set(), pos);
  if (text instanceof Opaque) {
    throw opaqueError(text, pos);
  }
  return decodeUtf8(text);
}

export const controlBuiltins: BuiltinGroup = {
  abort: [
    1,
    (evaluator, [arg], pos) => {
      const text = message(evaluator, arg!, pos);
      throw new NixError('abort', `evaluation aborted with the following error message: '${text}'`, pos);
    },
  ],
  throw: [
    1,
    (evaluator, [arg], pos) => {
      throw new NixError('throw', message(evaluator, arg!, pos), pos);
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
  trace: [2, (evaluator, [first, second]) => trace(evaluator, first!, second!)],
  traceVerbose: [
    2,
    (evaluator, [first, second]) =>
      evaluator.options.traceVerbose === true ? trace(evaluator, first!, second!) : force(second!),
  ],
  warn: [
    2,
    (evaluator, [first, second], pos) => {
      const text = expectString(first!, pos);
      evaluator.options.onTrace?.(decodeUtf8(text), 'warning');
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
        if (error instanceof NixError) {
          throw error.within(message(evaluator, context!, pos), pos);
        }
        throw error;
      }
    },
  ],
  unsafeGetAttrPos: [
    2,
    (_, [name, set], pos) => {
      const key = expectPlainString(name!, pos);
      const place = expectAttrs(set!, pos).positionOf(key);
      return place === undefined || place.derived ? null : curPos(place);
    },
  ],
  genericClosure: [1, (evaluator, [arg], pos) => genericClosure(evaluator, expectAttrs(arg!, pos), pos)],
};

function trace(evaluator: Evaluator, first: Slot, second: Slot): Value {
  const value = force(first);
  const { onTrace } = evaluator.options;
  if (onTrace !== undefined) {
    const text = typeof value === 'string' ? value : value instanceof NixString ? value.text : undefined;
    onTrace(text === undefined ? describe(value) : decodeUtf8(text), 'trace');
  }
  return force(second);
}

/** All that can be reached from `startSet` by `operator`, each key once, in the order in which it was found. */
function genericClosure(evaluator: Evaluator, args: Attrs, pos: Pos | undefined): Value {
  const start = args.get('startSet');
  if (start === undefined) {
    throw new NixError('missing-attribute', "attribute 'startSet' missing", pos);
  }
  const work: Slot[] = [...expectList(start, pos)];
  if (work.length === 0) {
    return [];
  }
  const operator = args.get('operator');
  if (operator === undefined) {
    throw new NixError('missing-attribute', "attribute 'operator' missing", pos);
  }
  const fn = expectFunction(operator, pos);
  const seen = new KeySet(evaluator, pos);
  const found: Slot[] = [];
  for (let i = 0; i < work.length; i++) {
    evaluator.step(pos);
    const item = force(work[i]!);
    if (!(item instanceof Attrs)) {
      throw wrongType('a set', item, pos);
    }
    const key = item.get('key');
    if (key === undefined) {
      throw new NixError('missing-attribute', "attribute 'key' missing", pos);
    }
    if (!seen.add(force(key))) {
      continue;
    }
    found.push(item);
    for (const next of expectList(evaluator.call(fn, item, pos), pos)) {
      work.push(next);
    }
  }
  return found;
}

/** Keys that can be compared with each other. Strings and integers go through a hash set, the rest is searched. */
class KeySet {
  private readonly plain = new Set<string | number | bigint>();
  private readonly others: Value[] = [];
  private first: Value | undefined;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly pos: Pos | undefined,
  ) {}

  /** Whether the key is new. */
  add(key: Value): boolean {
    if (this.first !== undefined) {
      // Keys that cannot be ordered are an error in Nix, whose set is a tree.
      lessThan(this.evaluator, key, this.first, this.pos);
    }
    this.first ??= key;
    const bare = key instanceof NixString ? key.text : key;
    if (typeof bare === 'string' || typeof bare === 'number' || typeof bare === 'bigint') {
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
}
