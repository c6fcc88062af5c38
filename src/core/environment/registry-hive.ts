import type { FsResult, HostFileSystem } from '../host/host';

/*
 * Values of the Windows registry from its files ("regf" hives), as Microsoft's and the libregf project's descriptions of
 * the format have them: cells behind a header of 4 KiB, keys ("nk") with lists of subkeys ("lf", "lh", "li", "ri") and of
 * values ("vk"). Every offset is checked by reading through the host; broken hives only give less.
 */

const CELLS = 4096;
const MAX_CELL = 65_536;
const MAX_SUBKEYS = 20_000;
const MAX_VALUES = 1000;
const REG_SZ = 1;
const REG_EXPAND_SZ = 2;

type Values = Readonly<Record<string, string>>;

/**
 * A registry over the hives of a Windows folder tree that nobody runs: `HKLM\SYSTEM\CurrentControlSet\…` from the
 * system's hive, `HKCU\…` from the user's.
 */
export function hiveRegistry(fs: HostFileSystem, home: string): (key: string) => Promise<FsResult<Values>> {
  return async (key) => {
    const [root, ...rest] = key.split('\\');
    if (root === 'HKCU') {
      return readHive(fs, `${home}\\NTUSER.DAT`, rest);
    }
    const [hive, set, ...below] = rest;
    const file = `C:\\Windows\\System32\\config\\${hive}`;
    if (root !== 'HKLM' || hive === undefined || set === undefined) {
      return { ok: false, code: 'not-found' };
    }
    return readHive(fs, file, [set === 'CurrentControlSet' ? currentSet(fs, file) : set, ...below]);
  };
}

/** `ControlSet001`: the link CurrentControlSet is only made when Windows runs. */
function currentSet(fs: HostFileSystem, file: string): string {
  const hive = openHive(fs, file);
  const key = hive === undefined ? undefined : findKey(hive, ['Select']);
  const value =
    key === undefined || hive === undefined ? undefined : listValues(hive, key).find(({ name }) => name === 'Current');
  return `ControlSet${String(value?.inline ?? 1).padStart(3, '0')}`;
}

function readHive(fs: HostFileSystem, file: string, path: readonly string[]): FsResult<Values> {
  const stat = fs.stat(file);
  if (!stat.ok) {
    return stat;
  }
  const hive = openHive(fs, file);
  const key = hive === undefined ? undefined : findKey(hive, path);
  if (hive === undefined || key === undefined) {
    return { ok: false, code: hive === undefined ? 'io' : 'not-found' };
  }
  const texts = listValues(hive, key).flatMap(({ name, text }) => (text === undefined ? [] : [[name, text] as const]));
  return { ok: true, value: Object.fromEntries(texts) };
}

interface Hive {
  /** The offset of the root key. */
  readonly root: number;
  /** The content of a cell; undefined where there is none. */
  cell(offset: number): Bytes | undefined;
}

interface Bytes {
  readonly length: number;
  u16(at: number): number;
  u32(at: number): number;
  ascii(at: number, length: number): string;
  utf16(at: number, length: number): string;
}

function openHive(fs: HostFileSystem, file: string): Hive | undefined {
  const header = fs.readFile(file, CELLS);
  if (!header.ok) {
    return undefined;
  }
  const head = bytesOf(header.value);
  if (head.ascii(0, 4) !== 'regf') {
    return undefined;
  }
  return {
    root: head.u32(36),
    cell(offset) {
      const size = fs.readFile(file, 4, CELLS + offset);
      const length = size.ok && size.value.length === 4 ? (-bytesOf(size.value).u32(0) >>> 0) - 4 : 0;
      if (length <= 0 || length > MAX_CELL * 16) {
        return undefined;
      }
      const content = fs.readFile(file, Math.min(length, MAX_CELL), CELLS + offset + 4);
      return content.ok ? bytesOf(content.value) : undefined;
    },
  };
}

