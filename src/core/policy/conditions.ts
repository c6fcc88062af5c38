import type { DiffRow } from '../model/diff';
import { nearWords } from '../near-words';

/** What `--fail-on` and a policy's `fail-on` understand. */
const CONDITIONS: Readonly<Record<string, (row: DiffRow) => boolean>> = {
  drift: ({ status }) => status === 'drift',
  major: ({ status, drift }) => status === 'drift' && drift === 'major',
  minor: ({ status, drift }) => status === 'drift' && (drift === 'major' || drift === 'minor'),
  missing: ({ status }) => status === 'missing',
  hidden: ({ status }) => status === 'shadowed',
  unknown: ({ status }) => status === 'unknown',
  extra: ({ status }) => status === 'extra',
  any: ({ status }) => status !== 'match' && status !== 'extra',
  never: () => false,
};

/** Whether a row makes an audit fail. */
export type Condition = (row: DiffRow) => boolean;

/** The condition of a word; `undefined` for a word that is none. */
export function conditionOf(word: string): Condition | undefined {
  return Object.hasOwn(CONDITIONS, word) ? CONDITIONS[word] : undefined;
}

/** For a word that is no condition: the nearest ones, and all there are. */
export function conditionHint(word: string): string {
  const known = Object.keys(CONDITIONS);
  const near = nearWords(word, known);
  return `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}It takes ${known.join(', ')}.`;
}
