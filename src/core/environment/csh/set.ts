import { expandWords } from './expand';
import { type Csh, CshError, setWords, variableOf } from './values';

const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[(\d+)\])?(?:=([\s\S]*))?$/;

/** `set a`, `set a = b`, `set a=b c = ( d e )`, `set a[2] = f`. */
export function runSet(csh: Csh, words: readonly string[]): void {
  const flags = words.filter((word, at) => /^-[rfl]+$/.test(word) && words.slice(0, at).every((one) => /^-/.test(one)));
  const rest = words.slice(flags.length);
  const keeps = flags.join('').includes('f') ? 'first' : flags.join('').includes('l') ? 'last' : undefined;
  for (let at = 0; at < rest.length; ) {
    const found = ASSIGNMENT.exec(rest[at]!);
    if (found === null) {
      throw new CshError('Variable name must begin with a letter.');
    }
    const [, name = '', index, glued] = found;
    at += 1;
    let hasValue = glued !== undefined;
    if (!hasValue && rest[at] === '=') {
      hasValue = true;
      at += 1;
    } else if (!hasValue && rest[at]?.startsWith('=') === true) {
      assign(csh, name, index, oneOf(csh, rest[at]!.slice(1)), keeps);
      at += 1;
      continue;
    }
    const isList = hasValue && (glued === undefined || glued === '') && rest[at] === '(';
    if (isList) {
      const end = rest.indexOf(')', at);
      if (end < 0) {
        throw new CshError("Too many ('s.");
      }
      assign(csh, name, index, expandWords(csh, rest.slice(at + 1, end)), keeps);
      at = end + 1;
    } else if (glued !== undefined) {
      assign(csh, name, index, oneOf(csh, glued), keeps);
    } else if (hasValue && at < rest.length) {
      assign(csh, name, index, oneOf(csh, rest[at]!), keeps);
      at += 1;
    } else {
      assign(csh, name, index, [''], keeps);
    }
  }
}

/** A value that is one word: what more a variable has would be names of others. */
function oneOf(csh: Csh, raw: string): readonly string[] {
  const made = expandWords(csh, [raw]);
  // What a command prints is a list.
  if (/^`[^`]*`$/.test(raw)) {
    return made;
  }
  if (made.slice(1).some((word) => !ASSIGNMENT.test(word))) {
    throw new CshError('Variable name must begin with a letter.');
  }
  return [made[0] ?? ''];
}

function assign(
  csh: Csh,
  name: string,
  index: string | undefined,
  words: readonly string[],
  keeps: 'first' | 'last' | undefined,
): void {
  if (index !== undefined) {
    const all = [...(variableOf(csh, name) ?? [])];
    if (Number(index) < 1 || Number(index) > all.length) {
      throw new CshError('Subscript out of range.');
    }
    all[Number(index) - 1] = words[0] ?? '';
    setWords(csh, name, all);
    return;
  }
  const kept =
    keeps === undefined
      ? words
      : words.filter((word, at) => (keeps === 'first' ? words.indexOf(word) : words.lastIndexOf(word)) === at);
  setWords(csh, name, kept);
}
