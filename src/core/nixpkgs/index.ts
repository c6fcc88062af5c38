export { lineOfBranch } from './channels';
export { IndexFile, peekIndex } from './file/index-file';
export { type LockReference, pinFromLock } from './lock-pin';
export { type RecordedVersions, withRevision } from './merge';
export type {
  Estimate,
  Existence,
  IndexInfo,
  Lookup,
  NixpkgsIndex,
  NixpkgsPin,
  Resolution,
  RevisionInfo,
  VersionRun,
} from './model';
export { openIndex } from './open';
