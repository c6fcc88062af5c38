import type { Audit } from '../../../core/model/audit';
import { ageOf } from '../../lib/time';

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** How well the flake pins what it asks for, each figure with the facts behind it. */
export function Reproducibility({ audit }: { readonly audit: Audit }) {
  return (
    <section className="panel" aria-label="Reproducibility">
      <h3 className="panel-title">Reproducibility</h3>
      <dl className="facts">
        {factsOf(audit).map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b>
              <span className="muted">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf({ target, snapshot, shell, summary }: Audit): readonly Fact[] {
  const inputs = target.flake.inputs.filter(({ type }) => type !== 'root');
  const locked = inputs.filter(({ revision, narHash }) => revision !== undefined || narHash !== undefined);
  const hashed = inputs.filter(({ narHash }) => narHash !== undefined);
  const packages = target.shells[shell]?.packages ?? [];
  const exact = packages.filter(({ certainty }) => certainty === 'exact');
  const dates = inputs.flatMap(({ name, lastModified }) =>
    lastModified !== undefined && /nixpkgs/iu.test(name) ? [lastModified] : [],
  );
  const oldest = dates.sort()[0];
  const known = summary.total + summary.extra;
  return [
    {
      label: 'Inputs locked',
      value: target.flake.locked ? `${locked.length} of ${inputs.length}` : 'none',
      note: target.flake.locked ? `${hashed.length} with a content hash` : 'there is no flake.lock',
    },
    {
      label: 'Versions known',
      value: `${exact.length} of ${packages.length}`,
      note: exact.length === packages.length ? 'all exact' : `${packages.length - exact.length} estimated or unknown`,
    },
    ...(oldest === undefined
      ? []
      : [
          { label: 'Age of nixpkgs', value: ageOf(oldest, snapshot.takenAt), note: `locked at ${oldest.slice(0, 10)}` },
        ]),
    {
      label: 'Declared',
      value: known === 0 ? '–' : `${Math.round((100 * summary.total) / known)} %`,
      note: `${summary.total} of ${known} known tools are in the flake`,
    },
  ];
}
