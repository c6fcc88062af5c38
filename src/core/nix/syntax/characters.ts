/** What a byte may be part of, one bit each. */
export enum Class {
  IdStart = 1,
  Digit = 2,
  Space = 4,
  /** `[a-zA-Z0-9._\-+]` */
  Path = 8,
  /** `[a-zA-Z0-9_'\-]` */
  Id = 16,
  /** What may stand after the colon of a URL. */
  Url = 32,
  /** `[a-zA-Z0-9+\-.]` */
  Scheme = 64,
}

function classify(): Uint8Array {
  const table = new Uint8Array(256);
  for (let c = 0; c < 128; c++) {
    const char = String.fromCharCode(c);
    table[c] =
      (/[a-zA-Z_]/.test(char) ? Class.IdStart : 0) |
      (/[0-9]/.test(char) ? Class.Digit : 0) |
      (/[ \t\r\n]/.test(char) ? Class.Space : 0) |
      (/[a-zA-Z0-9._\-+]/.test(char) ? Class.Path : 0) |
      (/[a-zA-Z0-9_'-]/.test(char) ? Class.Id : 0) |
      (/[a-zA-Z0-9%/?:@&=+$,\-_.!~*']/.test(char) ? Class.Url : 0) |
      (/[a-zA-Z0-9+\-.]/.test(char) ? Class.Scheme : 0);
  }
  return table;
}

/** The classes of each byte. */
export const CLASSES = classify();
