import { CornerDownRight, TriangleAlert } from 'lucide-react';
import { type CSSProperties, useMemo } from 'react';
import type { InputPin, TargetInput } from '../../../core/model/target';
import { plain } from '../../../core/report/plain';
import { useGrowing } from '../../components/growing-list';
import { PathText } from '../../components/path-text';
import { ageOf, dayOf } from '../../lib/time';
import { type InputLine, inputTree } from './input-tree';

/** So many levels have their full indentation; those below step aside a little. */
const NEAR = 5;

/** The flake's inputs as the lock nests them: address, branch, revision, age, hash, and how well each is pinned. */
export function Inputs({ inputs, now }: { readonly inputs: readonly TargetInput[]; readonly now: string }) {
  const lines = useMemo(() => inputTree(inputs), [inputs]);
  const { shown, more } = useGrowing(lines, 'inputs');
  return (
    <>
      <ul>
        {shown.map((line) => (
          <InputItem key={line.key} line={line} now={now} />
        ))}
      </ul>
      {more}
    </>
  );
}

function InputItem({ line, now }: { readonly line: InputLine; readonly now: string }) {
  const { name, input, follows, depth, parent } = line;
  const indent = { '--near': Math.min(depth, NEAR), '--far': Math.max(0, depth - NEAR) } as CSSProperties;
  return (
    <li className="input" style={indent}>
      <b className="clamped" title={plain(name)}>
        {plain(name)}
      </b>
      {parent !== undefined && <span className="visually-hidden">input of {plain(parent)}</span>}
      {input === undefined ? (
        <span className="input-follows muted">
          <CornerDownRight size={12} aria-hidden="true" /> follows {plain(follows ?? '')}
        </span>
      ) : (
        <InputFacts input={input} now={now} />
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
      <code className="input-revision" title={revision}>
        {revision?.slice(0, 7)}
      </code>
      <span className="input-age muted" title={lastModified}>
        {lastModified !== undefined && `${dayOf(lastModified)} · ${ageOf(lastModified, now)} old`}
      </span>
      <span className="input-pin">
        {pin !== undefined && pin.level !== 'firm' && <PinMark pin={pin} />}
        {narHash !== undefined && (
          <code className="input-hash" title={`${narHash}: the hash of its files, which Nix checks`}>
            {narHash.slice(0, 15)}…
          </code>
        )}
      </span>
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
