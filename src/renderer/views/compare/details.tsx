import { ArrowDown, CornerDownRight, FolderOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { categoryTitle } from '../../../core/catalog/categories';
import type { Audit } from '../../../core/model/audit';
import type { Actual, Expected, Fix } from '../../../core/model/diff';
import type { Evidence } from '../../../core/model/evidence';
import { plain, plainLines } from '../../../core/report/plain';
import { CodeView } from '../../components/code-view';
import { CopyButton } from '../../components/copy-button';
import { IconButton } from '../../components/icon-button';
import { PathText } from '../../components/path-text';
import { Prose } from '../../components/prose';
import { StatusMark } from '../../components/status-mark';
import { ExpectedVersion, VersionText } from '../../components/version-text';
import type { EarlyAudit } from '../../lib/early';
import { isDifference } from '../../lib/status';
import { revealFile } from '../../state/actions';
import { setState, useAppState } from '../../state/store';
import { DeclaredPins } from './declared-pins';
import { absenceOf, rowAsText } from './grid-model';
import type { CompareRow } from './matrix-rows';

/** Everything that is known of one row: why, how to fix it, every copy in order, who asks for it, and how we know. */
export function Details({
  row,
  audit,
  early,
  flake,
}: {
  readonly row: CompareRow;
  /** Absent while it is being made. */
  readonly audit: Audit | undefined;
  /** What is known of it then. */
  readonly early: EarlyAudit | undefined;
  /** The flake's folder. */
  readonly flake: string;
}) {
  const { title, status, expected, actual, reason, copies, fixes, accepted, pending } = row;
  const past = useAppState((state) => state.pastId);
  const isSame = status === 'match' || pending !== undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <aside className="details" aria-label={`Details of ${title}`} tabIndex={0}>
      <DetailsHead row={row} />
      <div className={`verdict verdict-${pending === undefined ? status : 'pending'}`}>
        {pending === undefined && <StatusMark status={status} />}
        <p>{plain(reason)}</p>
        {accepted !== undefined && (
          <p className="muted">
            Accepted by {accepted.by === 'policy' ? 'the project’s policy' : 'the baseline'}
            {accepted.until !== undefined && ` until ${accepted.until}`}: {accepted.reason}
          </p>
        )}
      </div>
      <dl className="versions">
        <div>
          <dt>This machine</dt>
          <dd>
            {actual === undefined ? (
              <span className="muted">{pending !== undefined ? '…' : absenceOf(row)}</span>
            ) : (
              <VersionText
                version={actual.version ?? (pending === undefined ? 'unknown' : '…')}
                other={isSame ? undefined : expected?.version}
              />
            )}
          </dd>
        </div>
        <div>
          <dt>Target</dt>
          <dd>
            {expected === undefined ? (
              <span className="muted">{pending === undefined ? 'not asked for' : '…'}</span>
            ) : (
              <ExpectedVersion expected={expected} other={isSame ? undefined : actual?.version} />
            )}
          </dd>
        </div>
      </dl>
      {audit === undefined && early !== undefined && pending === undefined && isDifference(row) && (
        <FixesToCome early={early} />
      )}
      {fixes.length > 0 && (
        <Section title={fixes.length === 1 ? 'How to fix it' : 'Ways to fix it'}>
          <ul className="fixes">
            {fixes.map((fix) => (
              <FixItem key={`${fix.manager} ${fix.command}`} fix={fix} />
            ))}
          </ul>
        </Section>
      )}
      {copies.length > 0 && (
        <Section title={copies.length === 1 ? 'On this machine' : `${copies.length} copies, in PATH order`}>
          <ol className="copies">
            {copies.map((copy) => (
              <CopyItem key={copy.path} copy={copy} isHere={audit !== undefined} />
            ))}
          </ol>
        </Section>
      )}
      {audit?.pins !== undefined && <DeclaredPins pins={audit.pins} tool={row.tool} flake={flake} />}
      {expected !== undefined && (
        <Section title="Asked for by the flake">
          <p className="asked">
            <code>{plain(expected.attribute)}</code>
            <span className="certainty-word">{certaintyOf(expected)}</span>
          </p>
          {expected.reason !== undefined && (
            <p className="muted">
              <Prose text={expected.reason} />
            </p>
          )}
          {expected.position !== undefined && <CodeView position={expected.position} flake={flake} past={past} />}
        </Section>
      )}
    </aside>
  );
}

