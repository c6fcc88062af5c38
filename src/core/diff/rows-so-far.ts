import type { Catalog } from '../catalog';
import type { EarlyRow } from '../model/diff';
import type { Snapshot } from '../model/snapshot';
import type { TargetShell } from '../model/target';
import { companionOf } from './companions';
import { actualOf, copiesByTool } from './copies';
import { extraRow, rowOrder } from './diff';
import { OTHER_CATEGORY } from './guess-tool';
import { judge } from './judge';
import { type Requirement, requirementsOf } from './requirements';

/** What is known of a machine while it is still being read. */
export interface MachineSoFar extends Pick<Snapshot, 'installations' | 'failures'> {
  /** Ids of tools of which something is still to be read. */
  readonly open: readonly string[];
  /** False: what was not found may be there all the same. */
  readonly everywhere: boolean;
}

export interface RowsSoFarRequest {
  /** What the target asks for; absent while the flake is being read. */
  readonly wanted?: { readonly shell: TargetShell; readonly locked: boolean } | undefined;
  /** Absent while nothing is known of the machine. */
  readonly machine?: MachineSoFar | undefined;
  readonly catalog: Catalog;
}

/**
 * The rows of a comparison that is still being made, in the order of the finished one. What is judged is judged as it
 * will be in the end; what could still change is pending, with what is known of it. Fixes come with the end: they depend
 * on the whole machine; and so does what a policy accepts. Pure.
 */
export function rowsSoFar({ wanted, machine, catalog }: RowsSoFarRequest): readonly EarlyRow[] {
  const order = rowOrder(catalog);
  const installed = copiesByTool({ installations: machine?.installations ?? [] });
  const open = new Set(machine?.open);

  const toRow = (requirement: Requirement): EarlyRow => {
    const { tool, expected } = requirement;
    const copies = (tool === undefined ? [] : (installed.get(tool.id) ?? [])).map(actualOf);
    const actual = copies.find(({ active }) => active);
    const row: EarlyRow = {
      tool: tool?.id ?? expected.attribute,
      title: tool?.title ?? expected.name,
      category: tool?.category ?? OTHER_CATEGORY,
      status: 'unknown',
      expected,
      ...(actual === undefined ? {} : { actual }),
      copies,
      reason: 'This machine is still being read.',
      fixes: [],
      pending: true,
    };
    // What the catalog does not know is looked for in the end, and so is whether a client stands for what is not there.
    const client = tool === undefined || copies.length > 0 ? undefined : companionOf(tool.id);
    const isSettled =
      machine?.everywhere === true &&
      tool !== undefined &&
      !open.has(tool.id) &&
      (client === undefined || !(open.has(client) || installed.has(client)));
    if (!isSettled || wanted === undefined) {
      return row;
    }
    const failures = machine.failures.filter(({ tool: failed }) => failed === tool.id);
    const { status, drift, reason } = judge(requirement, { copies, failures, locked: wanted.locked });
    const { pending: _pending, ...judged } = row;
    return { ...judged, status, ...(drift === undefined ? {} : { drift }), reason };
  };

  const rows = wanted === undefined ? [] : requirementsOf(wanted.shell, catalog).map(toRow).sort(order);
  const asked = new Set(rows.map(({ tool }) => tool));
  const others = [...installed]
    .filter(([id]) => !asked.has(id))
    .map(([id, copies]): EarlyRow => {
      const row = extraRow(id, catalog.findById(id), copies.map(actualOf), undefined);
      return wanted === undefined ? { ...row, reason: 'The flake is still being read.', pending: true } : row;
    })
    .sort(order);
  return [...rows, ...others];
}
