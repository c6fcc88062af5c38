import { ProblemError } from '../core/model/problem';
import type { LintLevel, Lints } from '../core/nix';

/** What `lockstep nix eval` was asked, in nix-instantiate's words. */
export interface NixWords {
  readonly files: string[];
  readonly expressions: string[];
  output: 'value' | 'json' | 'xml' | 'raw';
  strict: boolean;
  system: string | undefined;
  readonly args: { readonly name: string; readonly expr?: string; readonly text?: string }[];
  readonly attributes: string[];
  readonly searchPath: string[];
  readonly features: string[];
  readonly roots: string[];
  readonly lints: { -readonly [name in keyof Lints]: LintLevel };
  pure: boolean;
  maxCallDepth: number | undefined;
  traceVerbose: boolean;
  abortOnWarn: boolean;
  shortTrace: boolean;
  /** Seconds. */
  timeout: number | undefined;
  location: boolean;
}

const FOR_BOTH = `
Options, as nix-instantiate's:
  --expr E, -E E         take the program from the command line
  --option NAME VALUE    a setting of Nix; one that changes nothing here is ignored
  --timeout SECONDS      processor time that the program may take (1.6)
  --root DIR             files of this folder only
`;

const FOR_EVAL = `\
  --json, --xml          print as JSON or XML
  --raw                  print a text as it is, without quotes
  --strict               evaluate everything inside
  --system S             what builtins.currentSystem is
  --max-call-depth N     function calls within each other (10000)
  --trace-verbose        let builtins.traceVerbose say what it is given
  --no-show-trace        of an error only the beginning of its trace, as Nix shows it by default
  --abort-on-warn        let builtins.warn stop the evaluation
  -A PATH, --attr PATH   evaluate this attribute
  --arg NAME E           give a function this argument: an expression
  --argstr NAME TEXT     the same: a string
  -I PATH                look for <name> here, or NAME=PATH
  --no-location          no positions in XML
  --pure-eval            no environment, clock or system; files of the program's folder only
  --extra-experimental-features NAMES
                         of those that change values: parse-toml-timestamps, blake3-hashes
  --lint-function-comparison, --lint-undeclared-placeholder-outputs ignore|warn|fatal
`;

const LINTS_AND_EXIT = `\
  --lint-url-literals, --lint-absolute-path-literals, --lint-short-path-literals ignore|warn|fatal

The exit code is 1 when the program is wrong, as nix-instantiate's, and 2 when these words are.
`;

/** The help of a command: of options that only the other one heeds it says nothing. */
export function usageOf(verb: 'eval' | 'parse'): string {
  return `${FOR_BOTH}${verb === 'eval' ? FOR_EVAL : ''}${LINTS_AND_EXIT}`;
}

/** Options of nix-instantiate that change nothing here, with the number of words that follow them. */
const IGNORED: Readonly<Record<string, number>> = {
  '--eval': 0,
  '--parse': 0,
  '--read-write-mode': 0,
  '--impure': 0,
  '--no-pure-eval': 0,
  '--restrict-eval': 0,
  '--readonly-mode': 0,
  '--offline': 0,
  '--quiet': 0,
  '--verbose': 0,
  '-v': 0,
  '--no-eval-cache': 0,
  '--allow-import-from-derivation': 0,
  '--no-allow-import-from-derivation': 0,
  '--store': 1,
};

/** Settings that `--option` may name: options of the same name that take a value. */
const SETTINGS: ReadonlySet<string> = new Set([
  '--system',
  '--eval-system',
  '--max-call-depth',
  '--experimental-features',
  '--extra-experimental-features',
  '--lint-url-literals',
  '--lint-absolute-path-literals',
  '--lint-short-path-literals',
  '--lint-function-comparison',
  '--lint-undeclared-placeholder-outputs',
]);

/** Settings that `--option` may switch on: options of the same name. */
const SWITCHES: ReadonlySet<string> = new Set(['--abort-on-warn', '--trace-verbose', '--pure-eval']);

/**
 * Reads the words after `lockstep nix eval`.
 *
 * @throws ProblemError for an option that does not exist or lacks its value
 */
