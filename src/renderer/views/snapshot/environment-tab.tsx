import { Info, TriangleAlert } from 'lucide-react';
import { grouped } from '../../../core/grouped';
import type { EnvironmentFinding, Snapshot } from '../../../core/model/snapshot';
import { plainLines } from '../../../core/report/plain';
import { PathText } from '../../components/path-text';

/** What is noteworthy about PATH and the variables, then the variables themselves. */
export function EnvironmentTab({ snapshot }: { readonly snapshot: Snapshot }) {
  const { findings = [], environment } = snapshot;
  return (
    <>
      {findings.length > 0 && (
        <section className="tab-section" aria-label="Findings">
          <h3>
            Worth a look <span className="muted">{findings.length}</span>
          </h3>
          <ul className="findings">
            {findings.map((finding) => (
              <Finding key={`${finding.code} ${finding.source} ${finding.message}`} finding={finding} />
            ))}
          </ul>
        </section>
      )}
      <section className="tab-section" aria-label="Variables">
        <h3>
          Variables <span className="muted">{grouped(environment.length)}</span>
        </h3>
        <Variables snapshot={snapshot} />
      </section>
    </>
  );
}

function Finding({ finding }: { readonly finding: EnvironmentFinding }) {
  const { severity, message, hint, source } = finding;
  const isTold = source === undefined || message.includes(source) || hint?.includes(source) === true;
  return (
    <li className={severity === 'warning' ? 'finding is-warning' : 'finding'}>
      {severity === 'warning' ? (
        <TriangleAlert size={15} aria-label="Warning" role="img" />
      ) : (
        <Info size={15} aria-label="Note" role="img" />
      )}
      <div>
        <p>{message}</p>
        {hint !== undefined && <p className="muted">{hint}</p>}
        {!isTold && (
          <p className="path muted">
            <PathText path={source} />
          </p>
        )}
      </div>
    </li>
  );
}

function Variables({ snapshot }: { readonly snapshot: Snapshot }) {
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
                <span className="path">{plainLines(value)}</span>
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
