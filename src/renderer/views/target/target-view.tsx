import { CornerDownRight } from 'lucide-react';
import { useMemo } from 'react';
import type { Audit } from '../../../core/model/audit';
import type { Position } from '../../../core/model/problem';
import type { TargetPackage, TargetShell } from '../../../core/model/target';
import { PlaceLink } from '../../components/place-link';
import { ScrollingText } from '../../components/scrolling-text';
import { baseName } from '../../lib/paths';
import { ageOf, dayOf } from '../../lib/time';
import { go } from '../../state/actions';
import { type InputNode, inputTree } from './input-tree';
import { PinSections } from './pin-sections';

/** The flake read aloud: what it takes from where, and what its shell asks for. */
export function TargetView({ audit }: { readonly audit: Audit }) {
  const { target, shell } = audit;
  const { flake } = target;
  const current = target.shells[shell];
  return (
    <div className="page">
      <header className="host">
        <h2>{flake.description ?? baseName(flake.path)}</h2>
        <p className="muted">
          <span className="path">{flake.path}</span>
        </p>
        <p className="muted">
          {current?.output ?? shell} · read by{' '}
          {target.evaluator === 'nix' ? 'the Nix on this machine' : 'Lockstep’s own evaluator'} ·{' '}
          {flake.locked ? 'locked' : 'not locked'}
        </p>
      </header>
      <section className="page-section">
        <h3>Inputs</h3>
        {flake.inputs.length === 0 ? <p className="muted">The flake has no inputs.</p> : <Inputs audit={audit} />}
      </section>
      {current === undefined ? (
        <p className="muted">
          The flake has no shell “{shell}” for {target.system}.
        </p>
      ) : (
        <ShellSections shell={current} flake={flake.path} />
      )}
      {audit.pins !== undefined && <PinSections pins={audit.pins} flake={flake.path} />}
    </div>
  );
}

function Inputs({ audit }: { readonly audit: Audit }) {
  const tree = useMemo(() => inputTree(audit.target.flake.inputs), [audit]);
  return (
    <ul className="inputs">
      {tree.map((node) => (
        <InputLine key={node.name} node={node} now={audit.snapshot.takenAt} />
      ))}
    </ul>
  );
}

function InputLine({ node, now }: { readonly node: InputNode; readonly now: string }) {
  const { name, input, follows, children } = node;
  return (
    <li>
      <div className="input">
        <b>{name}</b>
        {input === undefined ? (
          <span className="muted">
            <CornerDownRight size={12} aria-hidden="true" /> follows {follows}
          </span>
        ) : (
          <>
            <span className="path input-url">{input.url}</span>
            {input.revision !== undefined && <code title={input.revision}>{input.revision.slice(0, 7)}</code>}
            {input.lastModified !== undefined && (
              <span className="muted" title={input.lastModified}>
                {dayOf(input.lastModified)} · {ageOf(input.lastModified, now)} old
              </span>
            )}
          </>
        )}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <InputLine key={child.name} node={child} now={now} />
          ))}
        </ul>
      )}
    </li>
  );
}

function ShellSections({ shell, flake }: { readonly shell: TargetShell; readonly flake: string }) {
  const { packages, variables, unresolved, shellHook, problem, implied = [] } = shell;
  return (
    <>
      {problem !== undefined && (
        <section className="page-section notice">
          <p>{problem.message}</p>
          {problem.hint !== undefined && <p className="muted">{problem.hint}</p>}
        </section>
      )}
      <section className="page-section">
        <h3>
          Packages <span className="muted">{packages.length}</span>
        </h3>
        {packages.length === 0 ? (
          <p className="muted">This shell asks for no packages.</p>
        ) : (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
                <th scope="col">Certainty</th>
                <th scope="col">From</th>
                <th scope="col">Asked for at</th>
              </tr>
            </thead>
            <tbody>
              {packages.map((item, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a shell may ask for the same package twice
                <PackageLine key={index} item={item} flake={flake} />
              ))}
            </tbody>
          </table>
        )}
        {implied.length > 0 && (
          <p className="muted implied">
            Comes with the shell:{' '}
            {implied.map(({ name, version }) => [name, version].filter(Boolean).join(' ')).join(', ')}
          </p>
        )}
      </section>
      {unresolved.length > 0 && (
        <section className="page-section">
          <h3>
            Could not be read <span className="muted">{unresolved.length}</span>
          </h3>
          <table className="table">
            <tbody>
              {unresolved.map(({ what, reason, position }) => (
                <tr key={`${what} ${reason}`}>
                  <th scope="row">
                    <code>{what}</code>
                  </th>
                  <td>{reason}</td>
                  <td>
                    <Place position={position} flake={flake} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {variables.length > 0 && (
        <section className="page-section">
          <h3>
            Environment <span className="muted">{variables.length}</span>
          </h3>
          <table className="table">
            <tbody>
              {variables.map(({ name, value, position }) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td className="path">{value}</td>
                  <td>
                    <Place position={position} flake={flake} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {shellHook !== undefined && shellHook !== '' && (
        <section className="page-section">
          <h3>
            Shell hook <span className="muted">shown, never run</span>
          </h3>
          <ScrollingText className="hook" label="Shell hook">
            {shellHook}
          </ScrollingText>
        </section>
      )}
    </>
  );
}

const certainties = {
  exact: { sign: '', word: 'exact' },
  estimate: { sign: '≈ ', word: 'estimate' },
  range: { sign: '', word: 'range' },
  unknown: { sign: '', word: 'unknown' },
} as const;

function PackageLine({ item, flake }: { readonly item: TargetPackage; readonly flake: string }) {
  const { attribute, version, certainty, reason, input, position } = item;
  const { sign, word } = certainties[certainty];
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link plain" onClick={() => go({ view: 'compare', focus: attribute })}>
          <code>{attribute}</code>
        </button>
      </th>
      <td className="version">
        {sign}
        {version ?? '?'}
      </td>
      <td>
        <span className={certainty === 'exact' ? 'muted' : undefined}>{word}</span>
        {reason !== undefined && <span className="muted reason">{reason}</span>}
      </td>
      <td className="muted">{input}</td>
      <td>
        <Place position={position} flake={flake} />
      </td>
    </tr>
  );
}

function Place({ position, flake }: { readonly position: Position | undefined; readonly flake: string }) {
  return position === undefined ? null : <PlaceLink position={position} flake={flake} />;
}
