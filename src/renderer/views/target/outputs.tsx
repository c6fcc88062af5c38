import { TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import { grouped } from '../../../core/grouped';
import type { OutputType, Target, TargetOutput, TargetOutputEntry } from '../../../core/model/target';
import { plain } from '../../../core/report/plain';
import { PlaceLink } from '../../components/place-link';
import { compareText } from '../../lib/status';
import { startAudit } from '../../state/actions';

/** Entries of one output that are shown; the command line lists them all. */
const SHOWN = 60;

const WORDS: Readonly<Partial<Record<OutputType, string>>> = {
  app: 'app',
  'nixpkgs-overlay': 'overlay',
  'nixos-module': 'module',
  'darwin-module': 'module',
  'home-module': 'module',
  template: 'template',
  bundler: 'bundler',
  opaque: 'not known',
};

/** Everything that the flake offers, as `nix flake show` lists it. What can be compared with is a button. */
export function Outputs({ target }: { readonly target: Target }) {
  const { outputs = [] } = target;
  return outputs.length === 0 ? (
    <p className="muted">The flake offers nothing.</p>
  ) : (
    <dl className="output-tree">
      {outputs.map((output) => (
        <Fragment key={output.name}>
          <dt>
            <code>{plain(output.name)}</code>
          </dt>
          <dd>
            {bySystem(output).map(({ system, entries }) =>
              system === undefined ? (
                <Entries key="" hasSystems={false} output={output.name} entries={entries} target={target} />
              ) : (
                <div key={system} className="output-system">
                  <span className="muted">{system}</span>
                  <Entries hasSystems output={output.name} entries={entries} target={target} />
                </div>
              ),
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Entries by system, for outputs that have systems. */
function bySystem({ systems, entries: listed = [] }: TargetOutput) {
  const entries = [...listed].sort((a, b) => compareText(a.path.join('.'), b.path.join('.')));
  if (systems === undefined) {
    return [{ system: undefined, entries }];
  }
  // What is not known of the whole belongs to no system.
  const ofNone = entries.filter(({ path }) => path.length === 0);
  return [
    ...systems.map((system) => ({ system, entries: entries.filter(({ path }) => path[0] === system) })),
    ...(ofNone.length === 0 ? [] : [{ system: undefined, entries: ofNone }]),
  ];
}

function Entries({
  hasSystems,
  output,
  entries,
  target,
}: {
  readonly hasSystems: boolean;
  readonly output: string;
  readonly entries: readonly TargetOutputEntry[];
  readonly target: Target;
}) {
  const more = entries.length - SHOWN;
  return (
    <ul className="output-entries">
      {entries.slice(0, SHOWN).map((entry) => (
        <Entry key={entry.path.join('\0')} hasSystems={hasSystems} output={output} entry={entry} target={target} />
      ))}
      {more > 0 && <li className="muted">and {grouped(more)} more</li>}
    </ul>
  );
}

function Entry({
  hasSystems,
  output,
  entry,
  target,
}: {
  readonly hasSystems: boolean;
  readonly output: string;
  readonly entry: TargetOutputEntry;
  readonly target: Target;
}) {
  const { path, type, name, description, reason, position } = entry;
  const whole = [output, ...path].join('.');
  const below = (hasSystems ? path.slice(1) : path).join('.');
  // An output that is one thing has no name below it: its package's, or what it is.
  const label = below || name || WORDS[type] || type;
  const isBroken = type === 'failed' || type === 'wrong' || type === 'opaque';
  const shell = Object.entries(target.shells).find(([, each]) => each.output === whole)?.[0];
  const environment = target.environments?.find((each) => each.output === whole)?.output;
  const asked = shell ?? environment;
  // What mkShell calls a shell that has no name of its own says nothing, least of all three hundred times.
  const ownName = name === 'nix-shell' ? undefined : name;
  const more = isBroken
    ? [below !== '' && ownName, reason].filter(Boolean).join(' ')
    : below !== '' && (ownName ?? WORDS[type]);
  return (
    <li className={isBroken ? 'is-alert' : undefined}>
      {isBroken && <TriangleAlert size={12} aria-hidden="true" />}
      {asked === undefined ? (
        <code className={type === 'omitted' ? 'output-name muted' : 'output-name'} title={description ?? plain(label)}>
          {plain(label)}
        </code>
      ) : (
        <button
          type="button"
          className="link plain"
          title={`Compare this machine with ${whole}`}
          onClick={() => startAudit(target.flake.path, { system: target.system, shell: asked })}
        >
          <code className="output-name">{plain(label)}</code>
        </button>
      )}
      {more && <span className="muted">{more}</span>}
      {isBroken && position !== undefined && <PlaceLink position={position} flake={target.flake.path} />}
    </li>
  );
}
