import { add, divide, isInt, lessThan, multiply, normalInt, subtract } from '../arithmetic';
import { NixError } from '../errors';
import { expectInt, expectNumber } from '../expect';
import { force } from '../force';
import { showFloat } from '../show-number';
import type { Pos } from '../source';
import { Opaque, type Slot, type Value } from '../value';
import type { BuiltinFn, BuiltinGroup } from './define';

type Operation = (left: Value, right: Value, pos: Pos | undefined) => Value;

function operation(apply: Operation): readonly [number, BuiltinFn] {
  return [2, (_, [left, right], pos) => apply(force(left!), force(right!), pos)];
}

function bitwise(apply: (left: bigint, right: bigint) => bigint): readonly [number, BuiltinFn] {
  return [
    2,
    (_, [left, right], pos) => normalInt(apply(BigInt(expectInt(left!, pos)), BigInt(expectInt(right!, pos)))),
  ];
}

function rounding(round: (value: number) => number): readonly [number, BuiltinFn] {
  return [1, (_, [arg], pos) => roundTo(round, arg!, pos)];
}

function roundTo(round: (value: number) => number, arg: Slot, pos: Pos | undefined): Value {
  const value = force(arg);
  if (isInt(value)) {
    return value;
  }
  const float = expectNumber(value, pos);
  const rounded = round(float);
  if (!(rounded >= -(2 ** 63) && rounded < 2 ** 63)) {
    throw new NixError('eval', `NixFloat argument ${showFloat(float)} is not in the range of NixInt`, pos);
  }
  return normalInt(BigInt(rounded));
}

export const arithmeticBuiltins: BuiltinGroup = {
  add: operation(add),
  sub: operation(subtract),
  mul: operation(multiply),
  div: operation(divide),
  bitAnd: bitwise((a, b) => a & b),
  bitOr: bitwise((a, b) => a | b),
  bitXor: bitwise((a, b) => a ^ b),
  ceil: rounding(Math.ceil),
  floor: rounding(Math.floor),
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
