import { workerData } from 'node:worker_threads';
import { loadCompiled } from '../../bin/lockstep.cjs';

// The first script of a thread whose bundle was compiled in advance, see start-thread.ts.
loadCompiled(workerData.bundle);
