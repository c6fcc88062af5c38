import * as fs from 'node:fs';
import { decodeName, encodeName, isRawName } from '../core/host/text';

/** What Node.js puts where a name's bytes are no UTF-8; then the bytes have to be asked for. */
const LOST = '\ufffd';

/** A path for a system call: as bytes where {@link decodeName} had to keep some apart. */
export function systemPath(path: string): string | Buffer {
  return isRawName(path) ? Buffer.from(encodeName(path)) : path;
}

/** Whether a name came out of Node.js mangled. */
export function isMangled(name: string): boolean {
  return name.includes(LOST);
}

/** Where a link leads, with no byte lost. */
export function readLinkRaw(path: string | Buffer): string {
  const target = fs.readlinkSync(path);
  return isMangled(target) ? decodeName(fs.readlinkSync(path, { encoding: 'buffer' })) : target;
}

/** A path with every link resolved, with no byte lost. */
export function realPathRaw(path: string | Buffer): string {
  const real = fs.realpathSync.native(path);
  return isMangled(real) ? decodeName(fs.realpathSync.native(path, { encoding: 'buffer' })) : real;
}

/**
 * The entries of a folder, with no byte of their names lost.
 *
 * @param toEntry what is kept of each
 */
export function readFolderRaw<Entry>(
  path: string | Buffer,
  toEntry: (name: string, entry: Pick<fs.Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>) => Entry,
): readonly Entry[] {
  const entries = fs.readdirSync(path, { withFileTypes: true });
  if (!entries.some(({ name }) => isMangled(name))) {
    return entries.map((entry) => toEntry(entry.name, entry));
  }
  const raw = fs.readdirSync(path, { withFileTypes: true, encoding: 'buffer' }) as unknown as readonly (Omit<
    fs.Dirent,
    'name'
  > & { readonly name: Buffer })[];
  return raw.map((entry) => toEntry(decodeName(entry.name), entry));
}

/**
 * A variable of this process whose value Node.js mangled, from the bytes that the kernel keeps of it.
 *
 * @returns undefined where the kernel does not tell (only Linux does)
 */
export function rawVariable(name: string): string | undefined {
  try {
    const bytes = fs.readFileSync('/proc/self/environ');
    const head = Buffer.from(`\0${name}=`);
    const whole = Buffer.concat([Buffer.from([0]), bytes]);
    const at = whole.indexOf(head);
    if (at < 0) {
      return undefined;
    }
    const start = at + head.length;
    const end = whole.indexOf(0, start);
    return decodeName(whole.subarray(start, end < 0 ? undefined : end));
  } catch {
    return undefined;
  }
}
