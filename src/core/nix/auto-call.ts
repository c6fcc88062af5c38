import { Attrs, attrsFrom } from './attrs';
import { encodeUtf8 } from './bytes';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { Lambda, type Slot, type Value } from './value';

export type AutoArgs = readonly (readonly [name: string, value: Slot])[];

/**
 * Calls a function that names its arguments with those of `args` that it wants; anything else is given back as it is
 * (autoCallFunction).
 */
export function autoCall(evaluator: Evaluator, slot: Slot, args: AutoArgs): Value {
  const value = evaluator.force(slot);
  if (value instanceof Attrs) {
    const functor = value.get('__functor');
    return functor === undefined ? value : autoCall(evaluator, evaluator.callFunction(functor, [value]), args);
  }
  if (!(value instanceof Lambda) || value.info.formals === undefined) {
    return value;
  }
  const { formals } = value.info;
  const given = new Map<string, Slot>(formals.ellipsis ? args : []);
  const all = new Map(args);
  formals.names.forEach((name, i) => {
    const arg = all.get(name);
    if (arg !== undefined) {
      given.set(name, arg);
    } else if (formals.defaults[i] === undefined) {
      throw new NixError(
        'missing-argument',
        `cannot evaluate a function that has an argument without a value ('${name}')\nNix attempted to evaluate a function as a top level expression; in\nthis case it must have its arguments supplied either by default\nvalues, or passed explicitly with '--arg' or '--argstr'. See\nhttps://nix.dev/manual/nix/stable/language/syntax.html#functions.`,
        formals.positions[i],
      );
    }
  });
  return evaluator.callFunction(value, [attrsFrom(given)]);
}

/** Follows an attribute path such as `a."b.c".0`, calling functions on the way (findAlongAttrPath). */
export function selectPath(evaluator: Evaluator, root: Slot, path: string, args: AutoArgs): Slot {
  let value: Slot = root;
  for (const part of splitPath(encodeUtf8(path))) {
    const called = autoCall(evaluator, value, args);
    const index = /^[0-9]+$/.test(part) ? Number(part) : undefined;
    if (index !== undefined && Array.isArray(called)) {
      const item: Slot | undefined = called[index];
      if (item === undefined) {
        throw new NixError('eval', `list index ${index} in selection path '${path}' is out of range`);
      }
      value = item;
    } else if (called instanceof Attrs && called.get(part) === undefined) {
      throw new NixError('missing-attribute', `attribute '${part}' in selection path '${path}' not found`);
    } else {
      value = evaluator.select(called, [part]);
    }
  }
  return value;
}

function splitPath(path: string): string[] {
  const parts: string[] = [];
  for (const match of path.matchAll(/"([^"]*)"|([^."]+)/g)) {
    parts.push(match[1] ?? match[2]!);
  }
  return parts;
}
