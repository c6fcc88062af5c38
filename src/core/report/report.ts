import type { Catalog } from '../catalog';
import { categoryTitle } from '../catalog/categories';
import type { Audit } from '../model/audit';
import type { ChecklistProgress } from '../model/checklist';
import type { Actual, DiffRow, DiffSummary, Expected, RowStatus } from '../model/diff';
import type { Position, Problem } from '../model/problem';
import { plain } from './plain';

/** One row, in words that are ready to show. Every text went through {@link plain}; none is escaped for a format. */
export interface ReportRow {
  readonly row: DiffRow;
  readonly status: RowStatus;
  readonly title: string;
  readonly categoryTitle: string;
  /** `20.11.1`, `≈ 20.11.1`, `1.2 – 1.4`, `?`; empty for extras. */
  readonly expected: string;
  /** `18.19.0`, `?` for a copy without a version, empty when no copy wins. */
  readonly actual: string;
  /** How far apart, `major`, `minor` or `patch`; `accepted` for what a policy or baseline agrees to; else empty. */
  readonly badge: string;
  readonly reason: string;
  /** `flake.nix:23:13`, empty when it is not known. */
  readonly place: string;
}

export interface ReportGroup {
  readonly title: string;
  /** What the flake asks for, in the diff's order. */
  readonly rows: readonly ReportRow[];
  readonly counts: Readonly<Record<RowStatus, number>>;
}

/** What every exporter is given: one model for all formats. */
export interface Report {
  /** The flake's folder: `python-service`. */
  readonly title: string;
  readonly summary: DiffSummary;
  /** ISO 8601: when the report was made. */
  readonly generatedAt: string;
  /** `Lockstep 0.1.0`. */
  readonly generator: string;
  /** What was compared with what: label and value, for a header. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What the flake asks for, by category. */
  readonly groups: readonly ReportGroup[];
  /** The same rows without groups. */
  readonly rows: readonly ReportRow[];
  /** What only the machine has. */
  readonly extras: readonly ReportRow[];
  readonly findings: readonly Problem[];
  /** What redaction took out, by kind; empty without redaction. */
  readonly redactions: Readonly<Record<string, number>>;
  /** What is remembered of the checklist; absent where nobody keeps one. */
  readonly progress?: ChecklistProgress;
  readonly audit: Audit;
}

export interface ReportOptions {
  readonly catalog: Pick<Catalog, 'categories'>;
  /** Seconds matter less than being given: nothing here reads a clock. */
  readonly generatedAt: Date;
  readonly version: string;
  readonly redactions?: Readonly<Record<string, number>>;
  readonly progress?: ChecklistProgress | undefined;
}

/** Makes the one model that all formats are written from. */
export function createReport(audit: Audit, options: ReportOptions): Report {
  const { catalog, generatedAt, version, redactions = {}, progress } = options;
  const all = withOwnTitles(audit.rows.map((row) => toReportRow(row, categoryTitle(row.category, catalog.categories))));
  const rows = all.filter(({ status }) => status !== 'extra');
  return {
    title: plain(baseName(audit.target.flake.path)),
    summary: audit.summary,
    generatedAt: `${generatedAt.toISOString().slice(0, 19)}Z`,
    generator: `Lockstep ${version}`,
    facts: factsOf(audit),
    groups: groupsOf(rows),
    rows,
    extras: all.filter(({ status }) => status === 'extra'),
    findings: [...audit.findings, ...audit.target.findings],
    redactions,
    ...(progress === undefined ? {} : { progress }),
    audit,
  };
}

/**
 * A flake may ask for one tool twice (`go` and `go_1_22`): the attribute tells the two apart, or else the place. Programs
 * that read reports take what has one name for one thing.
 */
function withOwnTitles(rows: readonly ReportRow[]): readonly ReportRow[] {
  const apart = [
    ({ title }: ReportRow) => title,
    ({ title, row }: ReportRow) => `${title} (${plain(row.expected?.attribute ?? row.tool)})`,
    ({ title, row, place }: ReportRow) => `${title} (${plain(row.expected?.attribute ?? row.tool)}, ${place})`,
  ];
  return apart.reduce<readonly ReportRow[]>((named, name, step) => {
    const counts = new Map<string, number>();
    for (const { title } of named) {
      counts.set(title, (counts.get(title) ?? 0) + 1);
    }
    return named.map((row, index) => {
      const original = rows[index] ?? row;
      const isTwice = (counts.get(row.title) ?? 0) > 1 && (step < 2 || original.place !== '');
      return isTwice ? { ...row, title: name(original) } : row;
    });
  }, rows);
}

