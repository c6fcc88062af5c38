import { checklistOfReport } from '../checklist/steps';
import type { ChecklistItem } from '../model/checklist';
import { sectionsOf, stateLooks } from './checklist-words';
import { plain } from './plain';
import type { Report } from './report';
import type { Line, Span, Style } from './text-layout';
import { wrap } from './text-width';

export interface ChecklistLayout {
  readonly width: number;
  /** Tell why and how of steps that are done, too. */
  readonly all: boolean;
}

/** A checklist as lines of text: numbered steps with a box each, and below what is open its reason and commands. */
export function layoutChecklist(report: Report, { width, all }: ChecklistLayout): readonly Line[] {
  const checklist = checklistOfReport(report);
  const { done, skipped, total, former } = checklist;
  const layout = { width: Math.max(40, width), all };
  let number = 0;
  const counted = `${done} of ${total} done${skipped === 0 ? '' : `, ${skipped} skipped`}`;
  return [
    [{ text: `${report.title} on ${plain(checklist.system)}`, style: 'strong' }],
    [{ text: counted, style: done + skipped >= total ? 'match' : 'none' }],
    ...sectionsOf(checklist).flatMap(({ title, items }) => [
      [],
      [{ text: title, style: 'faint' as const }],
      ...items.flatMap((item) => {
        number += 1;
        return layoutStep(item, number, layout);
      }),
    ]),
    ...(former.length === 0 ? [] : [[], [{ text: 'No longer asked for', style: 'faint' as const }]]),
    ...former.flatMap(({ title, notes }) => [
      [{ text: `     ${plain(title)}`, style: 'faint' as const }],
      ...noteLines(notes, layout.width),
    ]),
  ];
}

const STYLES: Readonly<Record<ChecklistItem['state'], Style>> = {
  done: 'match',
  skipped: 'faint',
  claimed: 'drift',
  open: 'missing',
  unseen: 'unknown',
};

const INDENT = '       ';

function layoutStep(item: ChecklistItem, number: number, { width, all }: ChecklistLayout): readonly Line[] {
  const { state, title, mark, earlier, optional, why, commands, check, notes, done } = item;
  const isClosed = state === 'done' || state === 'skipped';
  const remarks = [
    ...(optional === true && !isClosed ? ['optional'] : []),
    ...(mark === undefined ? [] : [`${stateLooks[state].word}: ${mark.by}, ${mark.at.slice(0, 10)}`]),
    ...(earlier === undefined
      ? []
      : [`ticked by ${earlier.by} for what the flake asked for on ${earlier.at.slice(0, 10)}`]),
  ];
  const head: Line = [
    { text: `${String(number).padStart(3)}  `, style: 'faint' },
    { text: `${stateLooks[state].glyph} `, style: STYLES[state] },
    { text: plain(title), style: isClosed ? 'faint' : 'strong' },
    ...(remarks.length === 0 ? [] : [{ text: plain(`  (${remarks.join('; ')})`), style: 'faint' as const }]),
  ];
  const reason = mark?.reason === undefined ? [] : indent(mark.reason, 'faint', width);
  if (isClosed && !all) {
    return [head, ...reason, ...noteLines(notes, width)];
  }
  return [
    head,
    ...reason,
    ...noteLines(notes, width),
    ...indent(why, 'faint', width),
    // The risk of the best command is told at once; the others are for whoever asks for all.
    ...commands
      .slice(0, all ? commands.length : 1)
      .flatMap(({ command, risk }) => [
        [{ text: `${INDENT}$ ${plain(command)}`, style: 'none' as const }],
        ...(risk === undefined ? [] : indent(risk, 'faint', width)),
      ]),
    ...(all
      ? []
      : commands.slice(1).map(({ command }): Line => [{ text: `${INDENT}or: ${plain(command)}`, style: 'faint' }])),
    ...(check === undefined || (!all && done !== undefined) ? [] : indent(`Check: ${check}`, 'faint', width)),
  ];
}

function indent(text: string, style: Span['style'], width: number): readonly Line[] {
  return wrap(plain(text), width - INDENT.length).map((line) => [{ text: INDENT + line, style }]);
}

function noteLines(notes: ChecklistItem['notes'], width: number): readonly Line[] {
  return notes.flatMap(({ text, by, at }) => indent(`“${text}” ${by}, ${at.slice(0, 10)}`, 'none', width));
}
