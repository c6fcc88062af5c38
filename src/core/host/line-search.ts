import type { FsResult, HostFileSystem, LineSearch } from './host';
import { readText } from './text';

/** Opens a text file to ask which lines it has; through the host's own search where it has one. */
export function searchLines(fs: HostFileSystem, path: string, limit: number): FsResult<LineSearch> {
  if (fs.searchLines !== undefined) {
    return fs.searchLines(path, limit);
  }
  const read = readText(fs, path, limit);
  if (!read.ok) {
    return read;
  }
  const text = `\n${read.value}\n`;
  return { ok: true, value: (line) => text.includes(`\n${line}\n`) };
}

/**
 * The lines of a text file that have a text in them, which is not empty and has no line feed; through the host's own search where it has
 * one.
 */
export function linesWith(fs: HostFileSystem, path: string, limit: number, part: string): FsResult<readonly string[]> {
  if (fs.linesWith !== undefined) {
    return fs.linesWith(path, limit, part);
  }
  const read = readText(fs, path, limit);
  return read.ok ? { ok: true, value: read.value.split('\n').filter((line) => line.includes(part)) } : read;
}
