import { main } from '../../src/cli/index';
import type { CliIo } from '../../src/cli/io';

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command line in this process, with everything injected. */
export async function runCli(
  argv: readonly string[],
  overrides: Partial<Omit<CliIo, 'stdout' | 'stderr'>> & { readonly columns?: number; readonly isTTY?: boolean } = {},
): Promise<CliResult> {
  const { columns, isTTY = false, ...rest } = overrides;
  const out: string[] = [];
  const err: string[] = [];
  let exitCode = 0;
  await main(argv, {
    cwd: process.cwd(),
    env: {},
    readStdin: async () => '',
    now: () => new Date('2026-11-22T21:00:00Z'),
    setExitCode: (code) => {
      exitCode = code;
    },
    stdout: { write: (text) => out.push(String(text)), isTTY, ...(columns === undefined ? {} : { columns }) },
    stderr: { write: (text) => err.push(text), isTTY },
    ...rest,
  });
  return { stdout: out.join(''), stderr: err.join(''), exitCode };
}
