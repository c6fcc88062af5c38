import { add, divide, isInt, lessThan, multiply, normalInt, subtract } from '../arithmetic';
import { NixError } from '../errors';
import { expectInt, expectNumber } from '../expect';
import { force } from '../force';
import { shortFloat } from '../show-number';
import type { Pos } from '../source';
import { Opaque, type Slot, type Value } from '../value';
import type { BuiltinFn, BuiltinGroup } from './define';

type Operation = (left: Value, right: Value, pos: Pos | undefined) => Value;

function operation(apply: Operation): readonly [number, BuiltinFn] {
  return [2, (_, [left, right], pos) => apply(force(left!), force(right!), pos)];
}

function bitwise(name: string, apply: (left: bigint, right: bigint) => bigint): readonly [number, BuiltinFn] {
  const purpose = (which: string): string => `while evaluating the ${which} argument passed to builtins.${name}`;
  const first = purpose('first');
  const second = purpose('second');
  return [
    2,
    (_, [left, right], pos) => {
      const a = BigInt(expectInt(left!, pos, first));
      return normalInt(apply(a, BigInt(expectInt(right!, pos, second))));
    },
  ];
}

function rounding(name: string, round: (value: number) => number): readonly [number, BuiltinFn] {
  const purpose = `while evaluating the first argument passed to builtins.${name}`;
  return [1, (_, [arg], pos) => roundTo(round, arg!, pos, purpose)];
}

function roundTo(round: (value: number) => number, arg: Slot, pos: Pos | undefined, purpose: string): Value {
  const float = expectNumber(arg, pos, purpose);
  const value = force(arg);
  if (isInt(value)) {
    // Nix takes it for a float on the way, and has refused what that changes since 2.29.
    const exact = BigInt(float);
    if (BigInt(value) !== exact) {
      const why =
        exact === 2n ** 63n
          ? `the NixInt argument ${value} caused undefined behavior in previous Nix versions.\n    `
          : `a loss of precision occurred in previous Nix versions because the NixInt argument ${value} was rounded to ${exact}.\n    `;
      throw new NixError(
        'eval',
        `Due to a bug (see https://github.com/NixOS/nix/issues/12899) ${why}Future Nix versions might implement the correct behavior.`,
        pos,
      );
    }
    return value;
  }
  const rounded = round(float);
  if (!(rounded >= -(2 ** 63) && rounded < 2 ** 63)) {
    throw new NixError('eval', `NixFloat argument ${shortFloat(float)} is not in the range of NixInt`, pos);
  }
  return normalInt(BigInt(rounded));
}

export const arithmeticBuiltins: BuiltinGroup = {
  add: operation(add),
  sub: operation(subtract),
  mul: operation(multiply),
  div: operation(divide),
  bitAnd: bitwise('bitAnd', (a, b) => a & b),
  bitOr: bitwise('bitOr', (a, b) => a | b),
  bitXor: bitwise('bitXor', (a, b) => a ^ b),
  ceil: rounding('ceil', Math.ceil),
  floor: rounding('floor', Math.floor),
  lessThan: [
    2,
    (evaluator, [left, right], pos) => {
      const a = force(left!);
      const b = force(right!);
      if (a instanceof Opaque) {
        return a;
      }
      return b instanceof Opaque ? b : lessThan(evaluator, a, b, pos);
    },
  ],
};
