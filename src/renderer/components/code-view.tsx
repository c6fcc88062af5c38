import { useEffect, useMemo, useRef, useState } from 'react';
import type { Position, Problem } from '../../core/model/problem';
import { plainLines } from '../../core/report/plain';
import { highlightLines, type Token, withSpot } from '../lib/nix-highlight';
import { baseName } from '../lib/paths';
import { problemFrom } from '../state/actions';
import { call } from '../state/api';
import { PlaceLink } from './place-link';
import { ScrollingText } from './scrolling-text';

const around = 3;

/**
 * The lines of a flake's file around a place, with that place marked, and in sight however long its line is.
 *
 * @param flake the flake's folder, to which relative names belong
 * @param past the kept audit that it is of: its code is shown as it was then
 */
export function CodeView({
  position,
  flake,
  past,
}: {
  readonly position: Position;
  readonly flake: string;
  readonly past?: string | undefined;
}) {
  const [source, setSource] = useState<{ text: string } | { problem: Problem } | undefined>();
  useEffect(() => {
    let current = true;
    call('readSource', { file: position.file, ...(past === undefined ? {} : { past }) })
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
  }, [position.file, past]);
  const figure = useRef<HTMLElement>(null);
  const text = source !== undefined && 'text' in source ? source.text : undefined;
  const lines = useMemo(() => (text === undefined ? [] : highlightLines(text)), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or place is another spot
  useEffect(() => {
    const spot = figure.current?.querySelector<HTMLElement>('.code-spot');
    const scroller = spot?.closest('pre');
    if (spot && scroller) {
      const place = spot.getBoundingClientRect().left - scroller.getBoundingClientRect().left + scroller.scrollLeft;
      const isInSight = place + Math.min(spot.offsetWidth, 80) < scroller.clientWidth;
      scroller.scrollLeft = isInSight ? 0 : place - scroller.clientWidth / 3;
    }
  }, [text, position]);
  const first = Math.max(1, position.line - around);
  const shown = lines.slice(first - 1, position.line + around);
  return (
    <figure className="code" ref={figure}>
      <figcaption>
        <PlaceLink position={position} flake={flake} />
        {past !== undefined && text !== undefined && <span className="muted"> as it was then</span>}
      </figcaption>
      {source !== undefined && 'problem' in source && <p className="muted">{source.problem.message}</p>}
      {shown.length > 0 && (
        <ScrollingText label={`${baseName(position.file)}, line ${position.line}`}>
          {shown.map((tokens, index) => (
            <CodeLine
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={first + index}
              number={first + index}
              tokens={first + index === position.line ? withSpot(tokens, position.column) : tokens}
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
        {tokens.map(({ kind, text, spot }, index) =>
          kind === 'plain' && spot === undefined ? (
            plainLines(text)
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: tokens of a line never move
            <span key={index} className={`code-${kind}${spot === undefined ? '' : ' code-spot'}`}>
              {plainLines(text)}
            </span>
          ),
        )}
        {'\n'}
      </code>
    </span>
  );
}
