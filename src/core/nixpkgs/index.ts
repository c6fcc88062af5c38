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
