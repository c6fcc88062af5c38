import { identityOfEnvironment, redact } from '../core/redact';
import type { CliIo } from './io';

/**
 * A document as it may be written: without names, addresses and secrets, unless that was refused, or it is text for the
 * eyes of whoever sits at this terminal.
 *
 * @param isText what a terminal shows; JSON is there to be passed on
 */
export function forOutput<Document extends object>(
  document: Document,
  { redact: isAsked, isText }: { readonly redact: boolean; readonly isText: boolean },
  io: CliIo,
): Document {
  const isForEyes = isText && io.stdout.isTTY === true;
  return isAsked && !isForEyes ? redact(document, identityOfEnvironment(io.env)).document : document;
}
