import { rmSync } from 'node:fs';

/** Removes a file of ours, where that goes: `force` of Node.js still throws where a part of the path is no folder. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, or was never there.
  }
}
