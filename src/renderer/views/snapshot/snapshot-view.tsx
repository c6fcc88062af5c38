import { useEffect, useMemo, useState } from 'react';
import type { DiffRow } from '../../../core/model/diff';
import type { HostFacts, Installation, Snapshot } from '../../../core/model/snapshot';
import { plain } from '../../../core/report/plain';
import { Tabs } from '../../components/tabs';
import { counted } from '../../lib/counted';
import { installationsOf } from '../../lib/early';
import { saveSnapshot } from '../../state/actions';
import { useAppState } from '../../state/store';
import { EnvironmentTab } from './environment-tab';
import { FailuresTab } from './failures-tab';
import { PackagesTab } from './packages-tab';
import { PathTab } from './path-tab';
import { ToolsTab } from './tools-tab';

const tabs = ['tools', 'path', 'packages', 'environment', 'failures'] as const;

type Tab = (typeof tabs)[number];

/**
 * This machine by itself: every copy of every tool, PATH, the environment, and what could not be read.
 *
 * @param snapshot absent while it is being read: then its tools are there as far as they are known
 * @param rows what it is compared with
 * @param found tools that were found so far, where they are not those of the rows
 * @param isOver true: no more of it will be read
 */
export function SnapshotView({
  snapshot,
  rows,
  found,
  isOver = false,
}: {
  readonly snapshot: Snapshot | undefined;
  readonly rows: readonly DiffRow[];
  readonly found?: readonly Installation[] | undefined;
  readonly isOver?: boolean;
}) {
  const focus = useAppState((state) => state.place.focus);
  const [tab, setTab] = useState<Tab>('tools');
  useEffect(() => {
    const wanted = tabs.find((name) => name === focus);
    if (wanted !== undefined) {
      setTab(wanted);
    }
  }, [focus]);
  const installations = useMemo(
    () => snapshot?.installations ?? found ?? installationsOf(rows),
    [snapshot, found, rows],
  );
  const alerts = snapshot?.findings?.some(({ severity }) => severity === 'warning') === true;
  return (
    <div className="page page-tabs">
      <HostLine host={snapshot?.host} isOver={isOver} />
      <Tabs
        label="Parts of this machine"
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'tools', title: 'Tools', count: installations.length },
          {
            id: 'path',
            title: 'PATH',
            count: snapshot?.pathEntries.length,
            alert: (snapshot?.contextDifferences ?? []).length > 0,
          },
          { id: 'packages', title: 'Packages' },
          {
            id: 'environment',
            title: 'Environment',
            count: snapshot && (snapshot.findings ?? []).length + snapshot.environment.length,
            alert: alerts,
          },
          { id: 'failures', title: 'Not read', count: snapshot?.failures.length },
        ]}
      >
        {tab === 'tools' && (
          <ToolsTab
            installations={installations}
            rows={rows}
            unread={snapshot !== undefined ? undefined : isOver ? 'not read' : 'reading'}
          />
        )}
        {tab !== 'tools' && snapshot === undefined && (
          <p className="muted page-note">
            {isOver ? 'Not read: it was cancelled before.' : `${toCome[tab]} when all of this machine is read.`}
          </p>
        )}
        {tab === 'path' && snapshot !== undefined && <PathTab snapshot={snapshot} />}
        {tab === 'packages' && snapshot !== undefined && <PackagesTab snapshot={snapshot} />}
        {tab === 'environment' && snapshot !== undefined && <EnvironmentTab snapshot={snapshot} />}
        {tab === 'failures' && snapshot !== undefined && <FailuresTab snapshot={snapshot} />}
      </Tabs>
    </div>
  );
}

/** Of what is only known in the end. */
const toCome: Readonly<Record<Exclude<Tab, 'tools'>, string>> = {
  path: 'PATH follows',
  packages: 'Global packages follow',
  environment: 'The environment follows',
  failures: 'What could not be read follows',
};

function HostLine({ host, isOver }: { readonly host: HostFacts | undefined; readonly isOver: boolean }) {
  if (host === undefined) {
    return (
      <header className="host">
        <h2>This machine</h2>
        <SaveSnapshot disabled />
        <p className="muted">{isOver ? 'Partial: not all of it was read' : 'Being read: what is known so far'}</p>
      </header>
    );
  }
  const memory = host.memoryBytes === undefined ? undefined : `${Math.round(host.memoryBytes / 2 ** 30)} GB`;
  const parts = [
    [host.distribution, host.release].filter(Boolean).join(' '),
    host.kernel,
    host.system,
    host.cpu === undefined
      ? undefined
      : `${host.cpu}${host.cores === undefined ? '' : `, ${counted(host.cores, 'core')}`}`,
    memory,
  ];
  return (
    <header className="host">
      <h2>{plain(host.name ?? 'This machine')}</h2>
      <SaveSnapshot />
      <p className="muted">{plain(parts.filter(Boolean).join(' · '))}</p>
    </header>
  );
}

/** Has its place from the start, so that nothing moves when there is something to save. */
function SaveSnapshot({ disabled = false }: { readonly disabled?: boolean }) {
  return (
    <button type="button" className="button" disabled={disabled} onClick={() => void saveSnapshot()}>
      Save snapshot…
    </button>
  );
}
