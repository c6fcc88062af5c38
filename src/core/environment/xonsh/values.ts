import { getText, type Scope } from '../shell/scope';
import { hole, isUnknown } from '../shell/world';

/** A value of Python; a text may be a hole. */
export type Value = string | number | boolean | null | readonly Value[];

/** The variables of the environment are the scope's; these are Python's. */
export interface Xonsh {
  readonly scope: Scope;
  readonly names: Map<string, Value>;
}

/** Items of one list. */
export const MAX_ITEMS = 2_000;
/** Variables that are lists of folders. */
export const LISTS = /(?:PATH|DIRS)$/;

/** Whether a value counts as true; undefined where it is not known. */
export function truth(value: Value): boolean | undefined {
  if (typeof value === 'string' && isUnknown(value)) {
    return undefined;
  }
  return isList(value) ? value.length > 0 : Boolean(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function asText({ scope }: Xonsh, value: Value | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : hole(scope.world, 'a value');
}

/** `~` and variables, which xonsh fills into entries of its lists of folders. */
export function expandPath(scope: Scope, text: string): string {
  const home = getText(scope, 'HOME') ?? scope.world.host.home;
  return text
    .split(':')
    .map((entry) => entry.replace(/^~(?=\/|$)/, home))
    .join(':')
    .replace(
      /\$(\w+)|\$\{(\w+)\}/g,
      (whole, plain?: string, braced?: string) => getText(scope, plain ?? braced ?? '') ?? whole,
    );
}

/** A variable of the environment, as xonsh gives it. */
export function variableOf(scope: Scope, name: string): Value {
  const text = getText(scope, name);
  return text === undefined
    ? hole(scope.world, `$${name}`)
    : LISTS.test(name)
      ? text.split(':').filter((entry) => entry !== '')
      : text;
}

/** Parts of a path put together: an absolute one begins anew. */
export function joined(parts: readonly string[]): string {
  return parts.reduce(
    (before, part) => (part.startsWith('/') || before === '' ? part : `${before.replace(/\/$/, '')}/${part}`),
    '',
  );
}

/** The folder of a path. */
export function pathParent(path: string): string {
  return path.replace(/\/[^/]*$/, '') || '/';
}
