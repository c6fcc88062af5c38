import { type Answer, failed, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { foreignNodePackageOf } from './node-package';
import { cleanVersion } from './version-text';

/** Output that only says why nothing was done. */
const REFUSALS = /command not found|no such file|is not installed|unable to locate a java runtime/i;

/** Colours and titles, which some programs print even to a pipe (ECMA-48). */
const ANSI = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)/g;

/** What a shell answers for a program that it cannot start, or cannot find on behalf of one. */
const CANNOT_START: ReadonlySet<number | undefined> = new Set([126, 127]);

/** Bytes that no line of text has: in noise, something always looks like a version. */
const GARBAGE = /[\u0000-\u0008\u000e-\u001a\ufffd]/;

/** What a program says that was built without being told its version. */
const PLACEHOLDER = /^0(?:\.0)*$/;

/** How a program fails that misses something in its home. */
const MAY_MISS_HOME: ReadonlySet<string> = new Set(['run-failed', 'no-version-in-output']);

/**
 * Asks the program. Only for what files left open: a program that is started can do anything. It gets an empty home, so
 * that it leaves nothing behind; scripts that need something of the user's are asked again with that.
 *
 * @param left milliseconds that it may still take
 */
export async function fromRun(copy: Copy, context: ProbeContext, left: () => number): Promise<Answer> {
  const answer = await ask(copy, context, left(), false);
  const rest = left();
  if (answer.status !== 'failed' || !MAY_MISS_HOME.has(answer.code) || rest <= 0 || context.host.os === 'windows') {
    return answer;
  }
  const again = await ask(copy, context, rest, true);
  return again.status === 'found' ? again : answer;
}

async function ask(copy: Copy, context: ProbeContext, deadline: number, ownHome: boolean): Promise<Answer> {
  const { run } = context.host;
  const foreign = foreignNodePackageOf(copy, context);
  const cannot = opensWindow(copy, context) || isLibrary(copy) || isAlone(copy, context) || foreign !== undefined;
  const command = cannot ? undefined : copy.tool.versionCommand;
  if (run === undefined || command === undefined) {
    return {
      status: 'skipped',
      code: run === undefined ? 'cannot-run' : 'no-version-command',
      reason:
        run === undefined
          ? `nothing can be run on this host, and no file tells the version of ${copy.path}`
          : foreign !== undefined
            ? `no file tells the version of ${copy.path}, and npm's ${foreign}, which it is of, may download what it starts`
            : `no file tells the version of ${copy.path}, and it is not known how to ask it`,
    };
  }
  const argv = argvOf(copy, context);
  if ([argv[0], copy.subject].some((program) => context.isOfProject(program, copy.shim?.source))) {
    return {
      status: 'skipped',
      code: 'of-project',
      reason: `no file tells the version of ${argv[0]}, which lies in the project: nothing of a project is started`,
    };
  }
  const result = await run({ argv, deadline, ...(ownHome ? { ownHome } : {}) });
  const line = argv.join(' ');
  if (result.outcome === 'timeout') {
    return failed('timeout', `${line} did not answer within ${Math.round(deadline)} ms and was stopped`);
  }
  if (result.outcome === 'not-started') {
    return failed('not-started', `${line} could not be started: ${result.reason ?? 'unknown reason'}`);
  }
  if (CANNOT_START.has(result.exitCode)) {
    return failed('run-failed', `${line} failed (exit code ${result.exitCode})`);
  }
  for (const output of [result.stdout, result.stderr]) {
    const text = withoutPaths(output.replace(ANSI, ''), copy);
    const match = command.match.exec(text);
    const version = cleanVersion(match?.[1]);
    const told = match === null ? '' : lineAround(text, match.index);
    const isTold = version !== undefined && !PLACEHOLDER.test(version) && !GARBAGE.test(told);
    const isOfRuntime = result.exitCode !== 0 && RUNTIME.test(told) && copy.tool.id !== 'node';
    if (isTold && !isOfRuntime && !REFUSALS.test(text.slice(0, 400))) {
      return found(version, 'command', line, told);
    }
  }
  return result.exitCode === 0
    ? failed('no-version-in-output', `${line} printed no version`)
    : failed('run-failed', `${line} failed (${result.reason ?? `exit code ${result.exitCode}`})`);
}

/** What Node.js writes below the error that a script of it ended with. */
const RUNTIME = /^Node\.js v\d/;

/** What is started to know a copy's version: the copy, what its shim leads to, or the program beside it that knows. */
export function argvOf(
  { path, subject, shim, tool }: Copy,
  { paths, host }: ProbeContext,
): readonly [string, ...string[]] {
  const { args = [], beside } = tool.versionCommand ?? {};
  const program = shim?.leadsTo ?? path;
  return beside === undefined
    ? [program, ...args]
    : [paths.join(paths.dirname(shim?.leadsTo ?? subject), host.os === 'windows' ? `${beside}.exe` : beside), ...args];
}

/** Programs that complain begin with where they are: a version in that is the place's, or another's. */
function withoutPaths(text: string, { path, realPath, subject }: Copy): string {
  return [path, realPath, subject].reduce((rest, place) => rest.replaceAll(place, ''), text);
}

function lineAround(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? undefined : end);
}

/** What stands for an installation without being a program: an SDK of .NET. */
function isLibrary({ subject }: Copy): boolean {
  return subject.endsWith('.dll');
}

/** Whether the program that knows the version is missing beside it. */
function isAlone(copy: Copy, context: ProbeContext): boolean {
  return copy.tool.versionCommand?.beside !== undefined && !context.host.fs.stat(argvOf(copy, context)[0]).ok;
}

/** The browsers of Windows open a window whatever they are asked. */
function opensWindow({ tool }: Copy, { host }: ProbeContext): boolean {
  return host.os === 'windows' && tool.category === 'browsers';
}
