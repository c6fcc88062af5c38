import { getText, type Scope } from './scope';

/**
 * What the idioms print by which configuration files drop what PATH has twice, in awk and Perl; undefined for other
 * programs. Each is known by what its text does: a table of what was seen, and a loop over parts.
 */
export function dedupe(scope: Scope, name: string, args: readonly string[], input: string): string | undefined {
  switch (name) {
    case 'awk':
    case 'gawk':
    case 'mawk':
    case 'nawk':
      return byAwk(args, input);
    case 'perl':
      return byPerl(scope, args, input);
    default:
      return undefined;
  }
}

/** `!seen[$0]++`, which prints each record the first time. */
const UNSEEN = /^!\(?\w+\[\$[01]\]\+\+\)?(?:\{print(?:\$0)?;?\})?$/;
const UNSEEN_LONG =
  /^(?:\{if)?\(?!\(?\$0in(\w+)\)?\)?\{\1\[\$0\](?:=1|\+\+)?;print(?:\$0)?;?\}\}?$|^\{if\(!\w+\[\$0\]\+\+\)\{?print(?:\$0)?;?\}?\}$/;
/** `!($0 in a){a[$0];printf("%s%s",length(a)>1?":":"",$0)}`, which puts a separator before all but the first. */
const UNSEEN_JOINED =
  /^!\(?\$0in(\w+)\)?\{\1\[\$0\](?:=1|\+\+)?;printf\(?"%s%s",\(?(?:length\(\1\)|NR)>1\?(RS|ORS|":")(?::"")?,?\)?(?:"")?,?\$0\)?;?\}$/;
/** A loop over the fields of the one line. */
const FIELDS =
  /^\{for\(i=1;i<=NF;(?:i\+\+|\+\+i)\)\{?if\(!\w+\[\$i\]\+\+\)\{?printf\(?"%s%s",\(?i>1\?":":""\)?,\$i\)?;?\}*$/;

function byAwk(args: readonly string[], input: string): string | undefined {
  const settings = new Map<string, string>([
    ['RS', '\n'],
    ['ORS', '\n'],
    ['FS', ' '],
  ]);
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    const given = /^-v$/.test(word) ? args[++at] : /^-v(.+)$/s.exec(word)?.[1];
    const separator = word === '-F' ? args[++at] : /^-F(.+)$/.exec(word)?.[1];
    const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(given ?? '') ?? [];
    if (name !== undefined) {
      settings.set(name, unescaped(value!));
    } else if (separator !== undefined) {
      settings.set('FS', separator);
    } else {
      rest.push(word);
    }
  }
  const [program = '', ...files] = rest;
  if (files.length > 0) {
    return undefined;
  }
  const compact = program.replace(/\s+/g, '');
  const [begin = '', first = ''] = /^BEGIN\{([^{}]*)\}/.exec(compact) ?? [];
  for (const [, names, value] of first.matchAll(/((?:\w+=)+)"([^"]*)"/g)) {
    for (const name of names!.split('=').filter((one) => one !== '')) {
      settings.set(name, unescaped(value!));
    }
  }
  const body = compact.slice(begin.length).replace(/END\{(?:printf?"(?:\\n)?"|print"")?;?\}$/, '');
  const separator = settings.get('RS')!;
  if (separator.length !== 1) {
    return undefined;
  }
  const records = input === '' ? [] : (separator === '\n' ? input.replace(/\n$/, '') : input).split(separator);
  if (UNSEEN.test(body) || UNSEEN_LONG.test(body)) {
    return [...new Set(records)].map((record) => `${record}${settings.get('ORS')}`).join('');
  }
  if (UNSEEN_JOINED.test(body)) {
    const kept = UNSEEN_JOINED.exec(body)![2] ?? '":"';
    const between = kept === '":"' ? ':' : settings.get(kept)!;
    return [...new Set(records)].join(between);
  }
  const unwanted = /^\$0!="([^"]*)"$/.exec(body)?.[1];
  if (unwanted !== undefined) {
    return records
      .filter((record) => record !== unwanted)
      .map((record) => `${record}${settings.get('ORS')}`)
      .join('');
  }
  const [line] = records;
  return FIELDS.test(body) && settings.get('FS') === ':' && records.length === 1
    ? [...new Set(line!.split(':'))].join(':')
    : undefined;
}

/** `join ":", grep { not $seen{$_}++ } split /:/, $ENV{PATH}`. */
const PERL =
  /join\s*\(?\s*["']:["']\s*,\s*grep\s*\{\s*(?:not\s+|!\s*)\$\w+\{\$_\}\+\+\s*\}\s*split\s*\(?\s*(?:m?\/:\/|["']:["'])\s*,\s*(?:scalar\s+)?(\$ENV\{["']?PATH["']?\}|<>|<STDIN>|\$_)/;

function byPerl(scope: Scope, args: readonly string[], input: string): string | undefined {
  const source = PERL.exec(args.join(' '))?.[1];
  const text = source?.startsWith('$ENV') === true ? (getText(scope, 'PATH') ?? '') : input;
  return source === undefined ? undefined : [...new Set(text.split(':'))].join(':');
}

function unescaped(text: string): string {
  return text.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\0/g, '\0');
}
