import type { ByteReader } from '../binary/byte-reader';

/** Bytes read at a time: neighbours are asked for together. */
const WINDOW = 1_048_576;

/** Reads the pages of a file of pages, the first of which is 0; shorter at the end of the file. */
export function pageReader(file: ByteReader, size: number): (index: number) => Uint8Array {
  const window = Math.max(1, Math.floor(WINDOW / size));
  let first = -1;
  let bytes: Uint8Array = new Uint8Array(0);
  return (index) => {
    if (first < 0 || index < first || index >= first + window) {
      first = index;
      bytes = file.bytes(index * size, window * size);
    }
    return bytes.subarray((index - first) * size, (index - first + 1) * size);
  };
}
