/*
 * The index file. Nothing in it is compressed by a general compressor: one attribute is found by a binary search over
 * blocks of names, and its versions are read from a few dozen bytes. Numbers are little-endian.
 *
 *   header      magic (8 bytes), then u32: file size, columns, names, and the offset of each part below
 *   strings     the words that columns refer to: lines (`unstable`, `nixos-23.05`) and lists of channels, with commas;
 *               how many (byte), then each as length (varint) and characters
 *   columns     one record a recorded revision, in the order of history: see COLUMN_BYTES
 *   hashes      the 20-byte revisions in ascending order
 *   columnOf    u16 for each hash: its column
 *   directory   u32 for each block of NAMES_PER_BLOCK names: where it starts
 *   blocks      names in ascending order, each: length shared with the name before (byte; 0 for a block's first), length
 *               of the rest (byte), the rest (ASCII), length of the row (varint), the row (see row.ts)
 */

/** `LSNPX` and the format's number. */
export const MAGIC: readonly number[] = [0x4c, 0x53, 0x4e, 0x50, 0x58, 0x00, 0x00, 0x01];

export const HEADER_BYTES = 8 + 4 * 9;

/** date (u32, seconds), attributes (u32), line and channels (a byte each: which string), flags (byte). */
export const COLUMN_BYTES = 11;

/** Flag: nested sets are recorded, too. */
export const NESTED = 0x80;

/** What the other flags of a column mean, by number. */
export const DATE_SOURCES = ['channel-history', 'first-seen'] as const;

export const HASH_BYTES = 20;

/** More make the file smaller, fewer make a lookup faster. */
export const NAMES_PER_BLOCK = 16;

/** `columnOf` has 16 bits, a column's references 8. */
export const MAX_COLUMNS = 65_535;
export const MAX_STRINGS = 255;
