import { Fragment } from 'react';
import { grouped } from '../../../core/grouped';
import type { Position } from '../../../core/model/problem';
import { SHELL_HOOK, type TargetPackage, type TargetShell } from '../../../core/model/target';
import { plain, plainLines } from '../../../core/report/plain';
import { useGrowing } from '../../components/growing-list';
import { PlaceLink } from '../../components/place-link';
import { Prose } from '../../components/prose';
import { ScrollingText } from '../../components/scrolling-text';
import { go } from '../../state/actions';

/** What a shell, or another output that was read like one, asks for: packages, what could not be read, variables, hook. */
export function ShellSections({ shell, flake }: { readonly shell: TargetShell; readonly flake: string }) {
  const { packages, variables, unresolved, shellHook, problem, implied = [], builds } = shell;
  const listed = useGrowing(packages, 'packages');
  const unread = useGrowing(unresolved, 'that could not be read');
  const hasOptions = packages.some(({ option }) => option !== undefined);
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
          {shell.kind === 'package' ? 'Built with' : 'Packages'}{' '}
          <span className="muted">{grouped(packages.length)}</span>
        </h3>
        {builds !== undefined && (
          <p>
            Builds <b>{builds.name}</b> {builds.version ?? <span className="muted">without a version</span>}
          </p>
        )}
        {packages.length === 0 ? (
          <p className="muted">{unresolved.length > 0 ? 'None that could be read.' : EMPTY[shell.kind ?? 'shell']}</p>
        ) : (
          <table className={`table target-table package-table${hasOptions ? ' has-options' : ''}`}>
            <thead>
              <tr>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
                <th scope="col">Certainty</th>
                <th scope="col">From</th>
                {hasOptions && <th scope="col">Option</th>}
                <th scope="col">Asked for at</th>
              </tr>
            </thead>
            <tbody>
              {listed.shown.map((item, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a shell may ask for the same package twice
                <PackageLine key={index} item={item} flake={flake} hasOptions={hasOptions} />
              ))}
            </tbody>
          </table>
        )}
        {listed.more}
        <Implied
          label={shell.kind === 'nixos' ? 'Every NixOS has besides' : 'Comes with it unasked'}
          items={implied.filter(({ option }) => option !== SHELL_HOOK)}
        />
        <Implied label="Put on PATH by its shellHook" items={implied.filter(({ option }) => option === SHELL_HOOK)} />
      </section>
      {unresolved.length > 0 && (
        <section className="page-section">
          <h3>
            Could not be read <span className="muted">{grouped(unresolved.length)}</span>
          </h3>
          <table className="table target-table">
            <thead>
              <tr>
                <th scope="col">Asked for</th>
                <th scope="col">Why not</th>
                <th scope="col">At</th>
              </tr>
            </thead>
            <tbody>
              {unread.shown.map(({ what, reason, position }) => (
                <tr key={`${what} ${reason}`}>
                  <Name>{plain(what)}</Name>
                  <td>
                    <Prose text={reason} />
                  </td>
                  <td>
                    <Place position={position} flake={flake} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {unread.more}
        </section>
      )}
      {variables.length > 0 && (
        <section className="page-section">
          <h3>
            Environment <span className="muted">{grouped(variables.length)}</span>
          </h3>
          <table className="table target-table">
            <thead>
              <tr>
                <th scope="col">Variable</th>
                <th scope="col">Value</th>
                <th scope="col">At</th>
              </tr>
            </thead>
            <tbody>
              {variables.map(({ name, value, position }) => (
                <tr key={name}>
                  <Name>{plain(name)}</Name>
                  <td className="path">{value === undefined ? undefined : plainLines(value)}</td>
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
            {plainLines(shellHook)}
          </ScrollingText>
        </section>
      )}
    </>
  );
}

const EMPTY = {
  shell: 'This shell asks for no packages.',
  package: 'Nothing that can be told here.',
  app: 'The package of this app could not be told.',
  nixos: 'This configuration asks for no packages of its own.',
  darwin: 'This configuration asks for no packages of its own.',
  home: 'This configuration asks for no packages of its own.',
} as const;

const certainties = {
  exact: { sign: '', word: 'exact' },
  estimate: { sign: '≈ ', word: 'estimate' },
  range: { sign: '', word: 'range' },
  unknown: { sign: '', word: 'unknown' },
} as const;

const MANAGERS = {
  homebrew: 'Homebrew',
  'homebrew-cask': 'Homebrew cask',
  'mac-app-store': 'App Store',
  whalebrew: 'Whalebrew',
} as const;

/** What the shell has although nobody lists it. */
function Implied({ label, items }: { readonly label: string; readonly items: readonly TargetPackage[] }) {
  return (
    items.length > 0 && (
      <p className="muted implied">
        {label}: {items.map(({ name, version }) => [name, version].filter(Boolean).join(' ')).join(', ')}
      </p>
    )
  );
}

function PackageLine({
  item,
  flake,
  hasOptions,
}: {
  readonly item: TargetPackage;
  readonly flake: string;
  readonly hasOptions: boolean;
}) {
  const { attribute, version, certainty, reason, input, position, option, manager } = item;
  const { sign, word } = certainties[certainty];
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="link plain"
          title={`Show ${plain(attribute)} in the comparison`}
          onClick={() => go({ view: 'compare', focus: attribute })}
        >
          <code className="clamped">{plain(attribute)}</code>
        </button>
      </th>
      <td className="version" title={version}>
        {sign}
        {plain(version ?? '?')}
      </td>
      <td className="package-certainty">
        <span className={certainty === 'exact' ? 'muted' : undefined}>{word}</span>
        {reason !== undefined && (
          <span className="muted reason">
            <Prose text={reason} />
          </span>
        )}
      </td>
      <td className="muted">{manager === undefined ? input : `${MANAGERS[manager]}, outside of Nix`}</td>
      {hasOptions && (
        <td>
          <code className="muted">{option !== undefined && <DottedText text={option} />}</code>
        </td>
      )}
      <td>
        <Place position={position} flake={flake} />
      </td>
    </tr>
  );
}

/** The head of a line: of a name that goes on and on, two lines. */
function Name({ children }: { readonly children: string }) {
  return (
    <th scope="row">
      <code className="clamped" title={children}>
        {children}
      </code>
    </th>
  );
}

/** The path of an option, which goes on in the next line after one of its parts. */
function DottedText({ text }: { readonly text: string }) {
  return text.split(/(?<=\.)/u).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and no state
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function Place({ position, flake }: { readonly position: Position | undefined; readonly flake: string }) {
  return position === undefined ? null : <PlaceLink position={position} flake={flake} />;
}
