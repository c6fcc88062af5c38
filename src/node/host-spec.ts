import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from '../core/host/host';
import { readRecording } from '../core/host/read-recording';
import { recordedHost } from '../core/host/recorded-host';
import { ProblemError } from '../core/model/problem';
import { localHost } from './local-host';

const RECORDING_LIMIT = 64 * 1024 * 1024;

/**
 * Opens the host that a word names: `local`, `recorded:FILE.json`.
 *
 * @param cwd relative paths start here
 * @throws ProblemError `host-unknown`, `host-not-found`, `host-unreadable`
 */
export function openHost(spec: string, cwd: string, env: Readonly<Record<string, string | undefined>>): Host {
  const [, kind, place] = /^(\w+):(.+)$/s.exec(spec) ?? [spec, spec, ''];
  switch (kind) {
    case 'local':
      return localHost(env);
    case 'recorded':
      return openRecording(resolve(cwd, place!));
    default:
      throw new ProblemError({
        code: 'host-unknown',
        message: `There is no host "${spec}".`,
        hint: 'Write --host local or recorded:FILE.json.',
      });
  }
}

function openRecording(path: string): Host {
  let text: string;
  try {
    if (statSync(path).size > RECORDING_LIMIT) {
      throw new ProblemError({
        code: 'host-unreadable',
        message: `${path} is larger than 64 MiB, which no recording is.`,
      });
    }
    text = readFileSync(path, 'utf8');
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
