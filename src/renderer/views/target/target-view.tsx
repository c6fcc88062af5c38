import { grouped } from '../../../core/grouped';
import { plain } from '../../../core/report/plain';
import { PathText } from '../../components/path-text';
import './target.css';
import { TriangleAlert } from 'lucide-react';
import type { ComparedPins } from '../../../core/model/pins';
import type { Problem } from '../../../core/model/problem';
import type { Target, TargetShell } from '../../../core/model/target';
import { PlaceLink } from '../../components/place-link';
import { Prose } from '../../components/prose';
import { baseName } from '../../lib/paths';
import { Inputs } from './inputs';
import { Outputs } from './outputs';
import { PinSections } from './pin-sections';
import { ShellSections } from './shell-sections';

/**
 * The flake read aloud: what it takes from where, what the compared output asks for, and what else it offers.
 *
 * @param now of which the ages of inputs are told; ISO 8601; left out: this moment
 * @param pins what the project declares elsewhere; absent while that is not read
 */
export function TargetView({
  target,
  shell,
  now,
  pins,
}: {
  readonly target: Target;
  readonly shell: string;
  readonly now?: string | undefined;
  readonly pins?: ComparedPins | undefined;
}) {
  const { flake, findings } = target;
  const current = target.shells[shell];
  return (
    <div className="page">
      <header className="host">
        <h2 className="clamped" title={plain(flake.description ?? baseName(flake.path))}>
          {plain(flake.description ?? baseName(flake.path))}
        </h2>
        <p className="muted">
          <span className="path">
            <PathText path={flake.path} />
          </span>
        </p>
        <p className="muted target-facts">
          <span title={current?.output ?? shell}>{plain(current?.output ?? shell)}</span>
          <span>
            read by {target.evaluator === 'nix' ? 'the Nix on this machine' : 'Lockstep’s own evaluator'} ·{' '}
            {flake.locked ? 'locked' : 'not locked'}
          </span>
        </p>
        {current !== undefined && <Summary shell={current} />}
      </header>
      {findings.length > 0 && (
        <section className="page-section">
          <h3>
            Findings <span className="muted">{findings.length}</span>
          </h3>
          <Findings findings={findings} flake={flake.path} />
        </section>
      )}
      <section className="page-section">
        <h3>Inputs</h3>
        {flake.inputs.length === 0 ? (
          <p className="muted">The flake has no inputs.</p>
        ) : (
          <Inputs inputs={flake.inputs} now={now ?? new Date().toISOString()} />
        )}
      </section>
      {current === undefined ? (
        <p className="muted">
          The flake has no shell “{shell}” for {target.system}.
        </p>
      ) : (
        <ShellSections shell={current} flake={flake.path} />
      )}
      {pins !== undefined && <PinSections pins={pins} flake={flake.path} />}
      {target.outputs !== undefined && (
        <section className="page-section">
          <h3>Everything that the flake offers</h3>
          <Outputs target={target} />
        </section>
      )}
    </div>
  );
}

/** How much of what was asked for could be read, and how sure the versions are. */
function Summary({ shell: { packages, unresolved } }: { readonly shell: TargetShell }) {
  const asked = packages.length + unresolved.length;
  if (asked === 0) {
    return null;
  }
  const exact = packages.filter(({ certainty }) => certainty === 'exact').length;
  const unknown = packages.filter(({ certainty }) => certainty === 'unknown').length;
  const guessed = packages.length - exact - unknown;
  const parts = [
    `${exact} with an exact version`,
    ...(guessed === 0 ? [] : [`${guessed} estimated`]),
    ...(unknown === 0 ? [] : [`${unknown} without a known version`]),
  ];
  return (
    <p className="target-summary">
      <b>{grouped(`${packages.length} of ${asked}`)} resolved</b>
      <span className="muted">{grouped(parts.join(' · '))}</span>
    </p>
  );
}

function Findings({ findings, flake }: { readonly findings: readonly Problem[]; readonly flake: string }) {
  return (
    <ul className="target-findings">
      {findings.map(({ code, message, hint, position }) => (
        <li key={`${code} ${message}`}>
          <TriangleAlert className="is-alert" size={14} aria-hidden="true" />
          <div>
            <p>
              <Prose text={message} />
            </p>
            {hint !== undefined && (
              <p className="muted">
                <Prose text={hint} />
              </p>
            )}
          </div>
          {position !== undefined && <PlaceLink position={position} flake={flake} />}
        </li>
      ))}
    </ul>
  );
}
