import { checklistOfReport } from '../checklist/steps';
import type { Checklist, ChecklistItem, ChecklistMark, ChecklistNote } from '../model/checklist';
import type { Fix } from '../model/diff';
import { sectionsOf } from './checklist-words';
import type { Exporter } from './exporter';
import { escapeMarkdown, fenced } from './markdown';
import { plain } from './plain';
import type { Report } from './report';

/** Tasks for a new colleague, as Markdown: each with its reason, commands and check. */
export const checklistExporter: Exporter = {
  id: 'checklist',
  title: 'Checklist',
  purpose: 'Tasks for setting up this machine, as Markdown.',
  extension: 'md',
  mime: 'text/markdown',
  render: (report) => renderTasks(report, task),
};

/** The body of a GitHub issue: the same tasks, each with its commands folded away, so that ticking is quick. */
export const checklistIssueExporter: Exporter = {
  id: 'checklist-issue',
  title: 'Checklist as an issue',
  purpose: 'The body of a GitHub issue: tasks to tick, commands folded away.',
  extension: 'md',
  mime: 'text/markdown',
  render: (report) => renderTasks(report, issueTask, ISSUE_MOST),
};

/** GitHub refuses issue bodies of more than 65,536 characters; the last lines need some of them. */
const ISSUE_MOST = 64_000;

function renderTasks(report: Report, render: (item: ChecklistItem, shell: string) => string, most = Infinity): string {
  const checklist = checklistOfReport(report);
  const language = report.audit.snapshot.host.os === 'windows' ? 'powershell' : 'sh';
  let room = most;
  let left = 0;
  const fitted = (item: ChecklistItem): readonly string[] => {
    const text = [render(item, language), headOf(item)].find(({ length }) => length < room);
    room -= (text?.length ?? room) + 1;
    left += text === undefined ? 1 : 0;
    return text === undefined ? [] : [text];
  };
  const sections = sectionsOf(checklist).map(
    ({ title, items }) => `### ${title}\n\n${items.flatMap(fitted).join('\n')}`,
  );
  if (left > 0) {
    sections.push(`… and ${left} more: "lockstep checklist" has them all.`);
  }
  return `${[
    `## Set up ${escapeMarkdown(report.title)} on ${escapeMarkdown(plain(checklist.system))}`,
    `${progressText(checklist)} The flake is the truth; "lockstep checklist" ticks off what it can see.`,
    ...sections,
    ...formerNotes(checklist),
    `<sub>${escapeMarkdown(report.generator)}, ${report.generatedAt}</sub>`,
  ].join('\n\n')}\n`;
}

function progressText({ done, skipped, total }: Checklist): string {
  return `${done} of ${total} done${skipped === 0 ? '' : `, ${skipped} skipped`}.`;
}

function headOf({ title, state, optional, mark }: ChecklistItem): string {
  const isTicked = state === 'done' || state === 'skipped';
  const name = escapeMarkdown(plain(title));
  const remarks = [...(optional === true ? ['optional'] : []), ...(mark === undefined ? [] : [markText(mark, state)])];
  return `- [${isTicked ? 'x' : ' '}] ${state === 'skipped' ? `~~${name}~~` : `**${name}**`}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`;
}

function markText({ by, at, reason }: ChecklistMark, state: ChecklistItem['state']): string {
  const who = `${escapeMarkdown(plain(by))}, ${at.slice(0, 10)}`;
  switch (state) {
    case 'skipped':
      return reason === undefined ? `skipped: ${who}` : `skipped: ${escapeMarkdown(plain(reason))} – ${who}`;
    case 'claimed':
      return `ticked by ${who}, but this machine does not show it`;
    default:
      return who;
  }
}

function task(item: ChecklistItem, language: string): string {
  const lines = [headOf(item), ...notes(item.notes)];
  if (item.state === 'done' || item.state === 'skipped') {
    return lines.join('\n');
  }
  lines.push(`  ${escapeMarkdown(plain(item.why))}`, ...item.commands.flatMap((fix) => command(fix, language)));
  if (item.check !== undefined) {
    lines.push('', `  Check: ${escapeMarkdown(plain(item.check))}`);
  }
  return lines.join('\n');
}

function issueTask(item: ChecklistItem, language: string): string {
  const lines = [headOf(item), ...notes(item.notes)];
  if (item.state === 'done' || item.state === 'skipped') {
    return lines.join('\n');
  }
  lines.push(`  ${escapeMarkdown(plain(item.why))}`);
  const { commands, check } = item;
  if (commands.length > 0) {
    lines.push('', '  <details><summary>How</summary>', ...commands.flatMap((fix) => command(fix, language)), '');
    if (check !== undefined) {
      lines.push(`  Check: ${escapeMarkdown(plain(check))}`, '');
    }
    lines.push('  </details>');
  }
  return lines.join('\n');
}

function command({ command: text, title, risk }: Fix, language: string): readonly string[] {
  const note = risk === undefined ? '' : ` ${escapeMarkdown(plain(risk))}`;
  return ['', `  ${escapeMarkdown(plain(title))}.${note}`, '', fenced(text, language, '  ')];
}

function notes(all: readonly ChecklistNote[]): readonly string[] {
  return all.map(
    ({ text, by, at }) => `  > ${escapeMarkdown(plain(text))} – ${escapeMarkdown(plain(by))}, ${at.slice(0, 10)}\n`,
  );
}

function formerNotes({ former }: Checklist): readonly string[] {
  return former.length === 0
    ? []
    : [
        `### No longer asked for\n\n${former
          .map(({ title, notes: all }) => [`- ${escapeMarkdown(plain(title))}`, ...notes(all)].join('\n'))
          .join('\n')}`,
      ];
}
