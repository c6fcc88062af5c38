import type { Attrs } from '../attrs';
import { decodeUtf8, toOctets } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectPlainString, expectString, missingAttribute, type Purpose } from '../expect';
import { requireFeature } from '../features';
import type { Pos } from '../source';
import {
  digest,
  formatHash,
  type HashAlgorithm,
  type HashFormat,
  hashSize,
  isHashAlgorithm,
  parseDigits,
  toHex,
  zeroHash,
} from '../store/hashes';
import type { Slot } from '../value';
import type { BuiltinGroup } from './define';
import { resolvedPath } from './files';

const FORMATS: Readonly<Record<string, HashFormat>> = {
  base16: 'base16',
  nix32: 'nix32',
  base32: 'nix32',
  base64: 'base64',
  sri: 'sri',
};

function algorithmOf(evaluator: Evaluator, slot: Slot, pos: Pos | undefined, purpose: Purpose): HashAlgorithm {
  return knownAlgorithm(evaluator, expectPlainString(slot, pos, purpose), pos);
}

/**
 * The algorithm of this name; undefined where nobody knows it.
 *
 * @throws NixError for one that needs an experimental feature which is off
 */
export function algorithmNamed(evaluator: Evaluator, name: string, pos: Pos | undefined): HashAlgorithm | undefined {
  if (!isHashAlgorithm(name)) {
    return undefined;
  }
  if (name === 'blake3') {
    requireFeature('blake3-hashes', evaluator.options, pos);
  }
  return name;
}

function knownAlgorithm(evaluator: Evaluator, name: string, pos: Pos | undefined): HashAlgorithm {
  const algorithm = algorithmNamed(evaluator, name, pos);
  if (algorithm === undefined) {
    throw new NixError(
      'eval',
      `unknown hash algorithm '${decodeUtf8(name)}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'`,
      pos,
    );
  }
  return algorithm;
}

export const hashBuiltins: BuiltinGroup = {
  hashString: [
    2,
    (evaluator, [type, text], pos) => {
      const algorithm = algorithmOf(
        evaluator,
        type!,
        pos,
        'while evaluating the first argument passed to builtins.hashString',
      );
      const data = expectString(text!, pos, 'while evaluating the second argument passed to builtins.hashString');
      evaluator.steps(data.length >> 4, pos);
      return toHex(digest(algorithm, toOctets(data)));
    },
  ],
  hashFile: [
    2,
    (evaluator, [type, path], pos) => {
      const algorithm = algorithmOf(
        evaluator,
        type!,
        pos,
        'while evaluating the first argument passed to builtins.hashFile',
      );
      const file = resolvedPath(evaluator, path!, pos);
      return toHex(digest(algorithm, evaluator.files.octets(file, pos)));
    },
  ],
  convertHash: [
    1,
    (evaluator, [arg], pos) => {
      const args = expectAttrs(arg!, pos, 'while evaluating the first argument passed to builtins.convertHash');
      const text = expectPlainString(needed(args, 'hash', pos), pos, "while evaluating the attribute 'hash'");
      const to = expectPlainString(
        needed(args, 'toHashFormat', pos),
        pos,
        "while evaluating the attribute 'toHashFormat'",
      );
      const type = args.get('hashAlgo');
      const told =
        type === undefined ? undefined : algorithmOf(evaluator, type, pos, "while evaluating the attribute 'hashAlgo'");
      const format = FORMATS[to];
      if (format === undefined) {
        throw new NixError('eval', `unknown hash format '${to}', expect 'base16', 'base32', 'base64', or 'sri'`, pos);
      }
      if (to === 'base32') {
        evaluator.options.onTrace?.('"base32" is a deprecated alias for hash format "nix32".', 'notice');
      }
      const { algorithm, hash } = anyHash(evaluator, text, told, pos);
      return formatHash(algorithm, hash, format);
    },
  ],
};

function needed(args: Attrs, name: string, pos: Pos | undefined): Slot {
  const slot = args.get(name);
  if (slot === undefined) {
    throw missingAttribute(args, name, pos).within(`while locating the attribute '${name}'`, undefined);
  }
  return slot;
}

/** A hash where an empty one is told, and means that nobody knows it yet: zeros. */
export function hashOrZeros(
  evaluator: Evaluator,
  text: string,
  algorithm: HashAlgorithm,
  pos: Pos | undefined,
): Uint8Array {
  if (text !== '') {
    return anyHash(evaluator, text, algorithm, pos).hash;
  }
  const hash = zeroHash(algorithm);
  evaluator.options.onTrace?.(`found empty hash, assuming '${formatHash(algorithm, hash, 'sri')}'`, 'notice');
  return hash;
}

/** `sha256-…`, `sha256:…`, or bare digits whose algorithm is told. */
export function anyHash(
  evaluator: Evaluator,
  text: string,
  told: HashAlgorithm | undefined,
  pos: Pos | undefined,
): { readonly algorithm: HashAlgorithm; readonly hash: Uint8Array } {
  const [, name, mark, digits] = /^([^:]*)(:)(.*)$/s.exec(text) ?? /^([^-]*)(-)(.*)$/s.exec(text) ?? ['', '', '', text];
  const named = mark === '' ? undefined : knownAlgorithm(evaluator, name!, pos);
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
  const read = parseDigits(digits!, algorithm, mark === '-');
  const size = hashSize(algorithm);
  if (read?.octets.length !== size) {
    const message =
      read === undefined
        ? `hash '${digits}' has wrong length for hash algorithm '${algorithm}'`
        : `invalid ${read.notation} hash '${digits}', length ${read.octets.length} != expected length ${size}`;
    throw new NixError('eval', decodeUtf8(message), pos);
  }
  return { algorithm, hash: Uint8Array.from(read.octets) };
}
