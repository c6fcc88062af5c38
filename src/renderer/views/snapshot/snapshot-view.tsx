import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { catalog } from '../../../core/catalog';
import type { DiffRow } from '../../../core/model/diff';
import type { HostFacts, Installation, PathEntry, Snapshot } from '../../../core/model/snapshot';
import { Tabs } from '../../components/tabs';
import { categoryTitle, compareCategories } from '../../lib/categories';
import { compareText } from '../../lib/status';
import { useAppState } from '../../state/store';

const tabs = ['tools', 'path', 'environment', 'failures'] as const;

type Tab = (typeof tabs)[number];

/** This machine by itself: every copy of every tool, PATH, the environment, and what could not be read. */
export function SnapshotView({ snapshot, rows }: { readonly snapshot: Snapshot; readonly rows: readonly DiffRow[] }) {
  const focus = useAppState((state) => state.place.focus);
  const [tab, setTab] = useState<Tab>('tools');
  useEffect(() => {
    const wanted = tabs.find((name) => name === focus);
    if (wanted !== undefined) {
      setTab(wanted);
    }
  }, [focus]);
  const findings = snapshot.environment.filter(({ finding }) => finding !== undefined).length;
  return (
    <div className="page page-tabs">
      <HostLine host={snapshot.host} />
      <Tabs
        label="Parts of this machine"
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'tools', title: 'Tools', count: snapshot.installations.length },
          { id: 'path', title: 'PATH', count: snapshot.pathEntries.length },
          { id: 'environment', title: 'Environment', count: snapshot.environment.length, alert: findings > 0 },
          { id: 'failures', title: 'Not read', count: snapshot.failures.length },
        ]}
      >
        {tab === 'tools' && <Tools installations={snapshot.installations} rows={rows} />}
        {tab === 'path' && <PathList entries={snapshot.pathEntries} installations={snapshot.installations} />}
        {tab === 'environment' && <Environment snapshot={snapshot} />}
        {tab === 'failures' && <Failures snapshot={snapshot} />}
      </Tabs>
    </div>
  );
}

function HostLine({ host }: { readonly host: HostFacts }) {
  const memory = host.memoryBytes === undefined ? undefined : `${Math.round(host.memoryBytes / 2 ** 30)} GB`;
  const parts = [
    [host.distribution, host.release].filter(Boolean).join(' '),
    host.kernel,
    host.system,
    host.cpu === undefined ? undefined : `${host.cpu}${host.cores === undefined ? '' : `, ${host.cores} cores`}`,
    memory,
  ];
  return (
    <header className="host">
      <h2>{host.name ?? 'This machine'}</h2>
      <p className="muted">{parts.filter(Boolean).join(' · ')}</p>
    </header>
  );
}

interface ToolCopies {
  readonly tool: string;
  readonly title: string;
  readonly copies: readonly Installation[];
}

function Tools({
  installations,
  rows,
}: {
  readonly installations: readonly Installation[];
  readonly rows: readonly DiffRow[];
}) {
  const [text, setText] = useState('');
  const groups = useMemo(() => groupTools(installations, rows), [installations, rows]);
  const wanted = text.trim().toLowerCase();
  const shown = groups
    .map(([category, tools]) => [category, tools.filter((tool) => matches(tool, wanted))] as const)
    .filter(([, tools]) => tools.length > 0);
  return (
    <>
      <div className="search page-search">
        <input
          type="search"
          placeholder="Filter by name, version, manager or path"
          aria-label="Filter installations"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {shown.length === 0 && <p className="muted page-note">No installation matches.</p>}
      {shown.map(([category, tools]) => (
        <section key={category} className="tool-group">
          <h3>
            {categoryTitle(category)} <span className="muted">{tools.length}</span>
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
                        {title}
                      </th>
                    )}
                    <td className="version">{copy.version ?? '?'}</td>
                    <td className="manager">{copy.manager}</td>
                    <td>
                      <span className="path">{copy.path}</span>
                      {copy.leadsTo !== undefined && <span className="path path-to"> → {copy.leadsTo}</span>}
                      {copy.shadowedBy !== undefined && <span className="hint-mark">hidden by {copy.shadowedBy}</span>}
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

const states: Readonly<Record<PathEntry['state'], string>> = {
  ok: '',
  missing: 'does not exist',
  'not-a-directory': 'is not a folder',
  unreadable: 'cannot be read',
  duplicate: 'was there before',
  relative: 'is relative: depends on where you are',
};

function PathList({
  entries,
  installations,
}: {
  readonly entries: readonly PathEntry[];
  readonly installations: readonly Installation[];
}) {
  const hides = useMemo(() => hiddenBy(installations), [installations]);
  return (
    <ol className="path-list">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in PATH; it may be there twice
        <li key={index} className={entry.state === 'ok' ? undefined : 'is-odd'}>
          <span className="path-number">{index + 1}</span>
          <div>
            <p className="path">{entry.path === '' ? '(empty)' : entry.path}</p>
            {entry.state !== 'ok' && <p className="path-note">{states[entry.state]}</p>}
            {entry.writableByOthers === true && (
              <p className="path-note is-alert">
                <TriangleAlert size={13} aria-hidden="true" /> others may write here, and so choose what you run
              </p>
            )}
            {hides.get(entry.path)?.map((sentence) => (
              <p key={sentence} className="muted path-note">
                {sentence}
              </p>
            ))}
          </div>
          <span className="muted number">
            {entry.executables === undefined ? '' : `${entry.executables} program${entry.executables === 1 ? '' : 's'}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** By folder of PATH: what its programs hide. */
function hiddenBy(installations: readonly Installation[]): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const { shadowedBy, path, version } of installations) {
    if (shadowedBy !== undefined) {
      const folder = shadowedBy.slice(0, Math.max(shadowedBy.lastIndexOf('/'), shadowedBy.lastIndexOf('\\')));
      const sentence = `hides ${path}${version === undefined ? '' : ` (${version})`}`;
      result.set(folder, [...(result.get(folder) ?? []), sentence]);
    }
  }
  return result;
}

function Environment({ snapshot }: { readonly snapshot: Snapshot }) {
  if (snapshot.environment.length === 0) {
    return <p className="muted page-note">None of the variables that matter to tools is set.</p>;
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {snapshot.environment.map(({ name, value, finding }) => (
          <tr key={name}>
            <th scope="row" className="mono">
              {name}
            </th>
            <td>
              {value === undefined ? (
                <span className="muted">set; its value is not recorded</span>
              ) : (
                <span className="path">{value}</span>
              )}
              {finding !== undefined && (
                <p className="path-note is-alert">
                  <TriangleAlert size={13} aria-hidden="true" /> {finding}
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Failures({ snapshot }: { readonly snapshot: Snapshot }) {
  if (snapshot.failures.length === 0) {
    return <p className="muted page-note">Everything that was found could be read.</p>;
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {snapshot.failures.map(({ status, tool, path, reason, code }) => (
          <tr key={`${tool} ${path} ${code}`}>
            <th scope="row">
              {tool === undefined ? (path ?? 'This machine') : (catalog.findById(tool)?.title ?? tool)}{' '}
              <span className="muted">{status}</span>
            </th>
            <td>
              {reason}
              {path !== undefined && <p className="path muted">{path}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
