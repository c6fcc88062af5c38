import { compareNixVersions, splitNixVersion } from '../../version/nix';
import { attrsFrom } from '../attrs';
import { expectPlainString } from '../expect';
import type { BuiltinGroup } from './define';

export const versionBuiltins: BuiltinGroup = {
  splitVersion: [
    1,
    (_, [arg], pos) => [
      ...splitNixVersion(
        expectPlainString(arg!, pos, 'while evaluating the first argument passed to builtins.splitVersion'),
      ),
    ],
  ],
  compareVersions: [
    2,
    (_, [left, right], pos) =>
      compareNixVersions(
        expectPlainString(left!, pos, 'while evaluating the first argument passed to builtins.compareVersions'),
        expectPlainString(right!, pos, 'while evaluating the second argument passed to builtins.compareVersions'),
      ),
  ],
  parseDrvName: [
    1,
    (_, [arg], pos) => {
      const { name, version } = parseDrvName(
        expectPlainString(arg!, pos, 'while evaluating the first argument passed to builtins.parseDrvName'),
      );
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
