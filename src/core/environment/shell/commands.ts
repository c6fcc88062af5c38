import { searches, test } from './conditions';
import { expandFields } from './expand';
import { filterOutput } from './filters';
import { runHook } from './hooks';
import { formatted } from './printf';
import { outputOf } from './programs';
import { mapfile, read } from './read';
import { applyAssign, runFile, runText } from './run';
import { getText, getValue, placeOf, type Scope, setValue, whichProgram } from './scope';
import { followKnownScript } from './scripts';
import { doubt, hole, isUnknown, nameOfCall, whyUnknown } from './world';

/** What a command leaves: whether it succeeded (undefined: files cannot tell) and what it printed. */
export interface Outcome {
  readonly status: boolean | undefined;
  readonly out?: string | undefined;
}

export interface Call {
  readonly args: readonly string[];
  /** The command as it is written. */
  readonly words: readonly string[];
  /** What comes through a pipe. */
  readonly input: string | undefined;
}

export type Builtin = (scope: Scope, call: Call) => Outcome;

const YES: Outcome = { status: true };
const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?(\+?)=/;
const SHELLS = /^(?:ba|z|fi|da|k)?sh$/;

/** Does what a command does to the shell, as far as files tell. What it does elsewhere is nobody's matter here. */
export function runCommand(
  scope: Scope,
  name: string,
  args: readonly string[],
  { words, input }: Omit<Call, 'args'>,
): Outcome {
  const builtin = BUILTINS.get(name);
  if (builtin !== undefined) {
    return builtin(scope, { args, words, input });
  }
  const hooked = runHook(scope, name, args);
  if (hooked !== undefined) {
    return { status: hooked };
  }
  if (input !== undefined && args.length === 0 && /^(?:\/(?:usr\/)?bin\/)?cat$/.test(name)) {
    return { status: true, out: input };
  }
  const isSearch = /^(?:\/\S*\/)?(?:grep|egrep|fgrep)$/.test(name) && input !== undefined;
  const filtered = isUtility(name) ? filterOutput(scope, name, args, input ?? '') : undefined;
  if (isSearch) {
    return { ...search(args, input), ...(filtered === undefined ? {} : { out: filtered }) };
  }
  if (filtered !== undefined) {
    return { status: true, out: filtered };
  }
  const known = outputOf(scope, name, args);
  if (known !== undefined) {
    return known;
  }
  // What every system has may be left out of a recording.
  const program = isUtility(name) ? undefined : whichProgram(scope, name);
  if (program === null) {
    return { status: false, out: '' };
  }
  return { status: undefined, out: hole(scope.world, `what ${nameOfCall(name, args)} prints`) };
}

/** `echo "$PATH" | grep -q folder`. */
function search(args: readonly string[], input: string): Outcome {
  const words = args.filter((word) => !/^-[a-zA-Z]+$/.test(word));
  const found = words.length === 1 && !isUnknown(input) ? searches(input, words[0]!) : undefined;
  const isInverted = args.some((word) => /^-[a-zA-Z]*v/.test(word));
  return { status: found === undefined ? undefined : found !== isInverted, out: '' };
}

const declare =
  (exports: boolean): Builtin =>
  (scope, { words }) => {
    let flags = '';
    for (const word of words.slice(1)) {
      const assignment = ASSIGNMENT.exec(word);
      if (assignment !== null) {
        const [whole, name = '', plus] = assignment;
        const exported = exports || flags.includes('x') ? true : undefined;
        applyAssign(scope, { name, value: word.slice(whole.length), append: plus === '+' }, exported);
        continue;
      }
      for (const name of expandFields([word], scope)) {
        const [, quoted, value = ''] = /^(\w+)=([\s\S]*)$/.exec(name) ?? [];
        if (/^[-+]/.test(name)) {
          flags += name;
        } else if (quoted !== undefined) {
          setValue(scope, quoted, value, exports || flags.includes('x') ? true : undefined);
        } else if (/^path$/i.test(name) && flags.includes('U')) {
          scope.uniquePath = true;
          setValue(scope, 'PATH', getText(scope, 'PATH') ?? '');
        } else if (/^\w+$/.test(name) && (exports || flags.includes('x'))) {
          setValue(scope, name, getValue(scope, name) ?? '', !flags.includes('n'));
        }
      }
    }
    return YES;
  };

