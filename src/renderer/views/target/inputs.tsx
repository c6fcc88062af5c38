import { CornerDownRight, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { InputPin, TargetInput } from '../../../core/model/target';
import { plain } from '../../../core/report/plain';
import { PathText } from '../../components/path-text';
import { ageOf, dayOf } from '../../lib/time';
import { type InputNode, inputTree } from './input-tree';

/** The flake's inputs as the lock nests them: address, branch, revision, age, hash, and how well each is pinned. */
export function Inputs({ inputs, now }: { readonly inputs: readonly TargetInput[]; readonly now: string }) {
  const tree = useMemo(() => inputTree(inputs), [inputs]);
  return (
    <ul className="inputs">
      {tree.map((node) => (
        <InputLine key={node.name} node={node} now={now} />
      ))}
    </ul>
  );
}

function InputLine({ node, now }: { readonly node: InputNode; readonly now: string }) {
  const { name, input, follows, children } = node;
  return (
    <li>
      <div className="input">
        <b>{plain(name)}</b>
        {input === undefined ? (
          <span className="muted">
            <CornerDownRight size={12} aria-hidden="true" /> follows {follows}
          </span>
        ) : (
          <InputFacts input={input} now={now} />
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

function InputFacts({ input, now }: { readonly input: TargetInput; readonly now: string }) {
  const { url, revision, lastModified, narHash, pin } = input;
  return (
    <>
      <span className="path input-url">
        <PathText path={url} />
      </span>
      {revision !== undefined && <code title={revision}>{revision.slice(0, 7)}</code>}
      {lastModified !== undefined && (
        <span className="muted" title={lastModified}>
          {dayOf(lastModified)} · {ageOf(lastModified, now)} old
        </span>
      )}
      {pin !== undefined && pin.level !== 'firm' && <PinMark pin={pin} />}
      {narHash !== undefined && (
        <code className="input-hash" title={`${narHash}: the hash of its files, which Nix checks`}>
          {narHash.slice(0, 15)}…
        </code>
      )}
      {pin !== undefined && pin.notes.length > 0 && <span className="pin-notes">{pin.notes.join(' ')}</span>}
    </>
  );
}

const WORDS = { firm: 'pinned', weak: 'weakly pinned', loose: 'not pinned' } as const;

function PinMark({ pin: { level } }: { readonly pin: InputPin }) {
  return (
    <span className={`pin pin-${level}`}>
      <TriangleAlert size={12} aria-hidden="true" />
      {WORDS[level]}
    </span>
  );
}
