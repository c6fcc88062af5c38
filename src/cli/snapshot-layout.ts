import type { Catalog } from '../core/catalog';
import type { GlobalPackage, HostFacts, Installation, Snapshot, Verified } from '../core/model/snapshot';
import { plain } from '../core/report/plain';
import type { Line, Span, Style } from '../core/report/text-layout';
import { displayWidth, padTo, truncate, wrap } from '../core/report/text-width';
import { layoutContexts } from './contexts-layout';

const GAP = '  ';

/** A snapshot as lines of text: the machine, every copy by category (the active one first), what needs attention. */
export function layoutSnapshot(snapshot: Snapshot, catalog: Catalog, width: number): readonly Line[] {
  const { installations } = snapshot;
  const tools = new Set(installations.map(({ tool }) => tool)).size;
  return [
    [span(headline(snapshot.host), 'strong')],
    [span(`${count(installations.length, 'installation')} of ${count(tools, 'tool')}`, 'none')],
    ...table(installations, catalog, width),
    ...packageLines(snapshot.packages ?? [], width),
    ...layoutContexts(snapshot, width),
    ...section(
      'not read',
      snapshot.failures.map(({ reason }) => reason),
      width,
    ),
  ];
}

/** What asking every program showed: the disagreements, and how many could not be asked. */
export function layoutVerification(results: readonly Verified[], width: number): readonly Line[] {
  const of = (outcome: Verified['outcome']) => results.filter((result) => result.outcome === outcome);
  const disagreeing = of('disagrees');
  const line = (text: string, style: Style): Line => [span(truncate(plain(text), width), style)];
  return [
    [],
    line(
      `asked ${count(results.length - of('not-asked').length, 'program')}: ` +
        `${of('agrees').length} agree with their files, ${disagreeing.length} disagree, ` +
        `${of('program-only').length} have no file that tells, ${of('no-answer').length} gave no answer; ` +
        `${of('not-asked').length} cannot be asked`,
      'strong',
    ),
    ...disagreeing.map(({ tool, path, files, program, detail }) =>
      line(`≠ ${tool}: ${path}: files say ${files}, the program says ${program} (${detail ?? ''})`, 'drift'),
    ),
    ...[...of('no-answer'), ...of('not-asked')].map(({ tool, reason }) => line(`? ${tool}: ${reason}`, 'unknown')),
  ];
}

function headline({ name, distribution, release, system, cpu, cores, memoryBytes }: HostFacts): string {
  const memory = memoryBytes === undefined ? undefined : `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  const processor = cpu === undefined ? undefined : cores === undefined ? cpu : `${cpu}, ${count(cores, 'core')}`;
  const os = [distribution, release].filter((part) => part !== undefined).join(' ');
  return plain([name, os, system, processor, memory].filter((part) => part !== undefined && part !== '').join(' · '));
}

function table(installations: readonly Installation[], catalog: Catalog, width: number): readonly Line[] {
  const widthOf = (pick: (installation: Installation) => string, most: number) =>
    Math.min(most, Math.max(4, ...installations.map((installation) => displayWidth(pick(installation)))));
  const tool = widthOf((one) => one.tool, 24);
  const version = widthOf(versionText, 24);
  const manager = widthOf((one) => plain(one.manager), 18);
  return catalog.categories.flatMap(({ id, title }) => {
    const rows = installations.filter((one) => catalog.findById(one.tool)?.category === id);
    return rows.length === 0
      ? []
      : [[], [span(title, 'strong')], ...rows.map((row) => line(row, { tool, version, manager }, width))];
  });
}

interface Columns {
  readonly tool: number;
  readonly version: number;
  readonly manager: number;
}

function line(row: Installation, { tool, version, manager }: Columns, width: number): Line {
  const [mark, style] = markOf(row);
  const head = `${mark} ${padTo(row.tool, tool)}${GAP}`;
  const number = `${padTo(versionText(row), version)}${GAP}`;
  const who = `${padTo(plain(row.manager), manager)}${GAP}`;
  const arrow = row.leadsTo === undefined ? '' : ` → ${row.leadsTo}`;
  const hidden = row.shadowedBy === undefined ? '' : `  hidden by ${row.shadowedBy}`;
  const left = Math.max(10, width - displayWidth(head + number + who));
  return [
    span(head, style),
    span(number, row.active ? 'strong' : style),
    span(who, 'faint'),
    span(truncate(plain(`${row.path}${arrow}${hidden}`), left), row.active ? 'none' : 'faint'),
  ];
}

function markOf({ active, shadowedBy, onPath }: Installation): readonly [string, Style] {
  if (active) {
    return ['✓', 'none'];
  }
  return shadowedBy !== undefined ? ['↓', 'shadowed'] : [onPath ? '·' : ' ', 'faint'];
}

function versionText({ version }: Installation): string {
  return version === undefined ? '?' : plain(version);
}

/** A line an ecosystem: its packages one after the other, cut at a few lines. */
function packageLines(packages: readonly GlobalPackage[], width: number): readonly Line[] {
  const ecosystems = [...new Set(packages.map(({ ecosystem }) => ecosystem))];
  return ecosystems.flatMap((ecosystem) => {
    const own = packages.filter((one) => one.ecosystem === ecosystem);
    const names = [
      ...new Set(own.map(({ name, version }) => plain(version === undefined ? name : `${name} ${version}`))),
    ];
    const lines = wrap(names.join(', '), width - 2);
    return [
      [],
      [span(`${plain(ecosystem)}: ${count(names.length, 'global package')}`, 'strong')],
      ...lines.slice(0, MOST_NOTES).map((text): Line => [span(`  ${text}`, 'none')]),
      ...(lines.length > MOST_NOTES ? [[span('  and more (--json has them all)', 'faint')]] : []),
    ];
  });
}

const MOST_NOTES = 20;

function section(title: string, notes: readonly string[], width: number): readonly Line[] {
  if (notes.length === 0) {
    return [];
  }
  const rest = notes.length - MOST_NOTES;
  return [
    [],
    [span(title, 'strong')],
    ...notes.slice(0, MOST_NOTES).map((note): Line => [span(truncate(`  ${plain(note)}`, width), 'faint')]),
    ...(rest > 0 ? [[span(`  and ${rest} more (--json has them all)`, 'faint')]] : []),
  ];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function span(text: string, style: Style): Span {
  return { text, style };
}
