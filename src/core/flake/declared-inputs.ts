import type { Position } from '../model/problem';
import { Attrs, decodeUtf8, type Evaluator, NixPath, type Slot, type Value } from '../nix';
import { type FlakeRef, parseFlakeUrl, type RefAttribute } from './flake-ref';
import { textOf } from './session';

/** One input as `flake.nix` declares it. */
export interface DeclaredInput {
  readonly name: string;
  /** Absent for `follows`, and for a declaration that has only overrides (the registry's flake of that name). */
  readonly ref?: FlakeRef;
  /** The URL as written, when there is one. */
  readonly url?: string;
  /** Path of input names from the root. */
  readonly follows?: readonly string[];
  readonly isFlake: boolean;
  /** Inputs of this input that follow others: name → path of input names from the root. */
  readonly overrides?: ReadonlyMap<string, readonly string[]>;
  readonly position?: Position;
}

/**
 * What `flake.nix` says of its inputs: the attribute `inputs`, and arguments of `outputs` that are not declared there
 * (Nix takes those from the registry by their name).
 *
 * @param flake the value of `flake.nix`
 * @throws NixError for a declaration that cannot be evaluated
 */
export function declaredInputs(evaluator: Evaluator, flake: Attrs): ReadonlyMap<string, DeclaredInput> {
  const found = new Map<string, DeclaredInput>();
  const slot = flake.get('inputs');
  const inputs = slot === undefined ? undefined : evaluator.force(slot);
  if (inputs instanceof Attrs) {
    for (const bytes of inputs.names()) {
      const name = decodeUtf8(bytes);
      const position = inputs.positionOf(bytes)?.toPosition();
      found.set(name, declared(evaluator, name, inputs.get(bytes)!, position));
    }
  }
  for (const name of argumentNames(evaluator, flake.get('outputs'))) {
    if (name !== 'self' && !found.has(name)) {
      found.set(name, { name, ref: { type: 'indirect', attributes: { id: name } }, isFlake: true });
    }
  }
  return found;
}

function declared(evaluator: Evaluator, name: string, slot: Slot, position: Position | undefined): DeclaredInput {
  const value = evaluator.force(slot);
  const place = position === undefined ? {} : { position };
  if (!(value instanceof Attrs)) {
    return { name, ref: indirect(name), isFlake: true, ...place };
  }
  const member = (key: string): Value | undefined => {
    const found = value.get(key);
    return found === undefined ? undefined : evaluator.force(found);
  };
  const follows = textOf(member('follows') ?? null);
  const isFlake = member('flake') !== false;
  if (follows !== undefined) {
    return { name, follows: inputPath(follows), isFlake, ...place };
  }
  const overrides = overridesOf(evaluator, member('inputs'));
  const more = { ...(overrides.size === 0 ? {} : { overrides }), ...place };
  const given = member('url');
  const url = given instanceof NixPath ? `path:${given.path}` : textOf(given ?? null);
  if (url !== undefined) {
    const text = decodeUtf8(url);
    const ref = parseFlakeUrl(text);
    return { name, url: text, isFlake, ...(ref === undefined ? {} : { ref }), ...more };
  }
  const attributes: Record<string, RefAttribute> = {};
  for (const key of value.names()) {
    if (key === 'inputs' || key === 'flake' || key === 'type') {
      continue;
    }
    const attribute = member(key);
    const text = textOf(attribute ?? null);
    if (text !== undefined) {
      attributes[key] = decodeUtf8(text);
    } else if (typeof attribute === 'number' || typeof attribute === 'boolean') {
      attributes[key] = attribute;
    }
  }
  const type = textOf(member('type') ?? null);
  return { name, ref: type === undefined ? indirect(name) : { type, attributes }, isFlake, ...more };
}

/** `inputs.<name>.follows` below an input. */
function overridesOf(evaluator: Evaluator, inputs: Value | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const name of inputs instanceof Attrs ? inputs.names() : []) {
    const value = evaluator.force((inputs as Attrs).get(name)!);
    const follows = value instanceof Attrs ? value.get('follows') : undefined;
    const text = follows === undefined ? undefined : textOf(evaluator.force(follows));
    if (text !== undefined) {
      found.set(decodeUtf8(name), inputPath(text));
    }
  }
  return found;
}

function inputPath(text: string): readonly string[] {
  return decodeUtf8(text)
    .split('/')
    .filter((part) => part !== '');
}

function indirect(name: string): FlakeRef {
  return { type: 'indirect', attributes: { id: name } };
}

/** Names in the argument pattern of a function, without calling it. */
function argumentNames(evaluator: Evaluator, slot: Slot | undefined): readonly string[] {
  if (slot === undefined) {
    return [];
  }
  const functionArgs = evaluator.builtins.get('functionArgs');
  const names = functionArgs === undefined ? null : evaluator.callFunction(functionArgs, [slot]);
  return names instanceof Attrs ? names.names().map(decodeUtf8) : [];
}
