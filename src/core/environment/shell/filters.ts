import { escapePattern } from '../../escape-pattern';
import { dedupe } from './dedupe';
import { posixPattern } from './posix-pattern';
import type { Scope } from './scope';
import { isUnknown } from './world';

/** What a filter makes of its input; undefined for what is not worked out. */
type Filter = (args: readonly string[], input: string) => string | undefined;

/** Configuration files are small: what they send through a filter, too. */
const LONGEST = 65_536;

/**
 * What the filters of POSIX print that configuration files send PATH through: only plain uses of them, and the idioms
 * that drop what is there twice.
 */
export function filterOutput(scope: Scope, name: string, args: readonly string[], input: string): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  if (args.some(isUnknown) || input.length > LONGEST) {
    return undefined;
  }
  const unique = dedupe(scope, base, args, input);
  // What is not known has a mark, which other filters would take for text.
  return unique ?? (Object.hasOwn(FILTERS, base) && !isUnknown(input) ? FILTERS[base]!(args, input) : undefined);
}

const FILTERS: Readonly<Record<string, Filter>> = {
  tr: (args, input) => {
    const [first = '', second] = args;
    if (args.length === 2 && first === '-d') {
      const set = setOf(second!);
      return set === undefined ? undefined : [...input].filter((character) => !set.includes(character)).join('');
    }
    const [from, to] = [setOf(first), setOf(second ?? '')];
    if (args.length !== 2 || first.startsWith('-') || from === undefined || to === undefined || to.length === 0) {
      return undefined;
    }
    return Array.from(input, (character) => {
      const at = from.indexOf(character);
      return at < 0 ? character : (to[at] ?? to.at(-1)!);
    }).join('');
  },
  sed: (args, input) => {
    const scripts = args.filter((word) => !/^-(?:[neErsz]+|-expression|-regexp-extended|-quiet|-silent)$/.test(word));
    if (args.some((word) => /^-\w*[nsz]/.test(word)) || scripts.length === 0) {
      return undefined;
    }
    const isExtended = args.some((word) => /^(?:-[eE]*[Er]|--regexp-extended)$/.test(word));
    const edits = scripts.flatMap(editsOf).map((edit) => compileEdit(edit, isExtended));
    return edits.some((edit) => edit === undefined)
      ? undefined
      : overLines(input, (lines) =>
          lines.flatMap((line) => edits.reduce<readonly string[]>((kept, edit) => kept.flatMap(edit!), [line])),
        );
  },
  grep: (args, input) => {
    const flags = args.filter((word) => word.startsWith('-')).join('');
    const [pattern, ...more] = args.filter((word) => !word.startsWith('-'));
    if (pattern === undefined || more.length > 0 || /[^-vxFEiq]/.test(flags)) {
      return undefined;
    }
    const isExtended = flags.includes('E');
    const source = flags.includes('F') ? escapePattern(pattern) : posixPattern(pattern, isExtended);
    if (source === undefined) {
      return undefined;
    }
    const wanted = new RegExp(flags.includes('x') ? `^(?:${source})$` : source, flags.includes('i') ? 'i' : '');
    return overLines(input, (lines) => lines.filter((line) => wanted.test(line) !== flags.includes('v')));
  },
  egrep: (args, input) => FILTERS['grep']!(['-E', ...args], input),
  fgrep: (args, input) => FILTERS['grep']!(['-F', ...args], input),
  paste: (args, input) => {
    const joined = args.join(' ').replace(/ -$/, '');
    const separator = /^(?:-sd ?|-s -d ?|-d ?(?=.* -s$))(.)(?: -s)?$/.exec(joined)?.[1];
    return separator === undefined ? undefined : `${linesOf(input).join(separator)}\n`;
  },
  uniq: (args, input) =>
    args.length > 0 ? undefined : overLines(input, (lines) => lines.filter((line, at) => line !== lines[at - 1])),
  sort: (args, input) =>
    args.length === 0 || args.join() === '-u'
      ? overLines(input, (lines) => (args.length === 0 ? [...lines] : [...new Set(lines)]).sort())
      : undefined,
  head: (args, input) => {
    const count = /^-n? ?(\d+)$/.exec(args.join(' '))?.[1];
    return count === undefined ? undefined : overLines(input, (lines) => lines.slice(0, Number(count)));
  },
  tail: (args, input) => {
    const count = /^-n? ?([1-9]\d*)$/.exec(args.join(' '))?.[1];
    return count === undefined ? undefined : overLines(input, (lines) => lines.slice(-Number(count)));
  },
  cut: (args, input) => {
    const [, separator, first, range, last] = /^-d ?(.) -f ?(\d+)(-(\d+)?)?$/.exec(args.join(' ')) ?? [];
    if (separator === undefined) {
      return undefined;
    }
    const end = range === undefined ? Number(first) : last === undefined ? undefined : Number(last);
    return overLines(input, (lines) =>
      lines.map((line) =>
        line
          .split(separator)
          .slice(Number(first) - 1, end)
          .join(separator),
      ),
    );
  },
};

/** The characters of a set of `tr`; undefined for ranges and classes. */
function setOf(text: string): readonly string[] | undefined {
  const plain = text.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\\\/g, '\\');
  return /\[|.-./.test(plain) ? undefined : [...plain];
}

function linesOf(input: string): readonly string[] {
  return input === '' ? [] : input.replace(/\n$/, '').split('\n');
}

function overLines(input: string, change: (lines: readonly string[]) => readonly string[]): string {
  return change(linesOf(input))
    .map((line) => `${line}\n`)
    .join('');
}

/** The commands of a script of `sed`, at `;` and line ends. */
function editsOf(script: string): readonly string[] {
  return script
    .split(/[;\n](?=\s*(?:s[^\w\s]|\/|$))/)
    .map((edit) => edit.trim())
    .filter((edit) => edit !== '');
}

/** `s/…/…/g` and `/…/d`. */
function compileEdit(edit: string, isExtended: boolean): ((line: string) => readonly string[]) | undefined {
  const deletion = /^\/((?:[^/\\]|\\.)*)\/d$/.exec(edit)?.[1];
  const [, mark = '', rest = ''] = /^s([^\w\s\\])(.*)$/s.exec(edit) ?? [];
  const parts = mark === '' ? [] : rest.split(new RegExp(`(?<!\\\\)\\${mark}`));
  const [from = '', to = '', flags = ''] = parts;
  const source = posixPattern(deletion ?? from.replaceAll(`\\${mark}`, mark), isExtended);
  if (source === undefined) {
    return undefined;
  }
  if (deletion !== undefined) {
    return (line) => (new RegExp(source).test(line) ? [] : [line]);
  }
  if (parts.length !== 3 || !/^g?$/.test(flags) || /\\[^\d&/.:|#,@]/.test(to)) {
    return undefined;
  }
  const pattern = new RegExp(source, flags);
  return (line) => [
    line.replace(pattern, (found, ...groups: unknown[]) =>
      to.replace(/\\(\d)|\\(.)|&/g, (_, group: string | undefined, character: string | undefined) =>
        group !== undefined ? String(groups[Number(group) - 1] ?? '') : (character ?? found),
      ),
    ),
  ];
}
