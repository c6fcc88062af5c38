import { brokenIndex } from './broken';

/** Grows as it is written; numbers are unsigned. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param capacity how many bytes to expect; it grows beyond */
  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  #reserve(count: number): void {
    if (this.#length + count > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Little-endian, 32 bits. */
  u32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) {
      this.byte((value >>> shift) & 0xff);
    }
  }

  /** Seven bits a byte, lowest first, high bit on all but the last. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** ASCII, a byte each: needs no text decoder. */
  text(text: string): void {
    for (let i = 0; i < text.length; i++) {
      this.byte(text.charCodeAt(i));
    }
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** What was written, without a copy: the writer is done with. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Reads what {@link ByteWriter} wrote. Every read is checked: running past `end` is a `ProblemError`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    if (at < 0 || at > end || end > bytes.length) {
      throw brokenIndex(`a part lies at ${at} to ${end}, outside of the file's ${bytes.length} bytes`);
    }
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  byte(): number {
    if (this.at >= this.end) {
      throw brokenIndex(`it ends early, at byte ${this.end}`);
    }
    return this.bytes[this.at++] as number;
  }

  u32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  /** At most 28 bits, which no count or offset of ours exceeds. */
  varint(): number {
    const first = this.byte();
    if (first < 0x80) {
      return first;
    }
    let value = first & 0x7f;
    for (let shift = 7; shift < 28; shift += 7) {
      const next = this.byte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw brokenIndex(`a number is too long at byte ${this.at}`);
  }

  /** `count` ASCII characters. */
  text(count: number): string {
    const { at, end, bytes } = this;
    if (count > end - at) {
      throw brokenIndex(`a text of ${count} characters runs past its end at byte ${at}`);
    }
    this.at = at + count;
    let text = '';
    for (let i = at; i < at + count; i++) {
      text += String.fromCharCode(bytes[i] as number);
    }
    return text;
  }

  /** A reader of the next `count` bytes, which this one steps over. */
  slice(count: number): ByteReader {
    if (count > this.end - this.at) {
      throw brokenIndex(`a part of ${count} bytes runs past its end at byte ${this.at}`);
    }
    const from = this.at;
    this.at += count;
    return new ByteReader(this.bytes, from, this.at);
  }
}
