export { branchOffOf, lineOfBranch, UNSTABLE } from './channels';
export { IndexFile, peekIndex } from './file/index-file';
export { type LockReference, pinFromLock } from './lock-pin';
export { withRevision } from './merge';
export type {
  Existence,
  NixpkgsIndex,
  NixpkgsPin,
  Resolution,
  RevisionInfo,
  VersionRun,
} from './model';
export { openIndex } from './open';
export { suggestNames } from './suggest';
