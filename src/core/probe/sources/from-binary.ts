import { ABSENT, type Answer, found } from '../answer';
import { openBytes } from '../binary/byte-reader';
import { type Executable, readExecutable } from '../binary/executable';
import { goProgramVersion, readGoBuildInfo } from '../binary/go-build-info';
import { readPeVersion } from '../binary/pe-version';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { cleanVersion } from './version-text';

/** The headers of the program itself; undefined for scripts and what cannot be read. */
export function executableOf(copy: Copy, context: ProbeContext): Executable | undefined {
  return readExecutable(openBytes(context.host.fs, copy.subject));
}

/** What the linker wrote into the program: Go's build information, Windows' version resource. */
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
  return version === undefined
    ? ABSENT
    : found(version, 'file', copy.subject, `Go build information: ${go?.module ?? go?.path ?? ''} ${version}`);
}
