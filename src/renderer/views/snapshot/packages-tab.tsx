import { useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../core/grouped';
import type { GlobalPackage, Snapshot } from '../../../core/model/snapshot';
import { EmptyState } from '../../components/empty-state';
import { PageSearch } from '../../components/page-search';
import { PathText } from '../../components/path-text';
import { ProblemPanel } from '../../components/problem-panel';
import { ReadingPanel } from '../../components/reading-panel';
import { counted } from '../../lib/counted';
import { cancelPackages, readPackages } from '../../state/packages';
import { setState, useAppState } from '../../state/store';
import { groupPackages, type PackageGroup } from './package-groups';

/** So many of a group are drawn; the filter finds the others. */
const groupLimit = 600;

/** Packages that are there for every project. Audits do not carry them: they are read when somebody looks. */
export function PackagesTab({ snapshot }: { readonly snapshot: Snapshot }) {
  const isPast = useAppState((state) => state.pastId !== undefined);
  return isPast ? <KeptPackages packages={snapshot.packages ?? []} /> : <PackagesNow takenAt={snapshot.takenAt} />;
}

/** Of an audit from the history, the few that it carries: what the flake asks for. */
function KeptPackages({ packages }: { readonly packages: readonly GlobalPackage[] }) {
  return packages.length === 0 ? (
    <p className="muted page-note">A kept audit does not carry the global packages of its time.</p>
  ) : (
    <PackageList packages={packages} note="Kept with the audit: only what the flake asks for." />
  );
}

/** What this machine has now. */
function PackagesNow({ takenAt }: { readonly takenAt: string }) {
  const { status, packages, progress, problem } = useAppState((state) => state.packages);
  useEffect(() => void readPackages(takenAt), [takenAt]);
  const again = { label: 'Read again', run: () => void readPackages(takenAt) };
  if (status === 'failed' && problem !== undefined) {
    return <ProblemPanel problem={problem} action={again} />;
  }
  if (packages === undefined) {
    return status === 'cancelled' ? (
      <EmptyState
        title="Reading the packages was cancelled"
        text="Nothing was changed on this machine."
        action={again}
      />
    ) : (
      <div className="packages-reading late">
        <ReadingPanel
          label="Reading in progress"
          title="Reading the records of package managers"
          progress={progress}
          onCancel={cancelPackages}
        />
      </div>
    );
  }
  return packages.length === 0 ? (
    <p className="muted page-note">
      No package manager that Lockstep knows (npm, pip, gem, cargo, go …) has a global package here.
    </p>
  ) : (
    <PackageList packages={packages} />
  );
}

function PackageList({
  packages,
  note,
}: {
  readonly packages: readonly GlobalPackage[];
  readonly note?: string | undefined;
}) {
  const [text, setText] = useState('');
  const groups = useMemo(() => groupPackages(packages, text), [packages, text]);
  const shown = groups.reduce((sum, group) => sum + group.packages.length, 0);
  useEffect(() => setState({ announcement: counted(shown, 'package') }), [shown]);
  return (
    <>
      <PageSearch
        label="Filter packages"
        placeholder="Filter by name, version, manager or folder"
        text={text}
        onChange={setText}
      />
      {note !== undefined && <p className="muted packages-note">{note}</p>}
      {groups.length === 0 && <p className="muted page-note">No package matches.</p>}
      {groups.map((group) => (
        <Group key={`${group.title} ${group.place}`} group={group} />
      ))}
    </>
  );
}

function Group({ group: { title, place, packages } }: { readonly group: PackageGroup }) {
  const more = packages.length - groupLimit;
  return (
    <section className="package-group" aria-label={`${title} in ${place}`}>
      <div>
        <h3>
          {title} <span className="muted">{grouped(packages.length)}</span>
        </h3>
        <p className="path muted">
          <PathText path={place} />
        </p>
      </div>
      <ul className="package-list">
        {packages.slice(0, groupLimit).map(({ name, version, path }) => (
          <li key={`${name} ${path}`} title={path}>
            <span className="package-name">{name}</span> <span className="version">{version ?? '?'}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{grouped(more)} more: type some of a name to find them.</p>}
    </section>
  );
}
