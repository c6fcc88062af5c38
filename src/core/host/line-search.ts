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
