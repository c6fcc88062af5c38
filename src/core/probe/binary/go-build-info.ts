import { decodeUtf8 } from '../../host/text';
import { type ByteReader, uint } from './byte-reader';
import type { Executable } from './executable';

/** What the Go linker writes into every executable (Go's `debug/buildinfo`). */
export interface GoBuildInfo {
  /** `go1.22.3`. */
  readonly goVersion: string;
  /** Path of the main package. */
  readonly path?: string;
  readonly module?: string;
  /** `v1.2.3`; `(devel)` when it was not built from a released module. */
  readonly version?: string;
  /** Flags that the linker was given; here many projects put their version. */
  readonly ldflags?: string;
}

const MAGIC = '\xff Go buildinf:';
const ALIGN = 16;
const HEADER = 32;
/** Enough for the modules of most programs; those of the largest fill hundreds of kilobytes. */
const MODULE_USUAL = 32 * 1024;
const MODULE_LIMIT = 1024 * 1024;
/** The frame of 16 bytes at either end of the module text. */
const FRAME = 16;

/** Finds and decodes the build information of a Go program; undefined for any other. */
export function readGoBuildInfo(reader: ByteReader, executable: Executable): GoBuildInfo | undefined {
  const section = executable
    .sections()
    .find(
      ({ name }) =>
        name === '.go.buildinfo' || name === '__go_buildinfo' || (executable.format === 'pe' && name === '.data'),
    );
  if (section === undefined) {
    return undefined;
  }
  const window = reader.bytes(section.offset, Math.min(section.size, 65_536));
  const start = findMagic(window);
  if (start < 0) {
    return undefined;
  }
  const flags = window[start + 15] ?? 0;
  const told =
    (flags & 2) === 0
      ? pointedTexts(reader, executable, window.subarray(start, start + HEADER))
      : inlineTexts(reader, section.offset + start + HEADER);
  if (told === undefined) {
    return undefined;
  }
  const module = told.module.length > 2 * FRAME ? decodeUtf8(told.module.subarray(FRAME, -FRAME)) : '';
  return { goVersion: decodeUtf8(told.version), ...parseModule(module) };
}

interface Texts {
  readonly version: Uint8Array;
  readonly module: Uint8Array;
}

/** Since Go 1.18: both texts stand behind the header, each with its length before it. */
function inlineTexts(reader: ByteReader, offset: number): Texts | undefined {
  return readTexts(reader.bytes(offset, MODULE_USUAL)) ?? readTexts(reader.bytes(offset, MODULE_LIMIT));
}

/** The version and, after it, the module text; undefined where the bytes end before them. */
function readTexts(bytes: Uint8Array): Texts | undefined {
  const version = varString(bytes, 0);
  const module = version === undefined ? undefined : varString(bytes, version.end);
  return version === undefined || module === undefined ? undefined : { version: version.bytes, module: module.bytes };
}

/** Before Go 1.18: the header points to two strings of Go in memory, each an address and a length. */
function pointedTexts(reader: ByteReader, executable: Executable, header: Uint8Array): Texts | undefined {
  const width = header[14] ?? 0;
  if (width !== 4 && width !== 8) {
    return undefined;
  }
  const little = ((header[15] ?? 0) & 1) === 0;
  const sections = executable.sections();
  const at = (address: number, length: number): Uint8Array => {
    const home = sections.find((one) => address >= one.address && address + length <= one.address + one.size);
    return home === undefined || address === 0 ? NOTHING : reader.bytes(home.offset + address - home.address, length);
  };
  const stringAt = (pointer: number): Uint8Array => {
    const head = at(pointer, 2 * width);
    return at(uint(head, 0, width, little), Math.min(uint(head, width, width, little), MODULE_LIMIT));
  };
  const version = stringAt(uint(header, 16, width, little));
  return version.length === 0 ? undefined : { version, module: stringAt(uint(header, 16 + width, width, little)) };
}

const NOTHING = new Uint8Array(0);

function findMagic(window: Uint8Array): number {
  for (let at = 0; at + HEADER <= window.length; at += ALIGN) {
    if (window[at] === 0xff && [...MAGIC].every((character, index) => window[at + index] === character.charCodeAt(0))) {
      return at;
    }
  }
  return -1;
}

/** A length as a varint, then so many bytes. */
function varString(bytes: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  let length = 0;
  let shift = 1;
  let cursor = at;
  for (;;) {
    const byte = bytes[cursor++];
    if (byte === undefined || shift > 2 ** 35) {
      return undefined;
    }
    length += (byte & 0x7f) * shift;
    if (byte < 0x80) {
      break;
    }
    shift *= 128;
  }
  return cursor + length > bytes.length
    ? undefined
    : { bytes: bytes.subarray(cursor, cursor + length), end: cursor + length };
}

function parseModule(text: string): Omit<GoBuildInfo, 'goVersion'> {
  const path = /^path\t(.+)$/m.exec(text)?.[1];
  const main = /^mod\t([^\t\n]+)\t([^\t\n]*)/m.exec(text);
  const ldflags = /^build\t"?-ldflags=(.*)$/m.exec(text)?.[1];
  return {
    ...(path === undefined ? {} : { path }),
    ...(main === null ? {} : { module: main[1]!, version: main[2]! }),
    ...(ldflags === undefined ? {} : { ldflags }),
  };
}

/**
 * The version that build information tells: the main module's, or what the linker was told under a name that ends in
 * `version` (`-X main.version=1.2.3`).
 */
export function goProgramVersion(info: GoBuildInfo): string | undefined {
  const released = /^v?(\d+\.\d+\.\d+(?!-0\.\d{14}|-\d{14})\S*)$/.exec(info.version ?? '')?.[1];
  if (released !== undefined && !/^0\.0\.0-/.test(released)) {
    return released.replace(/\+incompatible$|\+dirty$/, '');
  }
  return /-X[ =]\S*?[/.](?:cli)?(?:git)?version(?:\.(?:git)?version)?=['"\\]*v?(\d+\.\d+[\w.+-]*)/i.exec(
    info.ldflags ?? '',
  )?.[1];
}
