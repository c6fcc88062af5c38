import { useState } from 'react';
import { catalog } from '../../../core/catalog';
import { CONTEXT_TITLES } from '../../../core/environment/phrases';
import { grouped } from '../../../core/grouped';
import type { ContextDifference, Snapshot } from '../../../core/model/snapshot';

/** Rows that are shown before the reader asks for all. */
const FIRST = 40;

/** Tools that the contexts do not start alike: a column a context. */
export function ContextDifferences({ snapshot }: { readonly snapshot: Snapshot }) {
  const { contexts = [], contextDifferences = [], pathContext } = snapshot;
  const [all, setAll] = useState(false);
  const shown = all ? contextDifferences : contextDifferences.slice(0, FIRST);
  return (
    <section className="tab-section" aria-label="Not the same everywhere">
      <h3>
        Not the same everywhere <span className="muted">{grouped(contextDifferences.length)}</span>
      </h3>
      <div className="context-table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Tool</th>
              {contexts.map(({ id }) => (
                <th key={id} scope="col">
                  {CONTEXT_TITLES[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((difference) => (
              <tr key={difference.tool}>
                <th scope="row">{catalog.findById(difference.tool)?.title ?? difference.tool}</th>
                {contexts.map(({ id }) => (
                  <Start key={id} difference={difference} context={id} decides={pathContext} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {contextDifferences.length > shown.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show all {grouped(contextDifferences.length)}
        </button>
      )}
    </section>
  );
}

function Start({
  difference,
  context,
  decides,
}: {
  readonly difference: ContextDifference;
  readonly context: string;
  readonly decides: string | undefined;
}) {
  const own = difference.starts.find((start) => start.context === decides);
  const start = difference.starts.find((one) => one.context === context);
  if (start?.path === undefined) {
    return (
      <td>
        <span className={own?.path === undefined ? 'muted' : 'is-other'}>not found</span>
      </td>
    );
  }
  const { path, version, manager } = start;
  return (
    <td title={path}>
      <span className={path === own?.path ? 'version' : 'version is-other'}>{version ?? '?'}</span>{' '}
      <span className="muted">{manager}</span>
    </td>
  );
}
