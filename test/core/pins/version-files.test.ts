import { describe, expect, it } from 'vitest';
import { pinsOf, pinsOfFile } from './project';

describe('files with one version', () => {
  it.each([
    ['.nvmrc', 'lts/iron\n', ['node lts/iron → >=20.0.0 <21.0.0-0 @ .nvmrc:1:1']],
    ['.nvmrc', '# why\n\n  v20.11.1   # pinned\n', ['node v20.11.1 → 20.11.1 @ .nvmrc:3:3']],
    ['.nvmrc', 'lts/*', ['node lts/* → lts @ .nvmrc:1:1']],
    ['.node-version', '20\r\n', ['node 20 → >=20.0.0 <21.0.0-0 @ .node-version:1:1']],
    [
      '.python-version',
      '3.11.4\n3.10\n',
      ['python 3.11.4 → 3.11.4 @ .python-version:1:1', 'python 3.10 → >=3.10.0 <3.11.0-0 @ .python-version:2:1'],
    ],
    ['.python-version', 'pypy3.10-7.3.15\n', ['pypy pypy3.10-7.3.15 → >=3.10.0 <3.11.0-0 @ .python-version:1:1']],
    ['.ruby-version', 'ruby-3.2.2\n', ['ruby ruby-3.2.2 → 3.2.2 @ .ruby-version:1:1']],
    ['.ruby-version', 'jruby-9.4.5.0\n', ['jruby jruby-9.4.5.0 → 9.4.5.0 @ .ruby-version:1:1']],
    ['.java-version', 'temurin64-17.0.9\n', ['java temurin64-17.0.9 → 17.0.9 @ .java-version:1:1']],
    ['.java-version', '1.8\n', ['java 1.8 → >=8.0.0 <9.0.0-0 @ .java-version:1:1']],
    ['.terraform-version', '1.5.7', ['terraform 1.5.7 → 1.5.7 @ .terraform-version:1:1']],
    ['.terraform-version', '>= 1.5.0 # why\n', ['terraform >= 1.5.0 → >=1.5.0 @ .terraform-version:1:1']],
    ['.terraform-version', 'latest:^1.5', ['terraform latest:^1.5 → latest @ .terraform-version:1:1']],
    [
      '.python-version',
      'cpython-3.12.1-linux-x86_64-gnu\n',
      ['python cpython-3.12.1-linux-x86_64-gnu → 3.12.1 @ .python-version:1:1'],
    ],
    ['.python-version', '3.12.0/envs/foo\n', ['python 3.12.0/envs/foo → 3.12.0 @ .python-version:1:1']],
    [
      '.ruby-version',
      'truffleruby+graalvm-23.1.0\n',
      ['truffleruby truffleruby+graalvm-23.1.0 → 23.1.0 @ .ruby-version:1:1'],
    ],
    ['.terraform-version', 'latest', ['terraform latest → latest @ .terraform-version:1:1']],
    ['.bun-version', '1.0.30\n', ['bun 1.0.30 → 1.0.30 @ .bun-version:1:1']],
    ['.zigversion', '0.11.0\n', ['zig 0.11.0 → 0.11.0 @ .zigversion:1:1']],
    ['.go-version', '1.22\n', ['go 1.22 → >=1.22.0 <1.23.0-0 @ .go-version:1:1']],
    ['runtime.txt', 'python-3.11.4\n', ['python 3.11.4 → 3.11.4 @ runtime.txt:1:8']],
    ['rust-toolchain', '1.75.0\n', ['rustc 1.75.0 → 1.75.0 @ rust-toolchain:1:1']],
    [
      'rust-toolchain',
      '[toolchain]\nchannel = "nightly-2024-01-01"\n',
      ['rustc nightly-2024-01-01 → nightly @ rust-toolchain:2:11'],
    ],
    [
      'rust-toolchain.toml',
      '[toolchain]\ncomponents = ["clippy"]\nchannel = "1.75"\n',
      ['rustc 1.75 → >=1.75.0 <1.76.0-0 @ rust-toolchain.toml:3:11'],
    ],
    [
      '.sdkmanrc',
      '# Enable auto-env\njava=17.0.10-tem\n gradle = 8.5\n',
      ['java 17.0.10-tem → 17.0.10 @ .sdkmanrc:2:6', 'gradle 8.5 → >=8.5.0 <8.6.0-0 @ .sdkmanrc:3:11'],
    ],
  ])('%s: %j', (path, text, expected) => {
    expect(pinsOfFile(path, text)).toEqual(expected);
  });

  it('says that a file is empty, and that a name is no version', () => {
    const { pins, problems, unresolved } = pinsOf({ '.nvmrc': '# nothing\n\n', '.python-version': 'my-project\n' });
    expect(pins).toEqual([]);
    expect(problems.map(({ code, position }) => [code, position?.file])).toEqual([['pin-file-empty', '.nvmrc']]);
    expect(unresolved.map(({ what }) => what)).toEqual(['my-project']);
  });

  it('keeps the whole pin', () => {
    expect(pinsOf({ '.nvmrc': 'v20.11.1\n' })).toEqual({
      schema: 'lockstep.pins/1',
      files: ['.nvmrc'],
      pins: [
        {
          tool: 'node',
          constraint: 'v20.11.1',
          scheme: 'exact',
          range: '20.11.1',
          source: 'version-file',
          declaredBy: '.nvmrc',
          group: '.nvmrc',
          position: { file: '.nvmrc', line: 1, column: 1 },
          text: 'v20.11.1',
        },
      ],
      unresolved: [],
      problems: [],
    });
  });
});

