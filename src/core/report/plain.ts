/*
 * Names, paths and versions come from strangers' machines. What a reader's terminal, browser or spreadsheet could
 * obey instead of showing is made visible here.
 */

/** What nearly every text is: printable ASCII, to be told quickly. */
const ORDINARY = /^[\x20-\x7e]*$/;

/**
 * One line that is safe to show: what could act or hide becomes `\u{…}`; line breaks and tabs become spaces.
 */
export function plain(text: string): string {
  if (ORDINARY.test(text)) {
    return text;
  }
  return text
    .replace(/\r\n|[\n\r\t]/g, ' ')
    .replace(unsafe(), visible)
    .replace(pile(), (_, written: string) => `${written}…`);
}

// Tables of Unicode are slow to look up: only texts that need them make these two patterns.

/**
 * Control characters (C0, DEL, C1), bidirectional marks, invisible and line-separating characters, tags, lone
 * surrogates. Zero-width joiners are included: no version or path needs them.
 */
function unsafe(): RegExp {
  return /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
}

/** More marks on one letter than any language writes: they would be drawn over the lines above and below. */
function pile(): RegExp {
  return /(\p{Mark}{8})\p{Mark}+/gu;
}

/** Like {@link plain}, for text whose lines and columns matter. */
export function plainLines(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.split('\t').map(plain).join('\t'))
    .join('\n');
}

/** JSON in which the same characters are escaped (`\u202e`), so that a file is harmless to look at: the same data. */
export function plainJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const isOrdinary = !/[^\n\x20-\x7e]/.test(text);
  return `${isOrdinary ? text : text.replace(/(?!\n)[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu, escape16)}\n`;
}

function visible(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function escape16(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
