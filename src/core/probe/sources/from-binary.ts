import { ABSENT, type Answer, found } from '../answer';
import { openBytes } from '../binary/byte-reader';
import { type Executable, readExecutable } from '../binary/executable';
import { goProgramVersion, readGoBuildInfo } from '../binary/go-build-info';
import { readPeVersion } from '../binary/pe-version';
import { findProgramText } from '../binary/program-text';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { cleanVersion } from './version-text';

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
  const resource = cleanVersion(readPeVersion(reader, executable));
  if (resource !== undefined) {
    return found(resource, 'file', copy.subject, `ProductVersion ${resource}`);
  }
  const go = readGoBuildInfo(reader, executable);
  const version = go === undefined ? undefined : cleanVersion(goProgramVersion(go));
  if (version !== undefined) {
    return found(version, 'file', copy.subject, `Go build information: ${go?.module ?? go?.path ?? ''} ${version}`);
  }
  const { programText } = copy.tool;
  const text = programText === undefined ? undefined : findProgramText(reader, executable, programText);
  const told = cleanVersion(text?.[1]);
  return told === undefined ? ABSENT : found(told, 'file', copy.subject, text?.[0]);
}
