import { packageNames } from '../../catalog/package-names';
import { ABSENT, type Answer, found } from '../answer';
import { openBytes } from '../binary/byte-reader';
import { type Executable, readExecutable } from '../binary/executable';
import { goProgramVersion, readGoBuildInfo } from '../binary/go-build-info';
import { goEmbeddedVersion, goLinkedVersion } from '../binary/go-linked-version';
import { type PeVersion, readPeVersion } from '../binary/pe-version';
import { findProgramText } from '../binary/program-text';
import { readRustCrate } from '../binary/rust-audit';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { cleanVersion, versionInPackage } from './version-text';

/** The headers of the program itself; undefined for scripts and what cannot be read. */
export function executableOf(copy: Copy, context: ProbeContext): Executable | undefined {
  return readExecutable(openBytes(context.host.fs, copy.subject));
}

/** What the program itself holds: Windows' version resource, Go's build information, Rust's crate, a text that the catalog names. */
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
  const crate = go === undefined ? fromRustCrate(copy, executable, context) : ABSENT;
  if (crate.status === 'found') {
    return crate;
  }
  const { programText } = copy.tool;
  const text = programText === undefined ? undefined : findProgramText(reader, executable, programText, copy.size);
  const told = cleanVersion(text?.[1]);
  return told === undefined ? ABSENT : found(told, 'file', copy.subject, text?.[0]);
}

/** Tools of Rust's own, whose crates are numbered apart from them: cargo 1.84.0 is the crate 0.85.0. */
const OF_RUST: ReadonlySet<string> = new Set(['cargo', 'clippy', 'rust-analyzer', 'rustc', 'rustfmt']);

/** The crate that a program of Rust was built from, where it is called as the tool. */
function fromRustCrate(copy: Copy, executable: Executable, context: ProbeContext): Answer {
  const { tool, subject, program } = copy;
  if (context.inflate === undefined || OF_RUST.has(tool.id)) {
    return ABSENT;
  }
  const crate = readRustCrate(openBytes(context.host.fs, subject), executable, context.inflate);
  const names = [tool.id, program, ...packageNames(tool, 'cargo')];
  const version = crate !== undefined && names.includes(crate.name) ? cleanVersion(crate.version) : undefined;
  return version === undefined || version === '0.0.0'
    ? ABSENT
    : found(version, 'file', subject, `cargo-auditable: ${crate?.name} ${version}`);
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
