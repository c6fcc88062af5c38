import { resolve } from 'node:path';
import { version } from '../../package.json';
import { catalog } from '../core/catalog';
import type { Audit } from '../core/model/audit';
import type { ChecklistProgress } from '../core/model/checklist';
import { ProblemError } from '../core/model/problem';
import { nearWords } from '../core/near-words';
import { countRemovals, identityOfEnvironment, redact } from '../core/redact';
import { createReport, type Exporter, exporters, findExporter, type Report } from '../core/report';
import { plain } from '../core/report/plain';
import { findPrinted, type PrintedFormat, printedFormats } from '../core/report/printables';
import { truncate } from '../core/report/text-width';
import { appendText, writeOutput } from '../node/output-file';
import { printPdf } from '../node/print-pdf';
import type { CliIo } from './io';
import { reportTime } from './report-time';

export { collect } from './collect';
export { reportTime } from './report-time';

/** One `--output format=path`. */
export interface Output {
  readonly format: Exporter | PrintedFormat;
  /** As it was given; `-` is standard output. */
  readonly path: string;
}

/**
 * Reads `format=path` (or a path alone, whose extension tells the format).
 *
 * @throws ProblemError `format-unknown`, `output-incomplete`, or `output-twice` for one place asked for twice
 */
export function parseOutputs(specs: readonly string[], stdoutTaken: boolean, io: CliIo): readonly Output[] {
  const outputs = specs.map(parseOutput);
  refuseTwice(outputs, stdoutTaken, io);
  return outputs;
}

/**
 * A second document would take the place of the first one. The summary of a step of GitHub Actions is added to, and devices
 * take as much as they are given.
 *
 * @throws ProblemError `output-twice`
 */
export function refuseTwice(outputs: readonly { readonly path: string }[], stdoutTaken: boolean, io: CliIo): void {
  const seen = new Set<string>(stdoutTaken ? ['-'] : []);
  for (const { path } of outputs) {
    const place = path === '-' ? path : resolve(io.cwd, path);
    if (seen.has(place) && place !== io.env['GITHUB_STEP_SUMMARY'] && !place.startsWith('/dev/')) {
      throw new ProblemError({
        code: 'output-twice',
        message: place === '-' ? 'Standard output can take one report only.' : `${path} can take one report only.`,
        hint:
          place === '-'
            ? 'Write the others to files: --output html=report.html.'
            : 'Give each --output a file of its own.',
      });
    }
    seen.add(place);
  }
}

function parseOutput(spec: string): Output {
  const [, format, path] = /^([\w-]+)=(.*)$/s.exec(spec) ?? [];
  if (format === undefined || path === undefined) {
    if (findPrinted(spec) !== undefined || findExporter(spec) !== undefined) {
      throw withoutFile(spec, spec);
    }
    const extension = /\.(\w+)$/.exec(spec)?.[1]?.toLowerCase();
    const known = ['pdf', ...exporters.map((exporter) => exporter.extension)];
    const byExtension = exporters.find((exporter) => exporter.extension === extension)?.id ?? extension;
    if (byExtension === undefined || !known.includes(extension ?? '')) {
      throw unknownFormat(spec);
    }
    return output(byExtension, spec);
  }
  if (path === '') {
    throw withoutFile(spec, format);
  }
  return output(format, path);
}

function withoutFile(spec: string, format: string): ProblemError {
  const example = `--output ${format}=report.${findExporter(format)?.extension ?? 'pdf'}`;
  return new ProblemError({
    code: 'output-incomplete',
    message: `--output ${spec} names no file.`,
    hint:
      findPrinted(format) === undefined ? `Write ${example}, or ${format}=- for standard output.` : `Write ${example}.`,
  });
}

function output(format: string, path: string): Output {
  const found = findPrinted(format) ?? findExporter(format);
  if (found === undefined) {
    throw unknownFormat(format);
  }
  if ('print' in found && path === '-') {
    throw new ProblemError({
      code: 'output-incomplete',
      message: 'A PDF goes to a file, not to standard output.',
      hint: `Write --output ${found.id}=report.pdf.`,
    });
  }
  return { format: found, path };
}

function unknownFormat(format: string): ProblemError {
  const known = [...exporters, ...printedFormats].map(({ id }) => id);
  const near = nearWords(format, known);
  return new ProblemError({
    code: 'format-unknown',
    message: `There is no format "${format}".`,
    hint:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}? Lockstep writes ${known.join(', ')}.`
        : `Lockstep writes ${known.join(', ')}; write --output html=report.html.`,
  });
}

/** Tells on standard error what redaction takes out of an audit: for its owner's eyes, with the originals. */
export function showRedactions(audit: Audit, io: CliIo): void {
  const { removed } = redact(audit, identityOfEnvironment(io.env));
  for (const { kind, original, replacement, count } of removed) {
    const times = count === 1 ? 'once' : `${count} times`;
    io.stderr.write(`redacted ${kind}: ${plain(truncate(original, 80))} becomes ${replacement}, ${times}\n`);
  }
  if (removed.length === 0) {
    io.stderr.write('nothing to redact\n');
  }
}

/** The report that outputs are written from: redacted, unless that was refused. */
export function reportFor(audit: Audit, io: CliIo, isRedacted: boolean, progress?: ChecklistProgress): Report {
  const whole: Audit & { readonly progress?: ChecklistProgress } =
    progress === undefined ? audit : { ...audit, progress };
  const { document, removed } = isRedacted
    ? redact(whole, identityOfEnvironment(io.env))
    : { document: whole, removed: [] };
  const { progress: redacted, ...rest } = document;
  return createReport(rest, {
    progress: redacted,
    catalog,
    generatedAt: reportTime(io),
    version,
    redactions: countRemovals(removed),
  });
}

/**
 * Writes every output; what goes to standard output comes last, when all files are there.
 *
 * @throws ProblemError `output-not-written`, `pdf-no-printer`, `pdf-failed`
 */
export async function writeOutputs(outputs: readonly Output[], report: Report, io: CliIo): Promise<void> {
  for (const { format, path } of outputs.filter((one) => one.path !== '-')) {
    const content =
      'print' in format
        ? await printPdf(
            format.print(report),
            { creator: report.generator, time: new Date(report.generatedAt) },
            io.env,
          )
        : format.render(report);
    const place = resolve(io.cwd, path);
    if (place === io.env['GITHUB_STEP_SUMMARY'] && typeof content === 'string') {
      // The summary of a step is shared with the other commands of that step.
      appendText(place, content);
    } else {
      writeOutput(place, content);
    }
    io.stderr.write(`wrote ${path}\n`);
  }
  for (const { format, path } of outputs) {
    if (path === '-' && 'render' in format) {
      io.stdout.write(format.render(report));
    }
  }
}
