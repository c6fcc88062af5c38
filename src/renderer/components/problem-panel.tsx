import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { detailBelowMessage, type Problem } from '../../core/model/problem';
import { baseName } from '../lib/paths';
import { CodeView } from './code-view';
import { CopyButton } from './copy-button';
import type { Action } from './empty-state';
import { Prose } from './prose';
import { ScrollingText } from './scrolling-text';

/**
 * A problem as a page: what, where, the place in the source, what to do next, and one action.
 *
 * @param flake the folder of the flake that is at fault: its code is shown
 */
export function ProblemPanel({
  problem,
  action,
  flake,
  children,
}: {
  readonly problem: Problem;
  readonly action: Action;
  readonly flake?: string;
  readonly children?: ReactNode;
}) {
  const { message, position, hint, code } = problem;
  const detail = detailBelowMessage(problem);
  return (
    <section className="problem" role="alert">
      <CircleAlert className="problem-icon" size={26} aria-hidden="true" />
      <h2>
        <Prose text={message} />
      </h2>
      {position !== undefined && flake === undefined && (
        <p className="problem-place mono" title={position.file}>
          {baseName(position.file)}:{position.line}:{position.column}
        </p>
      )}
      {position !== undefined && flake !== undefined && (
        <div className="problem-code">
          <CodeView position={position} flake={flake} />
        </div>
      )}
      {hint !== undefined && (
        <p className="problem-hint">
          <Prose text={hint} />
        </p>
      )}
      <button type="button" className="button primary" onClick={action.run}>
        {action.label}
      </button>
      {children}
      {detail !== undefined && (
        <details className="problem-trace" open={position === undefined || flake === undefined}>
          <summary>Details</summary>
          <div className="problem-detail">
            <ScrollingText label="Details">{withoutMargin(detail)}</ScrollingText>
            <CopyButton
              text={[`${code}: ${message}`, position && `${position.file}:${position.line}:${position.column}`, detail]
                .filter(Boolean)
                .join('\n')}
              what="the details"
            />
          </div>
        </details>
      )}
    </section>
  );
}

/** Nix sets the source lines of an error off with a margin, which means nothing on a page. */
function withoutMargin(text: string): string {
  const lines = text.split('\n');
  const margin = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/\S|$/u)));
  return lines.map((line) => line.slice(margin)).join('\n');
}
