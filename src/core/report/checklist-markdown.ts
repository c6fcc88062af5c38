import { type ChecklistStep, checklistOf } from './checklist';
import type { Exporter } from './exporter';
import { escapeMarkdown } from './markdown';
import { plain } from './plain';
import type { Report } from './report';

const SECTIONS: readonly (readonly [ChecklistStep['section'], string])[] = [
  ['manager', 'First'],
  ['tools', 'Tools'],
  ['variables', 'Variables'],
  ['check', 'At the end'],
];

/** Tasks for a new colleague, as Markdown: also the body of a GitHub issue. */
export const checklistExporter: Exporter = {
  id: 'checklist',
  title: 'Checklist',
  purpose: 'Tasks for setting up this machine, as Markdown.',
  extension: 'md',
  mime: 'text/markdown',
  render: (report) => renderChecklist(report),
};

function renderChecklist(report: Report): string {
  const steps = checklistOf(report);
  const done = steps.filter((step) => step.done === true).length;
  const sections = SECTIONS.flatMap(([id, title]) => {
    const members = steps.filter(({ section }) => section === id);
    return members.length === 0 ? [] : [`### ${title}\n\n${members.map(task).join('\n')}`];
  });
  return `${[
    `## Set up ${escapeMarkdown(report.title)} on ${escapeMarkdown(plain(report.audit.target.system))}`,
    `${done} of ${steps.length} done. The flake is the truth; "lockstep checklist" ticks off what it can see.`,
    ...sections,
    `<sub>${escapeMarkdown(report.generator)}, ${report.generatedAt}</sub>`,
  ].join('\n\n')}\n`;
}

function task({ title, why, commands, check, done }: ChecklistStep): string {
  const lines = [`- [${done === true ? 'x' : ' '}] **${escapeMarkdown(plain(title))}**`];
  if (done === true) {
    return lines.join('\n');
  }
  lines.push(`  ${escapeMarkdown(plain(why))}`);
  for (const { command, title: what, risk } of commands) {
    const note = risk === undefined ? '' : ` ${escapeMarkdown(plain(risk))}`;
    lines.push('', `  ${escapeMarkdown(plain(what))}.${note}`, '', '  ```sh', `  ${plain(command)}`, '  ```');
  }
  if (check !== undefined) {
    lines.push('', `  Check: \`${check}\``);
  }
  return lines.join('\n');
}
