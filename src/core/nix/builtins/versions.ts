import { compareNixVersions, splitNixVersion } from '../../version/nix';
import { attrsFrom } from '../attrs';
import { expectPlainString } from '../expect';
import type { BuiltinGroup } from './define';

export const versionBuiltins: BuiltinGroup = {
  splitVersion: [1, (_, [arg], pos) => [...splitNixVersion(expectPlainString(arg!, pos))]],
  compareVersions: [
    2,
    (_, [left, right], pos) => compareNixVersions(expectPlainString(left!, pos), expectPlainString(right!, pos)),
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

/** The version begins after the first dash that is not followed by a letter. */
function parseDrvName(text: string): { readonly name: string; readonly version: string } {
  const match = /-(?![a-zA-Z])./s.exec(text);
  if (match === null) {
    return { name: text, version: '' };
  }
  return { name: text.slice(0, match.index), version: text.slice(match.index + 1) };
}
