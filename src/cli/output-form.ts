import { type Form, whole } from '../node/replay/form';
import type { CliIo } from './io';

/**
 * A document as it may be written: without names, addresses and secrets, unless that was refused, or it is text for the
 * eyes of whoever sits at this terminal. What redacts is loaded when there is something to redact.
 *
 * @param isText what a terminal shows; JSON is there to be passed on
 */
export function formOf<Document extends object>(
  { redact: isAsked, isText }: { readonly redact: boolean; readonly isText: boolean },
  io: CliIo,
): Form<Document> {
  return isAsked && !(isText && io.stdout.isTTY === true)
    ? {
        name: 'redacted',
        make: async (document, env) => {
          const { identityOfEnvironment, redact } = await import('../core/redact');
          return redact(document, identityOfEnvironment(env)).document;
        },
      }
    : whole;
}

/** A document in the form of {@link formOf}. */
export function forOutput<Document extends object>(
  document: Document,
  flags: Parameters<typeof formOf>[0],
  io: CliIo,
): Promise<Document> {
  return formOf<Document>(flags, io).make(document, io.env);
}
