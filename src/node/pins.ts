import { resolve } from 'node:path';
import type { HostFileSystem } from '../core/host/host';
import { pathRulesOf } from '../core/host/paths';
import type { ProjectPins } from '../core/model/pins';
import { ProblemError } from '../core/model/problem';
import { readProjectPins } from '../core/pins/read-pins';
import { localFileSystem } from './local-file-system';

/**
 * The versions that a project of this machine declares outside its flake. Reads files of the folder only; runs nothing.
 *
 * @param folder the project; relative to the working folder of the process
 * @throws ProblemError `folder-not-found`; whatever is wrong with single files is in the answer's `problems`
 */
export function readPins(folder: string, fs: HostFileSystem = localFileSystem): ProjectPins {
  const root = resolve(folder);
  const stat = fs.stat(root);
  if (!stat.ok || stat.value.kind !== 'directory') {
    throw new ProblemError({
      code: 'folder-not-found',
      message: stat.ok ? `${root} is not a folder.` : `There is no folder ${root} that can be read.`,
      hint: 'Name the folder of the project.',
    });
  }
  return readProjectPins(fs, pathRulesOf(process.platform === 'win32' ? 'windows' : 'linux'), root);
}
