export type { KnownIdentity } from './identity';
export type { RedactionKind } from './kinds';
export { countRemovals, type Redacted, type Removal, redact } from './redact';
