import { stopProgramsOnSignals } from '../node/stop-on-signal';
import { main } from './index';
import { standardStream } from './standard-stream';

// Whoever reads a part only (`| head`) closes the pipe: that is no error, and there is nobody to tell more.
const stdout = standardStream(1, (error) => {
  if (error.code === 'EPIPE') {
    process.exit();
  }
  stderr.write(`error: standard output could not be written: ${error.message}\n`);
  process.exit(2);
});
const stderr = standardStream(2);

stopProgramsOnSignals();

main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout,
  stderr,
  // Compiled ahead the bundle has no dynamic import, and few runs need this module.
  readStdin: () => process.getBuiltinModule('node:stream/consumers').text(process.stdin),
  readStdinOctets: () => process.getBuiltinModule('node:stream/consumers').buffer(process.stdin),
  now: () => new Date(),
  setExitCode: (code) => {
    process.exitCode = code;
  },
})
  .catch((error: unknown) => {
    stderr.write(
      `lockstep: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nnext: This is a mistake of Lockstep's own. Please report it with the command that you gave.\n`,
    );
    process.exitCode = 2;
  })
  .then(() => Promise.all([stdout.finished(), stderr.finished()]))
  // What the engine would still do in the background, such as compiling what was used often, serves nobody any more.
  .then(() => process.exit());
