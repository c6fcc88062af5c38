import * as v from 'valibot';
import type { DiffRow } from '../model/diff';
import { type Problem, ProblemError } from '../model/problem';
import { plainJson } from '../report/plain';

const BASELINE_SCHEMA = 'lockstep.baseline/1';

const short = v.pipe(v.string(), v.maxLength(4_096));

/** `lockstep.baseline/1`. */
export const baselineSchema = v.object({
  schema: v.literal(BASELINE_SCHEMA),
  createdAt: short,
  accepted: v.pipe(
    v.array(
      v.object({
        tool: short,
        attribute: v.exactOptional(short),
        status: v.picklist(['drift', 'missing', 'shadowed', 'unknown']),
        expected: v.exactOptional(short),
        actual: v.exactOptional(short),
        until: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day'))),
      }),
    ),
    v.maxLength(100_000),
  ),
});

/** Differences that were there on a day and are accepted; each holds only while both versions stay the same. */
export type Baseline = v.InferOutput<typeof baselineSchema>;

/** A baseline of every difference of today. */
export function createBaseline(rows: readonly DiffRow[], day: string): Baseline {
  return {
    schema: BASELINE_SCHEMA,
    createdAt: day,
    accepted: rows.flatMap((row) => {
      const status = row.accepted?.by === 'baseline' ? row.accepted.was : row.status;
      return status === 'match' || status === 'extra' ? [] : [{ ...identityOf(row), status }];
    }),
  };
}

/** A baseline as the text of its file. */
export function writeBaseline(baseline: Baseline): string {
  return plainJson(baseline);
}

/**
 * @param file how messages name the file
 * @throws ProblemError `baseline-invalid`
 */
export function readBaseline(text: string, file: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const result = v.safeParse(baselineSchema, value);
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new ProblemError({
    code: 'baseline-invalid',
    message: `${file} is no baseline${path === null ? '' : `: "${path}" is wrong`}.`,
    hint: 'Write it again with "lockstep audit --write-baseline FILE".',
    detail: issue.message.slice(0, 200),
  });
}

/** Rows that a baseline accepts become matches; what changed since, and what has expired, stays as it is. */
export function applyBaseline(rows: readonly DiffRow[], baseline: Baseline, today: string): readonly DiffRow[] {
  const accepted = new Map(baseline.accepted.map((entry) => [keyOf(entry), entry]));
  return rows.map((row) => {
    const { status } = row;
    if (status === 'match' || status === 'extra') {
      return row;
    }
    const entry = accepted.get(keyOf({ ...identityOf(row), status }));
    if (entry === undefined) {
      return row;
    }
    if (entry.until !== undefined && entry.until <= today) {
      return { ...row, reason: `${row.reason} The baseline accepted this until ${entry.until}.` };
    }
    return {
      ...row,
      status: 'match' as const,
      reason: `Accepted since ${baseline.createdAt}: ${row.reason}`,
      accepted: {
        by: 'baseline' as const,
        was: status,
        reason: row.reason,
        ...(entry.until === undefined ? {} : { until: entry.until }),
      },
    };
  });
}

/**
 * What is to be said of a baseline itself: that differences which it accepts are gone, so that nobody carries them along.
 *
 * @param rows as they were before it was applied
 */
export function baselineFindings(rows: readonly DiffRow[], { accepted }: Baseline, file: string): readonly Problem[] {
  const present = new Set(rows.map((row) => keyOf({ ...identityOf(row), status: row.accepted?.was ?? row.status })));
  const gone = accepted.filter((entry) => !present.has(keyOf(entry))).length;
  if (gone === 0) {
    return [];
  }
  const them = accepted.length === 1 ? 'The difference' : `${gone} of ${accepted.length} differences`;
  return [
    {
      code: 'baseline-stale',
      message:
        gone === accepted.length && gone > 1
          ? `None of the ${gone} differences that ${file} accepts is here: it may be of another flake or machine, or out of date.`
          : `${them} that ${file} accepts ${gone === 1 ? 'is' : 'are'} no longer here.`,
      hint: 'Write it again with "lockstep audit --write-baseline FILE", so that it accepts no more than it has to.',
    },
  ];
}

function identityOf({ tool, expected, actual }: DiffRow) {
  return {
    tool,
    ...(expected === undefined ? {} : { attribute: expected.attribute }),
    ...(expected?.version === undefined ? {} : { expected: expected.version }),
    ...(actual?.version === undefined ? {} : { actual: actual.version }),
  };
}

type Entry = Pick<DiffRow, 'tool' | 'status'> & {
  readonly attribute?: string;
  readonly expected?: string;
  readonly actual?: string;
};

function keyOf({ tool, attribute, status, expected, actual }: Entry): string {
  return JSON.stringify([tool, attribute, status, expected, actual]);
}
