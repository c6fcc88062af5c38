import type { FsResult } from '../core/host/host';
import { runEnvironment, runProgram } from './host-run';

/** Milliseconds for `reg.exe`, which reads and does nothing else. */
const DEADLINE = 1500;

/** The values of a registry key, as `reg.exe query` prints them. Never rejects. */
export async function readRegistry(
  key: string,
  systemRoot: string,
  env: Readonly<Record<string, string>>,
): Promise<FsResult<Readonly<Record<string, string>>>> {
  const program = `${systemRoot}\\System32\\reg.exe`;
  const request = { argv: [program, 'query', key], deadline: DEADLINE } as const;
  const result = await runProgram(request, runEnvironment(env), `${systemRoot}\\`);
  if (result.outcome !== 'exited' || result.exitCode !== 0) {
    return { ok: false, code: result.outcome === 'exited' ? 'not-found' : 'io' };
  }
  return { ok: true, value: parseRegQuery(result.stdout) };
}

/** Lines such as `    Path    REG_EXPAND_SZ    %USERPROFILE%\bin;C:\Go\bin`; only texts. */
export function parseRegQuery(output: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const line of output.split(/\r?\n/)) {
    const [, name, value = ''] = /^ {4}(.+?) {4}REG_(?:EXPAND_)?SZ {4}(.*)$/.exec(line) ?? [];
    if (name !== undefined && name !== '__proto__') {
      values[name] = value;
    }
  }
  return values;
}
