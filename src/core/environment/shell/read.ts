import type { Builtin, Call } from './commands';
import { getText, type Scope, setValue } from './scope';
import { hole, isUnknown, whyUnknown } from './world';

/** Options that have a value: of `read`, and of `mapfile`. */
const WITH_VALUE = { read: /^-[A-Za-z]*[adinNptu]$/, mapfile: /^-[A-Za-z]*[dnOsuCc]$/ } as const;

/** `read`: the next line of what the command, or the loop around it, is given. */
export const read: Builtin = (scope, call) => {
  const { names, array, flags } = readArguments('read', call.args);
  const source = sourceOf(scope, call);
  if (source === undefined || isUnknown(source.rest)) {
    const why = source === undefined ? 'what is typed' : whyUnknown(scope.world, source.rest);
    for (const name of array === undefined ? names : [array]) {
      setValue(scope, name, hole(scope.world, why));
    }
    return { status: undefined };
  }
  const end = source.rest.indexOf('\n');
  const line = end < 0 ? source.rest : source.rest.slice(0, end);
  source.rest = end < 0 ? '' : source.rest.slice(end + 1);
  const separators = getText(scope, 'IFS') ?? ' \t\n';
  const text = flags.includes('r') ? line : line.replace(/\\(.)/g, '$1');
  const fields = split(text, separators, array === undefined ? names.length : Number.POSITIVE_INFINITY);
  if (array !== undefined) {
    setValue(scope, array, fields);
  } else {
    for (const [index, name] of names.entries()) {
      setValue(scope, name, fields[index] ?? '');
    }
  }
  return { status: end >= 0 };
};

/** `mapfile`: all lines into an array. */
export const mapfile: Builtin = (scope, call) => {
  const { names, flags } = readArguments('mapfile', call.args);
  const [name = 'MAPFILE'] = names;
  const source = sourceOf(scope, call);
  if (source === undefined || isUnknown(source.rest)) {
    setValue(scope, name, hole(scope.world, 'what is read'));
    return { status: undefined };
  }
  const lines = source.rest.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  source.rest = '';
  setValue(
    scope,
    name,
    lines.map((line) => (flags.includes('t') ? line.replace(/\n$/, '') : line)),
  );
  return { status: true };
};

function sourceOf(scope: Scope, { input }: Call): { rest: string } | undefined {
  return scope.stdin ?? (input === undefined ? undefined : { rest: input });
}

function readArguments(
  command: 'read' | 'mapfile',
  args: readonly string[],
): { readonly names: readonly string[]; readonly array: string | undefined; readonly flags: string } {
  const names: string[] = [];
  let flags = '';
  let array: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (WITH_VALUE[command].test(word)) {
      array = word.endsWith('a') ? args[at + 1] : array;
      at += 1;
    }
    // zsh: `name?prompt`
    const name = /^[A-Za-z_]\w*/.exec(word)?.[0];
    if (word.startsWith('-')) {
      flags += word;
    } else if (name !== undefined) {
      names.push(name);
    }
  }
  return { names: names.length === 0 && command === 'read' ? ['REPLY'] : names, array, flags };
}

/** Fields of a line; the last takes what is left. */
function split(line: string, separators: string, most: number): readonly string[] {
  const blanks = [...separators].filter((one) => /\s/.test(one));
  const isBlank = (one: string | undefined) => one !== undefined && blanks.includes(one);
  let [from, to] = [0, line.length];
  while (from < to && isBlank(line[from])) {
    from += 1;
  }
  while (to > from && isBlank(line[to - 1])) {
    to -= 1;
  }
  const text = line.slice(from, to);
  const fields: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length && fields.length < most - 1; at++) {
    if (separators.includes(text[at]!)) {
      fields.push(text.slice(start, at));
      while (isBlank(text[at]) && isBlank(text[at + 1])) {
        at += 1;
      }
      start = at + 1;
    }
  }
  return start < text.length || fields.length === 0 ? [...fields, text.slice(start)] : fields;
}
