import { ABSENT, type Answer, found } from '../answer';
import { openBytes } from '../binary/byte-reader';
import { type Executable, readExecutable } from '../binary/executable';
import { goProgramVersion, readGoBuildInfo } from '../binary/go-build-info';
import { goEmbeddedVersion, goLinkedVersion } from '../binary/go-linked-version';
import { type PeVersion, readPeVersion } from '../binary/pe-version';
import { findProgramText } from '../binary/program-text';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { cleanVersion, versionInPackage } from './version-text';

/** The headers of the program itself; undefined for scripts and what cannot be read. */
export function executableOf(copy: Copy, context: ProbeContext): Executable | undefined {
  return readExecutable(openBytes(context.host.fs, copy.subject));
}

/** What the program itself holds: Windows' version resource, Go's build information, a text that the catalog names. */
export function fromBinary(copy: Copy, executable: Executable | undefined, context: ProbeContext): Answer {
  if (executable === undefined || executable.format === 'script') {
    return ABSENT;
  }
  const reader = openBytes(context.host.fs, copy.subject);
  const resource = fromResource(copy, readPeVersion(reader, executable));
  if (resource.status === 'found') {
    return resource;
  }
  const go = readGoBuildInfo(reader, executable);
  const version = go === undefined ? undefined : cleanVersion(goProgramVersion(go));
  if (version !== undefined) {
    return found(version, 'file', copy.subject, `Go build information: ${go?.module ?? go?.path ?? ''} ${version}`);
  }
  const linked = go === undefined ? undefined : cleanVersion(goLinkedVersion(reader, executable, go.goVersion));
  if (linked !== undefined && !/^0\.0\.0/.test(linked)) {
    return found(linked, 'file', copy.subject, `linked into the program: ${linked}`);
  }
  const isEmbedding = go !== undefined && copy.tool.embedsVersion === true;
  const embedded = isEmbedding ? cleanVersion(goEmbeddedVersion(reader, executable)) : undefined;
  if (embedded !== undefined) {
    return found(embedded, 'file', copy.subject, `embedded in the program: ${embedded}`);
  }
  const { programText } = copy.tool;
  const text = programText === undefined ? undefined : findProgramText(reader, executable, programText, copy.size);
  const told = cleanVersion(text?.[1]);
  return told === undefined ? ABSENT : found(told, 'file', copy.subject, text?.[0]);
}

/** Runtimes that bundlers copy, with the resource of their own, to put a program behind them. */
const BUNDLED_RUNTIMES: ReadonlySet<string> = new Set(['Bun', 'Node.js', 'Deno']);

function fromResource({ tool, subject }: Copy, { version, product }: PeVersion): Answer {
  const isOfRuntime = product !== undefined && BUNDLED_RUNTIMES.has(product) && product !== tool.title;
  const told = isOfRuntime ? undefined : cleanVersion(version);
  if (told === undefined) {
    return ABSENT;
  }
  // Windows has four numbers where most makers but those of browsers have three.
  const own = versionInPackage(tool, tool.category === 'browsers' ? told : told.replace(/^(\d+\.\d+\.\d+)\.0$/, '$1'));
  return own === undefined ? ABSENT : found(own, 'file', subject, `ProductVersion ${told}`);
}
