import type { PathContextId } from '../model/snapshot';

/** What a context is called. */
export const CONTEXT_TITLES: Readonly<Record<PathContextId, string>> = {
  process: 'This process',
  login: 'Login shell',
  interactive: 'Terminal',
  desktop: 'Desktop',
  shell: 'Dev shell',
};

/** The same inside of a sentence: "node is 20.11.0 in your terminal". */
export const CONTEXT_PHRASES: Readonly<Record<PathContextId, string>> = {
  process: 'in this process',
  login: 'in a login shell',
  interactive: 'in your terminal',
  desktop: 'when launched from the desktop',
  shell: 'in the dev shell',
};
