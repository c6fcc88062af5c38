import type { DiffRow, DiffSummary } from './diff';
import type { ComparedPins } from './pins';
import type { Problem } from './problem';
import type { Snapshot } from './snapshot';
import type { Target } from './target';

export const AUDIT_SCHEMA = 'lockstep.audit/1';

/** The whole of one audit: what reports are made from. */
export interface Audit {
  readonly schema: typeof AUDIT_SCHEMA;
  readonly snapshot: Snapshot;
  readonly target: Target;
  /** The shell that was compared; a key of `target.shells`. */
  readonly shell: string;
  readonly rows: readonly DiffRow[];
  readonly summary: DiffSummary;
  readonly findings: readonly Problem[];
  /** What the project declares outside its flake; absent where its folder was not read. */
  readonly pins?: ComparedPins;
}

/** What is being done while an audit runs, for a progress display. */
export interface AuditProgress {
  readonly phase: 'snapshot' | 'target' | 'diff';
  /** What is read right now: a path, a tool, an output. */
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}
