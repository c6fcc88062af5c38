import * as v from 'valibot';
import type { Audit } from '../model/audit';
import { type Problem, ProblemError } from '../model/problem';
import { documentSchemas } from '../model/schemas';
import type { Snapshot } from '../model/snapshot';
import type { Target } from '../model/target';
import { upgradeDocument } from './upgrade-document';

/** Largest file that is read: a real audit has well under one megabyte. */
export const DOCUMENT_BYTES_LIMIT = 64 * 1024 * 1024;

/** A document that Lockstep wrote, checked, with its kind. */
export type LockstepDocument =
  | { readonly kind: 'snapshot'; readonly document: Snapshot }
  | { readonly kind: 'target'; readonly document: Target }
  | { readonly kind: 'audit'; readonly document: Audit };

/**
 * Reads a snapshot, target or audit that was written as JSON, perhaps by somebody else.
 *
 * @param text the whole file
 * @param name how the file is called in messages
 * @throws ProblemError `document-too-large`, `document-truncated`, `document-not-json`, `document-unknown`,
 *   `document-later` (of a later version of the format) or `document-invalid` (with the first keys that are wrong)
 */
export function readDocument(text: string, name: string): LockstepDocument {
  if (text.length > DOCUMENT_BYTES_LIMIT) {
    throw refuse('document-too-large', `${name} is larger than 64 MiB, which no snapshot or audit is.`);
  }
  const value = parse(text, name);
  const kind = kindOf(value, name);
  const result = v.safeParse(documentSchemas[`lockstep.${kind}`], upgradeDocument(kind, value));
  if (!result.success) {
    throw refuse(
      'document-invalid',
      `${name} says that it is a Lockstep ${kind}, but ${describe(result.issues[0])}.`,
      'Write it again with the lockstep that made it, rather than by hand.',
      result.issues.slice(0, 10).map(describe).join('\n'),
    );
  }
  return { kind, document: result.output } as LockstepDocument;
}

function parse(text: string, name: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (body.trim() === '') {
    throw refuse('document-truncated', `${name} is empty.`);
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    const end = body.trimEnd();
    if (/^\s*[[{]/.test(body) && !/[}\]]$/.test(end)) {
      throw refuse('document-truncated', `${name} stops in the middle: it was not written or copied to its end.`);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw refuse('document-not-json', `${name} is not JSON.`, undefined, why.slice(0, 300));
  }
}

type Kind = LockstepDocument['kind'];

function kindOf(value: unknown, name: string): Kind {
  const schema =
    typeof value === 'object' && value !== null && 'schema' in value && typeof value.schema === 'string'
      ? value.schema
      : '';
  const [, kind, version] = /^lockstep\.(snapshot|target|audit)\/(\d{1,9}(?:[.+-][\w.+-]{1,40})?)$/.exec(schema) ?? [];
  // Formats are counted from 1.
  if (kind === undefined || version === undefined || /^0+(?!\d)/.test(version)) {
    throw refuse(
      'document-unknown',
      `${name} is not a Lockstep snapshot, target or audit: its key "schema" ${schema === '' ? 'is missing' : `is ${JSON.stringify(schema.slice(0, 60))}`}.`,
    );
  }
  if (version !== '1') {
    throw refuse(
      'document-later',
      `${name} was written by a later Lockstep (format ${kind}/${version}; this one reads ${kind}/1).`,
      'Update Lockstep, then open it again.',
    );
  }
  return kind as Kind;
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const message = issue.message.slice(0, 200).replace(/\s+/g, ' ');
  return path === null ? message : `"${path.slice(0, 120)}" is wrong: ${message}`;
}

function refuse(code: string, message: string, hint?: string, detail?: string): ProblemError {
  const problem: Problem = {
    code,
    message,
    hint: hint ?? 'Give a file that `lockstep snapshot --json` or `lockstep audit --json` wrote.',
    ...(detail === undefined ? {} : { detail }),
  };
  return new ProblemError(problem);
}
