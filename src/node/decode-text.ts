/**
 * The text of a file: UTF-8, or UTF-16 with its byte order mark, which is what `>` writes in the PowerShell that comes
 * with Windows.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** What a file's first bytes say that it was compressed with. */
export function compressionOf(bytes: Uint8Array): 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'zip' | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return start.startsWith('\x1f\x8b')
    ? 'gzip'
    : start === '\x28\xb5\x2f\xfd'
      ? 'zstd'
      : start === '\xfd7zX'
        ? 'xz'
        : start.startsWith('BZh')
          ? 'bzip2'
          : start === 'PK\x03\x04'
            ? 'zip'
            : undefined;
}
