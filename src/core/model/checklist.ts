import type { Fix } from './diff';

export const CHECKLIST_SCHEMA = 'lockstep.checklist/1';
export const PROGRESS_SCHEMA = 'lockstep.checklist-progress/1';

/** Something that a person wrote to a step. */
export interface ChecklistNote {
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
}

/** Who finished a step, or decided against it. */
export interface ChecklistMark {
  readonly state: 'done' | 'skipped';
  readonly at: string;
  readonly by: string;
  /** True when Lockstep saw it come about; then it goes when the machine changes back. */
  readonly seen?: true;
  /** What the step asked for at that time: a mark by hand does not hold for another version. */
  readonly asked?: string;
  /** Why it was skipped. */
  readonly reason?: string;
}

/** What is remembered of one step. */
export interface StepRecord {
  /** {@link ChecklistStep.id}. */
  readonly step: string;
  /** Its last title: for a note whose step the flake no longer has. */
  readonly title: string;
  /** Lockstep has seen it undone. */
  readonly open?: true;
  readonly mark?: ChecklistMark;
  readonly notes: readonly ChecklistNote[];
}

/** What is remembered of one checklist: of a flake's shell on this machine. Only steps with something to remember. */
export interface ChecklistProgress {
  readonly schema: typeof PROGRESS_SCHEMA;
  /** The flake's folder. */
  readonly folder: string;
  readonly shell: string;
  readonly records: readonly StepRecord[];
}

export const checklistSections = ['manager', 'tools', 'variables', 'services', 'check'] as const;

export type ChecklistSection = (typeof checklistSections)[number];

/** One step of a checklist for somebody who sets up a machine. */
export interface ChecklistStep {
  /** Stable over versions and other changes of the flake: `tool:node`, `variable:DATABASE_URL`. */
  readonly id: string;
  readonly section: ChecklistSection;
  readonly title: string;
  /** Why, one sentence. */
  readonly why: string;
  /** What it asks for, as far as it may change: `20.11.1`. */
  readonly asked?: string;
  /** What to type, the best first. */
  readonly commands: readonly Fix[];
  /** How to see that it is done: a command, or what Lockstep looks at. */
  readonly check?: string;
  /** The setup works without it. */
  readonly optional?: true;
  /** What Lockstep sees; `undefined` when it cannot. */
  readonly done: boolean | undefined;
}

/**
 * `done`: Lockstep sees it, or somebody ticked what it cannot see. `claimed`: ticked by hand, but the machine does not
 * have it. `unseen`: nobody ticked it, and only a person can.
 */
export type StepState = 'done' | 'skipped' | 'claimed' | 'open' | 'unseen';

/** A step with what is remembered of it. */
export interface ChecklistItem extends ChecklistStep {
  readonly state: StepState;
  readonly mark?: ChecklistMark;
  /** A mark by hand that was for something else than is asked for now. */
  readonly earlier?: ChecklistMark;
  readonly notes: readonly ChecklistNote[];
}

/** A checklist as it is shown. */
export interface Checklist {
  readonly schema: typeof CHECKLIST_SCHEMA;
  /** The flake's name. */
  readonly title: string;
  readonly shell: string;
  readonly system: string;
  /** In the order in which they work: manager, tools, variables, services, check. */
  readonly items: readonly ChecklistItem[];
  /** Steps with notes that the flake no longer asks for. */
  readonly former: readonly StepRecord[];
  readonly done: number;
  readonly skipped: number;
  /** Without optional steps that are still open. */
  readonly total: number;
}

/** What somebody does to a step. */
export type ChecklistChange =
  | { readonly kind: 'done' }
  | { readonly kind: 'skip'; readonly reason?: string }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'note'; readonly text: string }
  /** By its place among the step's notes, from 0. */
  | { readonly kind: 'remove-note'; readonly index: number };