function bytesOf(bytes: Uint8Array): Bytes {
  const byte = (at: number) => bytes[at] ?? 0;
  const u16 = (at: number) => byte(at) | (byte(at + 1) << 8);
  const codes = (length: number, step: number, read: (index: number) => number) =>
    String.fromCharCode(
      ...Array.from({ length: Math.floor(Math.min(length, MAX_CELL) / step) }, (_, index) => read(index)),
    );
  return {
    length: bytes.length,
    u16,
    u32: (at) => (u16(at) | (u16(at + 2) << 16)) >>> 0,
    ascii: (at, length) => codes(length, 1, (index) => byte(at + index)),
    utf16: (at, length) => codes(length, 2, (index) => u16(at + 2 * index)),
  };
}

/** A key by its path below the root; names are compared as Windows does. */
function findKey(hive: Hive, path: readonly string[]): Bytes | undefined {
  let key = keyAt(hive, hive.root);
  for (const name of path) {
    if (key === undefined || key.u32(20) === 0) {
      return undefined;
    }
    const wanted = name.toLowerCase();
    let found: Bytes | undefined;
    for (const offset of subkeys(hive, key.u32(28))) {
      const candidate = keyAt(hive, offset);
      if (candidate !== undefined && keyName(candidate).toLowerCase() === wanted) {
        found = candidate;
        break;
      }
    }
    key = found;
  }
  return key;
}

function keyAt(hive: Hive, offset: number): Bytes | undefined {
  const cell = hive.cell(offset);
  return cell !== undefined && cell.ascii(0, 2) === 'nk' ? cell : undefined;
}

function keyName(key: Bytes): string {
  const length = key.u16(72);
  return (key.u16(2) & 0x20) === 0 ? key.utf16(76, length) : key.ascii(76, length);
}

/** The offsets of subkeys; a list of lists is opened once. */
function subkeys(hive: Hive, offset: number, nested = false): readonly number[] {
  const list = hive.cell(offset);
  const kind = list?.ascii(0, 2);
  if (list === undefined || kind === undefined) {
    return [];
  }
  const count = Math.min(list.u16(2), MAX_SUBKEYS);
  const step = kind === 'lf' || kind === 'lh' ? 8 : 4;
  const offsets = Array.from({ length: Math.min(count, Math.floor((list.length - 4) / step)) }, (_, index) =>
    list.u32(4 + step * index),
  );
  switch (kind) {
    case 'lf':
    case 'lh':
    case 'li':
      return offsets;
    case 'ri':
      return nested ? [] : offsets.flatMap((one) => subkeys(hive, one, true)).slice(0, MAX_SUBKEYS);
    default:
      return [];
  }
}

interface Value {
  readonly name: string;
  /** Of `REG_SZ` and `REG_EXPAND_SZ`. */
  readonly text?: string;
  /** Of what fits into four bytes. */
  readonly inline?: number;
}

function listValues(hive: Hive, key: Bytes): readonly Value[] {
  const count = Math.min(key.u32(36), MAX_VALUES);
  const list = count === 0 ? undefined : hive.cell(key.u32(40));
  return list === undefined
    ? []
    : Array.from({ length: Math.min(count, Math.floor(list.length / 4)) }, (_, index) => list.u32(4 * index)).flatMap(
        (offset) => readValue(hive, offset),
      );
}

function readValue(hive: Hive, offset: number): readonly Value[] {
  const value = hive.cell(offset);
  if (value === undefined || value.ascii(0, 2) !== 'vk') {
    return [];
  }
  const length = value.u16(2);
  const name = (value.u16(16) & 1) === 0 ? value.utf16(20, length) : value.ascii(20, length);
  const size = value.u32(4);
  if (size >= 0x80000000) {
    return [{ name, inline: value.u32(8) }];
  }
  const type = value.u32(12);
  const data = type === REG_SZ || type === REG_EXPAND_SZ ? hive.cell(value.u32(8)) : undefined;
  return data === undefined || name === '__proto__'
    ? []
    : [{ name, text: data.utf16(0, Math.min(size, data.length)).replace(/\0[\s\S]*$/, '') }];
}
