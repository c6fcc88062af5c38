export { packagesStepByStep, readPackages } from './packages';
export { type MachineProbe, probeMachine } from './probe-machine';
export { DEFAULT_DEADLINES, type RunDeadlines, type RunMemory } from './run-copies';
export type { ProbeSoFar } from './so-far';
export { verifyCopies } from './verify-copies';
