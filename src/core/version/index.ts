export { compareByScheme, follows } from './compare';
export { driftSize } from './drift';
export { extractVersion } from './extract';
export { type JdkVersion, parseJdk } from './jdk';
export { minorKey } from './minor-key';
export { compareNixVersions, splitNixVersion } from './nix';
export { type RangeKind, satisfiesRange } from './range';
export type { Order, VersionScheme } from './scheme';
export { type Packager, upstreamVersion } from './upstream';
