import { CornerDownRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { catalog } from '../../../core/catalog';
import { categoryTitle } from '../../../core/catalog/categories';
import { grouped } from '../../../core/grouped';
import type { DiffRow } from '../../../core/model/diff';
import type { Installation } from '../../../core/model/snapshot';
import { plain } from '../../../core/report/plain';
import { PageSearch } from '../../components/page-search';
import { PathText } from '../../components/path-text';
import { compareCategories } from '../../lib/categories';
import { compareText } from '../../lib/status';
import { go } from '../../state/actions';

interface ToolCopies {
  readonly tool: string;
  readonly title: string;
  readonly copies: readonly Installation[];
}

/**
 * Every copy of every tool, by category.
 *
 * @param unread what it means that a version is not there, where not all of the machine was read
 */
export function ToolsTab({
  installations,
  rows,
  unread,
}: {
  readonly installations: readonly Installation[];
  readonly rows: readonly DiffRow[];
  readonly unread: 'reading' | 'not read' | undefined;
}) {
  const [text, setText] = useState('');
  const groups = useMemo(() => groupTools(installations, rows), [installations, rows]);
  const compared = useMemo(() => new Set(rows.map(({ tool }) => tool)), [rows]);
  const wanted = text.trim().toLowerCase();
  const shown = groups
    .map(([category, tools]) => [category, tools.filter((tool) => matches(tool, wanted))] as const)
    .filter(([, tools]) => tools.length > 0);
  return (
    <>
      <PageSearch
        label="Filter installations"
        placeholder="Filter by name, version, manager or path"
        text={text}
        onChange={setText}
      />
      {shown.length === 0 && <p className="muted page-note">No installation matches.</p>}
      {shown.map(([category, tools]) => (
        <section key={category} className="tool-group">
          <h3>
            {categoryTitle(category)} <span className="muted">{grouped(tools.length)}</span>
          </h3>
          <table className="table installations">
            <colgroup>
              <col />
              <col />
              <col />
              <col />
            </colgroup>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Tool</th>
                <th scope="col">Version</th>
                <th scope="col">Manager</th>
                <th scope="col">Path</th>
              </tr>
            </thead>
            <tbody>
              {tools.flatMap(({ tool, title, copies }) =>
                copies.map((copy, index) => (
                  <tr key={`${tool} ${copy.path}`} className={copy.active ? undefined : 'is-hidden'}>
                    {index === 0 && (
                      <th scope="rowgroup" rowSpan={copies.length}>
                        {compared.has(tool) ? (
                          <button
                            type="button"
                            className="link plain"
                            title="Show it in the comparison"
                            onClick={() => go({ view: 'compare', focus: tool })}
                          >
                            {title}
                          </button>
                        ) : (
                          title
                        )}
                      </th>
                    )}
                    <td
                      className={copy.version === undefined ? 'version muted' : 'version'}
                      title={copy.version === undefined ? (unread ?? 'not known') : undefined}
                    >
                      {plain(copy.version ?? (unread === 'reading' ? '…' : '?'))}
                    </td>
                    <td className="manager">{copy.manager}</td>
                    <td>
                      <span className="path">
                        <PathText path={copy.path} />
                      </span>
                      {copy.leadsTo !== undefined && (
                        <span className="path path-to">
                          <CornerDownRight size={12} aria-label="is a shim that starts" role="img" />{' '}
                          <PathText path={copy.leadsTo} />
                        </span>
                      )}
                      {copy.shadowedBy !== undefined && (
                        <span className="hint-mark">
                          hidden by <PathText path={copy.shadowedBy} />
                        </span>
                      )}
                    </td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function matches({ title, copies }: ToolCopies, wanted: string): boolean {
  return (
    wanted === '' ||
    title.toLowerCase().includes(wanted) ||
    copies.some(({ version, manager, path, realPath }) =>
      `${version}\n${manager}\n${path}\n${realPath}`.toLowerCase().includes(wanted),
    )
  );
}

function groupTools(
  installations: readonly Installation[],
  rows: readonly DiffRow[],
): readonly (readonly [category: string, tools: readonly ToolCopies[]])[] {
  const names = new Map(rows.map(({ tool, title, category }) => [tool, { title, category }]));
  const tools = new Map<string, Installation[]>();
  for (const installation of installations) {
    tools.set(installation.tool, [...(tools.get(installation.tool) ?? []), installation]);
  }
  const groups = new Map<string, ToolCopies[]>();
  for (const [tool, copies] of tools) {
    const { title, category } = names.get(tool) ?? catalog.findById(tool) ?? { title: tool, category: 'other' };
    groups.set(category, [...(groups.get(category) ?? []), { tool, title, copies }]);
  }
  return [...groups]
    .sort(([a], [b]) => compareCategories(a, b))
    .map(([category, members]) => [category, members.sort((a, b) => compareText(a.title, b.title))] as const);
}
