import { detached } from '../host/text';
import type { Evidence } from '../model/evidence';

/** What one source knows of one copy. */
interface Reading {
  readonly version: string;
  readonly evidence: Evidence;
}

/**
 * How a source answers. `absent`: it has nothing to say here; `failed`: it should have, and could not be read;
 * `skipped`: it was not asked. A source never throws.
 */
export type Answer =
  | { readonly status: 'found'; readonly reading: Reading }
  | { readonly status: 'absent' }
  | { readonly status: 'failed' | 'skipped'; readonly code: string; readonly reason: string };

export const ABSENT: Answer = { status: 'absent' };

/** A found version with where it stood. */
export function found(version: string, kind: Evidence['kind'], source: string, detail?: string): Answer {
  const evidence = detail === undefined ? { kind, source } : { kind, source, detail: detached(oneLine(detail)) };
  return { status: 'found', reading: { version: detached(version), evidence } };
}

/** A source that should have told and could not. */
export function failed(code: string, reason: string): Answer {
  return { status: 'failed', code, reason };
}

/** A source that was not asked, and why. */
export function skipped(code: string, reason: string): Answer {
  return { status: 'skipped', code, reason };
}

const DETAIL_LIMIT = 200;

/** Text for evidence: its first line that is not blank, without control characters, at most 200 characters. */
function oneLine(text: string): string {
  const line = text.split(/[\r\n]+/).find((candidate) => candidate.trim() !== '') ?? '';
  const clean = line.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ').trim();
  return clean.length > DETAIL_LIMIT ? `${clean.slice(0, DETAIL_LIMIT - 1)}…` : clean;
}
