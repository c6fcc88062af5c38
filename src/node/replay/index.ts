import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../core/host/host';
import { areUnchanged } from './answers';
import { BUILD } from './build';
import { readKept, writeKept } from './kept-file';
import type { Recorder } from './recorder';
import { textMark } from './text-mark';

/*
 * A document about this machine (a snapshot, a target, an audit) follows from our own build, the words it was asked with,
 * and what the host answered: nothing else reaches it. So the questions are kept beside the document. Next time they are
 * asked again, in one loop that needs neither the catalog nor the evaluator; where every answer is the same, so is the
 * document. ARCHITECTURE.md, "A second run", has the rest.
 */

export interface Question {
  readonly kind: 'snapshot' | 'target' | 'audit';
  /** This machine. */
  readonly host: Host;
  /** The user's cache folder. */
  readonly folder: string;
  /** All that was asked for, as JSON. */
  readonly options: unknown;
  /** The time that the document is made for, where it matters. */
  readonly now: Date;
  /** Milliseconds since 1970, by the machine's own clock. */
  readonly clock?: (() => number) | undefined;
  /** Left out: that of this bundle; without one, nothing is kept. */
  readonly build?: string | undefined;
}

/**
 * The document as it was made before, where all that it was made from is as it was; else as it is made now, through the
 * recorder's host.
 *
 * @param isTrue has a last word about a document from before
 */
export async function replayed<Document extends object>(
  question: Question,
  make: (recorder: Recorder | undefined) => Promise<Document>,
  isTrue: (document: Document) => Promise<boolean> = async () => true,
): Promise<Document> {
  const { kind, host, folder, build = BUILD, clock = Date.now } = question;
  if (build === undefined || host.source !== 'local') {
    return make(undefined);
  }
  const key = keyOf(question, build);
  const path = join(folder, 'kept', `${kind}-${textMark(key)}`);
  const begin = clock();
  const kept = readKept(path, key);
  if (
    kept !== undefined &&
    (await areUnchanged(kept.answers, host, question.now.getTime())) &&
    (await isTrue(kept.document as Document))
  ) {
    return kept.document as Document;
  }
  const { recordHost } = await import('./recorder');
  const recorder = recordHost(host, begin);
  const document = await make(recorder);
  const answers = recorder.answers();
  if (answers !== undefined) {
    writeKept(path, key, { answers, document });
  }
  return document;
}

/** Whom and what the answers are for. */
function keyOf({ host, options }: Question, build: string): string {
  const { os, arch, home, pathEntries } = host;
  return JSON.stringify([
    build,
    process.versions.node,
    [os, arch, home, pathEntries, homedir(), hostname(), nameOfUser()],
    [process.getuid?.(), process.getgid?.(), process.getgroups?.()],
    options,
  ]);
}

function nameOfUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list has no name.
    return undefined;
  }
}
