import { decodeUtf8 } from '../../host/text';
import type { ByteReader } from './byte-reader';
import type { Executable } from './executable';

/** Decompresses zlib's format (RFC 1950), at most so many bytes; undefined for what is no such data, or more. */
export type Inflate = (bytes: Uint8Array, limit: number) => Uint8Array | undefined;

/** Data of the largest programs takes some tens of kilobytes. */
const COMPRESSED_LIMIT = 1024 * 1024;
const LIMIT = 8 * 1024 * 1024;

/** The crate that a program was built from. */
export interface RustCrate {
  readonly name: string;
  readonly version: string;
}

/**
 * What `cargo auditable` writes into programs: the section `.dep-v0`, a JSON text in zlib's format, of whose packages one
 * is the root. Source: rust-secure-code/cargo-auditable, "PARSING.md", "cargo-auditable.schema.json".
 *
 * @returns undefined where there is none, and where it is broken
 */
export function readRustCrate(reader: ByteReader, executable: Executable, inflate: Inflate): RustCrate | undefined {
  const section = executable.sections().find(({ name }) => name === '.dep-v0');
  if (section === undefined || section.size > COMPRESSED_LIMIT) {
    return undefined;
  }
  const text = inflate(reader.bytes(section.offset, section.size), LIMIT);
  try {
    const data: unknown = text === undefined ? undefined : JSON.parse(decodeUtf8(text));
    const packages = (data as { readonly packages?: unknown } | undefined)?.packages;
    const root: unknown = Array.isArray(packages) ? packages.find((one) => one?.root === true) : undefined;
    const { name, version } = (root ?? {}) as Readonly<Record<string, unknown>>;
    return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
