import { CircleAlert } from 'lucide-react';
import type { Problem } from '../../core/model/problem';
import { auditAgain } from '../state/actions';
import { setState } from '../state/store';
import { PlaceLink } from './place-link';
import { Prose } from './prose';

/**
 * Over what can still be shown after an audit failed: what is wrong now, and where.
 *
 * @param note what this is that can still be shown
 */
export function StaleBanner({
  problem,
  folder,
  note,
}: {
  readonly problem: Problem;
  readonly folder: string;
  readonly note: string;
}) {
  const { message, position } = problem;
  const showAll = () =>
    setState({ alert: { problem, flake: folder, action: { label: 'Audit again', run: auditAgain } } });
  return (
    <section className="stale" role="alert" aria-label="The last audit failed">
      <CircleAlert size={15} aria-hidden="true" />
      <p>
        <b>
          <Prose text={message} />
        </b>{' '}
        {position !== undefined && <PlaceLink position={position} flake={folder} />}{' '}
        <span className="muted">{note}</span>
      </p>
      <button type="button" className="link" onClick={showAll}>
        Show the error
      </button>
    </section>
  );
}
