import type { Host } from '../core/host/host';
import { readRecording } from '../core/host/read-recording';
import { recordedHost } from '../core/host/recorded-host';
import { ProblemError } from '../core/model/problem';
import { readBounded } from './bounded-file';

const RECORDING_LIMIT = 64 * 1024 * 1024;

/**
 * A recorded tree from a JSON file, as a host.
 *
 * @throws ProblemError `host-not-found`, `host-unreadable`, `recording-broken`
 */
export function openRecording(path: string): Host {
  let text: string;
  try {
    const bytes = readBounded(path, RECORDING_LIMIT);
    if (bytes === undefined) {
      throw new ProblemError({
        code: 'host-unreadable',
        message: `${path} is larger than 64 MiB, which no recording is.`,
        hint: 'Give the JSON file of a recorded tree.',
      });
    }
    text = bytes.toString('utf8');
  } catch (error) {
    throw error instanceof ProblemError
      ? error
      : new ProblemError(
          {
            code: 'host-not-found',
            message: `The recording ${path} could not be read.`,
            hint: 'Check the name, and that you may read it.',
            detail: error instanceof Error ? error.message : String(error),
          },
          { cause: error },
        );
  }
  return recordedHost(readRecording(text, path));
}
