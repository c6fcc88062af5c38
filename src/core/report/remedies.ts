import { NIX_DEVELOP } from '../diff/fixes/nix';
import type { Fix, RowStatus } from '../model/diff';
import type { Report, ReportRow } from './report';

/** What to do about a report, the most telling first. */
export interface Remedies {
  /** The one command that brings all that the flake asks for: its shell, or its configuration. */
  readonly whole?: Fix;
  /** Differences with commands of their own, what hurts most first. */
  readonly single: readonly Remedy[];
}

export interface Remedy {
  readonly row: ReportRow;
  /** Never the command that is the same for all. */
  readonly fixes: readonly Fix[];
}

const SWITCH = /^(?:sudo )?(?:nixos-rebuild|darwin-rebuild|home-manager) /;

/** Whether a command brings everything at once: said once, it need not be said of every row. */
export function isWhole({ manager, command }: Fix): boolean {
  return manager === 'nix' && (NIX_DEVELOP.test(command) || SWITCH.test(command));
}

/** What a reader of a report can do, in the order that is worth their time. */
export function remediesOf({ rows }: Pick<Report, 'rows'>): Remedies {
  const open = rows.filter(({ status }) => weights[status] !== undefined);
  const found = open.flatMap(({ row }) => row.fixes).find(isWhole);
  const single = open
    .map((row) => ({ row, fixes: row.row.fixes.filter((fix) => !isWhole(fix)) }))
    .sort((a, b) => weightOf(a.row) - weightOf(b.row));
  return { ...(found === undefined ? {} : { whole: wholeFix(found) }), single };
}

/** The same command, no longer in the words of the one row that it was found with. */
function wholeFix({ command, ...rest }: Fix): Fix {
  const title = NIX_DEVELOP.test(command)
    ? "Open the flake's shell: it brings all that the flake asks for"
    : "Switch to the flake's configuration: it brings all that the flake asks for";
  return { ...rest, command, title };
}

/** What is absent stops work at once; what is hidden is there already. */
const weights: Readonly<Partial<Record<RowStatus, number>>> = { missing: 0, drift: 1, shadowed: 2 };

function weightOf({ status, row: { drift } }: ReportRow): number {
  return status === 'drift' && drift !== 'major' ? 3 : (weights[status] ?? 4);
}
