import { useEffect, useState } from 'react';
import type { DiffRow } from '../../../core/model/diff';
import type { HostFacts, Snapshot } from '../../../core/model/snapshot';
import { Tabs } from '../../components/tabs';
import { useAppState } from '../../state/store';
import { EnvironmentTab } from './environment-tab';
import { FailuresTab } from './failures-tab';
import { PackagesTab } from './packages-tab';
import { PathTab } from './path-tab';
import { ToolsTab } from './tools-tab';

const tabs = ['tools', 'path', 'packages', 'environment', 'failures'] as const;

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
  const { findings = [], contextDifferences = [] } = snapshot;
  return (
    <div className="page page-tabs">
      <HostLine host={snapshot.host} />
      <Tabs
        label="Parts of this machine"
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'tools', title: 'Tools', count: snapshot.installations.length },
          { id: 'path', title: 'PATH', count: snapshot.pathEntries.length, alert: contextDifferences.length > 0 },
          { id: 'packages', title: 'Packages' },
          {
            id: 'environment',
            title: 'Environment',
            count: findings.length + snapshot.environment.length,
            alert: findings.some(({ severity }) => severity === 'warning'),
          },
          { id: 'failures', title: 'Not read', count: snapshot.failures.length },
        ]}
      >
        {tab === 'tools' && <ToolsTab installations={snapshot.installations} rows={rows} />}
        {tab === 'path' && <PathTab snapshot={snapshot} />}
        {tab === 'packages' && <PackagesTab snapshot={snapshot} />}
        {tab === 'environment' && <EnvironmentTab snapshot={snapshot} />}
        {tab === 'failures' && <FailuresTab snapshot={snapshot} />}
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
