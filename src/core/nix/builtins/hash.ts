import { toOctets } from '../bytes';
import { NixError } from '../errors';
import { expectAttrs, expectString } from '../expect';
import type { Pos } from '../source';
import {
  digest,
  formatHash,
  type HashAlgorithm,
  type HashFormat,
  isHashAlgorithm,
  parseHash,
  toHex,
} from '../store/hashes';
import type { Slot } from '../value';
import type { BuiltinGroup } from './define';
import { coercePath } from './files';
import { coerceText } from './strings';

const FORMATS: Readonly<Record<string, HashFormat>> = {
  base16: 'base16',
  nix32: 'nix32',
  base32: 'nix32',
  base64: 'base64',
  sri: 'sri',
};

function algorithmOf(slot: Slot, pos: Pos | undefined): HashAlgorithm {
  const name = expectString(slot, pos);
  if (!isHashAlgorithm(name)) {
    throw new NixError('eval', `unknown hash algorithm '${name}'`, pos);
  }
  return name;
}

export const hashBuiltins: BuiltinGroup = {
  hashString: [
    2,
    (evaluator, [type, text], pos) => {
      const algorithm = algorithmOf(type!, pos);
      const data = expectString(text!, pos);
      evaluator.steps(data.length >> 4, pos);
      return toHex(digest(algorithm, toOctets(data)));
    },
  ],
  hashFile: [
    2,
    (evaluator, [type, path], pos) => {
      const algorithm = algorithmOf(type!, pos);
      const file = evaluator.files.resolveLinks(coercePath(evaluator, path!, pos), pos);
      return toHex(digest(algorithm, evaluator.files.octets(file, pos)));
    },
  ],
  convertHash: [
    1,
    (evaluator, [arg], pos) => {
      const args = expectAttrs(arg!, pos);
      const text = coerceText(evaluator, needed(args.get('hash'), 'hash', pos), new Set(), pos);
      const to = expectString(needed(args.get('toHashFormat'), 'toHashFormat', pos), pos);
      const type = args.get('hashAlgo');
      const { algorithm, hash } = anyHash(text, type === undefined ? undefined : algorithmOf(type, pos), pos);
      const format = FORMATS[to];
      if (format === undefined) {
        throw new NixError('eval', `unknown hash format '${to}', expect 'base16', 'base32', 'base64', or 'sri'`, pos);
      }
      return formatHash(algorithm, hash, format);
    },
  ],
};

function needed(slot: Slot | undefined, name: string, pos: Pos | undefined): Slot {
  if (slot === undefined) {
    throw new NixError('missing-attribute', `attribute '${name}' missing`, pos);
  }
  return slot;
}

/** `sha256-…`, `sha256:…`, or bare digits whose algorithm is told. */
export function anyHash(
  text: string,
  told: HashAlgorithm | undefined,
  pos: Pos | undefined,
): { readonly algorithm: HashAlgorithm; readonly hash: Uint8Array } {
  const match = /^(md5|sha1|sha256|sha512|blake3)([:-])(.*)$/s.exec(text);
  const named = match?.[1] as HashAlgorithm | undefined;
  const algorithm = named ?? told;
  if (algorithm === undefined) {
    throw new NixError(
      'eval',
      `hash '${text}' does not include a type, nor is the type otherwise known from context`,
      pos,
    );
  }
  if (named !== undefined && told !== undefined && named !== told) {
    throw new NixError('eval', `hash '${text}' should have type '${told}'`, pos);
  }
  const digits = match === null ? text : match[3]!;
  const hash = parseHash(digits, algorithm);
  if (hash === undefined) {
    throw new NixError('eval', `hash '${text}' has wrong length for hash algorithm '${algorithm}'`, pos);
  }
  return { algorithm, hash };
}
