import { ProblemError } from '../core/model/problem';
import type { CliIo } from './io';

/** Until the year 9999: later ones have no place in the formats that reports are written in. */
const LAST_SECOND = 253_402_300_799;

/**
 * The time that reports carry: now, or what `SOURCE_DATE_EPOCH` says (reproducible-builds.org), so that the same facts
 * give the same bytes.
 *
 * @throws ProblemError `source-date-epoch` for what is no such number: who sets it wants nothing else, says its specification
 */
export function reportTime({ env, now }: Pick<CliIo, 'env' | 'now'>): Date {
  const epoch = env['SOURCE_DATE_EPOCH'] ?? '';
  if (epoch === '') {
    return now();
  }
  if (!/^\d{1,12}$/.test(epoch) || Number(epoch) > LAST_SECOND) {
    throw new ProblemError({
      code: 'source-date-epoch',
      message: `SOURCE_DATE_EPOCH is "${epoch.slice(0, 40)}", which is no time.`,
      hint: 'Set it to whole seconds since 1970, such as the output of "git log -1 --format=%ct", or unset it.',
    });
  }
  return new Date(Number(epoch) * 1000);
}
