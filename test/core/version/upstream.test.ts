import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Packager, upstreamVersion } from '../../../src/core/version';

describe('upstreamVersion', () => {
  it.each<[Packager, string, string]>([
    ['dpkg', '3.11.2-1+deb12u1', '3.11.2'],
    ['dpkg', '2:3.11.2-1+deb12u1', '3.11.2'],
    ['dpkg', '12.22.12~dfsg-1~deb11u4', '12.22.12'],
    ['dpkg', '15.6+dfsg-2', '15.6'],
    ['dpkg', '1.34+dfsg-1.2+deb12u1', '1.34'],
    ['dpkg', '1:2.39.2-1.1', '2.39.2'],
    ['dpkg', '5.2.15-2+b7', '5.2.15'],
    ['dpkg', '3.0.11-1~deb12u2', '3.0.11'],
    ['dpkg', '4:12.2.0-3', '12.2.0'],
    ['dpkg', '1:14.0-55.7~deb12u1', '14.0'],
    ['dpkg', '17.0.9+9-1~deb12u1', '17.0.9+9'],
    ['dpkg', '20.11.1-1nodesource1', '20.11.1'],
    ['dpkg', '2.34.1-1ubuntu1.10', '2.34.1'],
    ['dpkg', '1.21~2', '1.21~2'],
    ['dpkg', '2.0~rc1-1', '2.0rc1'],
    ['dpkg', '1.9+really1.8.3-1', '1.8.3'],
    ['dpkg', '0.9.1+git20230501-2', '0.9.1'],
    ['dpkg', '6.4+20240113-1', '6.4'],
    ['dpkg', '9.4.0', '9.4.0'],
    ['rpm', '1:1.8.0.392.b08-4.el8', '1.8.0.392.b08'],
    ['rpm', '3.9.18-1.fc39', '3.9.18'],
    ['rpm', '2.0~rc1-3.fc39', '2.0rc1'],
    ['rpm', '0.5^20230501gitabcdef-1', '0.5'],
    ['apk', '1.2.3-r0', '1.2.3'],
    ['apk', '9.3_p2-r0', '9.3p2'],
    ['apk', '2.0_rc1-r3', '2.0-rc1'],
    ['pacman', '1:2.43.0-1', '2.43.0'],
    ['pacman', '13.2.1+r123+gabcdef0-1', '13.2.1'],
    ['homebrew', '3.11.6_1', '3.11.6'],
    ['homebrew', '3.11.6', '3.11.6'],
    ['chocolatey', '1.2.3.20240101', '1.2.3'],
    ['snap', 'v1.28.4', '1.28.4'],
    ['nix', '20.11.1', '20.11.1'],
  ])('%s %s is %s', (packager, version, upstream) => {
    expect(upstreamVersion(version, packager)).toBe(upstream);
  });

  it('never answers with nothing, and takes anything', () => {
    const packagers: readonly Packager[] = ['dpkg', 'rpm', 'apk', 'pacman', 'homebrew', 'conda', 'chocolatey', 'snap'];
    fc.assert(
      fc.property(fc.constantFrom(...packagers), fc.string({ maxLength: 40 }), (packager, text) => {
        const upstream = upstreamVersion(text, packager);
        expect(upstream === '').toBe(text.trim() === '');
      }),
    );
  });
});