const evaluate: Builtin = (scope, { args }) => {
  const text = args.join(' ');
  if (isUnknown(text)) {
    doubt(scope.world, placeOf(scope), `what "eval" is given is not known: ${whyUnknown(scope.world, text)}`);
    return { status: undefined };
  }
  const { line, pinned, depth } = scope;
  if (depth > 20) {
    return { status: undefined };
  }
  scope.pinned ??= line;
  scope.depth += 1;
  runText(scope, text);
  Object.assign(scope, { line, pinned, depth });
  return { status: scope.status };
};

const source: Builtin = (scope, call) => {
  const [path = '', ...args] = call.args;
  const { world } = scope;
  if (/^[<=]\(/.test(call.words[1] ?? '')) {
    return evaluate(scope, { ...call, args: [path] });
  }
  if (isUnknown(path)) {
    doubt(world, placeOf(scope), `which file is read is not known: ${whyUnknown(world, path)}`);
    return { status: undefined };
  }
  const places = path.includes('/')
    ? [path.startsWith('/') ? path : `${scope.folder}/${path}`]
    : [`${scope.folder}/${path}`, ...(getText(scope, 'PATH') ?? '').split(':').map((entry) => `${entry}/${path}`)];
  for (const place of places) {
    if (world.host.fs.stat(place).ok || places.length === 1) {
      const followed = followKnownScript(scope, place, args);
      return { status: followed ?? runFile(scope, place, args.length > 0 ? args : undefined) };
    }
  }
  return { status: false };
};

/** `command -v`, `which`, `type`, `hash`, `whence`: where a program is. */
const find: Builtin = (scope, { args }) => {
  let status: boolean | undefined = true;
  const found: string[] = [];
  for (const name of args.filter((word) => !word.startsWith('-'))) {
    const own = scope.functions.has(name) || BUILTINS.has(name);
    const program = own ? name : whichProgram(scope, name);
    status = status === false || program === null ? false : program === undefined ? undefined : status;
    found.push(program === undefined ? hole(scope.world, `where ${name} is`) : (program ?? ''));
  }
  return { status, out: found.filter((path) => path !== '').join('\n') };
};

/** zsh's `hash -d name=folder`, after which `~name` is the folder. */
const nameFolders: Builtin = (scope, { args }) => {
  for (const [, name, folder] of args.map((word) => /^(\w[\w-]*)=(.*)$/.exec(word) ?? [])) {
    if (name !== undefined) {
      scope.vars.set(`~${name}`, { value: folder!.replace(/^~(?=\/|$)/, scope.world.host.home), exported: false });
    }
  }
  return YES;
};

const command: Builtin = (scope, call) => {
  const [first = '', ...rest] = call.args;
  if (/^-[vV]$/.test(first)) {
    return find(scope, { ...call, args: rest });
  }
  const skipped = first === '-p' || first === '--' ? 1 : 0;
  const [name, ...args] = call.args.slice(skipped);
  return name === undefined ? YES : runCommand(scope, name, args, { ...call, words: call.words.slice(1 + skipped) });
};

const exec: Builtin = (scope, { args }) => {
  const program = args.find((word) => !word.startsWith('-'));
  if (program === undefined) {
    return YES;
  }
  const found = isUnknown(program) ? undefined : whichProgram(scope, program);
  if (found === null) {
    return { status: false };
  }
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (SHELLS.test(name) || name === 'nu') {
    scope.handover = found ?? program;
    scope.stop = 'exit';
  }
  return { status: undefined };
};

const stopBy =
  (kind: 'return' | 'exit' | 'break' | 'continue'): Builtin =>
  (scope, { args }) => {
    scope.stop = kind;
    const [code] = args;
    return { status: code === undefined ? scope.status : isUnknown(code) ? undefined : code === '0' };
  };

const changeFolder: Builtin = (scope, { args }) => {
  const path = args.find((word) => !word.startsWith('-')) ?? scope.world.host.home;
  const folder = path.startsWith('/') ? path : `${scope.folder}/${path}`;
  const real = isUnknown(folder) ? undefined : scope.world.host.fs.realPath(folder);
  if (real === undefined) {
    scope.folder = folder;
    return { status: undefined };
  }
  const isThere = real.ok && scope.world.host.fs.stat(real.value).ok;
  if (isThere) {
    scope.folder = real.value;
  }
  return { status: isThere };
};

const set: Builtin = (scope, { args }) => {
  const at = args.indexOf('--');
  if (at >= 0) {
    scope.args = args.slice(at + 1);
  }
  return YES;
};

const shopt: Builtin = (scope, { args }) => {
  if (args.includes('nullglob')) {
    scope.nullGlob = args[0] === '-s' || (scope.nullGlob && args[0] !== '-u');
  }
  const isQuery = args.some((word) => /^-\w*q/.test(word));
  return { status: !isQuery || (args.includes('login_shell') ? scope.login : false) };
};

const print: Builtin = (_scope, { args }) => {
  const [first = ''] = args;
  const options = /^-[neErR]+$/.test(first) ? first : '';
  return { status: true, out: `${args.slice(options === '' ? 0 : 1).join(' ')}${options.includes('n') ? '' : '\n'}` };
};

const printf: Builtin = (scope, { args }) => {
  if (args[0] === '-v' && args[1] !== undefined) {
    setValue(scope, args[1], formatted(args.slice(2)));
    return YES;
  }
  return { status: true, out: formatted(args) };
};

/** `let name=number`; the rest is not worked out. */
const assignNumbers: Builtin = (scope, { args }) => {
  for (const word of args) {
    const [, name, value = ''] = /^(\w+)=(.*)$/.exec(word) ?? [];
    if (name !== undefined) {
      setValue(scope, name, /^-?\d+$/.test(value) ? value : hole(scope.world, 'arithmetic is not worked out'));
    }
  }
  return { status: undefined };
};

const unset: Builtin = (scope, { args }) => {
  for (const name of args) {
    scope.vars.delete(name);
    if (args[0] === '-f') {
      scope.functions.delete(name);
    }
  }
  return YES;
};

/** Filters of POSIX that configuration files send PATH through. */
const UTILITIES = new Set(
  'awk gawk mawk nawk grep egrep fgrep sed tr cut sort uniq head tail paste tac xargs find ls env date perl'.split(' '),
);

function isUtility(name: string): boolean {
  return UTILITIES.has(name.replace(/^\/(?:usr\/)?bin\//, ''));
}

/** Commands that set prompts, keys and completions: they succeed, and change nothing that matters here. */
const HARMLESS =
  'alias unalias bind bindkey complete compdef compinit compgen bashcompinit zstyle zmodload autoload setopt unsetopt zle umask ulimit trap stty tput tabs history fc enable disable promptinit prompt colors add-zsh-hook mkdir touch chmod rm ln ssh-add xset setxkbmap xrdb limit wait times getopts';

const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...HARMLESS.split(' ').map((name): [string, Builtin] => [name, () => YES]),
  [':', () => YES],
  ['true', () => YES],
  ['false', () => ({ status: false })],
  ['export', declare(true)],
  ['typeset', declare(false)],
  ['declare', declare(false)],
  ['local', declare(false)],
  ['readonly', declare(false)],
  ['integer', declare(false)],
  ['eval', evaluate],
  ['.', source],
  ['source', source],
  ['builtin', command],
  ['command', command],
  ['noglob', command],
  ['which', find],
  ['type', find],
  ['whence', find],
  ['hash', (scope, call) => (call.args[0] === '-d' ? nameFolders(scope, call) : find(scope, call))],
  ['exec', exec],
  ['return', stopBy('return')],
  ['exit', stopBy('exit')],
  ['break', stopBy('break')],
  ['continue', stopBy('continue')],
  ['cd', changeFolder],
  ['pushd', changeFolder],
  ['pwd', (scope) => ({ status: true, out: scope.folder })],
  ['set', set],
  ['shopt', shopt],
  [
    'shift',
    (scope) => {
      scope.args = scope.args.slice(1);
      return YES;
    },
  ],
  ['echo', print],
  ['print', print],
  ['printf', printf],
  ['unset', unset],
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['let', assignNumbers],
  ['[', (scope, { args }) => ({ status: test(args.at(-1) === ']' ? args.slice(0, -1) : args, scope) })],
  ['test', (scope, { args }) => ({ status: test(args, scope) })],
]);
