import { test } from '../shell/conditions';
import { runText } from '../shell/run';
import { getText, placeOf, setValue, whichProgram } from '../shell/scope';
import { boundedJoin, doubt, hole, isUnknown } from '../shell/world';
import { type Elvish, isLambda, listOf, MAX_VALUES, textOf, texts, truth, type Value } from './values';

type Command = (elvish: Elvish, args: readonly Value[], input: readonly Value[]) => readonly Value[];

function joined(elvish: Elvish, values: readonly Value[], separator: string): string {
  return boundedJoin(elvish.scope.world, texts(elvish, values), separator);
}

const isThere =
  (kind: 'directory' | 'file' | undefined): Command =>
  ({ scope }, args) => {
    const path = args.find((value) => typeof value === 'string' && !value.startsWith('&'));
    if (typeof path !== 'string' || isUnknown(path)) {
      return [hole(scope.world, 'which file is looked at')];
    }
    const stat = scope.world.host.fs.stat(path.startsWith('/') ? path : `${scope.folder}/${path}`);
    return [stat.ok && (kind === undefined || stat.value.kind === kind)];
  };

const compared =
  (equal: boolean): Command =>
  ({ scope }, args) =>
    args.some((value) => typeof value === 'string' && isUnknown(value))
      ? [hole(scope.world, 'what is compared')]
      : [args.slice(1).every((value) => JSON.stringify(value) === JSON.stringify(args[0])) === equal];

const onTexts =
  (work: (first: string, second: string) => Value): Command =>
  (elvish, args) => {
    const [first = '', second = ''] = texts(elvish, args);
    return isUnknown(first + second) ? [hole(elvish.scope.world, 'what is compared')] : [work(first, second)];
  };

/** What is asked and made of values. Sources: elv.sh, "Builtin Functions", modules `str`, `path` and `os`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  put: (_, args) => args,
  all: (_, args, input) => (args.length > 0 ? listOf(args[0]) : input),
  slurp: (elvish, _, input) => [joined(elvish, input, '\n')],
  echo: (elvish, args) => [joined(elvish, args, ' ')],
  print: (elvish, args) => [joined(elvish, args, ' ')],
  conj: (_, [list, ...more]) => [[...listOf(list), ...more]],
  'path:is-dir': isThere('directory'),
  'os:is-dir': isThere('directory'),
  'path:is-regular': isThere('file'),
  'os:is-regular': isThere('file'),
  'os:exists': isThere(undefined),
  'path:join': (elvish, args) => [joined(elvish, args, '/').replace(/\/+/g, '/')],
  'str:join': (elvish, [separator = '', list], input) => [
    joined(elvish, list === undefined ? input : listOf(list), textOf(elvish, separator)),
  ],
  'str:split': (elvish, args) =>
    texts(elvish, args.slice(1, 2)).flatMap((text) => text.split(textOf(elvish, args[0]!))),
  'str:has-prefix': onTexts((text, part) => text.startsWith(part)),
  'str:has-suffix': onTexts((text, part) => text.endsWith(part)),
  'str:contains': onTexts((text, part) => text.includes(part)),
  'str:trim-space': onTexts((text) => text.trim()),
  'has-value': (elvish, [list, wanted]) => [texts(elvish, listOf(list)).includes(textOf(elvish, wanted ?? ''))],
  'has-env': ({ scope }, [name]) => [typeof name === 'string' && scope.vars.get(name)?.exported === true],
  'get-env': (elvish, [name]) => [getText(elvish.scope, textOf(elvish, name ?? '')) ?? ''],
  'set-env': (elvish, [name, value]) => {
    setValue(elvish.scope, textOf(elvish, name ?? ''), textOf(elvish, value ?? ''), true);
    return [];
  },
  'unset-env': (elvish, [name]) => {
    elvish.scope.vars.delete(textOf(elvish, name ?? ''));
    return [];
  },
  'has-external': ({ scope }, [name]) => {
    const found = typeof name === 'string' ? whichProgram(scope, name) : undefined;
    return [found === undefined ? hole(scope.world, 'whether a program is there') : found !== null];
  },
  not: ({ scope }, [value]) => {
    const known = truth(value);
    return [known === undefined ? hole(scope.world, 'a condition') : !known];
  },
  and: (_, args) => [args.find((value) => truth(value) !== true) ?? args.at(-1) ?? true],
  or: (_, args) => [args.find((value) => truth(value) !== false) ?? args.at(-1) ?? false],
  eq: compared(true),
  '==s': compared(true),
  '==': compared(true),
  'not-eq': compared(false),
  '!=s': compared(false),
  each: (elvish, [lambda, list], input) => {
    const items = list === undefined ? input : listOf(list);
    return lambda !== undefined && isLambda(lambda)
      ? items.slice(0, MAX_VALUES).flatMap((item) => elvish.call(elvish, lambda, [item], []))
      : [];
  },
  eval: (elvish, args, input) => {
    const { scope } = elvish;
    const text = texts(elvish, args.length > 0 ? args : input).join('\n');
    if (isUnknown(text)) {
      doubt(scope.world, placeOf(scope), 'what is run here is not known: a program prints it');
      return [];
    }
    // Our own words for what programs print are those of a POSIX shell.
    runText(scope, text);
    return [];
  },
  test: ({ scope }, args) => {
    const status = test(args.map(String), scope);
    return [status === undefined ? hole(scope.world, 'what a test says') : status];
  },
};
