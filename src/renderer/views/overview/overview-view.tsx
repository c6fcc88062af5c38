import { ArrowRight } from 'lucide-react';
import { Suspense } from 'react';
import type { Audit } from '../../../core/model/audit';
import type { DiffRow } from '../../../core/model/diff';
import type { Problem } from '../../../core/model/problem';
import { plain } from '../../../core/report/plain';
import { PlaceLink } from '../../components/place-link';
import { Prose } from '../../components/prose';
import { SegmentedBar } from '../../components/segmented-bar';
import { StatusMark } from '../../components/status-mark';
import { CategoryChart } from '../../lazy-views';
import { compareCategories } from '../../lib/categories';
import { baseName } from '../../lib/paths';
import { compareUrgency, isDifference } from '../../lib/status';
import { go } from '../../state/actions';
import { FixItem } from '../compare/details';
import { Reproducibility } from './reproducibility';

/** The state of things in words, a bar, a chart, and the three differences that matter most. */
export function OverviewView({ audit }: { readonly audit: Audit }) {
  const { summary, snapshot, target, shell } = audit;
  const first = weightiest(audit.rows);
  const { host } = snapshot;
  return (
    <div className="page" tabIndex={-1}>
      <section className="hero" aria-label="Summary">
        <p className="hero-subject clamped" title={shell}>
          {plain(host.name ?? 'This machine')} against {baseName(target.flake.path)} · {plain(shell)}
        </p>
        <h2 className="headline">{summary.headline}</h2>
        {summary.total > 0 && <SegmentedBar summary={summary} />}
      </section>
      <Reproducibility audit={audit} />
      <div className="columns">
        <section className="panel" aria-label="What matters most">
          <h3 className="panel-title">
            {first.length === 0 ? 'Nothing to do' : 'What matters most'}
            {first.length > 0 && (
              <button type="button" className="link more" onClick={() => go({ view: 'compare' })}>
                All differences <ArrowRight size={13} aria-hidden="true" />
              </button>
            )}
          </h3>
          {first.length === 0 ? (
            <p className="muted">
              {summary.total === 0
                ? 'This shell asks for no packages, so there is nothing that this machine could lack.'
                : 'This machine has everything that the flake asks for.'}
            </p>
          ) : (
            <ol className="top">
              {first.map((row) => (
                <TopDifference key={`${row.tool} ${row.expected?.attribute}`} row={row} />
              ))}
            </ol>
          )}
        </section>
        <div className="panel-stack">
          <section className="panel" aria-label="By category">
            <h3 className="panel-title">By category</h3>
            <Suspense fallback={<div className="chart-space" />}>
              <CategoryChart rows={audit.rows} />
            </Suspense>
          </section>
          <Findings findings={[...audit.findings, ...target.findings]} flake={target.flake.path} />
        </div>
      </div>
    </div>
  );
}

/** The three differences that matter most, each of another tool: two rows of one are mended together. */
function weightiest(rows: readonly DiffRow[]): readonly DiffRow[] {
  const byTool = new Map<string, DiffRow>();
  for (const row of rows.filter(isDifference).sort(compareWeight)) {
    if (!byTool.has(row.tool)) {
      byTool.set(row.tool, row);
    }
  }
  return [...byTool.values()].slice(0, 3);
}

/** A language weighs more than a linter: first the category, as the catalog orders them, then the urgency. */
function compareWeight(a: DiffRow, b: DiffRow): number {
  return compareCategories(a.category, b.category) || compareUrgency(a, b);
}

function TopDifference({ row }: { readonly row: DiffRow }) {
  // The flake's shell mends every row at once: here the way that mends this one is told, where there is one.
  const fix = row.fixes.find(({ command }) => !command.startsWith('nix develop')) ?? row.fixes[0];
  return (
    <li>
      <button
        type="button"
        className="top-head"
        onClick={() => go({ view: 'compare', focus: row.expected?.attribute ?? row.tool })}
      >
        <StatusMark status={row.status} />
        <b>{row.title}</b>
        <ArrowRight className="top-arrow" size={14} aria-hidden="true" />
      </button>
      <p className="top-reason">{row.reason}</p>
      {fix !== undefined && (
        <ul className="fixes">
          <FixItem fix={fix} />
        </ul>
      )}
    </li>
  );
}

function Findings({ findings, flake }: { readonly findings: readonly Problem[]; readonly flake: string }) {
  if (findings.length === 0) {
    return null;
  }
  return (
    <section className="panel" aria-label="Findings">
      <h3 className="panel-title">Findings</h3>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.message}`}>
            <p>
              <Prose text={finding.message} />{' '}
              {finding.position !== undefined && <PlaceLink position={finding.position} flake={flake} />}
            </p>
            {finding.hint !== undefined && (
              <p className="muted">
                <Prose text={finding.hint} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
