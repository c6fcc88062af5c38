import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ProblemError } from '../../core/model/problem';
import { evaluateNix, type NixEvalRequest } from '../../node/nix-eval';
import { statOf } from '../../node/stat';
import type { CliIo } from '../io';
import { type NixWords, parseNixWords, usageOf } from '../nix-words';

const SYSTEMS: Readonly<Record<string, string>> = { arm64: 'aarch64', x64: 'x86_64', ia32: 'i686' };
/** Seconds of processor time that a program gets unless it is told otherwise. */
const TIMEOUT = 1.6;
const MEMORY = 260 * 1024 * 1024;
/** What begins a place that would have to be fetched. */
const URL_BEGIN = /^(?:https?|file|channel|git|s3|ssh|flake):/;
/** What Nix takes for yes in its environment. */
const ABORT: ReadonlySet<string> = new Set(['1', 'true', 'yes']);

/** `lockstep nix eval` and `lockstep nix parse`: the language on its own, with nix-instantiate's output. */
export function register(program: Command, io: CliIo): void {
  const nix = program.command('nix').description('Evaluate and parse the Nix language without Nix.');
  for (const verb of ['eval', 'parse'] as const) {
    nix
      .command(verb)
      .description(
        verb === 'eval' ? 'Evaluate a file or expression.' : 'Print the syntax tree of a file or expression.',
      )
      .argument('[words...]', 'file (- or none: standard input) and options')
      .allowUnknownOption()
      .addHelpText('after', usageOf(verb))
      .action((words: string[]) => run(verb, words, io));
  }
}

async function run(verb: 'eval' | 'parse', argv: readonly string[], io: CliIo): Promise<void> {
  const words = parseNixWords(argv);
  const programs: NixEvalRequest['program'][] = words.expressions.map((text) => ({ text, basePath: io.cwd }));
  for (const file of words.files) {
    programs.push(file === '-' ? await standardInput(io) : { file: resolve(io.cwd, file) });
  }
  if (programs.length === 0) {
    programs.push(await standardInput(io));
  }
  for (const program of programs) {
    const result = await evaluateNix(requestFor(verb, program, words, io));
    for (const message of result.messages) {
      io.stderr.write(`${message}\n`);
    }
    if (!result.ok) {
      io.stderr.write(`${result.text}\n`);
      io.setExitCode(1);
      return;
    }
    for (const output of result.outputs) {
      io.stdout.write(output);
      if (verb === 'parse' || words.output === 'value' || words.output === 'json') {
        io.stdout.write('\n');
      }
    }
  }
}

/** Nix sees octets: a byte order mark and broken UTF-8 must reach the lexer. */
async function standardInput(io: CliIo): Promise<NixEvalRequest['program']> {
  const text = await (io.readStdinOctets?.() ?? io.readStdin());
  return { text, name: '«stdin»', basePath: io.cwd };
}

function requestFor(
  verb: 'eval' | 'parse',
  program: NixEvalRequest['program'],
  words: NixWords,
  io: CliIo,
): NixEvalRequest {
  const searchPath = [...words.searchPath, ...searchPathEntries(io.env['NIX_PATH'] ?? '')].map((entry) => {
    const equals = entry.indexOf('=');
    const path = entry.slice(equals + 1);
    return { prefix: entry.slice(0, Math.max(equals, 0)), path: URL_BEGIN.test(path) ? path : resolve(io.cwd, path) };
  });
  const home = io.env['HOME'];
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(io.env)) {
    if (value !== undefined) {
      env[name] = value;
    }
  }
  return {
    program,
    output: verb === 'parse' ? 'parse' : words.output,
    strict: words.strict,
    system: words.system ?? hostSystem(),
    args: words.args,
    attributes: words.attributes,
    searchPath,
    roots: rootsOf(program, words, io.cwd),
    basePath: io.cwd,
    pure: words.pure,
    lints: words.lints,
    ...(words.maxCallDepth === undefined ? {} : { maxCallDepth: words.maxCallDepth }),
    traceVerbose: words.traceVerbose,
    abortOnWarn: words.abortOnWarn || ABORT.has(io.env['NIX_ABORT_ON_WARN'] ?? ''),
    env,
    ...(home === undefined ? {} : { home }),
    now: Math.floor(io.now().getTime() / 1000),
    location: words.location,
    shortTrace: words.shortTrace,
    features: words.features,
    deadline: (words.timeout ?? TIMEOUT) * 1000,
    memory: MEMORY,
  };
}

/** The entries of `NIX_PATH`: the colon after the scheme of a URL does not end one. */
function searchPathEntries(text: string): readonly string[] {
  const entries: string[] = [];
  let begun = '';
  for (const part of text.split(':')) {
    const entry = begun + part;
    const isScheme = begun === '' && URL_BEGIN.test(`${entry.slice(entry.indexOf('=') + 1)}:`);
    begun = isScheme ? `${entry}:` : '';
    if (!isScheme && entry !== '') {
      entries.push(entry);
    }
  }
  return begun === '' ? entries : [...entries, begun.slice(0, -1)];
}

/** As with nix-instantiate a program may read everything, unless it is told to be pure or confined. */
function rootsOf(program: NixEvalRequest['program'], words: NixWords, cwd: string): readonly string[] {
  if (words.roots.length > 0) {
    return words.roots.map((root) => existingFolder(resolve(cwd, root)));
  }
  if (!words.pure) {
    return ['/'];
  }
  return ['file' in program ? resolve(program.file, '..') : cwd];
}

function existingFolder(path: string): string {
  if (!statOf(path)?.isDirectory()) {
    throw new ProblemError({
      code: 'root-missing',
      message: `${path} is not a folder.`,
      hint: 'Give --root the folder whose files the program may read.',
    });
  }
  return path;
}

function hostSystem(): string {
  const arch = SYSTEMS[process.arch];
  if (arch === undefined) {
    throw new ProblemError({
      code: 'system-unknown',
      message: `Nix has no name that Lockstep knows for the processor ${process.arch}.`,
      hint: 'Name the system with --system, such as --system x86_64-linux.',
    });
  }
  return `${arch}-${process.platform === 'darwin' ? 'darwin' : 'linux'}`;
}
