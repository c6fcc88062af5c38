import type { Audit } from '../core/model/audit';
import type { Checklist, ChecklistChange, ChecklistProgress } from '../core/model/checklist';
import { ProblemError } from '../core/model/problem';
import type { ChecklistStore } from '../node/checklist-store';
import type { ReportService } from './report-service';

/** Keeps the checklist of an audit: what Lockstep sees, what people tick and note. The command line has the same file. */
export interface ChecklistService {
  /** Remembers what an audit shows. */
  observe(audit: Audit): Promise<void>;
  get(audit: Audit): Promise<Checklist>;
  /** @throws ProblemError `step-unknown` for a step that the checklist does not have */
  change(audit: Audit, step: string, change: ChecklistChange): Promise<Checklist>;
}

/**
 * @param who under which name the user ticks
 * @param now the clock
 */
export function createChecklistService(
  store: ChecklistStore,
  reports: Pick<ReportService, 'reportOf'>,
  who: () => string,
  now: () => Date,
): ChecklistService {
  const doer = () => ({ by: who(), at: `${now().toISOString().slice(0, 19)}Z` });

  async function kept(audit: Audit, change: (progress: ChecklistProgress) => ChecklistProgress): Promise<Checklist> {
    const [{ checklistOfReport, checklistSteps }, { observe }] = await Promise.all([
      import('../core/checklist/steps'),
      import('../core/checklist/progress'),
    ]);
    const report = await reports.reportOf(audit);
    const steps = checklistSteps(report);
    const progress = store.update(audit.target.flake.path, audit.shell, (before) =>
      change(observe(before, steps, doer())),
    );
    return checklistOfReport({ ...report, progress });
  }

  return {
    observe: async (audit) => void (await kept(audit, (progress) => progress)),
    get: (audit) => kept(audit, (progress) => progress),
    change: async (audit, id, change) => {
      const [{ checklistSteps }, { changeStep }] = await Promise.all([
        import('../core/checklist/steps'),
        import('../core/checklist/progress'),
      ]);
      const steps = checklistSteps(await reports.reportOf(audit));
      return kept(audit, (progress) => {
        const step = steps.find((one) => one.id === id) ?? progress.records.find((record) => record.step === id);
        if (step === undefined) {
          throw new ProblemError({
            code: 'step-unknown',
            message: `The checklist has no step “${id}” any more.`,
            hint: 'Audit again.',
          });
        }
        return changeStep(progress, step, change, doer());
      });
    },
  };
}
