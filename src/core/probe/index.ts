export { readPackages } from './packages';
export { type MachineProbe, type MachineProbeOptions, probeMachine } from './probe-machine';
export { DEFAULT_DEADLINES, type RunDeadlines, type RunMemory } from './run-copies';
export { type Verified, type VerifyOptions, verifyCopies } from './verify-copies';
