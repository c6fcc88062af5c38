import { type ChecklistStep, checklistOf } from './checklist';
import { plain } from './plain';
import type { Report } from './report';
import type { Line, Span } from './text-layout';
import { wrap } from './text-width';

export interface ChecklistLayout {
  readonly width: number;
  /** Tell why and how of steps that are done, too. */
  readonly all: boolean;
}

/** A checklist as lines of text: a box for each step, and below what is open its reason and commands. */
export function layoutChecklist(report: Report, { width, all }: ChecklistLayout): readonly Line[] {
  const steps = checklistOf(report);
  const done = steps.filter((step) => step.done === true).length;
  return [
    [{ text: `${report.title} on ${plain(report.audit.target.system)}`, style: 'strong' }],
    [{ text: `${done} of ${steps.length} done`, style: done === steps.length ? 'match' : 'none' }],
    [],
    ...steps.flatMap((step) => layoutStep(step, Math.max(40, width), all)),
  ];
}

function layoutStep(step: ChecklistStep, width: number, all: boolean): readonly Line[] {
  const isDone = step.done === true;
  const head: Line = [
    { text: isDone ? '✓ ' : step.done === undefined ? '? ' : '☐ ', style: isDone ? 'match' : 'missing' },
    { text: plain(step.title), style: isDone ? 'faint' : 'strong' },
  ];
  if (isDone && !all) {
    return [head];
  }
  const indent = (text: string, style: Span['style']): readonly Line[] =>
    wrap(plain(text), width - 4).map((line) => [{ text: `    ${line}`, style }]);
  return [
    head,
    ...indent(step.why, 'faint'),
    ...step.commands.flatMap(({ command, risk }) => [
      [{ text: `    $ ${plain(command)}`, style: 'none' as const }],
      ...(risk === undefined ? [] : indent(risk, 'faint')),
    ]),
    ...(step.check === undefined ? [] : indent(`Check: ${step.check}`, 'faint')),
  ];
}
