import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { categories } from '../core/catalog/categories';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import type { ReportFormat, ReportPreview, ReportRequest } from '../ipc/report';
import { baseNameOf } from './flake-folder';
import { writeFileAtomically } from './json-file';

/** A preview shows the beginning, so many characters; a page is shown whole or not at all. */
const previewLimit = { text: 60_000, page: 8_000_000 };

/** A list of what is taken out that nobody can read helps nobody. */
const redactionLimit = 500;

/** Makes reports of audits. The exporters are loaded with the first one. */
export interface ReportService {
  /** The audit that the window shows. */
  audit(): Audit | undefined;
  setAudit(audit: Audit): void;
  formats(): Promise<ReportFormat[]>;
  render(audit: Audit, request: ReportRequest): Promise<string>;
  preview(audit: Audit, request: ReportRequest): Promise<ReportPreview>;
  /** A path in `folder` that no file has yet. */
  suggestPath(audit: Audit, request: ReportRequest, folder: string): Promise<string>;
  /** @throws ProblemError `report-not-written` */
  write(audit: Audit, request: ReportRequest, path: string): Promise<void>;
}

/** Made from the web page by the window's own printing, so that it is no exporter of the core. */
const pdf: ReportFormat = { id: 'pdf', title: 'PDF', purpose: 'Pages to print, sign or file.', extension: 'pdf' };

/**
 * @param now the clock
 * @param print makes a PDF of a web page
 * @param env the variables that tell who the user is: what redaction takes out
 */
export function createReportService(
  now: () => Date,
  print: (html: string) => Promise<Uint8Array>,
  env: Readonly<Record<string, string | undefined>>,
): ReportService {
  let shown: Audit | undefined;

  async function make(audit: Audit, { format, redact: wanted }: ReportRequest) {
    const [{ createReport }, { countRemovals, identityOfEnvironment, redact }, exporter] = await Promise.all([
      import('../core/report'),
      import('../core/redact'),
      exporterOf(format),
    ]);
    const { document, removed } = wanted ? redact(audit, identityOfEnvironment(env)) : { document: audit, removed: [] };
    const report = createReport(document, {
      catalog: { categories },
      generatedAt: now(),
      version,
      redactions: countRemovals(removed),
    });
    return { text: exporter.render(report), removed };
  }

  async function render(audit: Audit, request: ReportRequest): Promise<string> {
    return (await make(audit, request)).text;
  }

  return {
    audit: () => shown,
    setAudit: (audit) => {
      shown = audit;
    },
    formats: async () => {
      const { exporters } = await import('../core/report');
      const formats = exporters.map(({ id, title, purpose, extension }) => ({ id, title, purpose, extension }));
      return [...formats.slice(0, 1), pdf, ...formats.slice(1)];
    },
    render,
    preview: async (audit, request) => {
      const isPdf = request.format === pdf.id;
      const { text, removed } = await make(audit, isPdf ? { ...request, format: 'html' } : request);
      const limit = isPdf || request.format === 'html' ? previewLimit.page : previewLimit.text;
      return {
        text: text.slice(0, limit),
        // How large a PDF gets is known when it is printed.
        ...(isPdf ? {} : { bytes: Buffer.byteLength(text) }),
        cut: text.length > limit,
        redactions: removed
          .slice(0, redactionLimit)
          .map(({ kind, original, replacement, count }) => ({ kind, original, replacement, count })),
      };
    },
    suggestPath: async (audit, { format }, folder) => {
      const { extension } = format === pdf.id ? pdf : await exporterOf(format);
      const name = `lockstep-${baseNameOf(audit.target.flake.path)}-${now().toISOString().slice(0, 10)}`;
      return freePath(folder, name, extension);
    },
    write: async (audit, request, path) => {
      const data =
        request.format === pdf.id
          ? await print(await render(audit, { ...request, format: 'html' }))
          : await render(audit, request);
      try {
        writeFileAtomically(path, data, 0o666);
      } catch (cause) {
        throw new ProblemError(
          {
            code: 'report-not-written',
            message: `The report could not be written to ${path}.`,
            hint: 'Choose another place with “Save as…”.',
            detail: String(cause),
          },
          { cause },
        );
      }
    },
  };
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
