export { lineOfBranch } from './channels';
export { type LockReference, pinFromLock } from './lock-pin';
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
