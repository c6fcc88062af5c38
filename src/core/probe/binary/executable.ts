import { type ByteReader, cString, uint } from './byte-reader';

/** A named part of an executable. */
export interface Section {
  readonly name: string;
  /** In the file. */
  readonly offset: number;
  readonly size: number;
  /** In memory, when the program runs. */
  readonly address: number;
}

/** What the headers of an executable say. */
export interface Executable {
  readonly format: 'elf' | 'mach-o' | 'pe' | 'script';
  /** Nix's word, such as `x86_64`; several for a universal binary, split by commas. */
  readonly architecture?: string;
  /** The section table, read when it is first asked for. */
  readonly sections: () => readonly Section[];
}

const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'i686',
  40: 'armv7l',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv64',
  21: 'powerpc64le',
  22: 's390x',
  258: 'loongarch64',
};
const MACH_MACHINES: Readonly<Record<number, string>> = { 7: 'i686', 16777223: 'x86_64', 16777228: 'aarch64' };
const PE_MACHINES: Readonly<Record<number, string>> = { 332: 'i686', 34404: 'x86_64', 43620: 'aarch64' };
const MAX_SECTIONS = 512;
const NO_SECTIONS = (): readonly Section[] => [];

/**
 * Reads the headers of ELF (System V gABI), Mach-O (`mach-o/loader.h`, universal too) and PE (Microsoft's PE format)
 * files.
 *
 * @returns undefined for any other file
 */
export function readExecutable(reader: ByteReader): Executable | undefined {
  const head = reader.bytes(0, 4096);
  const magic = uint(head, 0, 4, false);
  switch (magic) {
    case 0x7f454c46:
      return readElf(reader, head);
    case 0xcffaedfe:
      return readMachO(reader, head, 0);
    case 0xcafebabe:
      return readUniversal(reader, head);
  }
  if (magic >>> 16 === 0x4d5a) {
    return readPe(reader, head);
  }
  return magic >>> 16 === 0x2321 ? { format: 'script', sections: NO_SECTIONS } : undefined;
}

function withArchitecture(format: Executable['format'], name: string | undefined, read: Executable['sections']) {
  let known: readonly Section[] | undefined;
  const sections = () => {
    known ??= read();
    return known;
  };
  return name === undefined ? { format, sections } : { format, architecture: name, sections };
}

function readElf(reader: ByteReader, head: Uint8Array): Executable {
  const wide = head[4] === 2;
  const little = head[5] !== 2;
  const number = (at: number, width: number) => uint(head, at, width, little);
  const machine = number(18, 2);
  const architecture = machine === 21 && !little ? 'powerpc64' : ELF_MACHINES[machine];
  const sections = () => {
    const table = wide ? number(0x28, 8) : number(0x20, 4);
    const size = number(wide ? 0x3a : 0x2e, 2);
    const count = Math.min(number(wide ? 0x3c : 0x30, 2), MAX_SECTIONS);
    const names = number(wide ? 0x3e : 0x32, 2);
    const bytes = reader.bytes(table, size * count);
    const read = (index: number) => {
      const at = index * size;
      return {
        name: uint(bytes, at, 4, little),
        address: wide ? uint(bytes, at + 16, 8, little) : uint(bytes, at + 12, 4, little),
        offset: wide ? uint(bytes, at + 24, 8, little) : uint(bytes, at + 16, 4, little),
        size: wide ? uint(bytes, at + 32, 8, little) : uint(bytes, at + 20, 4, little),
      };
    };
    const strings = read(names);
    const text = reader.bytes(strings.offset, Math.min(strings.size, 65_536));
    return Array.from({ length: count }, (_, index) => read(index)).map((section) => ({
      ...section,
      name: cString(text, section.name),
    }));
  };
  return withArchitecture('elf', architecture, sections);
}

function readMachO(reader: ByteReader, head: Uint8Array, base: number): Executable {
  const sections = () => {
    const found: Section[] = [];
    const commands = reader.bytes(base + 32, Math.min(uint(head, 20, 4, true), 65_536));
    let at = 0;
    for (let index = 0; index < Math.min(uint(head, 16, 4, true), MAX_SECTIONS); index++) {
      const size = uint(commands, at + 4, 4, true);
      if (uint(commands, at, 4, true) === 0x19) {
        const count = Math.min(uint(commands, at + 64, 4, true), MAX_SECTIONS);
        for (let section = 0; section < count; section++) {
          const start = at + 72 + section * 80;
          found.push({
            name: cString(commands, start, 16),
            address: uint(commands, start + 32, 8, true),
            size: uint(commands, start + 40, 8, true),
            offset: base + uint(commands, start + 48, 4, true),
          });
        }
      }
      if (size < 8) {
        break;
      }
      at += size;
    }
    return found;
  };
  return withArchitecture('mach-o', MACH_MACHINES[uint(head, 4, 4, true)], sections);
}

function readUniversal(reader: ByteReader, head: Uint8Array): Executable | undefined {
  const count = uint(head, 4, 4, false);
  if (count === 0 || count > 8) {
    // A Java class file has the same magic number; its version stands where the count would.
    return undefined;
  }
  const names = Array.from({ length: count }, (_, index) => MACH_MACHINES[uint(head, 8 + index * 20, 4, false)]);
  const first = uint(head, 16, 4, false);
  const part = readMachO(reader, reader.bytes(first, 32), first);
  return { format: 'mach-o', architecture: names.map((name) => name ?? 'unknown').join(','), sections: part.sections };
}

function readPe(reader: ByteReader, head: Uint8Array): Executable | undefined {
  const start = uint(head, 0x3c, 4, true);
  const header = reader.bytes(start, 24 + 1024);
  if (uint(header, 0, 4, false) !== 0x50450000) {
    return undefined;
  }
  const sections = () => {
    const count = Math.min(uint(header, 6, 2, true), 96);
    const optional = uint(header, 20, 2, true);
    // `ImageBase`: 8 bytes in PE32+, whose magic number is 0x20b; addresses in the table are relative to it.
    const base = uint(header, 24, 2, true) === 0x20b ? uint(header, 24 + 24, 8, true) : uint(header, 24 + 28, 4, true);
    const table = reader.bytes(start + 24 + optional, count * 40);
    return Array.from({ length: count }, (_, index) => ({
      name: cString(table, index * 40, 8),
      address: base + uint(table, index * 40 + 12, 4, true),
      size: uint(table, index * 40 + 16, 4, true),
      offset: uint(table, index * 40 + 20, 4, true),
    }));
  };
  return withArchitecture('pe', PE_MACHINES[uint(header, 4, 2, true)], sections);
}
