import { Attrs } from './attrs';
import { describe, typeName } from './describe';
import { equalSlots, isDerivation, isFunction } from './equal';
import { NixError } from './errors';
import { force } from './force';
import type { Meter } from './meter';
import type { Pos } from './source';
import { shownName } from './syntax/show';
import { NixFloat, NixPath, NixString, type Slot, type Value } from './value';

/**
 * Why two values that are not equal are not, for `assert a == b`: in Nix's words, with a frame for every attribute and
 * list element on the way to where they differ.
 *
 * @returns an error of kind `assert`; undefined when they cannot be told apart after all
 */
export function explainDifference(meter: Meter, left: Value, right: Value, pos: Pos): NixError | undefined {
  meter.enter(pos);
  meter.step(pos);
  const error = difference(meter, left, right, pos);
  meter.leave();
  return error;
}

function difference(meter: Meter, left: Value, right: Value, pos: Pos): NixError | undefined {
  if (isNumber(left) && isNumber(right)) {
    return failed(`${numberWords(left)} is not equal to ${numberWords(right)}`);
  }
  if (isString(left) && isString(right)) {
    return failed(`string '${describe(left)}' is not equal to string '${describe(right)}'`);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return failed(`boolean '${left}' is not equal to boolean '${right}'`);
  }
  if (left instanceof NixPath && right instanceof NixPath) {
    return failed(`path '${describe(left)}' is not equal to path '${describe(right)}'`);
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return listDifference(meter, left, right, pos);
  }
  if (left instanceof Attrs && right instanceof Attrs) {
    return attrsDifference(meter, left, right, pos);
  }
  if (isFunction(left) && isFunction(right)) {
    return failed('distinct functions and immediate comparisons of identical functions compare as unequal');
  }
  return failed(
    `${typeName(left)} of value '${describe(left)}' is not equal to ${typeName(right)} of value '${describe(right)}'`,
  );
}

function listDifference(meter: Meter, left: readonly Slot[], right: readonly Slot[], pos: Pos): NixError | undefined {
  if (left.length !== right.length) {
    return failed(
      `list of size '${left.length}' is not equal to list of size '${right.length}', ` +
        `left hand side is '${describe(left)}', right hand side is '${describe(right)}'`,
    );
  }
  const i = left.findIndex((item, at) => !equalSlots(meter, item, right[at]!, pos));
  const inner = i < 0 ? undefined : explainDifference(meter, force(left[i]!), force(right[i]!), pos);
  return inner?.within(`while comparing list element ${i}`, undefined);
}

function attrsDifference(meter: Meter, left: Attrs, right: Attrs, pos: Pos): NixError | undefined {
  if (isDerivation(left) && isDerivation(right)) {
    const a = left.get('outPath');
    const b = right.get('outPath');
    if (a !== undefined && b !== undefined) {
      return explainDifference(meter, force(a), force(b), pos)?.within(
        "while comparing a derivation by its 'outPath' attribute",
        undefined,
      );
    }
  }
  const names = left.names();
  if (names.length !== right.size) {
    return failed(
      `attribute names of attribute set '${describe(left)}' differs from attribute set '${describe(right)}'`,
    );
  }
  const alone = names.find((name) => right.get(name) === undefined);
  if (alone !== undefined) {
    return failed(
      `attribute name '${shownName(alone)}' is contained in '${describe(left)}', but not in '${describe(right)}'`,
    );
  }
  const name = names.find((name) => !equalSlots(meter, left.get(name)!, right.get(name)!, pos));
  if (name === undefined) {
    return undefined;
  }
  return explainDifference(meter, force(left.get(name)!), force(right.get(name)!), pos)
    ?.within('where right hand side is', right.positionOf(name))
    .within('where left hand side is', left.positionOf(name))
    .within(`while comparing attribute '${shownName(name)}'`, undefined);
}

function failed(message: string): NixError {
  return new NixError('assert', message);
}

function isNumber(value: Value): value is number | bigint | NixFloat {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof NixFloat;
}

function numberWords(value: number | bigint | NixFloat): string {
  return `${typeName(value)} with value '${describe(value)}'`;
}

function isString(value: Value): value is string | NixString {
  return typeof value === 'string' || value instanceof NixString;
}