/** In place of the fixes of a row that is judged before the whole is known. */
function FixesToCome({ early: { isOver, results } }: { readonly early: EarlyAudit }) {
  return (
    <Section title="How to fix it">
      <p className="muted">
        {isOver
          ? 'The audit was cancelled before ways to fix this were worked out.'
          : 'Ways to fix this follow when the audit is done.'}
        {results.policy === true &&
          ` What the project’s policy accepts ${isOver ? 'was' : 'is'} not taken into account${isOver ? '' : ' yet'}.`}
      </p>
    </Section>
  );
}

const certaintyWords = {
  exact: 'exact: the index has this revision',
  estimate: '≈ estimate: the nearest known revisions agree',
  range: 'between the nearest known revisions',
  unknown: 'version not known',
} as const;

/** Why a version is exact is said apart where it is not the index that knows it. */
function certaintyOf({ certainty, reason }: Expected): string {
  return certainty === 'exact' && reason !== undefined ? 'exact' : certaintyWords[certainty];
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="details-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

export function FixItem({ fix }: { readonly fix: Fix }) {
  return (
    <li className="fix">
      <div className="fix-head">
        <span className="fix-manager">{fix.manager}</span>
        <span className="fix-title">{plain(fix.title)}</span>
      </div>
      <div className="command">
        <code>{plainLines(fix.command)}</code>
        <CopyButton text={fix.command} what={`the ${fix.manager} command`} />
      </div>
      {fix.risk !== undefined && (
        <p className="fix-risk" title={fix.risk}>
          {fix.risk}
        </p>
      )}
    </li>
  );
}

/** @param isHere false for a copy that this machine's file manager cannot show: it is of another one, or not settled */
export function CopyItem({ copy, isHere = true }: { readonly copy: Actual; readonly isHere?: boolean }) {
  return (
    <li className={`copy${copy.active ? ' is-active' : ''}`}>
      <div className="copy-head">
        <span className="copy-version version">{copy.version ?? 'version unknown'}</span>
        <span className="copy-manager">{copy.manager}</span>
        <span className="copy-role">{roleOf(copy)}</span>
        {isHere && (
          <IconButton label={`Show ${copy.path} in the file manager`} onClick={() => revealFile(copy.path)}>
            <FolderOpen size={13} />
          </IconButton>
        )}
      </div>
      <p className="path">
        <PathText path={copy.path} />
      </p>
      {copy.realPath !== copy.path && (
        <p className="path path-to">
          <CornerDownRight size={12} aria-label="is a link to" role="img" /> <PathText path={copy.realPath} />
        </p>
      )}
      {copy.leadsTo !== undefined && (
        <p className="path path-to">
          <CornerDownRight size={12} aria-label="is a shim that starts" role="img" /> <PathText path={copy.leadsTo} />
          <span className="hint-mark">shim</span>
        </p>
      )}
      {copy.shadowedBy !== undefined && (
        <p className="path path-to">
          <ArrowDown size={12} aria-hidden="true" /> hidden by <PathText path={copy.shadowedBy} />
        </p>
      )}
      <EvidenceList evidence={copy.evidence} />
    </li>
  );
}

function roleOf(copy: Actual): string {
  if (copy.active) {
    return 'wins on PATH';
  }
  return copy.onPath ? 'hidden' : 'off PATH';
}

const kinds: Readonly<Record<Evidence['kind'], string>> = {
  file: 'File',
  path: 'Path',
  'package-database': 'Database',
  command: 'Command',
  environment: 'Variable',
};

function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  if (evidence.length === 0) {
    return null;
  }
  return (
    <ul className="evidence" aria-label="Evidence">
      {evidence.map((fact) => (
        <li key={`${fact.kind} ${fact.source} ${fact.detail}`}>
          <span className="evidence-kind">{kinds[fact.kind]}</span>
          <span className="evidence-source">
            <span className="path">
              <PathText path={fact.source} />
            </span>
            {fact.detail !== undefined && <span className="evidence-detail">{plain(fact.detail)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the details are of, the row to take along, and the way out of them, back to the grid. */
export function DetailsHead({ row }: { readonly row: CompareRow }) {
  return (
    <header className="details-head">
      <div>
        <p className="details-category">{categoryTitle(row.category)}</p>
        <h2>{plain(row.title)}</h2>
      </div>
      <div className="details-actions">
        <CopyButton text={rowAsText(row)} what={`the row of ${row.title}`} />
        <IconButton
          label="Hide details"
          shortcut="Escape"
          onClick={() => {
            setState({ detailsOpen: false });
            document.getElementById('compare-grid')?.focus();
          }}
        >
          <X size={16} />
        </IconButton>
      </div>
    </header>
  );
}
