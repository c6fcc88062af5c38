import type { Host } from '../host/host';
import { termuxPrefix } from '../host/termux';
import { readText } from '../host/text';
import type { HostFacts } from '../model/snapshot';
import { readPlistKey } from './sources/plist';

const LIMIT = 65_536;

/**
 * What a host's own files say of its system: os-release(5) on Linux, SystemVersion.plist on macOS. Works on hosts where
 * nothing can be run.
 */
export function readReleaseFiles(host: Host): Pick<HostFacts, 'distribution' | 'release' | 'name'> {
  switch (host.os) {
    case 'linux':
      return { ...(termuxPrefix(host) === undefined ? readOsRelease(host) : readAndroid(host)), ...readHostName(host) };
    case 'darwin': {
      const plist = '/System/Library/CoreServices/SystemVersion.plist';
      const distribution = readPlistKey(host.fs, plist, 'ProductName');
      const release = readPlistKey(host.fs, plist, 'ProductVersion');
      return { ...(distribution === undefined ? {} : { distribution }), ...(release === undefined ? {} : { release }) };
    }
    case 'windows':
      return { distribution: 'Windows' };
  }
}

function readOsRelease(host: Host): Pick<HostFacts, 'distribution' | 'release'> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const text = readText(host.fs, path, LIMIT);
    if (text.ok) {
      const distribution = field(text.value, 'NAME') ?? field(text.value, 'PRETTY_NAME') ?? field(text.value, 'ID');
      const release = field(text.value, 'VERSION_ID') ?? field(text.value, 'BUILD_ID');
      // A whole name has its release in it.
      const isTold = release === undefined || distribution?.split(' ').includes(release);
      return { ...(distribution === undefined ? {} : { distribution }), ...(isTold ? {} : { release }) };
    }
  }
  return {};
}

/** Android has no os-release(5); its properties may be read by everybody, or by nobody. */
function readAndroid(host: Host): Pick<HostFacts, 'distribution' | 'release'> {
  const text = readText(host.fs, '/system/build.prop', LIMIT);
  const release = text.ok ? field(text.value, 'ro\\.build\\.version\\.release') : undefined;
  return { distribution: 'Termux on Android', ...(release === undefined ? {} : { release }) };
}

function readHostName(host: Host): Pick<HostFacts, 'name'> {
  const text = readText(host.fs, '/etc/hostname', LIMIT);
  const name = text.ok ? text.value.trim() : '';
  return name === '' || name.includes('\n') ? {} : { name };
}

function field(text: string, name: string): string | undefined {
  const value = new RegExp(`^${name}=(?:"([^"]*)"|'([^']*)'|(.*))$`, 'm').exec(text);
  return value?.[1] ?? value?.[2] ?? value?.[3];
}
