import { type ByteReader, uint } from '../binary/byte-reader';

const PAGE = 4096;
const SLOT = 16;
const MAX_PAGES = 2048;
/** `RpmP`, `Slot` and `BlbS` as little-endian numbers (rpm, `lib/backend/ndb/rpmpkg.c`). */
const MAGIC = { file: 0x506d7052, slot: 0x746f6c53, blob: 0x53626c42 };
const VERSION = 0;

/** Whether the file is a package database in SUSE's format. */
export function isNdb(file: ByteReader): boolean {
  const head = file.bytes(0, 8);
  return uint(head, 0, 4, true) === MAGIC.file && uint(head, 4, 4, true) === VERSION;
}

/** The headers of SUSE's format: pages of slots, each pointing to a header in blocks of 16 bytes. */
export function* readNdbHeaders(file: ByteReader): Generator<Uint8Array> {
  if (!isNdb(file)) {
    return;
  }
  const pages = Math.min(uint(file.bytes(12, 4), 0, 4, true), MAX_PAGES);
  for (let page = 0; page < pages; page++) {
    const slots = file.bytes(page * PAGE, PAGE);
    // What stands for the first two slots of the file is its own header.
    for (let at = page === 0 ? 2 * SLOT : 0; at + SLOT <= slots.length; at += SLOT) {
      const number = uint(slots, at + 4, 4, true);
      if (uint(slots, at, 4, true) !== MAGIC.slot || number === 0) {
        continue;
      }
      const start = uint(slots, at + 8, 4, true) * SLOT;
      const room = uint(slots, at + 12, 4, true) * SLOT;
      const blob = file.bytes(start, SLOT);
      if (uint(blob, 0, 4, true) === MAGIC.blob && uint(blob, 4, 4, true) === number) {
        yield file.bytes(start + SLOT, Math.min(uint(blob, 12, 4, true), room));
      }
    }
  }
}
