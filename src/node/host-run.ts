import { type ChildProcess, spawn } from 'node:child_process';
import { threadId } from 'node:worker_threads';
import type { RunRequest, RunResult } from '../core/host/host';
import { whyNotStarted } from './startable';
import { stopOnSignal } from './stop-on-signal';
import { endStrays, RUN_MARK } from './stray-processes';

/** Bytes kept of each stream. */
export const OUTPUT_LIMIT = 65_536;

/** What a program that only tells its version may see of the environment. */
const KEPT = [
  'USER',
  'LOGNAME',
  'PATH',
  'TMPDIR',
  'USERPROFILE',
  'SystemRoot',
  'SYSTEMROOT',
  'WINDIR',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'TEMP',
  'TMP',
  'JAVA_HOME',
  'RUSTUP_HOME',
  'CARGO_HOME',
  'PYENV_ROOT',
  'ASDF_DIR',
  'ASDF_DATA_DIR',
  'VOLTA_HOME',
] as const;

/** Where programs are told to keep what they keep, below the home. */
const KEEPING: Readonly<Record<string, string>> = {
  XDG_CONFIG_HOME: '.config',
  XDG_CACHE_HOME: '.cache',
  XDG_STATE_HOME: '.local/state',
  GRADLE_USER_HOME: '.gradle',
  ANSIBLE_HOME: '.ansible',
};

/** What programs of Go, Python, Ruby and Rust, curl and many others take the proxy from. */
const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];

/** Told to every program: install nothing, ask nobody, look for no update, print plainly. */
const QUIET: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  LANG: 'C',
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  CI: '1',
  RUSTUP_AUTO_INSTALL: '0',
  COREPACK_ENABLE_NETWORK: '0',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  NO_UPDATE_NOTIFIER: '1',
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  CHECKPOINT_DISABLE: '1',
  HOMEBREW_NO_AUTO_UPDATE: '1',
  HOMEBREW_NO_ANALYTICS: '1',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
  DOTNET_NOLOGO: '1',
  CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
  AZURE_CORE_COLLECT_TELEMETRY: '0',
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
  MISE_NOT_FOUND_AUTO_INSTALL: '0',
  MISE_AUTO_INSTALL: '0',
  UV_PYTHON_DOWNLOADS: 'never',
  PYTHONDONTWRITEBYTECODE: '1',
  DO_NOT_TRACK: '1',
  DENO_NO_UPDATE_CHECK: '1',
  // Nobody listens there: what would fetch something before it tells its version fails at once.
  ...Object.fromEntries(PROXIES.map((name) => [name, 'http://127.0.0.1:9'])),
  // It does not tell root its version otherwise.
  XMAKE_ROOT: 'y',
};

/** A character set that is always there, in glibc, musl and macOS. */
const UTF_8 = process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8';

/**
 * The environment for a run, made from the user's.
 *
 * @param home an empty folder in place of the user's home: what a program keeps of being asked goes with it. Left out:
 *   the user's own, and the user's character set
 */
export function runEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  home?: string,
): Record<string, string> {
  const kept: Record<string, string> = {};
  const own = env['HOME'];
  if (own !== undefined) {
    kept['HOME'] = home ?? own;
  }
  if (own !== undefined && home !== undefined && process.platform === 'linux') {
    // Scripts that pip installed for one user import from there.
    kept['PYTHONUSERBASE'] = `${own}/.local`;
  }
  if (home !== undefined && process.platform !== 'win32') {
    // Some take the home from the list of users, and keep what they keep there.
    for (const [name, place] of Object.entries(KEEPING)) {
      kept[name] = `${home}/${place}`;
    }
  }
  for (const name of KEPT) {
    const value = env[name];
    if (value !== undefined) {
      kept[name] = value;
    }
  }
  if (home !== undefined || process.platform === 'win32') {
    return { ...kept, ...QUIET };
  }
  // Who needs a home may also need an alphabet: Ansible does not start without UTF-8.
  const letters = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => /utf-?8$/i.test(one ?? ''));
  const { LC_ALL: _none, ...quiet } = QUIET;
  return { ...kept, ...quiet, LC_CTYPE: letters ?? UTF_8 };
}

