import type { Position } from '../core/model/problem';
import { SHELL_HOOK, type Target, type TargetPackage, type TargetShell } from '../core/model/target';
import { plain } from '../core/report/plain';
import type { Line, Span } from '../core/report/text-layout';
import { padTo } from '../core/report/text-width';

const strong = (text: string): Span => ({ text, style: 'strong' });
const faint = (text: string): Span => ({ text, style: 'faint' });
const normal = (text: string): Span => ({ text, style: 'none' });

/** Members of an output that are named; scripts find them all in the JSON. */
const SHOWN_MEMBERS = 8;

/** How a version's certainty is shown before it. */
const MARKS = { exact: '  ', estimate: '≈ ', range: '~ ', unknown: '? ' } as const;

/** What is said of an input that is not pinned well. */
const PINS = { firm: '', weak: 'weakly pinned', loose: 'not pinned' } as const;

/** A target as lines for a terminal: inputs, then each shell with its packages, variables and what was not read. */
export function layoutTarget(target: Target): readonly Line[] {
  const { flake } = target;
  const title = flake.description === undefined ? flake.path : flake.description;
  const reader = target.evaluator === 'nix' ? 'Nix' : 'Lockstep';
  const lines: Line[] = [
    [strong(plain(title))],
    [faint(plain(`${flake.path} · ${target.system} · read by ${reader}${flake.locked ? '' : ' · not locked'}`))],
    [],
    ...inputLines(target),
    ...outputLines(target),
  ];
  for (const [name, shell] of Object.entries(target.shells)) {
    lines.push([], ...shellLines(name, shell, name === target.defaultShell));
  }
  const isAsked = Object.values(target.shells).some(({ kind }) => kind !== undefined);
  const first = target.environments?.[0];
  if (!isAsked && first !== undefined) {
    lines.push([], [faint(plain(`other outputs can be read with --output, such as --output ${first.output}`))]);
  }
  for (const { message, hint, position } of target.findings) {
    lines.push([], [normal(`note: ${plain(message)}`)]);
    if (position !== undefined) {
      lines.push([faint(`      ${place(position, 'at ')}`)]);
    }
    if (hint !== undefined) {
      lines.push([faint(`      ${plain(hint)}`)]);
    }
  }
  return lines;
}

function inputLines({ flake }: Target): readonly Line[] {
  const rows = flake.inputs.map((input) => [
    plain(input.name),
    plain(input.url),
    input.revision?.slice(0, 7) ?? '',
    input.lastModified?.slice(0, 10) ?? '',
    PINS[input.pin?.level ?? 'firm'],
  ]);
  return [
    [strong('inputs')],
    ...columns(rows).map((cells): Line => [normal(`  ${cells[0]}  `), faint(cells.slice(1).join('  '))]),
  ];
}

function outputLines({ outputs = [], system }: Target): readonly Line[] {
  if (outputs.length === 0) {
    return [];
  }
  const rows = outputs.map(({ name, systems, members, entries = [] }) => {
    const isWhole = entries.every(
      ({ type, path }) => type !== 'opaque' || path.length > (systems === undefined ? 0 : 1),
    );
    const shown = members.slice(0, SHOWN_MEMBERS).join(' ') + (members.length > SHOWN_MEMBERS ? ' …' : '');
    return [
      plain(systems === undefined ? name : `${name}.${system}`),
      isWhole ? plain(shown) : `${plain(shown)}${shown === '' ? '' : ' '}(not all known)`,
    ];
  });
  return [
    [],
    [strong('outputs')],
    ...columns(rows).map((cells): Line => [normal(`  ${cells[0]}  `), faint(cells[1] ?? '')]),
  ];
}

/** What comes with the shell, and apart from it what its hook puts on PATH. */
function impliedLines(implied: readonly TargetPackage[]): readonly Line[] {
  const line = (label: string, items: readonly TargetPackage[]): readonly Line[] => {
    const names = items.map(({ name, version: text }) => [name, text].filter(Boolean).join(' '));
    return names.length === 0 ? [] : [[faint(plain(`  ${label}: ${names.join(', ')}`))]];
  };
  return [
    ...line(
      'comes with it unasked',
      implied.filter(({ option }) => option !== SHELL_HOOK),
    ),
    ...line(
      'put on PATH by its shellHook',
      implied.filter(({ option }) => option === SHELL_HOOK),
    ),
  ];
}

function shellLines(name: string, shell: TargetShell, isDefault: boolean): readonly Line[] {
  const { packages, variables, unresolved, builds, implied = [] } = shell;
  const asked = packages.length + unresolved.length;
  const count = `${packages.length} of ${asked} resolved`;
  const rows = packages.map((each) => [plain(each.attribute), version(each), source(each), place(each.position, '')]);
  const lines: Line[] = [
    [strong(plain(name)), faint(plain(`  ${shell.output}${isDefault ? ', what `nix develop` opens' : ''} · ${count}`))],
    ...columns(rows).map((cells): Line => [normal(`  ${cells[0]}  ${cells[1]}  `), faint(`${cells[2]}  ${cells[3]}`)]),
  ];
  if (builds !== undefined) {
    lines.splice(1, 0, [
      normal(`  builds ${plain(builds.name)} ${builds.version === undefined ? '' : plain(builds.version)}`),
    ]);
  }
  lines.push(...impliedLines(implied));
  for (const { name: variable, value } of variables) {
    lines.push([normal(`  ${plain(variable)}`), faint(`=${plain(value)}`)]);
  }
  for (const { what, reason, position } of unresolved) {
    lines.push([
      { text: `  ! ${plain(what)}`, style: 'unknown' },
      faint(plain(`: ${reason}${place(position, ' at ')}`)),
    ]);
  }
  return lines;
}

function version({ version: text, certainty }: TargetPackage): string {
  return `${MARKS[certainty]}${text === undefined ? '' : plain(text)}`;
}

function source({ input, manager }: TargetPackage): string {
  if (manager !== undefined) {
    return `${manager}, outside of Nix`;
  }
  return input === undefined || input === 'nixpkgs' ? '' : plain(input);
}

function place(position: Position | undefined, before: string): string {
  return position === undefined ? '' : `${before}${plain(position.file)}:${position.line}:${position.column}`;
}

/** Pads every cell to its column's width. */
function columns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => row.map((cell, i) => padTo(cell, widths[i] ?? 0)));
}
