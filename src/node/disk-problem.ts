import { ProblemError } from '../core/model/problem';
import { reasonOf } from './file-reasons';

const CODES = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EIO', 'EFBIG'];

/** Whether an error comes from the disk rather than from the network. */
export function isDiskError(error: unknown): boolean {
  return CODES.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The problem for a folder or file of the user's data that cannot be written. */
export function diskProblem(path: string, cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'data-not-written',
      message: `${path} cannot be written: ${reasonOf(cause)}.`,
      hint: 'Free some space or set its permissions, or choose another folder with LOCKSTEP_DATA.',
    },
    { cause },
  );
}
