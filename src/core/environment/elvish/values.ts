import type { Scope } from '../shell/scope';
import { hole, isUnknown } from '../shell/world';
import type { ElvishChunk } from './parse';

/** A function without a name. */
export interface Lambda {
  readonly parameters: readonly string[];
  readonly body: ElvishChunk;
}

/** A value; a text may be a hole. */
export type Value = string | boolean | readonly Value[] | Lambda;

/** Values of one command, and rounds of one loop. */
export const MAX_VALUES = 2_000;

/** What is known beside the variables of the environment, which are the scope's. */
export interface Elvish {
  readonly scope: Scope;
  readonly variables: Map<string, Value>;
  /** Calls a lambda: gives what it puts. */
  readonly call: (elvish: Elvish, lambda: Lambda, given: readonly Value[], input: readonly Value[]) => readonly Value[];
}

/** A value as a condition; undefined where it is not known. */
export function truth(value: Value | undefined): boolean | undefined {
  return typeof value === 'string' && isUnknown(value) ? undefined : value !== false && value !== undefined;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isLambda(value: Value): value is Lambda {
  return typeof value === 'object' && !isList(value);
}

export function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

export function texts(elvish: Elvish, values: readonly Value[]): readonly string[] {
  return values.map((value) => textOf(elvish, value));
}

export function textOf({ scope }: Elvish, value: Value): string {
  return typeof value === 'string' ? value : typeof value === 'boolean' ? `$${value}` : hole(scope.world, 'a list');
}
