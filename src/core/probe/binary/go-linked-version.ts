import { decodeLatin1 } from '../../host/text';
import type { ByteReader } from './byte-reader';
import type { Executable, Section } from './executable';

/** Where Go's linker puts the texts that it was given, by the names of ELF, Mach-O and PE. */
const SECTIONS: readonly string[] = ['.rodata', '__rodata', '.rdata'];
/** The linker sorts data by size: texts as short as versions lie this near to the one of Go's own. */
const AROUND = 16 * 1024;
/** Alone, or right behind a number of at most eight bytes that does not end with a NUL, but no word. */
const RELEASE = /^(?:(?!.?[A-Za-z]{3})[\s\S]{0,7}[^\w.+~-])?v?(\d+\.\d+\.\d+(?:[-+~][\w.+~-]{1,40})?)$/;

/**
 * The version that the linker was given by `-X name=1.2.3`, or that the program embeds as a file. Programs built with
 * `-trimpath` keep neither flag nor name in their build information, and released ones no symbols; but such a text stands
 * by itself between NUL bytes beside `runtime.buildVersion`, which the linker is given in the same way, while constants of
 * the source run into each other elsewhere.
 *
 * @returns undefined unless there is one such text only
 */
export function goLinkedVersion(reader: ByteReader, executable: Executable, goVersion: string): string | undefined {
  const data = executable.sections().find(({ name }) => SECTIONS.includes(name));
  const at = data === undefined ? -1 : findLate(reader, `\0${goVersion}\0`, data);
  if (data === undefined || at < 0) {
    return undefined;
  }
  const from = Math.max(data.offset, at - AROUND);
  const end = Math.min(at + AROUND, data.offset + data.size);
  const texts = decodeLatin1(reader.bytes(from, end - from))
    .split('\0')
    .flatMap((text) => RELEASE.exec(text.replace(/\n$/, ''))?.[1] ?? []);
  const shortest = texts.reduce((one, other) => (other.length < one.length ? other : one), texts[0] ?? '');
  // Distributions give theirs, too: `1.6.20` and `1.6.20-1+deb12u3`.
  return shortest !== '' && texts.every((text) => text.startsWith(shortest)) ? shortest : undefined;
}

/** Such texts stand in the last tenth of their section: there first, since it can have many megabytes. */
function findLate(reader: ByteReader, text: string, { offset, size }: Section): number {
  const late = offset + Math.floor(size * 0.9);
  const at = reader.find(text, late, offset + size - late);
  return at < 0 ? reader.find(text, offset, late + text.length - offset) : at;
}

/** Bytes of read-only data that are looked through, a piece at a time. */
const EMBEDDED_LIMIT = 64 * 1024 * 1024;
const PIECE = 2 * 1024 * 1024;
/** More than a version and its line end. */
const OVERLAP = 64;
const EMBEDDED = /(?<![\d.])(\d+\.\d+\.\d+(?:-(?:alpha|beta|rc|dev)\d*)?)\n/g;

/**
 * The version in a file that the program embeds. Go lays such texts among its other constants, which have no ends of
 * their own; this one has, its line end, and the data of programs that embed it have no other text of that form.
 *
 * @returns undefined unless there is one such text only
 */
export function goEmbeddedVersion(reader: ByteReader, executable: Executable): string | undefined {
  const data = executable.sections().find(({ name }) => SECTIONS.includes(name));
  const found = new Set<string>();
  const size = Math.min(data?.size ?? 0, EMBEDDED_LIMIT);
  for (let at = 0; at < size; at += PIECE) {
    // What begins in the overlap is seen whole there; a digit before its first one is in this piece.
    const text = decodeLatin1(
      reader.bytes(data!.offset + Math.max(0, at - OVERLAP), Math.min(PIECE + OVERLAP, size - at)),
    );
    for (const { 1: version, index } of text.matchAll(EMBEDDED)) {
      // What stands at the very start may have lost its own.
      if (index > 0) {
        found.add(version!);
      }
    }
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
