import * as fs from 'node:fs';

/**
 * Why a file is not to be started, or undefined when the system itself can start it. What the kernel refuses, glibc's
 * `execvp` hands to `/bin/sh` (exec(3), "ENOEXEC"): a damaged program, or one for another processor, would be read as a
 * script, and whatever text lies in it would be run. macOS, musl and Windows have no such way round.
 *
 * @param path relative ones are searched on PATH by others, and not looked at
 */
export function whyNotStarted(path: string): string | undefined {
  return process.platform === 'linux' && path.includes('/') ? reasonOf(path, 0) : undefined;
}

/** Scripts whose interpreter is a script; Linux follows as many (execve(2)). */
const MAX_SCRIPTS = 5;
/** Linux reads no more of a first line. */
const HEAD = 256;

function reasonOf(path: string, depth: number): string | undefined {
  const file = headOf(path);
  if (file === undefined) {
    // Not there, or not to be read: starting it says so itself, or it may be started without being read.
    return undefined;
  }
  const { head, size } = file;
  if (head[0] === 0x23 && head[1] === 0x21) {
    const interpreter = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('latin1'))?.[1];
    if (interpreter === undefined || depth >= MAX_SCRIPTS) {
      return `${path} names no interpreter`;
    }
    return reasonOf(Buffer.from(interpreter, 'latin1').toString('utf8'), depth + 1);
  }
  if (head.subarray(0, 4).equals(ELF)) {
    return elfReason(path, head, size);
  }
  if (head[0] === 0x4d && head[1] === 0x5a && WSL_INTEROP.some((sign) => fs.existsSync(sign))) {
    return undefined;
  }
  return `${path} is no program of Linux and has no "#!" line, so that only a shell would start it`;
}

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
/** The Windows Subsystem for Linux starts programs of Windows where this is registered. */
const WSL_INTEROP = ['/proc/sys/fs/binfmt_misc/WSLInterop', '/proc/sys/fs/binfmt_misc/WSLInterop-late'];
/** Is there where a 64-bit kernel runs programs of 32 bits (Linux, `vdso32-setup.c`). */
const RUNS_I686 = '/proc/sys/abi/vsyscall32';

/** `e_machine` of ELF for Node.js' names of processors (System V ABI; `elf.h`). */
const MACHINES = new Map<string, number>([
  ['x64', 62],
  ['ia32', 3],
  ['arm64', 183],
  ['arm', 40],
  ['ppc64', 21],
  ['s390x', 22],
  ['riscv64', 243],
  ['loong64', 258],
]);

/** What Linux checks before it takes a file for a program (`load_elf_binary`). */
function elfReason(path: string, head: Buffer, size: number): string | undefined {
  const is64 = head[4] === 2;
  const isBig = head[5] === 2;
  const short = (at: number) => (head.length < at + 2 ? 0 : isBig ? head.readUInt16BE(at) : head.readUInt16LE(at));
  const word = (at: number) => (head.length < at + 4 ? 0 : isBig ? head.readUInt32BE(at) : head.readUInt32LE(at));
  const machine = short(18);
  const own = MACHINES.get(process.arch);
  const isI686 = process.arch === 'x64' && machine === 3 && !is64 && fs.existsSync(RUNS_I686);
  if (own !== undefined && machine !== own && !isI686) {
    return `${path} is for another processor than this machine's`;
  }
  const type = short(16);
  const tableAt = is64 ? word(isBig ? 36 : 32) + 2 ** 32 * word(isBig ? 32 : 36) : word(28);
  const entrySize = short(is64 ? 54 : 42);
  const entries = short(is64 ? 56 : 44);
  const isWhole =
    (type === 2 || type === 3) &&
    entrySize === (is64 ? 56 : 32) &&
    entries > 0 &&
    tableAt + entries * entrySize <= size;
  return isWhole ? undefined : `${path} is cut off or damaged`;
}

function headOf(path: string): { readonly head: Buffer; readonly size: number } | undefined {
  let handle: number | undefined;
  try {
    handle = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) {
      return undefined;
    }
    const head = Buffer.alloc(HEAD);
    return { head: head.subarray(0, fs.readSync(handle, head, 0, HEAD, 0)), size: stat.size };
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) {
      fs.closeSync(handle);
    }
  }
}
