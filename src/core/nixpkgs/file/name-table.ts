import { brokenIndex } from './broken';
import { ByteReader } from './bytes';
import { NAMES_PER_BLOCK } from './format';

/**
 * The sorted names of an index file with the place of each row. A search compares bytes where they lie, without making
 * strings: a fresh process runs it unoptimised, and then every call counts.
 */
export class NameTable {
  readonly #bytes: Uint8Array;
  readonly #directory: number;
  readonly #blocks: number;
  readonly #end: number;
  readonly count: number;

  /**
   * @param directory where the u32 offsets of the blocks begin
   * @param blocks where the blocks begin
   * @param end where they end
   * @param count how many names there are
   */
  constructor(bytes: Uint8Array, directory: number, blocks: number, end: number, count: number) {
    this.#bytes = bytes;
    this.#directory = directory;
    this.#blocks = blocks;
    this.#end = end;
    this.count = count;
  }

  /** A reader of the row of `name`; `undefined` when it is not there. */
  find(name: string): ByteReader | undefined {
    if (this.count === 0) {
      return undefined;
    }
    return this.#findInBlock(this.#blockOf(name), name);
  }

  /** Every name with a reader of its row, ascending; from the block on in which `from` is or would be. */
  *entries(from?: string): Generator<readonly [name: string, row: ByteReader]> {
    let reader = new ByteReader(this.#bytes, this.#end, this.#end);
    let name = '';
    const start = from === undefined || this.count === 0 ? 0 : this.#blockOf(from) * NAMES_PER_BLOCK;
    for (let i = start; i < this.count; i++) {
      if (i % NAMES_PER_BLOCK === 0) {
        reader = new ByteReader(this.#bytes, this.#blockStart(i / NAMES_PER_BLOCK), this.#end);
        name = '';
      }
      const shared = reader.byte();
      if (shared > name.length) {
        throw brokenIndex(`a name cannot be told at byte ${reader.at}`);
      }
      name = name.slice(0, shared) + reader.text(reader.byte());
      yield [name, reader.slice(reader.varint())];
    }
  }

  /** The block in which a name is or would be. */
  #blockOf(name: string): number {
    const bytes = this.#bytes;
    let block = 0;
    let high = this.#blockCount - 1;
    while (block < high) {
      const middle = (block + high + 1) >> 1;
      const at = this.#blockStart(middle);
      if (compareAt(bytes, at + 2, bytes[at + 1] as number, name) <= 0) {
        block = middle;
      } else {
        high = middle - 1;
      }
    }
    return block;
  }

  get #blockCount(): number {
    return Math.ceil(this.count / NAMES_PER_BLOCK);
  }

  #blockStart(block: number): number {
    const at = this.#directory + block * 4;
    const bytes = this.#bytes;
    const offset =
      ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)) +
      (bytes[at + 3] as number) * 0x1000000;
    const start = this.#blocks + offset;
    // A block is never empty: its first name has two lengths before it.
    if (start + 2 > this.#end) {
      throw brokenIndex(`block ${block} begins at ${start}, after the end at ${this.#end}`);
    }
    return start;
  }

  /*
   * `matched` is how many characters of `name` the last entry began with. Names ascend, so an entry that shares more
   * than that with the one before it differs from `name` where that one did, and one that shares less is greater.
   */
  #findInBlock(block: number, name: string): ByteReader | undefined {
    const bytes = this.#bytes;
    const end = this.#end;
    const entries = Math.min(NAMES_PER_BLOCK, this.count - block * NAMES_PER_BLOCK);
    let at = this.#blockStart(block);
    let matched = 0;
    for (let i = 0; i < entries; i++) {
      const shared = i === 0 ? 0 : (bytes[at] as number);
      const length = bytes[at + 1] as number;
      const text = at + 2;
      at = text + length;
      if (shared < matched) {
        return undefined;
      }
      let isName = false;
      if (shared === matched) {
        const limit = Math.min(length, name.length - matched);
        let same = 0;
        while (same < limit && bytes[text + same] === name.charCodeAt(matched + same)) {
          same++;
        }
        matched += same;
        isName = same === length && matched === name.length;
      }
      // The length of the row, a varint, read in place.
      let size = 0;
      let shift = 0;
      let byte = 0x80;
      while (byte >= 0x80 && shift < 28) {
        if (at >= end) {
          throw brokenIndex(`a name runs past the end at byte ${end}`);
        }
        byte = bytes[at++] as number;
        size |= (byte & 0x7f) << shift;
        shift += 7;
      }
      if (isName) {
        return new ByteReader(bytes, at, at + size);
      }
      at += size;
    }
    return undefined;
  }
}

/** Below 0 when the `length` bytes at `at` come before `name`, 0 when they are `name`, above 0 when they come after. */
function compareAt(bytes: Uint8Array, at: number, length: number, name: string): number {
  const limit = Math.min(length, name.length);
  for (let i = 0; i < limit; i++) {
    const order = (bytes[at + i] as number) - name.charCodeAt(i);
    if (order !== 0) {
      return order;
    }
  }
  return length - name.length;
}
