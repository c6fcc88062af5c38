import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isCompiled, loadCompiled } from '../../bin/lockstep.cjs';

// The application's first script: loads the rest, as it was compiled in advance where that was done for this engine.
const entry = join(__dirname, 'index.cjs');
if (isCompiled(entry)) {
  loadCompiled(entry);
} else {
  createRequire(entry)(entry);
}
