import { encodeUtf8, fromOctets } from '../bytes';
import { isStackOverflow, NixError } from '../errors';
import { Pos, Source } from '../source';
import type { Expr } from './ast';
import { bindVariables, type OuterNames } from './binder';
import { parseProgram } from './parser';
import type { ParseOptions } from './token-reader';

export interface Program {
  readonly source: Source;
  readonly expr: Expr;
}

export interface ParseTextOptions extends ParseOptions {
  /** Which free variables are defined outside the program; default: the standard builtins. */
  readonly outer: OuterNames;
}

/**
 * Parses a program and finds its variables.
 *
 * @param text Unicode text, or the octets of a file
 * @param file the name for positions
 * @throws NixError of kind `parse`, `undefined-variable` or `limit`
 */
export function parseText(text: string | Uint8Array, file: string, options: ParseTextOptions): Program {
  const source = new Source(file, typeof text === 'string' ? encodeUtf8(text) : fromOctets(text));
  try {
    const expr = parseProgram(source, options);
    bindVariables(expr, source, options.outer);
    return { source, expr };
  } catch (error) {
    if (error instanceof RangeError || isStackOverflow(error)) {
      const deep = new NixError('limit', `${file} is nested too deeply`, new Pos(source, 0));
      deep.overflow = true;
      throw deep;
    }
    throw error;
  }
}
