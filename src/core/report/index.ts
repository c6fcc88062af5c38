import { csvExporter } from './csv';
import type { Exporter } from './exporter';
import { htmlExporter } from './html';
import { jsonExporter } from './json';
import { markdownExporter } from './markdown';
import { textExporter } from './text';

export type { Exporter } from './exporter';
export { createReport, type Report, type ReportGroup, type ReportOptions, type ReportRow } from './report';

/** Every format, in the order of menus. */
export const exporters: readonly Exporter[] = [htmlExporter, markdownExporter, textExporter, jsonExporter, csvExporter];

const aliases: Readonly<Record<string, string>> = { md: 'markdown', txt: 'text', htm: 'html' };

/** The exporter of a format's id or usual short name. */
export function findExporter(id: string): Exporter | undefined {
  const wanted = aliases[id.toLowerCase()] ?? id.toLowerCase();
  return exporters.find((exporter) => exporter.id === wanted);
}
