import type { CliIo } from './io';

/**
 * The time that reports carry: now, or what `SOURCE_DATE_EPOCH` says (reproducible-builds.org), so that the same facts
 * give the same bytes.
 */
export function reportTime({ env, now }: CliIo): Date {
  const epoch = env['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now();
}
