import type { Host } from '../../host/host';
import { type Answer, failed, found, skipped } from '../answer';
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
  const question = questionFor(copy, context);
  if ('status' in question) {
    return question;
  }
  const answer = await ask(question, copy, left(), false);
  const rest = left();
  if (answer.status !== 'failed' || !MAY_MISS_HOME.has(answer.code) || rest <= 0 || context.host.os === 'windows') {
    return answer;
  }
  const again = await ask(question, copy, rest, true);
  return again.status === 'found' ? again : answer;
}

/** How a copy is asked. */
interface Question {
  readonly run: NonNullable<Host['run']>;
  readonly argv: readonly [string, ...string[]];
  readonly match: RegExp;
}

/** How a copy is asked, or why it is not. */
function questionFor(copy: Copy, context: ProbeContext): Question | Answer {
  const { run } = context.host;
  const unknown = `no file tells the version of ${copy.path}`;
  if (run === undefined) {
    return skipped('cannot-run', `nothing can be run on this host, and ${unknown}`);
  }
  const foreign = foreignNodePackageOf(copy, context);
  if (foreign !== undefined) {
    return skipped(
      'no-version-command',
      `${unknown}, and npm's ${foreign}, which it is of, may download what it starts`,
    );
  }
  const { versionCommand } = copy.tool;
  if (versionCommand === undefined || opensWindow(copy, context) || isLibrary(copy) || isAlone(copy, context)) {
    return skipped('no-version-command', `${unknown}, and it is not known how to ask it`);
  }
  const argv = argvOf(copy, context);
  if ([argv[0], copy.subject].some((program) => context.isOfProject(program, copy.shim?.source))) {
    return skipped(
      'of-project',
      `no file tells the version of ${argv[0]}, which lies in the project: nothing of a project is started`,
    );
  }
  return { run, argv, match: versionCommand.match };
}

async function ask(
  { run, argv, match: pattern }: Question,
  copy: Copy,
  deadline: number,
  ownHome: boolean,
): Promise<Answer> {
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
    const text = withoutPaths(output.replace(ANSI, ''), copy).replace(OF_NOBODY, '');
    const match = pattern.exec(text);
    const version = cleanVersion(match?.[1]);
    const told = match === null ? '' : lineAround(text, match.index);
    const isTold = version !== undefined && !PLACEHOLDER.test(version) && !GARBAGE.test(told);
    const isOfRuntime = result.exitCode !== 0 && RUNTIME.test(told) && copy.tool.id !== 'node';
    if (isTold && !isOfRuntime && !REFUSALS.test(text.slice(0, 400))) {
      return found(version, 'command', line, told);
    }
  }
  if ([result.stdout, result.stderr].some((output) => output.search(OF_NOBODY) >= 0)) {
    return failed('run-failed', `${line} goes to the network before it tells its version, and found nobody there`);
  }
  return result.exitCode === 0
    ? failed('no-version-in-output', `${line} printed no version`)
    : failed('run-failed', `${line} failed (${result.reason ?? `exit code ${result.exitCode}`})`);
}

/** Lines about the proxy where nobody listens, `127.0.0.1:9`, which every program is given. */
const OF_NOBODY = /^.*127\.0\.0\.1(?::|\W{1,4}port\W{1,4})9(?!\d).*$/gm;

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
