import { CircleAlert } from 'lucide-react';
import type { Problem } from '../../core/model/problem';
import { auditAgain } from '../state/actions';
import { setState } from '../state/store';
import { PlaceLink } from './place-link';
import { Prose } from './prose';

/** Over a comparison that was true before the last audit failed: what is wrong now, where, and that this is older. */
export function StaleBanner({ problem, folder }: { readonly problem: Problem; readonly folder: string }) {
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
        <span className="muted">This is the comparison from before.</span>
      </p>
      <button type="button" className="link" onClick={showAll}>
        Show the error
      </button>
    </section>
  );
}
