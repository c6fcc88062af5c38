import { expect, it } from 'vitest';
import { foldersOnPath } from '../../../../src/core/flake/read/hook-path';
import { readInMemory } from '../inputs/read-in-memory';

it.each<[string, readonly string[]]>([
  ['export PATH=/a/bin:$PATH', ['/a/bin']],
  ['PATH="/a/bin:/b/bin:$PATH"', ['/a/bin', '/b/bin']],
  ['  export PATH=$PATH:/a/bin # there\n', ['/a/bin']],
  ['echo hi; export PATH="$PATH:/a/bin"; echo there', ['/a/bin']],
  ['export PATH="$HOME/bin:\\\n/a/bin:${PATH:-}"', ['/a/bin']],
  ['export PATH=/a/bin:$PATH\nexport PATH=/b/bin', ['/b/bin']],
  // Nothing that depends on something.
  ['if true; then\nexport PATH=/a/bin:$PATH\nfi\nexport PATH=/b/bin:$PATH', ['/b/bin']],
  ['if true; then export PATH=/a/bin:$PATH; fi', []],
  ['[ -d /a ] && export PATH=/a/bin:$PATH', []],
  ['f() {\nexport PATH=/a/bin:$PATH\n}\nPATH=/b/bin:$PATH', ['/b/bin']],
  ['case $x in\n a) export PATH=/a/bin:$PATH ;;\nesac', []],
  ['for x in a; do\nPATH=/a/bin:$PATH\ndone', []],
  ['# export PATH=/a/bin:$PATH', []],
  ['echo "\nexport PATH=/a/bin:$PATH\n"', []],
  ['cat <<EOF\nexport PATH=/a/bin:$PATH\nEOF\nPATH=/b/bin:$PATH', ['/b/bin']],
  ['(\nexport PATH=/a/bin:$PATH\n)', []],
  ['PATH=/a/bin:$PATH make', []],
  ['exit\nexport PATH=/a/bin:$PATH', []],
  ['MANPATH=/a/bin', []],
  ['cat <<< word\nexport PATH=/a/bin:$PATH', ['/a/bin']],
  [`x=${'${'.repeat(50_000)}\nexport PATH=/a/bin:$PATH`, []],
])('%.80j puts %j on PATH', (hook, folders) => {
  expect(foldersOnPath(hook)).toEqual(folders);
});

const read = (shell: string) =>
  readInMemory({
    inputs: {},
    outputs: `{ nixpkgs, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in { devShells.x86_64-linux.default = pkgs.mkShellNoCC { ${shell} }; }`,
  }).shells['default'];

it('shows packages that a hook puts on PATH, apart from those that are asked for', () => {
  const shell = read(`packages = [ pkgs.jq ]; shellHook = ''
    export PATH="\${pkgs.git}/bin:\${pkgs.lib.makeBinPath [ pkgs.openssl pkgs.jq ]}:$PATH"
    export OTHER=\${pkgs.fd}/bin
    if true; then export PATH=\${pkgs.fd}/bin:$PATH; fi
  '';`);
  expect(shell?.packages.map(({ attribute }) => attribute)).toEqual(['jq']);
  expect(shell?.implied).toMatchObject([
    { attribute: 'git', option: 'shellHook', position: { file: 'flake.nix', line: 1 } },
    { attribute: 'openssl', option: 'shellHook' },
  ]);
  expect(shell?.implied).toHaveLength(2);
});

it('finds no package in a text that was not made of it', () => {
  const hook = 'shellHook = builtins.unsafeDiscardStringContext "export PATH=${pkgs.git}/bin:$PATH";';
  expect(read(hook)?.implied).toBeUndefined();
  expect(read('shellHook = "export PATH=/usr/bin:$PATH";')?.implied).toBeUndefined();
});