export function parseNixWords(argv: readonly string[]): NixWords {
  const words: NixWords = {
    files: [],
    expressions: [],
    output: 'value',
    strict: false,
    system: undefined,
    args: [],
    attributes: [],
    searchPath: [],
    features: [],
    roots: [],
    lints: {},
    pure: false,
    maxCallDepth: undefined,
    traceVerbose: false,
    abortOnWarn: false,
    shortTrace: false,
    timeout: undefined,
    location: true,
  };
  const rest = [...argv];
  const value = (option: string): string => {
    const next = rest.shift();
    if (next === undefined) {
      throw new ProblemError({
        code: 'usage',
        message: `The option ${option} needs a value.`,
        hint: 'See lockstep nix eval --help.',
      });
    }
    return next;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      words.files.push(...rest.splice(0));
    } else if (word === '-' || !word.startsWith('-')) {
      words.files.push(word);
    } else if (!option(word, words, value)) {
      throw new ProblemError({
        code: 'usage',
        message: `There is no option ${word}.`,
        hint: 'See lockstep nix eval --help.',
      });
    }
  }
  return words;
}

function option(word: string, words: NixWords, value: (option: string) => string): boolean {
  switch (word) {
    case '--expr':
    case '-E':
      words.expressions.push(value(word));
      return true;
    case '--json':
      words.output = 'json';
      return true;
    case '--raw':
      words.output = 'raw';
      return true;
    case '--xml':
      words.output = 'xml';
      return true;
    case '--strict':
      words.strict = true;
      return true;
    case '--system':
    case '--eval-system':
      words.system = value(word);
      return true;
    case '-A':
    case '--attr':
      words.attributes.push(value(word));
      return true;
    case '--arg':
      words.args.push({ name: value(word), expr: value(word) });
      return true;
    case '--argstr':
      words.args.push({ name: value(word), text: value(word) });
      return true;
    case '-I':
    case '--include':
      words.searchPath.push(value(word));
      return true;
    case '--no-location':
      words.location = false;
      return true;
    case '--pure-eval':
      words.pure = true;
      return true;
    case '--trace-verbose':
      words.traceVerbose = true;
      return true;
    case '--show-trace':
    case '--no-show-trace':
      words.shortTrace = word === '--no-show-trace';
      return true;
    case '--abort-on-warn':
      words.abortOnWarn = true;
      return true;
    case '--max-call-depth':
      words.maxCallDepth = depth(value(word));
      return true;
    case '--option': {
      const name = `--${value(word)}`;
      if (SETTINGS.has(name)) {
        return option(name, words, value);
      }
      return value(word) !== 'true' || !SWITCHES.has(name) || option(name, words, value);
    }
    case '--timeout':
      words.timeout = seconds(value(word));
      return true;
    case '--root':
      words.roots.push(value(word));
      return true;
    case '--lint-url-literals':
      words.lints.urlLiterals = level(value(word));
      return true;
    case '--lint-absolute-path-literals':
      words.lints.absolutePathLiterals = level(value(word));
      return true;
    case '--lint-short-path-literals':
      words.lints.shortPathLiterals = level(value(word));
      return true;
    case '--lint-function-comparison':
      words.lints.functionComparison = level(value(word));
      return true;
    case '--lint-undeclared-placeholder-outputs':
      words.lints.undeclaredPlaceholderOutputs = level(value(word));
      return true;
    case '--extra-experimental-features':
    case '--experimental-features':
      words.features.push(...value(word).split(/\s+/));
      return true;
    default:
      return ignored(word, words, value);
  }
}

function seconds(word: string): number {
  const number = Number(word);
  if (!(number > 0)) {
    throw new ProblemError({
      code: 'usage',
      message: `--timeout takes a number of seconds, not ${word}.`,
      hint: 'Such as --timeout 30.',
    });
  }
  return number;
}

function depth(word: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(word)) {
    throw new ProblemError({
      code: 'usage',
      message: `--max-call-depth takes a whole number, not ${word}.`,
      hint: 'Such as --max-call-depth 10000.',
    });
  }
  return Number(word);
}

function level(word: string): LintLevel {
  if (word !== 'ignore' && word !== 'warn' && word !== 'fatal') {
    throw new ProblemError({
      code: 'usage',
      message: `A lint level is ignore, warn or fatal, not ${word}.`,
      hint: 'See lockstep nix eval --help.',
    });
  }
  return word;
}

function ignored(word: string, words: NixWords, value: (option: string) => string): boolean {
  if (/^-I./.test(word)) {
    words.searchPath.push(word.slice(2));
    return true;
  }
  const count = IGNORED[word];
  for (let i = 0; i < (count ?? 0); i++) {
    value(word);
  }
  return count !== undefined;
}
