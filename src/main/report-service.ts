import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { version } from '../../package.json';
import { categories } from '../core/catalog/categories';
import type { Audit } from '../core/model/audit';
import type { ChecklistProgress } from '../core/model/checklist';
import { ProblemError } from '../core/model/problem';
import type { Snapshot } from '../core/model/snapshot';
import type { Report } from '../core/report';
import type { PdfFacts } from '../core/report/pdf';
import type { Printable } from '../core/report/printables';
import type { ReportFormat, ReportPreview, ReportRequest } from '../ipc/report';
import { reasonOf } from '../node/file-reasons';
import { makeFolder } from '../node/make-folder';
import { writeOutput } from '../node/output-file';
import { baseNameOf } from './flake-folder';

/** A preview shows the beginning, so many characters: a page of ten thousand rows would take seconds to lay out. */
const previewLimit = { text: 60_000, page: 600_000 };

/** A list of what is taken out that nobody can read helps nobody. */
const redactionLimit = 500;

/** Makes reports of audits. The exporters are loaded with the first one. */
export interface ReportService {
  /** The audit that the window shows. */
  audit(): Audit | undefined;
  setAudit(audit: Audit): void;
  formats(): Promise<ReportFormat[]>;
  /** The model that exporters write from, not redacted: for what stays in the window. */
  reportOf(audit: Audit): Promise<Report>;
  render(audit: Audit, request: ReportRequest): Promise<string>;
  /** A report for pasting: text for plain editors, HTML for rich ones. */
  clipboard(audit: Audit, what: 'report' | 'checklist', redact: boolean): Promise<{ text: string; html: string }>;
  preview(audit: Audit, request: ReportRequest): Promise<ReportPreview>;
  /** A path in `folder` that no file has yet. */
  suggestPath(audit: Audit, request: ReportRequest, folder: string): Promise<string>;
  suggestSnapshotPath(folder: string): string;
  /**
   * Writes what `lockstep snapshot --json` does.
   *
   * @throws ProblemError `report-not-written`
   */
  writeSnapshot(snapshot: Snapshot, redact: boolean, path: string): Promise<void>;
  /** @throws ProblemError `report-not-written` */
  write(audit: Audit, request: ReportRequest, path: string): Promise<void>;
}

type Print = (document: Printable, facts: Pick<PdfFacts, 'creator' | 'time'>) => Promise<Uint8Array>;

/**
 * @param now the clock
 * @param print makes a PDF of a document
 * @param env the variables that tell who the user is: what redaction takes out
 * @param progressOf what is remembered of an audit's checklist
 */
