import { attrsFrom } from '../attrs';
import { expectPlainString } from '../expect';
import type { BuiltinGroup } from './define';

export const versionBuiltins: BuiltinGroup = {
  splitVersion: [1, (_, [arg], pos) => splitVersion(expectPlainString(arg!, pos))],
  compareVersions: [
    2,
    (_, [left, right], pos) => compareVersions(expectPlainString(left!, pos), expectPlainString(right!, pos)),
  ],
  parseDrvName: [
    1,
    (_, [arg], pos) => {
      const { name, version } = parseDrvName(expectPlainString(arg!, pos));
      return attrsFrom([
        ['name', name],
        ['version', version],
      ]);
    },
  ],
};

/** Runs of digits and runs of other characters; `.` and `-` separate. */
function splitVersion(version: string): string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

/** -1, 0 or 1, as nix-env orders versions. */
function compareVersions(left: string, right: string): number {
  const a = splitVersion(left);
  const b = splitVersion(right);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    if (componentLess(x, y)) {
      return -1;
    }
    if (componentLess(y, x)) {
      return 1;
    }
  }
  return 0;
}

/** Nix's numbers are 32-bit ints here; what is longer is a word. */
function asNumber(component: string): number | undefined {
  if (!/^[0-9]+$/.test(component)) {
    return undefined;
  }
  const value = Number(component);
  return value <= 0x7fffffff ? value : undefined;
}

function componentLess(a: string, b: string): boolean {
  const x = asNumber(a);
  const y = asNumber(b);
  if (x !== undefined && y !== undefined) {
    return x < y;
  }
  if (a === '' && y !== undefined) {
    return true;
  }
  if (a === 'pre' && b !== 'pre') {
    return true;
  }
  if (b === 'pre') {
    return false;
  }
  if (y !== undefined) {
    // A word comes before a number: 2.3a < 2.3.1.
    return true;
  }
  return x === undefined && a < b;
}

/** The version begins after the first dash that is not followed by a letter. */
function parseDrvName(text: string): { readonly name: string; readonly version: string } {
  const match = /-(?![a-zA-Z])./s.exec(text);
  if (match === null) {
    return { name: text, version: '' };
  }
  return { name: text.slice(0, match.index), version: text.slice(match.index + 1) };
}
