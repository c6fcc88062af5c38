import { formatted } from '../shell/printf';
import { placeOf, setValue } from '../shell/scope';
import { doubt, hole, isUnknown, nameOfCall } from '../shell/world';
import { calculated } from './condition';
import { type Csh, CshError, setWords, variableOf } from './values';

/** Runs a built-in command with its words; gives what it prints. Source: csh(1) and tcsh(1), "Builtin commands". */
type Builtin = (csh: Csh, args: readonly string[]) => string | undefined;

const NOTHING: Builtin = () => undefined;

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  setenv: ({ scope }, args) => {
    if (args.length > 2) {
      throw new CshError('setenv: Too many arguments.');
    }
    const [name, value = ''] = args;
    if (name !== undefined) {
      setValue(scope, name, value, true);
    }
    return undefined;
  },
  unsetenv: ({ scope }, args) => {
    for (const name of args) {
      scope.vars.delete(name);
    }
    return undefined;
  },
  unset: ({ variables }, args) => {
    for (const name of args) {
      variables.delete(name);
    }
    return undefined;
  },
  alias: ({ aliases }, [name, ...words]) => {
    if (name !== undefined && words.length > 0) {
      aliases.set(name, words.filter((word) => word !== '(' && word !== ')').join(' '));
    }
    return undefined;
  },
  unalias: ({ aliases }, args) => {
    for (const name of args) {
      aliases.delete(name);
    }
    return undefined;
  },
  echo: (_, args) => {
    const [first, ...more] = args;
    return first === '-n' ? more.join(' ') : `${args.join(' ')}\n`;
  },
  printf: (_, args) => formatted(args),
  exit: ({ scope }) => {
    scope.stop = 'exit';
    return undefined;
  },
  logout: ({ scope }) => {
    scope.stop = 'exit';
    return undefined;
  },
  break: ({ scope }) => {
    scope.stop = 'break';
    return undefined;
  },
  breaksw: ({ scope }) => {
    scope.stop = 'break';
    return undefined;
  },
  continue: ({ scope }) => {
    scope.stop = 'continue';
    return undefined;
  },
  shift: (csh, [name]) => {
    const words = name === undefined ? csh.scope.args : variableOf(csh, name);
    if (words === undefined || words.length === 0) {
      throw new CshError('shift: No more words.');
    }
    if (name === undefined) {
      csh.scope.args = words.slice(1);
    } else {
      setWords(csh, name, words.slice(1));
    }
    return undefined;
  },
  goto: ({ scope }) => {
    doubt(scope.world, placeOf(scope), 'a "goto" is not followed: what comes after it is not read');
    scope.stop = 'exit';
    return undefined;
  },
  exec: (_, [program = '']) => {
    throw new CshError(`it becomes ${nameOfCall(program, [])}, whose files are not read.`);
  },
  cd: (csh, [folder]) => {
    const { scope } = csh;
    const path = folder ?? scope.world.host.home;
    scope.folder = isUnknown(path) || path.startsWith('/') ? path : `${scope.folder}/${path}`;
    setValue(scope, 'PWD', scope.folder, true);
    return undefined;
  },
  chdir: (csh, args) => BUILTINS['cd']!(csh, args),
  pushd: (csh, args) => BUILTINS['cd']!(csh, args),
  ...Object.fromEntries(
    ':,alloc,bindkey,bind,complete,uncomplete,echotc,hashstat,history,jobs,limit,unlimit,nice,nohup,notify,onintr,rehash,unhash,sched,set8,settc,setty,stty,telltc,time,umask,wait,watchlog,stop,suspend,tty,biff,mesg,clear,tset'
      .split(',')
      .map((name): [string, Builtin] => [name, NOTHING]),
  ),
};

/** `@ n = $n + 1`, `@ n += 2`, `@ n++`, with words as they are written: `*` is no pattern there. */
export function calculate(csh: Csh, args: readonly string[]): void {
  const [, name, glued = ''] = /^([A-Za-z_]\w*)(\+\+|--|[-+*/%]?=)?$/.exec(args[0] ?? '') ?? [];
  if (name === undefined) {
    return;
  }
  const rest = glued === '' ? args.slice(1) : [glued, ...args.slice(1)];
  const [operator = '', ...expression] = rest;
  const before = variableOf(csh, name)?.[0] ?? '0';
  const words =
    operator === '++' || operator === '--'
      ? [before, operator[0]!, '1']
      : operator === '='
        ? expression
        : [before, operator[0] ?? '', '(', ...expression, ')'];
  setWords(csh, name, [calculated(csh, words) ?? hole(csh.scope.world, 'a number')]);
}
