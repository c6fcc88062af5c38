import * as v from 'valibot';
import { ProblemError } from '../model/problem';
import type { Recording } from './recorded-host';

const mode = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0o7777)));

const entry = v.union([
  v.string(),
  v.strictObject({ exec: v.union([v.string(), v.literal(true)]) }),
  v.strictObject({ link: v.string() }),
  v.strictObject({ base64: v.string(), exec: v.optional(v.literal(true)) }),
  v.strictObject({ folder: v.literal(true), mode }),
  v.strictObject({ special: v.literal(true) }),
  v.strictObject({ denied: v.literal(true) }),
]);

const recording = v.object({
  name: v.string(),
  os: v.picklist(['linux', 'darwin', 'windows']),
  arch: v.string(),
  home: v.string(),
  env: v.record(v.string(), v.string()),
  files: v.record(v.string(), entry),
  registry: v.exactOptional(v.record(v.string(), v.record(v.string(), v.string()))),
});

/**
 * Reads a recorded tree from JSON.
 *
 * @param place what to call it in messages
 * @throws ProblemError `recording-broken`, with the key that is wrong
 */
export function readRecording(text: string, place: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken(place, `it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const result = v.safeParse(recording, value);
  if (!result.success) {
    const [issue] = result.issues;
    const key = v.getDotPath(issue) ?? 'the whole';
    throw broken(place, `${key}: ${issue.message}`);
  }
  // Optional keys that are absent stay absent, so this is the type.
  return result.output as Recording;
}

function broken(place: string, reason: string): ProblemError {
  return new ProblemError({
    code: 'recording-broken',
    message: `${place} is no recorded machine: ${reason}.`,
    hint: 'A recording has name, os, arch, home, env, and files: absolute path to entry.',
  });
}
