import { describe, expect, it } from 'vitest';
import { extractVersion } from '../../../src/core/version';

describe('extractVersion', () => {
  it.each([
    ['Python 3.11.2', '3.11.2'],
    ['v20.11.1\n', '20.11.1'],
    ['go version go1.21.0 linux/amd64', '1.21.0'],
    ['openjdk version "17.0.9" 2023-10-17\nOpenJDK Runtime Environment (build 17.0.9+9-Debian-1deb12u1)', '17.0.9'],
    ['java version "1.8.0_392"', '1.8.0_392'],
    ['git version 2.39.2 (Apple Git-143)', '2.39.2'],
    ['OpenSSL 1.1.1w  11 Sep 2023', '1.1.1w'],
    ['OpenSSH_9.2p1 Debian-2+deb12u1, OpenSSL 3.0.11 19 Sep 2023', '9.2p1'],
    ['rustc 1.75.0 (82e1608df 2023-12-21)', '1.75.0'],
    ['PHP 8.2.7 (cli) (built: Jun  9 2023 19:37:27) (NTS)', '8.2.7'],
    ['GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)', '5.2.15'],
    ['psql (PostgreSQL) 15.6 (Debian 15.6-0+deb12u1)', '15.6'],
    ['ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux]', '3.1.2p20'],
    ['Docker version 24.0.7, build afdd53b', '24.0.7'],
    ['jq-1.6', '1.6'],
    ['tmux 3.3a', '3.3a'],
    ['Terraform v1.6.4\non linux_amd64', '1.6.4'],
    ['gcc (Debian 12.2.0-14) 12.2.0\nCopyright (C) 2022', '12.2.0'],
    ['Debian clang version 14.0.6', '14.0.6'],
    ['Client Version: v1.28.4\nKustomize Version: v5.0.4', '1.28.4'],
    ['\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux', '5.36.0'],
    ['3.40.1 2022-12-28 14:03:47 df5c253c0b3dd24916e4ec7cf77d3db5294cc9fd45ae7b9c5e82ad8197f38a24', '3.40.1'],
    ['NVIM v0.9.4\nBuild type: Release', '0.9.4'],
    ['aws-cli/2.13.0 Python/3.11.4 Linux/6.1', '2.13.0'],
    ['nix (Nix) 2.18.1', '2.18.1'],
    ['fish, version 3.6.0', '3.6.0'],
    ['curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.11', '7.88.1'],
    ['VIM - Vi IMproved 9.0 (2022 Jun 28, compiled May 04 2023)', '9.0'],
    ['ffmpeg version n6.0 Copyright (c) 2000-2023', '6.0'],
    ['less 590 (GNU regular expressions)', '590'],
    ['systemd 252 (252.22-1~deb12u1)', '252'],
    ['ghc-pkg: The Glorious Glasgow Haskell Compilation System, version 9.4.7', '9.4.7'],
    ['deno 1.38.0 (release, x86_64-unknown-linux-gnu)\nv8 12.0.267.1', '1.38.0'],
    ['2023.03.04', '2023.03.04'],
    ['tool 2023.03.04 1.2', '1.2'],
    ['watchman 2024.03.11.00', '2024.03.11.00'],
  ])('%s', (text, version) => {
    expect(extractVersion(text)).toBe(version);
  });

  it.each(['', 'command not found', 'error: no such option', 'usage: tool [-h]'])('finds none in %j', (text) => {
    expect(extractVersion(text)).toBeUndefined();
  });

  it('reads the beginning of garbage only', () => {
    for (const unit of ['1', '1.', 'a', '(', '-', 'version ', 'a_1.']) {
      extractVersion(unit.repeat(200_000));
    }
    expect(extractVersion(`${' '.repeat(5000)}1.2.3`)).toBeUndefined();
  });
});
