import type { OperatingSystem, ProbeFailure } from '../model/snapshot';

/**
 * Why a file-system call gave nothing. `denied`: the system forbids it; `outside`: we do, the place being outside of what
 * the reader is confined to; `special`: a FIFO, socket or device, which is never opened.
 */
export type FsErrorCode =
  | 'not-found'
  | 'not-a-directory'
  | 'is-a-directory'
  | 'denied'
  | 'outside'
  | 'loop'
  | 'too-large'
  | 'special'
  | 'io';

export interface FsError {
  readonly ok: false;
  readonly code: FsErrorCode;
}

export type FsResult<T> = { readonly ok: true; readonly value: T } | FsError;

export type FileKind = 'file' | 'directory' | 'link' | 'special';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileKind;
}

export interface FileStat {
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Permission bits; 0 where the system has none. */
  readonly mode: number;
}

/** Whether a text file has a line, which is given without its end. */
export type LineSearch = (line: string) => boolean;

/** Read-only files. Paths are absolute and in the host's own spelling. No call throws. */
export interface HostFileSystem {
  readDir(path: string): FsResult<readonly DirectoryEntry[]>;
  /** Reads at most `limit` bytes from `offset`; a longer file is cut, never refused. Regular files only. */
  readFile(path: string, limit: number, offset?: number): FsResult<Uint8Array>;
  /** The same as text (UTF-8), where the host can decode faster than `core`; see `readText` in `text.ts`. */
  readonly readText?: (path: string, limit: number, offset?: number) => FsResult<string>;
  /** The same with a character a byte, for files that are ASCII where they are looked at; see `readLatin1`. */
  readonly readLatin1?: (path: string, limit: number, offset?: number) => FsResult<string>;
  /** A text file that is only searched, where the host can do so without decoding; see `searchLines`. */
  readonly searchLines?: (path: string, limit: number) => FsResult<LineSearch>;
  /** The lines of a text file that have a text in them, where the host can find them before it decodes; see `linesWith`. */
  readonly linesWith?: (path: string, limit: number, part: string) => FsResult<readonly string[]>;
  /**
   * Where ASCII text stands among `length` bytes of a regular file from `offset` on, or -1; where the host can look
   * faster than `core`.
   */
  readonly find?: (path: string, text: string, offset: number, length: number) => FsResult<number>;
  /** Follows links. */
  stat(path: string): FsResult<FileStat>;
  lstat(path: string): FsResult<FileStat>;
  readLink(path: string): FsResult<string>;
  /** The path with every link resolved. */
  realPath(path: string): FsResult<string>;
  /** Whether whoever reads may start the program, where the host knows: permission bits alone do not tell for whom. */
  readonly isRunnable?: (path: string) => boolean;
}

export interface RunRequest {
  /** Program (absolute path) and arguments: never given to a shell. */
  readonly argv: readonly [string, ...string[]];
  /** Milliseconds. */
  readonly deadline: number;
  readonly env?: Readonly<Record<string, string>>;
  /** True: `env` is all that the program is given. */
  readonly ownEnvironment?: boolean;
  /** True: the user's own home folder in place of an empty one. */
  readonly ownHome?: boolean;
}

export interface RunResult {
  readonly outcome: 'exited' | 'timeout' | 'not-started';
  readonly exitCode?: number;
  /** Cut at the host's limit (64 KiB). */
  readonly stdout: string;
  readonly stderr: string;
  readonly reason?: string;
}

/** Anything with files and, maybe, a way to run programs. Everything that reads a machine goes through this. */
export interface Host {
  /** `local`, `rootfs:DIR`, `image:FILE`, `recorded:NAME`. */
  readonly source: string;
  readonly os: OperatingSystem;
  /** Nix's word: `x86_64`, `aarch64`. */
  readonly arch: string;
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  /** Homes of other accounts, where they are looked at too: on hosts that nobody is logged in to. */
  readonly otherHomes?: readonly string[];
  /** PATH, split, in order, unchanged. */
  readonly pathEntries: readonly string[];
  readonly fs: HostFileSystem;
  /** Absent where programs cannot be run. */
  readonly run?: (request: RunRequest) => Promise<RunResult>;
  /** What opening the host left out; a snapshot passes it on. */
  readonly notes?: readonly ProbeFailure[];
  /** Told of what is left out since there is more of it than is read. */
  readonly onCut?: (what: string) => void;
  /** Told of places that may not be read. */
  readonly onDenied?: (path: string) => void;
  /** True where nobody is logged in: PATH is what a login would set, as far as it can be guessed. */
  readonly assumedPath?: boolean;
  /**
   * The values of a key of the Windows registry (`HKCU\Environment`) as texts, unexpanded; absent where there is no
   * registry to read. Never rejects.
   */
  readonly registry?: (key: string) => Promise<FsResult<Readonly<Record<string, string>>>>;
  /** Gives back what the host holds open; absent where that is nothing. */
  readonly close?: () => void;
}
