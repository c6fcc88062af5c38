import { Attrs, attrsFrom } from './attrs';
import { decodeUtf8, encodeUtf8 } from './bytes';
import { typeName } from './describe';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { nearNames } from './near-names';
import { Lambda, Opaque, type Slot, type Value } from './value';

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
  for (const part of splitPath(path)) {
    const called = autoCall(evaluator, value, args);
    value = called instanceof Opaque ? called.member(part) : selectPart(called, part, path);
  }
  return value;
}

function selectPart(value: Value, part: string, path: string): Slot {
  const index = /^[0-9]+$/.test(part) ? Number(part) : undefined;
  const shown = `selection path '${path}'`;
  if (index !== undefined ? !Array.isArray(value) : !(value instanceof Attrs)) {
    const kind = index === undefined ? 'set' : 'list';
    throw new NixError('type', `the expression selected by the ${shown} should be a ${kind} but is ${typeName(value)}`);
  }
  const member: Slot | undefined =
    value instanceof Attrs ? value.get(part) : (value as readonly Slot[])[index as number];
  if (member !== undefined) {
    return member;
  }
  if (!(value instanceof Attrs)) {
    throw new NixError('eval', `list index ${index} in ${shown} is out of range`);
  }
  const error = new NixError('missing-attribute', `attribute '${decodeUtf8(part)}' in ${shown} not found`);
  error.suggest = () => value.suggest(part) ?? nearNames(value.names(), part);
  throw error;
}

/** The names in a path; those in quotes may have dots. */
function splitPath(path: string): string[] {
  if (path.split('"').length % 2 === 0) {
    throw new NixError('eval', `missing closing quote in selection path '${path}'`);
  }
  return [...encodeUtf8(path).matchAll(/"([^"]*)"|([^."]+)/g)].map((match) => match[1] ?? match[2]!).filter(Boolean);
}
