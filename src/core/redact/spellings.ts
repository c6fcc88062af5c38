import { escapePattern } from '../escape-pattern';

/** Letters that carry others, by which the two forms of Unicode differ: macOS writes names taken apart. */
const BEYOND_ASCII = /[^\x00-\x7f]/;

/**
 * How a name or path is written where it is not plain text: in both forms of Unicode, percent-encoded (RFC 3986, and as
 * a part of a path), with blanks and brackets behind backslashes as shells want them, and with the escapes of JSON.
 */
export function spellingsOf(text: string): readonly string[] {
  if (!BEYOND_ASCII.test(text) && !/[^\w.~-]/.test(text)) {
    return [text];
  }
  const forms = BEYOND_ASCII.test(text) ? [text, text.normalize('NFC'), text.normalize('NFD')] : [text];
  return [
    ...new Set(
      forms.flatMap((form) => [
        form,
        encoded(form),
        encoded(form).replace(/%2F/g, '/').replace(/%5C/g, '/').replace(/%3A/g, ':'),
        form.replace(/[ ()&'$;]/g, '\\$&'),
        form.replace(/\//g, '\\/'),
        escaped(form),
      ]),
    ),
  ];
}

function encoded(text: string): string {
  // What stands for half a character cannot be encoded.
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ''));
}

function escaped(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The short name of Windows (8.3): six characters without blanks and dots, and a number. */
export function shortNameOf(name: string): RegExp | undefined {
  const bare = name.replace(/[ .]/g, '').replace(/[+,;=[\]]/g, '_');
  const isLong = name.length > 8 || /[ .+,;=[\]]/.test(name);
  return isLong && /^[\w()'-]{3,}$/.test(bare) ? new RegExp(`${escapePattern(bare.slice(0, 6))}~\\d`, 'i') : undefined;
}
