import type { ProgramText } from '../../catalog/catalog';
import { decodeLatin1 } from '../../host/text';
import type { ByteReader } from './byte-reader';
import type { Executable } from './executable';

/** Where compilers put texts that never change, by the names of ELF, Mach-O and PE. */
const READ_ONLY: readonly string[] = ['.rodata', '__const', '__cstring', '.rdata'];
const LIMIT = 16 * 1024 * 1024;
/** Bytes of the text that are looked at. */
const LENGTH = 128;
/** Places where a text may begin without matching. */
const ATTEMPTS = 16;

/** What matches of a text that the program carries in its read-only data, such as what it calls itself to servers. */
export function findProgramText(
  reader: ByteReader,
  executable: Executable,
  { start, match }: ProgramText,
): RegExpExecArray | undefined {
  for (const { name, offset, size } of executable.sections()) {
    const end = READ_ONLY.includes(name) ? offset + Math.min(size, LIMIT) : offset;
    let from = offset;
    for (let attempt = 0; attempt < ATTEMPTS && from < end; attempt++) {
      const at = reader.find(start, from, end - from);
      const matched = at < 0 ? null : match.exec(decodeLatin1(reader.bytes(at, LENGTH)));
      if (matched !== null) {
        return matched;
      }
      from = at < 0 ? end : at + 1;
    }
  }
  return undefined;
}
