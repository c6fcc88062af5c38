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

export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(LENGTHS, name);
}

/** The hash that Nix takes for an empty text: nothing has it, so that a build tells the right one. */
export function zeroHash(algorithm: HashAlgorithm): Uint8Array {
  return new Uint8Array(LENGTHS[algorithm]);
}

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

/** A hash in any of Nix's notations, told apart by length; undefined when it is none. */
export function parseHash(text: string, algorithm: HashAlgorithm): Uint8Array | undefined {
  const size = LENGTHS[algorithm];
  if (text.length === size * 2) {
    return fromHex(text);
  }
  if (text.length === Math.ceil((size * 8) / 5)) {
    return fromNix32(text, size);
  }
  if (text.length === Math.ceil(size / 3) * 4) {
    return fromBase64(text, size);
  }
  return undefined;
}

function fromHex(text: string): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]*$/.test(text)) {
    return undefined;
  }
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16));
}

function fromNix32(text: string, size: number): Uint8Array | undefined {
  const out = new Uint8Array(size);
  for (let n = 0; n < text.length; n++) {
    const digit = NIX32.indexOf(text[text.length - n - 1]!);
    if (digit < 0) {
      return undefined;
    }
    const bit = n * 5;
    const i = bit >> 3;
    const shift = bit & 7;
    out[i] = out[i]! | ((digit << shift) & 0xff);
    const carry = digit >> (8 - shift);
    if (i + 1 < size) {
      out[i + 1] = out[i + 1]! | carry;
    } else if (carry !== 0) {
      return undefined;
    }
  }
  return out;
}

function fromBase64(text: string, size: number): Uint8Array | undefined {
  const body = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(body)) {
    return undefined;
  }
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of body) {
    bits = (bits << 6) | BASE64.indexOf(char);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push((bits >> held) & 0xff);
    }
    bits &= 0xffff;
  }
  return out.length === size ? Uint8Array.from(out) : undefined;
}
