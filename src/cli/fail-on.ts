import type { Audit } from '../core/model/audit';
import type { DiffRow } from '../core/model/diff';
import { ProblemError } from '../core/model/problem';
import { nearWords } from '../core/near-words';
import type { ExitCode } from './io';

/** What `--fail-on` understands. */
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

const DEFAULT = 'drift,missing,hidden';

/** Decides 0 or 1 from the rows of an audit. */
export type FailOn = (audit: Audit) => ExitCode;

/**
 * Reads `--fail-on drift,missing`; `minor` stands for minor and larger drift.
 *
 * @throws ProblemError `fail-on-unknown`
 */
export function parseFailOn(text: string = DEFAULT): FailOn {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const conditions = words.map((word) => {
    const condition = Object.hasOwn(CONDITIONS, word) ? CONDITIONS[word] : undefined;
    if (condition === undefined) {
      const known = Object.keys(CONDITIONS);
      const near = nearWords(word, known);
      throw new ProblemError({
        code: 'fail-on-unknown',
        message: `fail-on does not know "${word}".`,
        hint: `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}It takes ${known.join(', ')}, with commas between.`,
      });
    }
    return condition;
  });
  return ({ rows }) => (rows.some((row) => conditions.some((condition) => condition(row))) ? 1 : 0);
}
