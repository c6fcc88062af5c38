import { describe, expect, test } from 'vitest';
import { seeHost } from '../../../src/core/environment';
import { hiveRegistry } from '../../../src/core/environment/registry-hive';
import type { HostFileSystem } from '../../../src/core/host/host';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { offlineHost } from '../../../src/core/probe/offline-host';
import { machine } from '../probe/machine';

interface Key {
  readonly values?: Readonly<Record<string, string | number>>;
  readonly keys?: Readonly<Record<string, Key>>;
}

/** Writes a hive: cells one behind the other, each key before what it names. */
function hive(root: Key, list: 'lf' | 'li' | 'ri' = 'lf'): Buffer {
  const cells: Buffer[] = [];
  let end = 32;
  const put = (content: Buffer): number => {
    const cell = Buffer.alloc(Math.ceil((content.length + 4) / 8) * 8);
    cell.writeInt32LE(-cell.length);
    content.copy(cell, 4);
    const at = end;
    cells.push(cell);
    end += cell.length;
    return at;
  };
  const words = (...numbers: number[]) => Buffer.from(Uint32Array.from(numbers).buffer);
  const head = (name: string, count: number) =>
    Buffer.concat([Buffer.from(name), Buffer.from(Uint16Array.of(count).buffer)]);
  const listOf = (offsets: readonly number[]): number => {
    switch (list) {
      case 'lf':
        return put(Buffer.concat([head('lf', offsets.length), words(...offsets.flatMap((offset) => [offset, 0]))]));
      case 'li':
        return put(Buffer.concat([head('li', offsets.length), words(...offsets)]));
      case 'ri': {
        const lists = offsets.map((offset) => put(Buffer.concat([head('li', 1), words(offset)])));
        return put(Buffer.concat([head('ri', lists.length), words(...lists)]));
      }
    }
  };
  const key = (name: string, { values = {}, keys = {} }: Key): number => {
    const below = Object.entries(keys).map(([child, content]) => key(child, content));
    const own = Object.entries(values).map(([label, value]) => {
      const data = typeof value === 'number' ? undefined : put(Buffer.from(`${value}\0`, 'utf16le'));
      const vk = Buffer.alloc(20 + label.length);
      vk.write('vk');
      vk.writeUInt16LE(label.length, 2);
      vk.writeUInt32LE(typeof value === 'number' ? 0x80000004 : 2 * value.length + 2, 4);
      vk.writeUInt32LE(typeof value === 'number' ? value : data!, 8);
      vk.writeUInt32LE(typeof value === 'number' ? 4 : 2, 12);
      vk.writeUInt16LE(1, 16);
      vk.write(label, 20, 'latin1');
      return put(vk);
    });
    const nk = Buffer.alloc(76 + name.length);
    nk.write('nk');
    nk.writeUInt16LE(0x20, 2);
    nk.writeUInt32LE(below.length, 20);
    nk.writeUInt32LE(below.length > 0 ? listOf(below) : 0xffffffff, 28);
    nk.writeUInt32LE(own.length, 36);
    nk.writeUInt32LE(own.length > 0 ? put(words(...own)) : 0xffffffff, 40);
    nk.writeUInt16LE(name.length, 72);
    nk.write(name, 76, 'latin1');
    return put(nk);
  };
  const at = key('ROOT', root);
  const header = Buffer.alloc(4096 + 32);
  header.write('regf');
  header.writeUInt32LE(at, 36);
  header.write('hbin', 4096);
  return Buffer.concat([header, ...cells]);
}

const SYSTEM: Key = {
  keys: {
    Other: {},
    Select: { values: { Current: 2 } },
    ControlSet001: {},
    ControlSet002: {
      keys: {
        Control: {
          keys: {
            'Session Manager': { keys: { Environment: { values: { Path: '%SystemRoot%;C:\\Go\\bin', NUMBER: 7 } } } },
          },
        },
      },
    },
  },
};
const USER: Key = { keys: { Environment: { values: { Path: '%USERPROFILE%\\bin', JAVA_HOME: 'C:\\jdk' } } } };
const KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

const entry = (bytes: Buffer): RecordedEntry => ({ base64: bytes.toString('base64') });
const files = (system: Buffer, user: Buffer): HostFileSystem =>
  machine(
    {
      'C:\\Windows\\System32\\config\\SYSTEM': entry(system),
      'C:\\Users\\ada\\NTUSER.DAT': entry(user),
    },
    { os: 'windows' },
  ).fs;

describe('hives of the registry', () => {
  test.each(['lf', 'li', 'ri'] as const)('values of keys in lists of kind %s', async (list) => {
    const registry = hiveRegistry(files(hive(SYSTEM, list), hive(USER, list)), 'C:\\Users\\ada');
    expect(await registry(KEY)).toEqual({ ok: true, value: { Path: '%SystemRoot%;C:\\Go\\bin' } });
    expect(await registry('HKCU\\environment')).toEqual({
      ok: true,
      value: { Path: '%USERPROFILE%\\bin', JAVA_HOME: 'C:\\jdk' },
    });
    expect(await registry('HKCU\\None')).toEqual({ ok: false, code: 'not-found' });
    expect(await registry('HKCR\\None')).toEqual({ ok: false, code: 'not-found' });
  });

  test('a Windows that nobody runs has the PATH of its registry', async () => {
    const seen = await seeHost(offlineHost(files(hive(SYSTEM), hive(USER)), 'rootfs:/w'), { deadline: 0 });
    expect('host' in seen && seen.host.pathEntries).toEqual(['C:\\Windows', 'C:\\Go\\bin', 'C:\\Users\\ada\\bin']);
  });

  test('a Windows without hives keeps the usual folders', async () => {
    const { fs } = machine({ 'C:\\Windows\\System32': { folder: true } }, { os: 'windows' });
    const seen = await seeHost(offlineHost(fs, 'rootfs:/w'), { deadline: 0 });
    expect('host' in seen && seen.host.pathEntries).toContain('C:\\Windows\\System32');
  });

  test('broken hives give less, and never anything else', async () => {
    const whole = hive(USER);
    for (let index = 0; index < 3000; index += 1) {
      const broken = Buffer.from(whole.subarray(0, index % 3 === 0 ? 4096 + (index % whole.length) : whole.length));
      for (const step of [7, 131, 1009]) {
        const at = 4096 + ((index * step) % (broken.length - 4095));
        if (at < broken.length) {
          broken[at] = (index * step) % 256;
        }
      }
      const read = await hiveRegistry(files(broken, broken), 'C:\\Users\\ada')('HKCU\\Environment');
      expect(typeof read.ok).toBe('boolean');
    }
    expect(await hiveRegistry(files(Buffer.from('no hive'), whole), 'C:\\Users\\ada')(KEY)).toEqual({
      ok: false,
      code: 'io',
    });
  });
});