/** Programs run so far by this thread, to tell one from the other. */
let runs = 0;

/** How to stop each of those that run now. */
const running = new Set<() => void>();

/** Stops every program that this thread has started and that has not ended: nobody waits for it any more. */
export function stopPrograms(): void {
  for (const stop of [...running]) {
    stop();
  }
}

/**
 * Runs a program to its end or its deadline. Never through a shell; standard input is closed; each output stream is cut
 * at 64 KiB; past the deadline the whole process group is killed, and what left the group. Never rejects.
 *
 * @param cwd a folder that tells programs nothing (no project files)
 */
export function runProgram(
  request: RunRequest,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<RunResult> {
  return new Promise((resolve) => {
    const [program, ...args] = request.argv;
    const refusal = whyNotStarted(program);
    if (refusal !== undefined) {
      resolve(notStarted(new Error(refusal)));
      return;
    }
    runs += 1;
    const mark = `${process.pid}-${threadId}-${runs}`;
    // Whoever asks for the environment itself is told of nothing else.
    const marked = request.ownEnvironment === true ? {} : { [RUN_MARK]: mark };
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        cwd,
        env: { ...env, ...request.env, ...marked },
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: false,
        windowsHide: true,
        // A group of its own, so that what it starts can be stopped with it.
        detached: process.platform !== 'win32',
      });
    } catch (error) {
      resolve(notStarted(error));
      return;
    }
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    let settled = false;
    const finish = (result: Pick<RunResult, 'outcome' | 'exitCode' | 'reason'>) => {
      if (!settled) {
        settled = true;
        running.delete(cancel);
        release();
        clearTimeout(timer);
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        resolve({ ...result, stdout: stdout(), stderr: stderr() });
      }
    };
    const stop = (reason: string) => {
      killGroup(child);
      endStrays(mark);
      finish({ outcome: 'timeout', reason });
    };
    const cancel = () => stop('stopped: nobody waited for it any more');
    running.add(cancel);
    const release = stopOnSignal(cancel);
    /** What the program left behind is not waited for. */
    const leave = () => {
      if (!settled) {
        killGroup(child);
        endStrays(mark);
        finish(exited(child));
      }
    };
    const timer = afterReading(request.deadline, () => {
      if (child.exitCode !== null || child.signalCode !== null) {
        leave();
      } else if (!settled) {
        stop(`still running after ${Math.round(request.deadline)} ms; stopped`);
      }
    });
    child.once('error', (error) => finish(notStarted(error)));
    let lingering: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      // A helper left behind may hold the streams open: what is there a moment later is all that is waited for.
      lingering = afterReading(50, leave);
    });
    child.once('close', () => {
      clearTimeout(lingering);
      // What stayed behind without the streams goes, too.
      killGroup(child);
      finish(exited(child));
    });
  });
}

/**
 * Does something when time is up and what programs said until then has been read: while files are read, the event loop
 * stands still, and afterwards its timers come before what lies in the pipes.
 */
function afterReading(delay: number, act: () => void): NodeJS.Timeout {
  return setTimeout(() => setImmediate(act), delay);
}

function exited(child: ChildProcess): Pick<RunResult, 'outcome' | 'exitCode' | 'reason'> {
  return child.exitCode === null
    ? { outcome: 'exited', reason: `ended by signal ${child.signalCode ?? 'unknown'}` }
    : { outcome: 'exited', exitCode: child.exitCode };
}

function notStarted(error: unknown): RunResult {
  const reason = error instanceof Error ? error.message : String(error);
  return { outcome: 'not-started', stdout: '', stderr: '', reason };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (length < OUTPUT_LIMIT) {
      chunks.push(chunk.subarray(0, OUTPUT_LIMIT - length));
      length += chunk.length;
    }
  });
  // A stream that breaks ends the output, not the snapshot.
  stream?.on('error', () => undefined);
  return () => Buffer.concat(chunks).toString('utf8');
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // Gone already: that is what was wanted.
  }
}
