import { CONTEXT_TITLES } from '../core/environment/phrases';
import type { ContextDifference, EnvironmentFinding, PathContext, Snapshot } from '../core/model/snapshot';
import { plain } from '../core/report/plain';
import type { Line, Style } from '../core/report/text-layout';
import { padTo, truncate, wrap } from '../core/report/text-width';

/** Differences and findings shown; the rest is counted. */
const MOST = 20;

/** PATH in each context, what they start differently, and what is noteworthy about the environment. */
export function layoutContexts(snapshot: Snapshot, width: number): readonly Line[] {
  const { contexts = [], contextDifferences = [], findings = [], pathContext } = snapshot;
  const line = (text: string, style: Style): Line => [{ text: truncate(text, width), style }];
  return [
    ...(contexts.length === 0 ? [] : [[], line('PATH (✓ decides what wins; --path-context takes another)', 'strong')]),
    ...contexts.map((context) =>
      line(contextText(context, context.id === pathContext), context.id === pathContext ? 'none' : 'faint'),
    ),
    ...(contextDifferences.length === 0
      ? []
      : [
          [],
          line(
            `not the same everywhere: ${contextDifferences.length} ${contextDifferences.length === 1 ? 'tool' : 'tools'}`,
            'strong',
          ),
        ]),
    ...contextDifferences.slice(0, MOST).map((difference) => line(differenceText(difference), 'none')),
    ...more(contextDifferences.length, width),
    ...(findings.length === 0 ? [] : [[], line('environment', 'strong')]),
    ...findings.slice(0, MOST).flatMap((finding) => findingLines(finding, width)),
    ...more(findings.length, width),
  ];
}

function contextText({ id, pathEntries, answeredBy, shell, evidence, doubts }: PathContext, decides: boolean): string {
  const folders = `${pathEntries.length} ${pathEntries.length === 1 ? 'entry' : 'entries'}`;
  const files = evidence.filter(({ kind }) => kind === 'file').map(({ source }) => source);
  const how =
    answeredBy === 'program'
      ? `${shell} was asked`
      : answeredBy === 'process'
        ? id === 'shell'
          ? `this process runs inside of it (${shell})`
          : 'as it was given'
        : files.length === 0
          ? 'no file says otherwise'
          : `from ${files.slice(-2).reverse().join(', ')}${files.length > 2 ? ` and ${files.length - 2} more` : ''}`;
  const notes = evidence.filter(({ kind }) => kind === 'path').map(({ source }) => source);
  const unsure = doubts.length === 0 ? [] : [`${doubts.length} ${doubts.length === 1 ? 'thing' : 'things'} not known`];
  const rest = [how, ...notes, ...unsure].join(' · ');
  return plain(`${decides ? '✓' : ' '} ${padTo(CONTEXT_TITLES[id].toLowerCase(), 13)} ${padTo(folders, 11)} ${rest}`);
}

/** `python  3.11.7 pyenv: this process, terminal · 3.11.2 dpkg: desktop · none: login shell`. */
function differenceText({ tool, starts }: ContextDifference): string {
  const groups = new Map<string, string[]>();
  for (const { context, path, version, manager } of starts) {
    const said = path === undefined ? 'none' : `${version ?? '?'} ${manager ?? ''}`.trim();
    groups.set(said, [...(groups.get(said) ?? []), CONTEXT_TITLES[context].toLowerCase()]);
  }
  const parts = [...groups].map(([said, names]) => `${said}: ${names.join(', ')}`);
  return plain(`  ${padTo(tool, 14)} ${parts.join(' · ')}`);
}

function findingLines({ severity, message, hint, source }: EnvironmentFinding, width: number): readonly Line[] {
  const style: Style = severity === 'warning' ? 'drift' : 'faint';
  const where = source === undefined || message.includes(source) || hint?.includes(source) ? '' : ` [${source}]`;
  const [first = '', ...rest] = wrap(plain(`${message}${where}`), Math.max(20, width - 4));
  return [
    [{ text: `  ${severity === 'warning' ? '!' : '·'} ${first}`, style }],
    ...rest.map((text): Line => [{ text: `    ${text}`, style }]),
    ...(hint === undefined || severity === 'info'
      ? []
      : wrap(plain(hint), Math.max(20, width - 4)).map((text): Line => [{ text: `    ${text}`, style: 'faint' }])),
  ];
}

function more(count: number, width: number): readonly Line[] {
  return count > MOST
    ? [[{ text: truncate(`  and ${count - MOST} more (--json has them all)`, width), style: 'faint' }]]
    : [];
}
