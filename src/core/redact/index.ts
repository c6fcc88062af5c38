export { identityOfEnvironment } from './identity';
export { countRemovals, redact } from './redact';
