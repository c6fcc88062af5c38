import { sha256 } from '@noble/hashes/sha2.js';
import { toOctets } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import type { Pos } from '../source';
import { toHex } from './hashes';

/** Whether an entry goes into the archive. */
export type NarFilter = (path: string, kind: string) => boolean;

/**
 * The hash of a file or folder as a Nix archive (NAR), base 16.
 *
 * @param path byte string
 */
export function narHash(
  evaluator: Evaluator,
  path: string,
  filter: NarFilter | undefined,
  pos: Pos | undefined,
): string {
  const hash = sha256.create();
  const text = (value: string): void => {
    const data = toOctets(value);
    octets(data);
  };
  const octets = (data: Uint8Array): void => {
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
    hash.update(length);
    hash.update(data);
    if (data.length % 8 !== 0) {
      hash.update(new Uint8Array(8 - (data.length % 8)));
    }
  };
  const add = (place: string): void => {
    evaluator.steps(1000, pos);
    text('(');
    text('type');
    switch (evaluator.files.kind(place, pos)) {
      case 'regular': {
        const data = evaluator.files.octets(place, pos);
        evaluator.steps(data.length >> 4, pos);
        text('regular');
        if (evaluator.files.isExecutable(place)) {
          text('executable');
          text('');
        }
        text('contents');
        octets(data);
        break;
      }
      case 'directory':
        text('directory');
        for (const [name, kind] of evaluator.files.list(place, pos)) {
          const entry = `${place === '/' ? '' : place}/${name}`;
          if (filter === undefined || filter(entry, kind)) {
            text('entry');
            text('(');
            text('name');
            text(name);
            text('node');
            add(entry);
            text(')');
          }
        }
        break;
      case 'symlink':
        text('symlink');
        text('target');
        text(evaluator.files.readLink(place, pos));
        break;
      case 'unknown':
        throw new NixError('io', `file '${place}' has an unsupported type`, pos);
      case undefined:
        throw new NixError('io', `path '${place}' does not exist`, pos);
    }
    text(')');
  };
  text('nix-archive-1');
  add(path);
  return toHex(hash.digest());
}
