import { useEffect, useMemo, useState } from 'react';
import type { Position, Problem } from '../../core/model/problem';
import { highlightLines, type Token } from '../lib/nix-highlight';
import { baseName, pathInFlake } from '../lib/paths';
import { problemFrom, revealFile } from '../state/actions';
import { call } from '../state/api';
import { ScrollingText } from './scrolling-text';

const around = 3;

/**
 * The lines of a flake's file around a place, with that place marked.
 *
 * @param flake the flake's folder, to which relative names belong
 */
export function CodeView({ position, flake }: { readonly position: Position; readonly flake: string }) {
  const [source, setSource] = useState<{ text: string } | { problem: Problem } | undefined>();
  useEffect(() => {
    let current = true;
    call('readSource', { file: position.file })
      .then(
        ({ text }) => ({ text }),
        (error: unknown) => ({ problem: problemFrom(error) }),
      )
      .then((result) => {
        if (current) {
          setSource(result);
        }
      });
    return () => {
      current = false;
    };
  }, [position.file]);
  const text = source !== undefined && 'text' in source ? source.text : undefined;
  const lines = useMemo(() => (text === undefined ? [] : highlightLines(text)), [text]);
  const first = Math.max(1, position.line - around);
  const shown = lines.slice(first - 1, position.line + around);
  const path = pathInFlake(position.file, flake);
  return (
    <figure className="code">
      <figcaption>
        <button type="button" className="link mono" title="Show in the file manager" onClick={() => revealFile(path)}>
          {baseName(position.file)}:{position.line}:{position.column}
        </button>
      </figcaption>
      {source !== undefined && 'problem' in source && <p className="muted">{source.problem.message}</p>}
      {shown.length > 0 && (
        <ScrollingText label={`${baseName(position.file)}, line ${position.line}`}>
          {shown.map((tokens, index) => (
            <CodeLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={first + index}
              number={first + index}
              tokens={tokens}
              marked={first + index === position.line}
            />
          ))}
        </ScrollingText>
      )}
    </figure>
  );
}

function CodeLine({
  number,
  tokens,
  marked,
}: {
  readonly number: number;
  readonly tokens: readonly Token[];
  readonly marked: boolean;
}) {
  return (
    <span className={`code-line${marked ? ' is-marked' : ''}`}>
      <span className="code-number">{number}</span>
      <code>
        {tokens.map(({ kind, text }, index) =>
          kind === 'plain' ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a line never move
            <span key={index} className={`code-${kind}`}>
              {text}
            </span>
          ),
        )}
        {'\n'}
      </code>
    </span>
  );
}
