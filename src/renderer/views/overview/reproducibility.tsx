import { useEffect, useState } from 'react';
import type { Audit } from '../../../core/model/audit';
import type { HistoryEntry } from '../../../ipc/contract';
import type { EarlyAudit } from '../../lib/early';
import { goToView, showStatus } from '../../state/actions';
import { call } from '../../state/api';
import { declarativeFigure, earlyFigures, type Figure, reliableFigure, reproducibleFigure } from './figures';

/** Where the facts behind a figure are. */
const places: Readonly<Record<Figure['id'], { readonly label: string; readonly show: () => void }>> = {
  reproducible: { label: 'Show the inputs', show: () => goToView('target') },
  declarative: { label: 'Show what it does not declare', show: () => showStatus('extra') },
  reliable: { label: 'Show the history', show: () => goToView('history') },
};

/** How well the environment can be trusted, in three figures, each with the facts behind it. */
export function Reproducibility({
  audit,
  early,
}: {
  readonly audit: Audit | undefined;
  /** In place of an audit, what is known of it so far. */
  readonly early: EarlyAudit | undefined;
}) {
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([]);
  const folder = audit?.target.flake.path ?? early?.flake ?? '';
  const takenAt = audit?.snapshot.takenAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another audit is another entry
  useEffect(() => {
    let isThere = true;
    call('listHistory', { folder }).then(
      (list) => {
        if (isThere) {
          setEntries(list);
        }
      },
      () => undefined,
    );
    return () => {
      isThere = false;
    };
  }, [folder, takenAt]);
  const now = takenAt ?? new Date().toISOString();
  const figures = [
    ...(audit === undefined
      ? earlyFigures(early?.results, early?.isOver === true, now)
      : [reproducibleFigure(audit), declarativeFigure({ ...audit, total: audit.summary.total })]),
    reliableFigure(entries, now),
  ];
  return (
    <section className="figures" aria-label="Reproducibility">
      {figures.map((figure) => (
        <FigureCard key={figure.id} figure={figure} />
      ))}
    </section>
  );
}

function FigureCard({ figure: { id, title, share, of, facts } }: { readonly figure: Figure }) {
  const { label, show } = places[id];
  const percent = share === undefined ? undefined : Math.round(share * 100);
  return (
    <section className="figure" aria-label={title}>
      <h3>{title}</h3>
      <p className="figure-value">{percent === undefined ? '–' : `${percent} %`}</p>
      <div className="figure-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${share ?? 0})` }} />
      </div>
      <p>{of}</p>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <button type="button" className="link" onClick={show}>
        {label}
      </button>
    </section>
  );
}