function toReportRow(row: DiffRow, category: string): ReportRow {
  const { expected, actual, drift, status } = row;
  return {
    row,
    status,
    title: plain(row.title),
    categoryTitle: category,
    expected: plain(expectedText(expected)),
    actual: plain(actualText(actual)),
    badge: row.accepted !== undefined ? 'accepted' : status === 'drift' && drift !== 'other' ? (drift ?? '') : '',
    reason: plain(row.reason),
    place: plain(placeText(expected?.position)),
  };
}

/** `≈` says that a version is likely, not certain. */
function expectedText(expected: Expected | undefined): string {
  if (expected === undefined) {
    return '';
  }
  const { version, certainty } = expected;
  return version === undefined ? '?' : certainty === 'estimate' ? `≈ ${version}` : version;
}

function actualText(actual: Actual | undefined): string {
  return actual === undefined ? '' : (actual.version ?? '?');
}

/** `file:line:column`; empty where there is no place. */
export function placeText(position: Position | undefined): string {
  return position === undefined ? '' : `${position.file}:${position.line}:${position.column}`;
}

/**
 * A file of the flake as code hosts name it: from the top of its repository, with `/`. What is elsewhere keeps its path.
 */
export function repositoryPath(file: string, { path, directory }: Audit['target']['flake']): string {
  const forward = file.replaceAll('\\', '/');
  const folder = path.replaceAll('\\', '/');
  const inside = forward.startsWith(`${folder}/`) ? forward.slice(folder.length + 1) : forward;
  return directory === undefined || isElsewhere(inside) ? inside : `${directory}/${inside}`;
}

/** An absolute path, or one from a home. */
export function isElsewhere(path: string): boolean {
  return /^(?:\/|~|[A-Za-z]:)/.test(path);
}

function groupsOf(rows: readonly ReportRow[]): readonly ReportGroup[] {
  const groups = new Map<string, ReportRow[]>();
  for (const row of rows) {
    // By what a reader sees: categories that nobody knows are one.
    const group = groups.get(row.categoryTitle);
    if (group === undefined) {
      groups.set(row.categoryTitle, [row]);
    } else {
      group.push(row);
    }
  }
  return [...groups].map(([title, members]) => {
    const counts: Record<RowStatus, number> = { match: 0, drift: 0, missing: 0, extra: 0, shadowed: 0, unknown: 0 };
    for (const { status } of members) {
      counts[status] += 1;
    }
    return { title, rows: members, counts };
  });
}

function factsOf({ snapshot, target, shell }: Audit): Report['facts'] {
  const { host } = snapshot;
  const nixpkgs = target.flake.inputs.find(({ name }) => name === 'nixpkgs');
  const facts: (readonly [string, string | undefined])[] = [
    ['Flake', target.flake.path],
    ['Shell', target.shells[shell]?.output ?? shell],
    ['System', target.system],
    ['Nixpkgs', nixpkgs === undefined ? undefined : nixpkgsText(nixpkgs)],
    ['Machine', host.name ?? (host.source === 'local' ? undefined : host.source)],
    [
      'Operating system',
      [host.distribution ?? host.os, host.release, host.arch].filter((part) => part !== undefined).join(' '),
    ],
    ['Read at', `${snapshot.takenAt.slice(0, 16).replace('T', ' ')} UTC`],
    ['Versions from', target.evaluator === 'nix' ? 'Nix on this machine' : "Lockstep's evaluator and version index"],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, plain(value)] as const]));
}

function nixpkgsText({ url, revision, lastModified }: Audit['target']['flake']['inputs'][number]): string {
  const parts = [url];
  if (revision !== undefined && !url.includes(revision)) {
    parts.push(`at ${revision.slice(0, 12)}`);
  }
  if (lastModified !== undefined) {
    parts.push(`of ${lastModified.slice(0, 10)}`);
  }
  return parts.join(' ');
}

function baseName(path: string): string {
  const name = path
    .replace(/[/\\]+$/, '')
    .split(/[/\\]/)
    .pop();
  return name === undefined || name === '' ? path : name;
}
