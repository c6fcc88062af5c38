import { useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../core/grouped';
import type { Problem } from '../../../core/model/problem';
import type { GlobalPackage, Snapshot } from '../../../core/model/snapshot';
import { PageSearch } from '../../components/page-search';
import { PathText } from '../../components/path-text';
import { ProblemPanel } from '../../components/problem-panel';
import { counted } from '../../lib/counted';
import { problemFrom } from '../../state/actions';
import { call } from '../../state/api';
import { setState, useAppState } from '../../state/store';
import { groupPackages, type PackageGroup } from './package-groups';

/** So many of a group are drawn; the filter finds the others. */
const groupLimit = 600;

type Reading = { readonly packages: readonly GlobalPackage[] } | { readonly problem: Problem } | undefined;

/** Packages that are there for every project. Audits do not carry them: they are read when somebody looks. */
export function PackagesTab({ snapshot }: { readonly snapshot: Snapshot }) {
  const isPast = useAppState((state) => state.pastId !== undefined);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(0);
  const reading = usePackages(snapshot, isPast, asked);
  const packages = reading !== undefined && 'packages' in reading ? reading.packages : undefined;
  const groups = useMemo(() => groupPackages(packages ?? [], text), [packages, text]);
  const shown = groups.reduce((sum, group) => sum + group.packages.length, 0);
  useEffect(() => {
    if (packages !== undefined) {
      setState({ announcement: counted(shown, 'package') });
    }
  }, [packages, shown]);

  if (isPast && (snapshot.packages ?? []).length === 0) {
    return <p className="muted page-note">A kept audit does not carry the global packages of its time.</p>;
  }
  if (reading === undefined) {
    return <p className="muted page-note">Reading the records of package managers…</p>;
  }
  if ('problem' in reading) {
    return (
      <ProblemPanel
        problem={reading.problem}
        action={{ label: 'Read again', run: () => setAsked((count) => count + 1) }}
      />
    );
  }
  if (reading.packages.length === 0) {
    return (
      <p className="muted page-note">
        No package manager that Lockstep knows (npm, pip, gem, cargo, go …) has a global package here.
      </p>
    );
  }
  return (
    <>
      <PageSearch
        label="Filter packages"
        placeholder="Filter by name, version, manager or folder"
        text={text}
        onChange={setText}
      />
      {isPast && <p className="muted packages-note">Kept with the audit: only what the flake asks for.</p>}
      {groups.length === 0 && <p className="muted page-note">No package matches.</p>}
      {groups.map((group) => (
        <Group key={`${group.title} ${group.place}`} group={group} />
      ))}
    </>
  );
}

/** What this machine has now; of an audit from the history, the few that it carries: what the flake asks for. */
function usePackages(snapshot: Snapshot, isPast: boolean, asked: number): Reading {
  const [reading, setReading] = useState<Reading>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another audit, or another try, reads them again
  useEffect(() => {
    if (isPast) {
      return undefined;
    }
    let current = true;
    call('readPackages').then(
      (packages) => current && setReading({ packages }),
      (error: unknown) => current && setReading({ problem: problemFrom(error) }),
    );
    return () => {
      current = false;
    };
  }, [isPast, snapshot.takenAt, asked]);
  const kept = useMemo(() => ({ packages: snapshot.packages ?? [] }), [snapshot]);
  return isPast ? kept : reading;
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
