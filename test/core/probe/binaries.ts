/** A 64-bit ELF file with one section beside the names, as base64. */
export function elfBinary(name: string, bytes: Buffer): string {
  return elfWith([[name, bytes]]);
}

/** A 64-bit ELF file with the given sections beside the names, as base64. */
export function elfWith(sections: readonly (readonly [name: string, bytes: Buffer])[]): string {
  const names = Buffer.from(['', '.shstrtab', ...sections.map(([name]) => name), ''].join('\0'));
  const parts = [names, ...sections.map(([, bytes]) => bytes)];
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(BigInt(64 + Buffer.concat(parts).length), 0x28);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt16LE(parts.length + 1, 0x3c);
  header.writeUInt16LE(1, 0x3e);
  const entries = parts.map((bytes, index) => {
    const entry = Buffer.alloc(64);
    entry.writeUInt32LE(names.indexOf(`\0${index === 0 ? '.shstrtab' : sections[index - 1]![0]}\0`) + 1, 0);
    entry.writeBigUInt64LE(BigInt(64 + Buffer.concat(parts.slice(0, index)).length), 24);
    entry.writeBigUInt64LE(BigInt(bytes.length), 32);
    return entry;
  });
  return Buffer.concat([header, ...parts, Buffer.alloc(64), ...entries]).toString('base64');
}

/** A 64-bit ELF file with Go's build information and, maybe, read-only data, as base64. */
export function goBinary(module: string, data?: string): string {
  const info = Buffer.concat([
    Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'),
    Buffer.alloc(16),
    varString(Buffer.from('go1.22.3')),
    varString(Buffer.concat([Buffer.alloc(16, 1), Buffer.from(module), Buffer.alloc(16, 2)])),
  ]);
  return elfWith([['.go.buildinfo', info], ...(data === undefined ? [] : [['.rodata', Buffer.from(data)] as const])]);
}

/**
 * The same as Go wrote it before 1.18: the section holds two pointers to strings, whose heads and bytes lie in another
 * section. For a big-endian machine, so that nobody takes the order for granted.
 */
export function oldGoBinary(module: string): string {
  const base = 0x400000;
  const names = Buffer.from('\0.shstrtab\0.go.buildinfo\0.data\0');
  const version = Buffer.from('go1.16.5');
  const text = Buffer.concat([Buffer.alloc(16, 1), Buffer.from(module), Buffer.alloc(16, 2)]);
  const heads = Buffer.alloc(32);
  const data = Buffer.concat([heads, version, text]);
  heads.writeBigUInt64BE(BigInt(base + 32), 0);
  heads.writeBigUInt64BE(BigInt(version.length), 8);
  heads.writeBigUInt64BE(BigInt(base + 32 + version.length), 16);
  heads.writeBigUInt64BE(BigInt(text.length), 24);
  heads.copy(data);
  const info = Buffer.alloc(32);
  info.write('\xff Go buildinf:\x08\x01', 'latin1');
  info.writeBigUInt64BE(BigInt(base), 16);
  info.writeBigUInt64BE(BigInt(base + 16), 24);
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x02\x01', 'latin1');
  header.writeUInt16BE(22, 18);
  header.writeBigUInt64BE(BigInt(64 + names.length + info.length + data.length), 0x28);
  header.writeUInt16BE(64, 0x3a);
  header.writeUInt16BE(4, 0x3c);
  header.writeUInt16BE(1, 0x3e);
  const section = (name: number, address: number, offset: number, size: number) => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32BE(name, 0);
    bytes.writeBigUInt64BE(BigInt(address), 16);
    bytes.writeBigUInt64BE(BigInt(offset), 24);
    bytes.writeBigUInt64BE(BigInt(size), 32);
    return bytes;
  };
  return Buffer.concat([
    header,
    names,
    info,
    data,
    Buffer.alloc(64),
    section(1, 0, 64, names.length),
    section(11, 0x500000, 64 + names.length, info.length),
    section(25, base, 64 + names.length + info.length, data.length),
  ]).toString('base64');
}

function varString(bytes: Buffer): Buffer {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest >= 0x80; rest >>= 7) {
    length.push((rest & 0x7f) | 0x80);
  }
  return Buffer.concat([Buffer.from([...length, rest]), bytes]);
}

/** A PE file whose resources hold a `ProductVersion` and, maybe, a `ProductName`, as base64. */
export function peBinary(version: string, product?: string): string {
  const head = Buffer.alloc(0x80);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(0x80, 0x3c);
  const header = Buffer.alloc(24);
  header.write('PE\0\0', 'latin1');
  header.writeUInt16LE(34404, 4);
  header.writeUInt16LE(1, 6);
  const name = product === undefined ? '' : `ProductName\0\0${product}\0\0`;
  const resource = Buffer.from(`${name}ProductVersion\0\0${version}\0`, 'utf16le');
  const section = Buffer.alloc(40);
  section.write('.rsrc', 'latin1');
  section.writeUInt32LE(resource.length, 16);
  section.writeUInt32LE(head.length + header.length + section.length, 20);
  return Buffer.concat([head, header, section, resource]).toString('base64');
}
