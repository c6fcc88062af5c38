import { Pieces } from '../pieces';
import type { Expr } from './ast';
import type { IndentedPart } from './lexer';

/** A piece of an indented string: text, or an interpolated expression. */
export type Piece = { readonly offset: number } & (
  | { readonly text: IndentedPart; readonly expr?: undefined }
  | { readonly text?: undefined; readonly expr: Expr }
);

/**
 * Strips the common indentation of an indented string, as Nix's stripIndentation does: spaces only; blank lines do not
 * count; an escape or interpolation ends a line's indentation; a last line of only spaces goes.
 */
export function stripIndentation(pieces: readonly Piece[], pos: number): Expr {
  const indent = commonIndent(pieces);
  const parts: Expr[] = [];
  const positions: number[] = [];
  const state = { atStart: true, dropped: 0 };
  pieces.forEach((piece, i) => {
    if (piece.expr !== undefined) {
      state.atStart = false;
      state.dropped = 0;
      parts.push(piece.expr);
      positions.push(piece.offset);
      return;
    }
    let text = stripLines(piece.text.text, indent, state);
    if (i === pieces.length - 1) {
      const last = text.lastIndexOf('\n');
      if (last >= 0 && /^ *$/.test(text.slice(last + 1))) {
        text = text.slice(0, last + 1);
      }
    }
    if (text !== '') {
      parts.push({ kind: 'string', pos: piece.offset, value: text });
      positions.push(piece.offset);
    }
  });
  const only = parts[0];
  if (only === undefined) {
    return { kind: 'string', pos, value: '' };
  }
  return parts.length === 1 && only.kind === 'string'
    ? only
    : { kind: 'concat', pos, forceString: true, parts, positions };
}

function commonIndent(pieces: readonly Piece[]): number {
  let atStart = true;
  let least = 1_000_000;
  let current = 0;
  for (const { text } of pieces) {
    if (text === undefined || !text.indented) {
      if (atStart) {
        atStart = false;
        least = Math.min(least, current);
      }
      continue;
    }
    for (let i = 0; i < text.text.length; i++) {
      const code = text.text.charCodeAt(i);
      if (code === 10) {
        atStart = true;
        current = 0;
      } else if (atStart) {
        if (code === 32) {
          current++;
        } else {
          atStart = false;
          least = Math.min(least, current);
        }
      }
    }
  }
  return least;
}

function stripLines(text: string, indent: number, state: { atStart: boolean; dropped: number }): string {
  const out = new Pieces();
  let at = 0;
  while (at < text.length) {
    if (state.atStart) {
      while (text.charCodeAt(at) === 32 && state.dropped < indent) {
        state.dropped++;
        at++;
      }
      // Spaces beyond the common indentation stay; they are still at the start of the line.
      let end = at;
      while (text.charCodeAt(end) === 32) {
        state.dropped++;
        end++;
      }
      if (end >= text.length) {
        out.push(text.slice(at, end));
        break;
      }
      state.dropped = 0;
    }
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    out.push(text.slice(at, end));
    state.atStart = newline >= 0;
    at = end;
  }
  return out.toString();
}
