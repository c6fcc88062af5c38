import { grouped } from '../../../core/grouped';
import { plain } from '../../../core/report/plain';
import './checklist.css';
import { Copy, FileText, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Audit } from '../../../core/model/audit';
import {
  type Checklist,
  type ChecklistChange,
  type ChecklistItem,
  checklistSections,
} from '../../../core/model/checklist';
import type { Problem } from '../../../core/model/problem';
import { sectionTitles } from '../../../core/report/checklist-words';
import { useGrowing } from '../../components/growing-list';
import { ProblemPanel } from '../../components/problem-panel';
import { attempt, auditAgain, copyChecklist, exportReport, problemFrom } from '../../state/actions';
import { call } from '../../state/api';
import { setState, useAppState } from '../../state/store';
import { NoteList } from './notes';
import { StepItem } from './step-item';

/** Milliseconds: somebody who comes back to the window has maybe installed something. */
const FRESH = 3_000;

/** The steps from this machine to what the flake asks for. It ticks itself off as the machine changes. */
export function ChecklistView({ audit }: { readonly audit: Audit }) {
  const past = useAppState((state) => state.pastId !== undefined);
  const name = useAppState((state) => state.settings.name);
  const [list, setList] = useState<Checklist | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [open, setOpen] = useState<string | undefined>();
  const before = useRef<Checklist | undefined>(undefined);
  useAuditOnReturn(!past);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another audit or name is another checklist
  useEffect(() => {
    let current = true;
    call('getChecklist')
      .then((next) => {
        if (current) {
          tellTicked(before.current, next);
          setOpen((id) => (before.current === undefined ? firstOpen(next) : id));
          before.current = next;
          setList(next);
          setProblem(undefined);
        }
      })
      .catch((error: unknown) => current && setProblem(problemFrom(error)));
    return () => {
      current = false;
    };
  }, [audit, name]);

  async function change(step: string, what: ChecklistChange): Promise<void> {
    const next = await attempt(() => call('changeChecklist', { step, change: what }));
    if (next !== undefined) {
      before.current = next;
      setList(next);
    }
  }

  if (problem !== undefined) {
    return <ProblemPanel problem={problem} action={{ label: 'Audit again', run: auditAgain }} />;
  }
  if (list === undefined) {
    return null;
  }
  return (
    <div className="page checklist">
      <Progress list={list} />
      {checklistSections.map((section) => (
        <Steps
          key={section}
          title={sectionTitles[section]}
          items={list.items.filter((item) => item.section === section)}
          open={open}
          onOpen={setOpen}
          onChange={change}
        />
      ))}
      {list.former.length > 0 && (
        <section className="page-section" aria-label="No longer asked for">
          <h2>
            No longer asked for <span className="muted">kept for their notes</span>
          </h2>
          <ul className="steps">
            {list.former.map(({ step, title, notes }) => (
              <li key={step} className="step former">
                <p className="step-title clamped">{plain(title)}</p>
                <NoteList notes={notes} onRemove={(index) => change(step, { kind: 'remove-note', index })} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function isClosed({ state }: ChecklistItem): boolean {
  return state === 'done' || state === 'skipped';
}

/** The steps of one section. */
function Steps({
  title,
  items,
  open,
  onOpen,
  onChange,
}: {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
  /** Id of the step that is open. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
  readonly onChange: (step: string, what: ChecklistChange) => Promise<void>;
}) {
  const { shown, more } = useGrowing(items, 'steps');
  // As the whole is counted: what is optional counts when it is done.
  const closed = items.filter(isClosed);
  const asked = items.filter((item) => item.optional !== true || isClosed(item));
  return items.length === 0 ? null : (
    <section className="page-section" aria-label={title}>
      <h2>
        {title}{' '}
        <span className="muted">
          {asked.length === 0 ? 'optional' : grouped(`${closed.length} of ${asked.length}`)}
        </span>
      </h2>
      <ul className="steps">
        {shown.map((item) => (
          <StepItem
            key={item.id}
            item={item}
            isOpen={open === item.id}
            onToggle={() => onOpen(open === item.id ? undefined : item.id)}
            onChange={(what) => onChange(item.id, what)}
          />
        ))}
      </ul>
      {more}
    </section>
  );
}

function Progress({ list }: { readonly list: Checklist }) {
  const { done, skipped, total, system, shell } = list;
  const share = total === 0 ? 1 : (done + skipped) / total;
  return (
    <section className="checklist-head" aria-label="Progress">
      <div>
        <p className="headline">
          {done + skipped >= total ? 'All done' : grouped(`${done} of ${total} done`)}
          {skipped > 0 && <span className="muted">, {grouped(skipped)} skipped</span>}
        </p>
        <p className="muted clamped" title={shell}>
          {plain(shell)} on {system}
        </p>
        <p className="muted">What Lockstep sees ticks itself off; the rest is yours to tick.</p>
      </div>
      <div className="checklist-actions">
        <button type="button" className="button" onClick={() => void copyChecklist()}>
          <Copy size={14} aria-hidden="true" /> Copy as issue
        </button>
        <button type="button" className="button" onClick={() => void exportReport('checklist')}>
          <FileText size={14} aria-hidden="true" /> Markdown
        </button>
        <button type="button" className="button" onClick={() => void exportReport('checklist-pdf')}>
          <Printer size={14} aria-hidden="true" /> PDF
        </button>
      </div>
      <div
        className="checklist-bar"
        role="progressbar"
        aria-label="Steps done"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done + skipped}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}

/** Audits again when the window gets the focus back: the change was made in a terminal. */
function useAuditOnReturn(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    let left = Date.now();
    const leave = () => {
      left = Date.now();
    };
    const come = () => {
      if (Date.now() - left > FRESH) {
        auditAgain();
      }
    };
    window.addEventListener('blur', leave);
    window.addEventListener('focus', come);
    return () => {
      window.removeEventListener('blur', leave);
      window.removeEventListener('focus', come);
    };
  }, [isWanted]);
}

/** Says aloud what has ticked itself off. */
function tellTicked(before: Checklist | undefined, now: Checklist): void {
  const were = new Set(before?.items.filter(({ state }) => state !== 'done').map(({ id }) => id));
  const ticked = now.items.filter(({ id, state }) => state === 'done' && were.has(id));
  if (ticked.length > 0) {
    setState({ announcement: `Done: ${ticked.map(({ title }) => title).join(', ')}` });
  }
}

function firstOpen({ items }: Checklist): string | undefined {
  return items.find(({ state, optional }) => state === 'open' && optional !== true)?.id;
}
