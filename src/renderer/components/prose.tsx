import { Fragment } from 'react';
import { plainLines } from '../../core/report/plain';

/** A sentence of the core for people: what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return plainLines(text)
    .split('`')
    .map((part, index) => {
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move
      return index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>;
    });
}
