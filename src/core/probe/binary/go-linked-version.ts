import { decodeLatin1 } from '../../host/text';
import type { ByteReader } from './byte-reader';
import type { Executable, Section } from './executable';

/** Where Go's linker puts the texts that it was given, by the names of ELF, Mach-O and PE. */
const SECTIONS: readonly string[] = ['.rodata', '__rodata', '.rdata'];
/** The linker sorts data by size: texts as short as versions lie this near to the one of Go's own. */
const AROUND = 16 * 1024;
/** `1.2.3`: most of what stands between NUL bytes is nothing. */
const SHORTEST = 5;
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
  const at = data === undefined ? -1 : findLate(reader, `\0${goVersion}\0`, data, 0.9);
  if (data === undefined || at < 0) {
    return undefined;
  }
  const from = Math.max(data.offset, at - AROUND);
  const end = Math.min(at + AROUND, data.offset + data.size);
  const texts = decodeLatin1(reader.bytes(from, end - from))
    .split('\0')
    .filter((text) => text.length >= SHORTEST)
    .flatMap((text) => RELEASE.exec(text.replace(/\n$/, ''))?.[1] ?? []);
  const shortest = texts.reduce((one, other) => (other.length < one.length ? other : one), texts[0] ?? '');
  // Distributions give theirs, too: `1.6.20` and `1.6.20-1+deb12u3`.
  return shortest !== '' && texts.every((text) => text.startsWith(shortest)) ? shortest : undefined;
}

/** Of a section, which can have many megabytes, first what is behind the share that such texts usually stand behind. */
function findLate(reader: ByteReader, text: string, { offset, size }: Section, share: number): number {
  const late = offset + Math.floor(size * share);
  const at = reader.find(text, late, offset + size - late);
  return at < 0 ? reader.find(text, offset, late + text.length - offset) : at;
}

/**
 * A constant of Go's runtime (`runtime.newstack`), in every program. The linker sorts constants by size, so it stands
 * among those that are as short as versions, which follow the types.
 */
const SHORT_CONSTANT = 'm->g0=';
/** The constants of four and five bytes of the largest programs. */
const BEFORE = 64 * 1024;
/** Those of up to about twenty bytes. */
const BEHIND = 512 * 1024;
const LINE_END = 10;
/** A version and what stands before it. */
const LONGEST = 24;
const EMBEDDED = /(?<![\d.])\d+\.\d+\.\d+(?:-(?:alpha|beta|rc|dev)\d*)?$/;

/**
 * The version in a file that the program embeds. Go lays such texts among its other constants, which have no ends of
 * their own; this one has, its line end, and the short constants of programs that embed it have no other text of that
 * form.
 *
 * @returns undefined unless there is one such text only
 */
export function goEmbeddedVersion(reader: ByteReader, executable: Executable): string | undefined {
  const data = executable.sections().find(({ name }) => SECTIONS.includes(name));
  const at = data === undefined ? -1 : findLate(reader, SHORT_CONSTANT, data, 0.4);
  if (data === undefined || at < 0) {
    return undefined;
  }
  const from = Math.max(data.offset, at - BEFORE);
  const end = Math.min(at + BEHIND, data.offset + data.size);
  const bytes = reader.bytes(from, end - from);
  const found = new Set<string>();
  for (let line = bytes.indexOf(LINE_END); line >= 0; line = bytes.indexOf(LINE_END, line + 1)) {
    const version = EMBEDDED.exec(decodeLatin1(bytes.subarray(Math.max(0, line - LONGEST), line)))?.[0];
    if (version !== undefined) {
      found.add(version);
    }
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
