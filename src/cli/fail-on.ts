import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import { conditionHint, conditionOf } from '../core/policy/conditions';
import type { ExitCode } from './io';

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
    const condition = conditionOf(word);
    if (condition === undefined) {
      throw new ProblemError({
        code: 'fail-on-unknown',
        message: `fail-on does not know "${word}".`,
        hint: `${conditionHint(word)} Put commas between.`,
      });
    }
    return condition;
  });
  return ({ rows }) => (rows.some((row) => conditions.some((condition) => condition(row))) ? 1 : 0);
}
