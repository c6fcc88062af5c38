export { readPackages } from './packages';
export { type MachineProbe, probeMachine } from './probe-machine';
export type { RunDeadlines, RunMemory } from './run-copies';
export { type Verified, verifyCopies } from './verify-copies';
