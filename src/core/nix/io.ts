import type { DirectoryEntry, FileStat, FsResult } from '../host/host';

/**
 * The files that a program may see. Synchronous; paths are absolute, normalised, Unicode text; no call throws.
 * Whoever implements it confines it: what lies outside gives `outside`, or `not-found`.
 */
export interface EvalIo {
  /** Regular files only, whole. */
  readFile(path: string): FsResult<Uint8Array>;
  readDir(path: string): FsResult<readonly DirectoryEntry[]>;
  lstat(path: string): FsResult<FileStat>;
  readLink(path: string): FsResult<string>;
}

const ABSENT = { ok: false, code: 'not-found' } as const;

/** No files at all. */
export const emptyIo: EvalIo = {
  readFile: () => ABSENT,
  readDir: () => ABSENT,
  lstat: () => ABSENT,
  readLink: () => ABSENT,
};
