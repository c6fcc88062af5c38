import { ArrowRight } from 'lucide-react';
import { Fragment } from 'react';
import { grouped } from '../../../core/grouped';
import type { Audit } from '../../../core/model/audit';
import type { DiffRow, DiffSummary, EarlyRow } from '../../../core/model/diff';
import type { Problem } from '../../../core/model/problem';
import type { Target } from '../../../core/model/target';
import { plain } from '../../../core/report/plain';
import { isWhole } from '../../../core/report/remedies';
import { PlaceLink } from '../../components/place-link';
import { Prose } from '../../components/prose';
import { SegmentedBar } from '../../components/segmented-bar';
import { StatusMark } from '../../components/status-mark';
import { CategoryChart } from '../../lazy-views';
import { compareCategories } from '../../lib/categories';
import { type EarlyAudit, summaryOf } from '../../lib/early';
import { baseName } from '../../lib/paths';
import { compareUrgency, isDifference } from '../../lib/status';
import { go } from '../../state/actions';
import { FixItem } from '../compare/details';
import { Reproducibility } from './reproducibility';

/**
 * The state of things in words, a bar, a chart, and the three differences that matter most. While an audit is made: what
 * is known of that so far, in the same places.
 */
export function OverviewView({
  audit,
  early,
}: {
  readonly audit: Audit | undefined;
  readonly early?: EarlyAudit | undefined;
}) {
  const shown = audit === undefined ? early && shownOfEarly(early) : shownOfAudit(audit);
  if (shown === undefined) {
    return null;
  }
  const { summary, rows, open, subject, shell, target } = shown;
  const first = weightiest(rows);
  return (
    <div className="page" tabIndex={-1}>
      <section className="hero" aria-label="Summary">
        <p className="hero-subject clamped" title={shell}>
          {subject}
        </p>
        <Headline text={grouped(summary.headline)} />
        {summary.total > 0 && <SegmentedBar summary={summary} open={open} />}
      </section>
      <Reproducibility audit={audit} early={early} />
      <div className="columns">
        <section className="panel" aria-label="What matters most">
          <h3 className="panel-title">
            {first.length === 0 ? shown.nothing.title : `What matters most${open === undefined ? '' : ' so far'}`}
            {first.length > 0 && (
              <button type="button" className="link more" onClick={() => go({ view: 'compare' })}>
                All differences <ArrowRight size={13} aria-hidden="true" />
              </button>
            )}
          </h3>
          {first.length === 0 ? (
            <p className="muted">{shown.nothing.text}</p>
          ) : (
            <ol className="top">
              {first.map((row) => (
                <TopDifference
                  key={`${row.tool} ${row.expected?.attribute}`}
                  row={row}
                  isFixToCome={audit === undefined && early?.isOver === false}
                />
              ))}
            </ol>
          )}
        </section>
        <div className="panel-stack">
          <section className="panel" aria-label="By category">
            <h3 className="panel-title">By category</h3>
            {target === undefined ? (
              <p className="muted">
                {early?.isOver === true ? 'The flake was not read.' : 'Known when the flake is read.'}
              </p>
            ) : (
              <CategoryChart rows={rows} open={open?.word} />
            )}
          </section>
          {target !== undefined && (
            <Findings findings={[...(audit?.findings ?? []), ...target.findings]} flake={target.flake.path} />
          )}
        </div>
      </div>
    </div>
  );
}

/** A number and what it counts stay together: lines end after a clause. */
function Headline({ text }: { readonly text: string }) {
  return (
    <h2 className="headline">
      {text.split(/(?<=[;,]) /u).map((clause) => (
        <Fragment key={clause}>
          <span>{clause}</span>{' '}
        </Fragment>
      ))}
    </h2>
  );
}

interface Shown {
  readonly subject: string;
  readonly shell: string | undefined;
  readonly summary: DiffSummary;
  readonly rows: readonly EarlyRow[];
  /** What is not judged; absent when all of it is. */
  readonly open: { readonly count: number; readonly word: string } | undefined;
  readonly target: Target | undefined;
  /** Where there are no differences. */
  readonly nothing: { readonly title: string; readonly text: string };
}

function subjectOf(host: string | undefined, folder: string, shell: string | undefined): string {
  return [
    `${plain(host ?? 'This machine')} against ${baseName(folder)}`,
    ...(shell === undefined ? [] : [plain(shell)]),
  ].join(' · ');
}

function shownOfAudit({ summary, snapshot, target, shell, rows }: Audit): Shown {
  return {
    subject: subjectOf(snapshot.host.name, target.flake.path, shell),
    shell,
    summary,
    rows,
    open: undefined,
    target,
    nothing: {
      title: 'Nothing to do',
      text:
        summary.total === 0
          ? 'This shell asks for no packages, so there is nothing that this machine could lack.'
          : 'This machine has everything that the flake asks for.',
    },
  };
}

function shownOfEarly(early: EarlyAudit): Shown {
  const { rows, machine, target, shell } = early.results;
  const summary = summaryOf(early);
  return {
    subject: subjectOf(machine?.host.name, early.flake, shell),
    shell,
    summary,
    rows,
    open: { count: summary.pending, word: early.isOver ? 'not read' : 'being read' },
    target,
    nothing: {
      title: early.isOver ? 'No differences in what was compared' : 'No differences so far',
      text: early.isOver
        ? 'The audit was cancelled before all of it was compared.'
        : 'They are listed here as they are found, those that matter most first.',
    },
  };
}

/** The three differences that matter most, each of another tool: two rows of one are mended together. */
function weightiest(rows: readonly EarlyRow[]): readonly DiffRow[] {
  const byTool = new Map<string, DiffRow>();
  const judged = rows.filter((row) => row.pending === undefined && isDifference(row));
  for (const row of judged.sort(compareWeight)) {
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

function TopDifference({ row, isFixToCome }: { readonly row: DiffRow; readonly isFixToCome: boolean }) {
  // The flake's shell mends every row at once: here the way that mends this one is told, where there is one.
  const fix = row.fixes.find((one) => !isWhole(one)) ?? row.fixes[0];
  return (
    <li>
      <button
        type="button"
        className="top-head"
        onClick={() => go({ view: 'compare', focus: row.expected?.attribute ?? row.tool })}
      >
        <StatusMark status={row.status} />
        <b className="clamped" title={row.title}>
          {row.title}
        </b>
        <ArrowRight className="top-arrow" size={14} aria-hidden="true" />
      </button>
      <p className="top-reason">{row.reason}</p>
      {(fix !== undefined || isFixToCome) && (
        <ul className="fixes">{fix === undefined ? <FixToCome /> : <FixItem fix={fix} />}</ul>
      )}
    </li>
  );
}

/** Keeps the place of a fix, which depends on the whole machine. */
function FixToCome() {
  return (
    <li className="fix is-to-come">
      <p className="fix-head">A way to fix it follows</p>
      <div className="command">
        <code aria-hidden="true">…</code>
      </div>
      <p className="fix-risk" aria-hidden="true">
        &nbsp;
      </p>
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
