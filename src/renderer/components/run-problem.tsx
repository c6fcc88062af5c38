import type { Problem } from '../../core/model/problem';
import { plain } from '../../core/report/plain';
import { auditAgain, openFlake } from '../state/actions';
import type { Action } from './empty-state';
import { ProblemPanel } from './problem-panel';

/** For these another folder is needed, not another try. */
const wrongFolder = new Set(['flake-not-found', 'folder-not-found', 'no-flake', 'not-found']);

/** Why an audit failed. Editing the flake audits again by itself; the action is for everything else. */
export function RunProblem({ problem, folder }: { readonly problem: Problem; readonly folder: string }) {
  const action: Action = wrongFolder.has(problem.code)
    ? { label: 'Open another flake…', run: () => void openFlake() }
    : { label: 'Audit again', run: auditAgain };
  return (
    <ProblemPanel problem={problem} action={action} flake={folder}>
      <p className="problem-folder path">{plain(folder)}</p>
    </ProblemPanel>
  );
}
