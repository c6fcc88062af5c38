import { checklistExporter, checklistIssueExporter } from './checklist-markdown';
import { csvExporter } from './csv';
import { cyclonedxExporter, cyclonedxTargetExporter } from './cyclonedx';
import type { Exporter } from './exporter';
import { githubExporter } from './github';
import { htmlExporter } from './html';
import { checklistPageExporter } from './html/checklist-page';
import { jsonExporter } from './json';
import { junitExporter } from './junit';
import { markdownExporter } from './markdown';
import { sarifExporter } from './sarif';
import { tapExporter } from './tap';
import { textExporter } from './text';

export type { Exporter } from './exporter';
export { createReport, type Report } from './report';

/** Every format, in the order of menus. */
export const exporters: readonly Exporter[] = [
  htmlExporter,
  markdownExporter,
  textExporter,
  jsonExporter,
  csvExporter,
  checklistExporter,
  checklistIssueExporter,
  checklistPageExporter,
  sarifExporter,
  junitExporter,
  tapExporter,
  githubExporter,
  cyclonedxExporter,
  cyclonedxTargetExporter,
];

const aliases: ReadonlyMap<string, string> = new Map([
  ['md', 'markdown'],
  ['txt', 'text'],
  ['htm', 'html'],
  ['xml', 'junit'],
  ['sbom', 'cyclonedx'],
]);

/** The exporter of a format's id or usual short name. */
export function findExporter(id: string): Exporter | undefined {
  const wanted = aliases.get(id.toLowerCase()) ?? id.toLowerCase();
  return exporters.find((exporter) => exporter.id === wanted);
}
