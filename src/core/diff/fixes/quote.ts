import type { OperatingSystem } from '../../model/snapshot';

/** Never part of a command, not even quoted: a paste could act on them, or show something else than it does. */
const UNPASTEABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u;

const SAFE = /^[A-Za-z0-9_@%+=:,./~-]+$/;

/**
 * One word of a command for the shell of a system: POSIX single quotes, or PowerShell's.
 *
 * @returns `undefined` for text that no quoting makes safe to paste (control and bidirectional characters)
 */
export function quote(word: string, os: OperatingSystem): string | undefined {
  if (UNPASTEABLE.test(word)) {
    return undefined;
  }
  if (SAFE.test(word) && !word.startsWith('~') && !(os === 'windows' && /[@%,]/.test(word))) {
    return word;
  }
  return inQuotes(word, os);
}

/**
 * A text as a shell's literal, in quotes even where it could do without: PowerShell takes a bare word on the right of an
 * assignment for a command.
 *
 * @returns `undefined` as {@link quote} does
 */
export function quoteText(text: string, os: OperatingSystem): string | undefined {
  return UNPASTEABLE.test(text) ? undefined : inQuotes(text, os);
}

function inQuotes(word: string, os: OperatingSystem): string {
  // PowerShell takes the typographic single quotes for quotes, too.
  return os === 'windows' ? `'${word.replace(/['‘’‚‛]/g, '$&$&')}'` : `'${word.replace(/'/g, `'\\''`)}'`;
}

/** Makes one line of fixed words and foreign values; the values are quoted. `undefined` when one cannot be. */
export type CommandTag = (parts: TemplateStringsArray, ...values: readonly string[]) => string | undefined;

/** A template tag for commands on a system: ``commandFor('linux')`pyenv install ${version}` ``. */
export function commandFor(os: OperatingSystem): CommandTag {
  return (parts, ...values) => {
    const quoted = values.map((value) => quote(value, os));
    return quoted.some((value) => value === undefined)
      ? undefined
      : parts.map((part, index) => part + (quoted[index] ?? '')).join('');
  };
}
