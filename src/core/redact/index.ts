export type { KnownIdentity } from './identity';
export { countRemovals, redact } from './redact';
