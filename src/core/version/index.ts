export { compareByScheme } from './compare';
export { driftSize } from './drift';
export { extractVersion } from './extract';
export { minorKey } from './minor-key';
export { compareNixVersions } from './nix';
export { satisfiesVersionRange } from './policy-range';
export { type RangeKind, satisfiesRange } from './range';
export type { VersionScheme } from './scheme';
export { type Packager, upstreamVersion } from './upstream';
