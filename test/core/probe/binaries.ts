/** A 64-bit ELF file with one section beside the names, as base64. */
export function elfBinary(name: string, bytes: Buffer): string {
  const names = Buffer.from(`\0.shstrtab\0${name}\0`);
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(62, 18);
  const table = 64 + names.length + bytes.length;
  header.writeBigUInt64LE(BigInt(table), 0x28);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt16LE(3, 0x3c);
  header.writeUInt16LE(1, 0x3e);
  const section = (at: number, offset: number, size: number) => {
    const entry = Buffer.alloc(64);
    entry.writeUInt32LE(at, 0);
    entry.writeBigUInt64LE(BigInt(offset), 24);
    entry.writeBigUInt64LE(BigInt(size), 32);
    return entry;
  };
  return Buffer.concat([
    header,
    names,
    bytes,
    Buffer.alloc(64),
    section(1, 64, names.length),
    section(11, 64 + names.length, bytes.length),
  ]).toString('base64');
}

/** A 64-bit ELF file whose one section is Go's build information, as base64. */
export function goBinary(module: string): string {
  const info = Buffer.concat([
    Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'),
    Buffer.alloc(16),
    varString(Buffer.from('go1.22.3')),
    varString(Buffer.concat([Buffer.alloc(16, 1), Buffer.from(module), Buffer.alloc(16, 2)])),
  ]);
  return elfBinary('.go.buildinfo', info);
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

/** A PE file whose resources hold a `ProductVersion`, as base64. */
export function peBinary(version: string): string {
  const head = Buffer.alloc(0x80);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(0x80, 0x3c);
  const header = Buffer.alloc(24);
  header.write('PE\0\0', 'latin1');
  header.writeUInt16LE(34404, 4);
  header.writeUInt16LE(1, 6);
  const resource = Buffer.from(`ProductVersion\0\0${version}\0`, 'utf16le');
  const section = Buffer.alloc(40);
  section.write('.rsrc', 'latin1');
  section.writeUInt32LE(resource.length, 16);
  section.writeUInt32LE(head.length + header.length + section.length, 20);
  return Buffer.concat([head, header, section, resource]).toString('base64');
}
