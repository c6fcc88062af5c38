import type { ProgramText } from '../../catalog/catalog';
import { decodeLatin1 } from '../../host/text';
import type { ByteReader } from './byte-reader';
import type { Executable } from './executable';

/** Where compilers put texts that never change, by the names of ELF (BOLT moves them), Mach-O and PE. */
const READ_ONLY: readonly string[] = ['.bolt.org.rodata', '.rodata', '__const', '__cstring', '.rdata'];
/** What Bun's bundler packed into a copy of Bun; `__bun` on macOS. Where no section has it, it is the end of the file. */
const BUNDLES: readonly string[] = ['.bun', '__bun'];
const LIMIT = 64 * 1024 * 1024;
/** Bytes at the end of a bundle that are looked through: its options stand there. */
const BUNDLE_END = 256 * 1024;
/** Bytes of the text that are looked at. */
const LENGTH = 128;
/** Places where a text may begin without matching. */
const ATTEMPTS = 16;

/**
 * What matches of a text that the program carries in its read-only data, such as what it calls itself to servers.
 *
 * @param size bytes of the whole file
 */
export function findProgramText(
  reader: ByteReader,
  executable: Executable,
  text: ProgramText,
  size: number,
): RegExpExecArray | undefined {
  let left = LIMIT;
  for (const { offset, length } of text.bundled === true ? bundleEnd(executable, size) : readOnly(executable)) {
    const matched = findIn(reader, text, offset, Math.min(length, left));
    if (matched !== undefined) {
      return matched;
    }
    left -= length;
  }
  return undefined;
}

interface Part {
  readonly offset: number;
  readonly length: number;
}

function readOnly(executable: Executable): readonly Part[] {
  return executable
    .sections()
    .filter(({ name }) => READ_ONLY.includes(name))
    .map(({ offset, size }) => ({ offset, length: size }));
}

function bundleEnd(executable: Executable, size: number): readonly Part[] {
  const section = executable.sections().find(({ name }) => BUNDLES.includes(name));
  const end = section === undefined ? size : section.offset + section.size;
  const length = Math.min(BUNDLE_END, section?.size ?? size);
  return [{ offset: end - length, length }];
}

function findIn(
  reader: ByteReader,
  { start, match }: ProgramText,
  offset: number,
  length: number,
): RegExpExecArray | undefined {
  let from = offset;
  for (let attempt = 0; attempt < ATTEMPTS && from < offset + length; attempt++) {
    const at = reader.find(start, from, offset + length - from);
    if (at < 0) {
      return undefined;
    }
    const matched = match.exec(decodeLatin1(reader.bytes(at, LENGTH)));
    if (matched !== null) {
      return matched;
    }
    from = at + 1;
  }
  return undefined;
}
