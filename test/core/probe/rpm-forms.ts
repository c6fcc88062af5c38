/** Headers as SUSE's `Packages.db` holds them (rpm, `lib/backend/ndb/rpmpkg.c`): one page of slots, then the blobs. */
export function ndb(headers: readonly Uint8Array[]): Buffer {
  const slots = Buffer.alloc(4096);
  slots.write('RpmP');
  slots.writeUInt32LE(0, 4);
  slots.writeUInt32LE(1, 8);
  slots.writeUInt32LE(1, 12);
  slots.writeUInt32LE(headers.length + 1, 16);
  const parts = [slots];
  let block = 4096 / 16;
  for (const [index, header] of headers.entries()) {
    const blocks = Math.ceil((16 + header.length + 12) / 16);
    const blob = Buffer.alloc(blocks * 16);
    blob.write('BlbS');
    blob.writeUInt32LE(index + 1, 4);
    blob.writeUInt32LE(1, 8);
    blob.writeUInt32LE(header.length, 12);
    blob.set(header, 16);
    blob.writeUInt32LE(header.length, blob.length - 8);
    blob.write('BlbE', blob.length - 4);
    parts.push(blob);
    // A free slot in between, as removed packages leave them.
    const at = 32 + index * 32;
    slots.write('Slot', at);
    slots.writeUInt32LE(index + 1, at + 4);
    slots.writeUInt32LE(block, at + 8);
    slots.writeUInt32LE(blocks, at + 12);
    slots.write('Slot', at + 16);
    block += blocks;
  }
  return Buffer.concat(parts);
}

const PAGE = 4096;
const HEAD = 26;

/**
 * Headers as Berkeley DB's hash holds them (`db_page.h`): a page that tells of the file, a page of keys and values, and
 * each value on pages of its own.
 */
export function berkeley(headers: readonly Uint8Array[], isLittle: boolean): Buffer {
  const pages: Buffer[] = [Buffer.alloc(PAGE), Buffer.alloc(PAGE)];
  const put = (page: Buffer, at: number, width: number, value: number) =>
    isLittle ? page.writeUIntLE(value, at, width) : page.writeUIntBE(value, at, width);
  const [meta, hash] = pages as [Buffer, Buffer];
  let end = PAGE;
  let entries = 0;
  const item = (bytes: Buffer) => {
    end -= bytes.length;
    hash.set(bytes, end);
    put(hash, HEAD + entries * 2, 2, end);
    entries += 1;
  };
  for (const [index, header] of headers.entries()) {
    item(Buffer.from([1, index + 1, 0, 0, 0]));
    const place = Buffer.alloc(12);
    place[0] = 3;
    put(place, 4, 4, pages.length);
    put(place, 8, 4, header.length);
    item(place);
    for (let at = 0; at < header.length; at += PAGE - HEAD) {
      const piece = header.subarray(at, at + PAGE - HEAD);
      const page = Buffer.alloc(PAGE);
      const isLast = at + PAGE - HEAD >= header.length;
      put(page, 8, 4, pages.length);
      put(page, 16, 4, isLast ? 0 : pages.length + 1);
      put(page, 22, 2, piece.length);
      page[25] = 7;
      page.set(piece, HEAD);
      pages.push(page);
    }
  }
  item(Buffer.from([1, 0, 0, 0, 0]));
  item(Buffer.from([1, headers.length, 0, 0, 0]));
  put(hash, 8, 4, 1);
  put(hash, 20, 2, entries);
  put(hash, 22, 2, end);
  hash[25] = 13;
  put(meta, 12, 4, 0x061561);
  put(meta, 16, 4, 9);
  put(meta, 20, 4, PAGE);
  meta[25] = 8;
  put(meta, 32, 4, pages.length - 1);
  return Buffer.concat(pages);
}
