import { isInt } from '../arithmetic';
import { Attrs } from '../attrs';
import { typeOf } from '../describe';
import { opaqueError } from '../expect';
import { force } from '../force';
import { Lambda, NixFloat, NixPath, NixString, Opaque, PrimOp, PrimOpApp, type Value } from '../value';
import type { BuiltinFn, BuiltinGroup } from './define';

/** A test of a value's type: unknown for what is unknown. */
function test(holds: (value: Value) => boolean): readonly [number, BuiltinFn] {
  return [
    1,
    (_, [arg]) => {
      const value = force(arg!);
      return value instanceof Opaque ? value : holds(value);
    },
  ];
}

export const typeBuiltins: BuiltinGroup = {
  isNull: test((value) => value === null),
  isBool: test((value) => typeof value === 'boolean'),
  isInt: test(isInt),
  isFloat: test((value) => value instanceof NixFloat),
  isString: test((value) => typeof value === 'string' || value instanceof NixString),
  isPath: test((value) => value instanceof NixPath),
  isList: test((value) => Array.isArray(value)),
  isAttrs: test((value) => value instanceof Attrs),
  isFunction: test((value) => value instanceof Lambda || value instanceof PrimOp || value instanceof PrimOpApp),
  typeOf: [
    1,
    (_, [arg], pos) => {
      const value = force(arg!);
      if (value instanceof Opaque) {
        throw opaqueError(value, pos);
      }
      return typeOf(value);
    },
  ],
};
