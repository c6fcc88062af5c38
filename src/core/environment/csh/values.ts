import { own } from '../../own';
import { getText, type Scope, setValue } from '../shell/scope';
import { boundedJoin, hole } from '../shell/world';

/** The state of a csh: its own variables are lists of words, beside the environment. */
export interface Csh {
  readonly scope: Scope;
  readonly variables: Map<string, readonly string[]>;
  readonly aliases: Map<string, string>;
  /** What a command prints. */
  readonly capture: (csh: Csh, text: string) => string;
}

/** Ends all that is read: csh reads no further file after an error. */
export class CshError extends Error {
  /** `file:line` where it happened. */
  place = '';
}

export const MAX_WORDS = 2_000;

/** Variables of the shell that stand for those of the environment. */
const LINKED: Readonly<Record<string, string>> = { home: 'HOME', user: 'USER', term: 'TERM', cwd: 'PWD' };

/** The words of a variable, of the shell before the environment's; undefined where there is none. */
export function variableOf({ scope, variables }: Csh, name: string): readonly string[] | undefined {
  if (name === 'path') {
    const path = getText(scope, 'PATH') ?? '';
    return path === '' ? [] : path.split(':');
  }
  const known = variables.get(name);
  if (known !== undefined) {
    return known;
  }
  const text = getText(scope, own(LINKED, name) ?? name);
  return text === undefined ? undefined : [text];
}

/** Sets a variable of the shell, and with it the one of the environment that it stands for. */
export function setWords(csh: Csh, name: string, words: readonly string[]): void {
  const { scope, variables } = csh;
  if (name === 'path') {
    setValue(scope, 'PATH', boundedJoin(scope.world, words, ':'), true);
    return;
  }
  const linked = own(LINKED, name);
  if (linked !== undefined) {
    setValue(scope, linked, words.join(' '), true);
  }
  const size = words.reduce((total, word) => total + word.length, 0);
  scope.world.fuel -= Math.floor(size / 256);
  variables.set(name, size > 65_536 ? [hole(scope.world, 'a value grows beyond 64 KiB')] : words.slice(0, MAX_WORDS));
}
