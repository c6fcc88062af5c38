import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The content policy of a page that has this style and script, and loads nothing. */
export function contentPolicy(style: string, script?: string): string {
  return [
    "default-src 'none'",
    `style-src '${integrity(style)}'`,
    ...(script === undefined ? [] : [`script-src '${integrity(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** `sha256-…`: the hash by which the page's policy allows its own script and style, and no other. */
function integrity(text: string): string {
  const bytes = sha256(utf8ToBytes(text));
  return `sha256-${base64(bytes)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3);
    const group = (a << 16) | (b << 8) | c;
    text += [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63]).join('');
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}