export function createReportService(
  now: () => Date,
  print: Print,
  env: Readonly<Record<string, string | undefined>>,
  progressOf: (audit: Audit) => ChecklistProgress | undefined,
): ReportService {
  let shown: Audit | undefined;
  const today = () => now().toISOString().slice(0, 10);

  async function make(whole: Audit, { format, redact: wanted, rows }: ReportRequest) {
    const audit = rows === undefined ? whole : { ...whole, rows: rows.flatMap((index) => whole.rows[index] ?? []) };
    const [{ createReport }, { countRemovals, identityOfEnvironment, redact }] = await Promise.all([
      import('../core/report'),
      import('../core/redact'),
    ]);
    const progress = format.startsWith('checklist') ? progressOf(audit) : undefined;
    const kept: Audit & { readonly progress?: ChecklistProgress } =
      progress === undefined ? audit : { ...audit, progress };
    const { document, removed } = wanted ? redact(kept, identityOfEnvironment(env)) : { document: kept, removed: [] };
    const { progress: redacted, ...rest } = document;
    const report = createReport(rest, {
      catalog: { categories },
      generatedAt: now(),
      version,
      redactions: countRemovals(removed),
      progress: redacted,
    });
    return { report, removed };
  }

  async function render(audit: Audit, request: ReportRequest): Promise<string> {
    const [{ report }, exporter] = await Promise.all([make(audit, request), exporterOf(request.format)]);
    return exporter.render(report);
  }

  return {
    audit: () => shown,
    setAudit: (audit) => {
      shown = audit;
    },
    formats: async () => {
      const [{ exporters }, { printedFormats }] = await Promise.all([
        import('../core/report'),
        import('../core/report/printables'),
      ]);
      const [page, ...others] = exporters;
      const all = [...(page === undefined ? [] : [page]), ...printedFormats, ...others];
      const isOfChecklist = ({ id }: { readonly id: string }) => id.startsWith('checklist');
      return [...all.filter((one) => !isOfChecklist(one)), ...all.filter(isOfChecklist)].map(
        ({ id, title, purpose, extension }) => ({ id, title, purpose, extension }),
      );
    },
    reportOf: async (audit) => {
      const { createReport } = await import('../core/report');
      return createReport(audit, { catalog: { categories }, generatedAt: now(), version });
    },
    render,
    clipboard: async (audit, what, redact) => {
      if (what === 'checklist') {
        const [text, html] = await Promise.all([
          render(audit, { format: 'checklist-issue', redact }),
          render(audit, { format: 'checklist-html', redact }),
        ]);
        return { text, html };
      }
      const [{ report }, { renderClipboard }, markdown] = await Promise.all([
        make(audit, { format: 'markdown', redact }),
        import('../core/report/html/clipboard'),
        exporterOf('markdown'),
      ]);
      return { text: markdown.render(report), html: renderClipboard(report) };
    },
    preview: async (audit, request) => {
      const [{ report, removed }, printed] = await Promise.all([make(audit, request), printedOf(request.format)]);
      const text =
        printed === undefined ? (await exporterOf(request.format)).render(report) : printed.print(report).html;
      const limit = text.startsWith('<!doctype html>') ? previewLimit.page : previewLimit.text;
      return {
        text: text.slice(0, limit),
        // How large a PDF gets is known when it is printed.
        ...(printed === undefined ? { bytes: Buffer.byteLength(text) } : {}),
        cut: text.length > limit,
        redactions: removed
          .slice(0, redactionLimit)
          .map(({ kind, original, replacement, count }) => ({ kind, original, replacement, count })),
      };
    },
    suggestPath: async (audit, { format }, folder) => {
      const { extension } = (await printedOf(format)) ?? (await exporterOf(format));
      const what = format.startsWith('checklist') ? 'lockstep-checklist' : 'lockstep';
      const name = `${what}-${baseNameOf(audit.target.flake.path)}-${today()}`;
      return freePath(folder, name, extension);
    },
    write: async (audit, request, path) => {
      const printed = await printedOf(request.format);
      const { report } = await make(audit, request);
      const data =
        printed === undefined
          ? (await exporterOf(request.format)).render(report)
          : await print(printed.print(report), { creator: report.generator, time: new Date(report.generatedAt) });
      writeTo(path, data, 'report');
    },
    suggestSnapshotPath: (folder) => freePath(folder, `lockstep-snapshot-${today()}`, 'json'),
    writeSnapshot: async (snapshot, isRedacted, path) => {
      const { identityOfEnvironment, redact } = await import('../core/redact');
      const document = isRedacted ? redact(snapshot, identityOfEnvironment(env)).document : snapshot;
      writeTo(path, `${JSON.stringify(document, null, 2)}\n`, 'snapshot');
    },
  };
}

function writeTo(path: string, data: string | Uint8Array, what: string): void {
  try {
    makeFolder(dirname(path));
    writeOutput(path, data);
  } catch (error) {
    const cause = error instanceof ProblemError ? error.cause : error;
    throw new ProblemError(
      {
        code: 'report-not-written',
        message: `The ${what} could not be written to ${path}: ${reasonOf(cause)}.`,
        hint: 'Choose another place with “Save as…”.',
        detail: String(cause),
      },
      { cause },
    );
  }
}

async function printedOf(format: string) {
  const { findPrinted } = await import('../core/report/printables');
  return findPrinted(format);
}

async function exporterOf(format: string) {
  const { findExporter } = await import('../core/report');
  const exporter = findExporter(format);
  if (exporter === undefined) {
    throw new ProblemError({
      code: 'unknown-format',
      message: `There is no report format “${format}”.`,
      hint: 'Choose one of the formats under Reports.',
    });
  }
  return exporter;
}

function freePath(folder: string, name: string, extension: string): string {
  for (let count = 1; ; count += 1) {
    const path = resolve(join(folder, `${name}${count === 1 ? '' : `-${count}`}.${extension}`));
    if (!existsSync(path)) {
      return path;
    }
  }
}
