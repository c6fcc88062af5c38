import type { PinContext, PinDraft, PinReader } from '../../context';
import { type Comments, withoutComments } from '../../format/comments';
import type { Rule } from '../../range/rules';

/** What a build file says of one tool. */
export interface Stated {
  /** With the flags `dg`; its first group is the constraint. */
  readonly pattern: RegExp;
  readonly tool: string;
  readonly rule: Rule;
  readonly declaredBy: string;
  /** Left out: `manifest`. */
  readonly source?: PinDraft['source'];
  /** True where a file may say it several times, for several tasks. */
  readonly alternatives?: true;
}

/** A reader of a file that is searched for statements, as text: nothing of it is run. */
export function readStated(comments: Comments | undefined, statements: readonly Stated[]): PinReader {
  return (context) => {
    const { text } = context.source;
    pinStated(context, comments === undefined ? text : withoutComments(text, comments), statements);
  };
}

/**
 * Pins what a text states.
 *
 * @param text as long as the file's, every character in its place
 */
export function pinStated(context: PinContext, text: string, statements: readonly Stated[]): void {
  for (const { pattern, tool, rule, declaredBy, source = 'manifest', alternatives } of statements) {
    for (const match of text.matchAll(pattern)) {
      const [offset, end] = match.indices![1]!;
      const from = match.index + match[0].search(/\S/);
      const group = alternatives && `${context.source.path} ${tool}`;
      context.pin({ tool, rule, declaredBy, source, group, constraint: match[1]!, offset, end, from });
    }
  }
}
