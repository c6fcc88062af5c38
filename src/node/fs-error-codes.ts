import type { FsErrorCode } from '../core/host/host';

/** What the system's error codes mean to whoever reads a host; any other is `io`. */
export const FS_ERROR_CODES: Readonly<Record<string, FsErrorCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EACCES: 'denied',
  EPERM: 'denied',
  ELOOP: 'loop',
  ENAMETOOLONG: 'not-found',
};
