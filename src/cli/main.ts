import { buffer, text } from 'node:stream/consumers';
import { main } from './index';

// Whoever reads a part only (`| head`) closes the pipe: that is no error, and there is nobody to tell more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    process.exit();
  }
  process.stderr.write(`error: standard output could not be written: ${error.message}\n`);
  process.exit(2);
});

main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  readStdin: () => text(process.stdin),
  readStdinOctets: () => buffer(process.stdin),
  now: () => new Date(),
  setExitCode: (code) => {
    process.exitCode = code;
  },
}).catch((error: unknown) => {
  process.stderr.write(
    `lockstep: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 2;
});
