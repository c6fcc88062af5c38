import { decodeUtf8, toOctets } from '../bytes';
import { NixError } from '../errors';
import type { Pos } from '../source';
import { digest, type HashAlgorithm, toHex, toNix32 } from './hashes';

/** How Nix names store paths (src/libstore/store-api). Everything is a byte string. */
export const STORE_DIR = '/nix/store';
const HASH_BYTES = 20;
const STORE_PATH = /^\/nix\/store\/[0-9a-df-np-sv-z]{32}-[^/]/;

/** The SHA-256 of a byte string in base 16: what fingerprints of store paths are made of. */
export function sha256Hex(text: string): string {
  return toHex(digest('sha256', toOctets(text)));
}

/** The store path of something of a type, such as `output:out`, whose hash (base 16) is known. */
function makeStorePath(type: string, hash: string, name: string): string {
  const full = digest('sha256', toOctets(`${type}:sha256:${hash}:${STORE_DIR}:${name}`));
  const short = new Uint8Array(HASH_BYTES);
  full.forEach((byte, i) => {
    short[i % HASH_BYTES] = short[i % HASH_BYTES]! ^ byte;
  });
  return `${STORE_DIR}/${toNix32(short)}-${name}`;
}

/** The path of an output of a derivation with this hash modulo its outputs. */
export function outputPath(output: string, hash: string, name: string): string {
  return makeStorePath(`output:${output}`, hash, outputName(name, output));
}

function outputName(name: string, output: string): string {
  return output === 'out' ? name : `${name}-${output}`;
}

/** The path of a file with a text and the store paths that it refers to, each once however often it is told. */
export function textPath(name: string, hash: string, references: readonly string[]): string {
  return makeStorePath(['text', ...[...new Set(references)].sort()].join(':'), hash, name);
}

/** The path of contents whose hash is fixed beforehand. */
export function fixedPath(name: string, algorithm: HashAlgorithm, hash: string, recursive: boolean): string {
  if (recursive && algorithm === 'sha256') {
    return makeStorePath('source', hash, name);
  }
  const inner = sha256Hex(`fixed:out:${recursive ? 'r:' : ''}${algorithm}:${hash}:`);
  return makeStorePath('output:out', inner, name);
}

/** Why a name cannot be that of a store path; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === '') {
    return 'name must not be empty';
  }
  if (name.length > 211) {
    return `name '${name}' must be no longer than 211 characters`;
  }
  if (name === '.' || name === '..') {
    return `name '${name}' is not valid`;
  }
  if (/^\.\.?-/.test(name)) {
    return `name '${name}' is not valid: first dash-separated component must not be '${name.startsWith('..') ? '..' : '.'}'`;
  }
  const illegal = /[^0-9a-zA-Z+\-._?=]/.exec(name);
  return illegal === null ? undefined : `name '${name}' contains illegal character '${illegal[0]}'`;
}

/**
 * A store path that was made, if its name is one that store paths can have.
 *
 * @throws NixError
 */
export function validStorePath(path: string, pos: Pos | undefined): string {
  const problem = nameProblem(storePathName(path));
  if (problem !== undefined) {
    const base = path.slice(STORE_DIR.length + 1);
    throw new NixError('eval', decodeUtf8(`path '${base}' is not a valid store path: ${problem}`), pos);
  }
  return path;
}

/** Whether a path is one of the store's own, and nothing below it. */
export function isStorePath(path: string): boolean {
  return STORE_PATH.test(path) && nameProblem(storePathName(path)) === undefined;
}

function storePathName(path: string): string {
  return path.slice(STORE_DIR.length + 34);
}

/** What stands for an output's path while it is not known. */
export function placeholderPath(output: string): string {
  return `/${toNix32(digest('sha256', toOctets(`nix-output:${output}`)))}`;
}
