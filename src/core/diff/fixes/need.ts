import type { Tool } from '../../catalog';
import type { RowStatus } from '../../model/diff';
import type { Installation } from '../../model/snapshot';
import { versionFixedByAttribute } from '../fixed-by-attribute';
import type { Requirement } from '../requirements';

/** One row, as far as fixes need it. */
export interface Need {
  readonly tool: Tool | undefined;
  readonly requirement: Requirement;
  readonly status: RowStatus;
  /** The copy that a shell starts. */
  readonly winner: Installation | undefined;
  /** For hidden rows: the copy with the right version. */
  readonly hidden: Installation | undefined;
}

/**
 * The version to ask a package manager for: the exact or the most likely one. `undefined` when only a range or nothing
 * is known, and for anything that does not look like a version, since it comes from the flake and goes to a shell.
 */
export function pinOf({ requirement: { expected } }: Need): string | undefined {
  const { version, certainty } = expected;
  const usable = certainty === 'exact' || certainty === 'estimate';
  return usable && version !== undefined && /^\d[A-Za-z0-9.+_-]{0,60}$/.test(version) ? version : undefined;
}

/** The first one or two numbers of what is asked, for managers with a package a release line: `3.11`, `20`. */
export function lineOf(need: Need, parts: 1 | 2): string | undefined {
  const version = pinOf(need) ?? versionFixedByAttribute(need.requirement.expected.attribute);
  const numbers = version?.match(/^\d+(?:\.\d+)?/)?.[0].split('.');
  return numbers === undefined || numbers.length < parts ? undefined : numbers.slice(0, parts).join('.');
}