describe('version managers', () => {
  it('reads .tool-versions', () => {
    const text =
      '# tools\nnodejs 20.11.0 # lts\npython 3.11.4 3.10.2 system\njava temurin-17.0.9+9\nterraform ref:main\n';
    expect(pinsOfFile('.tool-versions', text)).toEqual([
      'node 20.11.0 → 20.11.0 @ .tool-versions:2:8',
      'python 3.11.4 → 3.11.4 @ .tool-versions:3:8',
      'python 3.10.2 → 3.10.2 @ .tool-versions:3:15',
      'python system → system @ .tool-versions:3:22',
      'java temurin-17.0.9+9 → 17.0.9 @ .tool-versions:4:6',
    ]);
    expect(pinsOf({ '.tool-versions': text }).unresolved.map(({ what }) => what)).toEqual(['terraform ref:main']);
  });

  it.each(['mise.toml', '.mise.toml', '.config/mise.toml', '.config/mise/config.toml'])('reads %s', (path) => {
    const text = [
      'min_version = "2024.1.0"',
      '[tools]',
      'node = "20"',
      "python = ['3.11', '3.10']",
      'terraform = { version = "1.6", os = ["linux"] }',
      '"npm:prettier" = "3.2.5"',
      'java = "{{ env.JAVA }}"',
      'go = "prefix:1.22"',
      '[tools.ruby]',
      'version = "3.3"',
    ].join('\n');
    const { pins, unresolved } = pinsOf({ [path]: text });
    expect(pins.map((pin) => [pin.tool, pin.constraint, pin.range, pin.position.line, pin.position.column])).toEqual([
      ['go', 'prefix:1.22', '>=1.22.0 <1.23.0-0', 8, 6],
      ['mise', '2024.1.0', '>=2024.1.0', 1, 15],
      ['node', '20', '>=20.0.0 <21.0.0-0', 3, 8],
      ['prettier', '3.2.5', '3.2.5', 6, 18],
      ['python', '3.11', '>=3.11.0 <3.12.0-0', 4, 11],
      ['python', '3.10', '>=3.10.0 <3.11.0-0', 4, 19],
      ['ruby', '3.3', '>=3.3.0 <3.4.0-0', 10, 11],
      ['terraform', '1.6', '>=1.6.0 <1.7.0-0', 5, 25],
    ]);
    expect(unresolved.map(({ what }) => what)).toEqual(['java {{ env.JAVA }}']);
  });
});
