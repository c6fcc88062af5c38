import { catalog } from '../../../core/catalog';
import type { Snapshot } from '../../../core/model/snapshot';
import { sentence } from '../../../core/sentence';
import { PathText } from '../../components/path-text';

/** What could not be read, and why. */
export function FailuresTab({ snapshot }: { readonly snapshot: Snapshot }) {
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
              {sentence(reason)}
              {path !== undefined && (
                <p className="path muted">
                  <PathText path={path} />
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
