import { blake3 } from '@noble/hashes/blake3.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512' | 'blake3';
export type HashFormat = 'base16' | 'nix32' | 'base64' | 'sri';

const FUNCTIONS: Readonly<Record<HashAlgorithm, (data: Uint8Array) => Uint8Array>> = {
  md5,
  sha1,
  sha256,
  sha512,
  blake3: (data) => blake3(data),
};

const LENGTHS: Readonly<Record<HashAlgorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64, blake3: 32 };

/** Nix's own alphabet: no e, o, u, t. */
const NIX32 = '0123456789abcdfghijklmnpqrsvwxyz';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Whether Nix knows a hash algorithm of this name. */
export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(LENGTHS, name);
}

/** The hash that Nix takes for an empty text: nothing has it, so that a build tells the right one. */
export function zeroHash(algorithm: HashAlgorithm): Uint8Array {
  return new Uint8Array(LENGTHS[algorithm]);
}

/** The hash of some octets. */
export function digest(algorithm: HashAlgorithm, data: Uint8Array): Uint8Array {
  return FUNCTIONS[algorithm](data);
}

/** A hash as text; `sri` has the algorithm in front. */
export function formatHash(algorithm: HashAlgorithm, hash: Uint8Array, format: HashFormat): string {
  switch (format) {
    case 'base16':
      return toHex(hash);
    case 'nix32':
      return toNix32(hash);
    case 'base64':
      return toBase64(hash);
    case 'sri':
      return `${algorithm}-${toBase64(hash)}`;
  }
}

/** Base 16, in small letters. */
export function toHex(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Nix's base 32: digits from the last bits to the first. */
export function toNix32(hash: Uint8Array): string {
  const length = Math.ceil((hash.length * 8) / 5);
  let text = '';
  for (let n = length - 1; n >= 0; n--) {
    const bit = n * 5;
    const i = bit >> 3;
    const shift = bit & 7;
    const digit = (hash[i]! >> shift) | (i + 1 < hash.length ? hash[i + 1]! << (8 - shift) : 0);
    text += NIX32[digit & 0x1f];
  }
  return text;
}

function toBase64(data: Uint8Array): string {
  let text = '';
  for (let i = 0; i < data.length; i += 3) {
    const bits = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    text += BASE64[bits >> 18]! + BASE64[(bits >> 12) & 63]!;
    text += i + 1 < data.length ? BASE64[(bits >> 6) & 63]! : '=';
    text += i + 2 < data.length ? BASE64[bits & 63]! : '=';
  }
  return text;
}

/** The octets that digits stand for: none where one is no digit, and as many as there are otherwise. */
export interface HashDigits {
  readonly notation: 'base16' | 'nix32' | 'Base64' | 'SRI';
  readonly octets: readonly number[];
}

/**
 * The digits of a hash in any of Nix's notations, told apart by their number.
 *
 * @param sri whether they follow `sha256-`: then they are base 64, with or without its padding
 * @returns undefined when no notation has so many digits
 */
export function parseDigits(text: string, algorithm: HashAlgorithm, sri: boolean): HashDigits | undefined {
  const size = LENGTHS[algorithm];
  if (sri) {
    return { notation: 'SRI', octets: fromBase64(text) };
  }
  switch (text.length) {
    case size * 2:
      return { notation: 'base16', octets: fromHex(text) };
    case Math.ceil((size * 8) / 5):
      return { notation: 'nix32', octets: fromNix32(text, size) };
    case Math.ceil(size / 3) * 4:
      return { notation: 'Base64', octets: fromBase64(text) };
    default:
      return undefined;
  }
}

/** How many octets a hash has. */
export function hashSize(algorithm: HashAlgorithm): number {
  return LENGTHS[algorithm];
}

function fromHex(text: string): readonly number[] {
  if (!/^[0-9a-fA-F]*$/.test(text)) {
    return [];
  }
  return Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16));
}

function fromNix32(text: string, size: number): readonly number[] {
  const out: number[] = new Array(size).fill(0);
  for (let n = 0; n < text.length; n++) {
    const digit = NIX32.indexOf(text[text.length - n - 1]!);
    if (digit < 0) {
      return [];
    }
    const bit = n * 5;
    const i = bit >> 3;
    const shift = bit & 7;
    out[i] = out[i]! | ((digit << shift) & 0xff);
    const carry = digit >> (8 - shift);
    if (i + 1 < size || carry !== 0) {
      out[i + 1] = (out[i + 1] ?? 0) | carry;
    }
  }
  return out;
}

/** Up to the padding; line ends are no digits and do not count. */
function fromBase64(text: string): readonly number[] {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text.replace(/=.*/s, '').replaceAll('\n', '')) {
    const digit = BASE64.indexOf(char);
    if (digit < 0) {
      return [];
    }
    bits = (bits << 6) | digit;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push((bits >> held) & 0xff);
    }
    bits &= 0xffff;
  }
  return out;
}
