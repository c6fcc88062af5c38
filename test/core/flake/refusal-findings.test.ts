import { describe, expect, it, test } from 'vitest';
import { readInMemory } from './inputs/read-in-memory';

const SHELL = 'mkShell { packages = with pkgs; [ jq terraform vscode ]; }';
const TOLD =
  '`terraform` and `vscode` are unfree, and this nixpkgs does not allow that: Nix refuses to open the shell.';

/** What is told of unfree packages in the dev shell of a flake. */
function unfree(outputs: string, inputs: Readonly<Record<string, string>> = {}, files = {}) {
  return readInMemory({ inputs, outputs, files }).findings.filter(({ code }) => code === 'package-unfree');
}

/** The same of a shell whose `pkgs` are given. */
function unfreeOf(pkgs: string, shell = SHELL) {
  return unfree(`{ nixpkgs, ... }: let pkgs = ${pkgs}; in { devShells.x86_64-linux.default = pkgs.${shell}; }`);
}

describe('unfree packages', () => {
  it('are told where nixpkgs refuses them, with the place of the first', () => {
    expect(unfreeOf('nixpkgs.legacyPackages.x86_64-linux')).toMatchObject([
      { message: TOLD, hint: expect.stringContaining('allowUnfree'), position: { file: 'flake.nix', line: 1 } },
    ]);
    expect(unfreeOf('import nixpkgs { system = "x86_64-linux"; config = { }; }')).toMatchObject([{ message: TOLD }]);
  });

  test.each([
    ['are allowed', 'config.allowUnfree = true;'],
    ['may be allowed one by one', 'config.allowUnfreePredicate = pkg: true;'],
    ['may be allowed by their licence', 'config.allowlistedLicenses = [ nixpkgs.lib.licenses.bsl11 ];'],
    ['may be allowed where nobody knows the settings', 'config = { pkgs }: { };'],
  ])('are not told where they %s', (_, settings) => {
    expect(unfreeOf(`import nixpkgs { system = "x86_64-linux"; ${settings} }`)).toEqual([]);
  });

  test.each(['config.allowUnfree = false;', 'config = { allowUnfree = false; allowlistedLicenses = [ ]; };'])(
    'are told where settings do not allow them: %s',
    (settings) => {
      expect(unfreeOf(`import nixpkgs { system = "x86_64-linux"; ${settings} }`)).toMatchObject([{ message: TOLD }]);
    },
  );

  test.each([
    ['pkg: builtins.elem (nixpkgs.lib.getName pkg) [ "vscode" ]', '`terraform` is unfree'],
    ['pkg: builtins.elem (pkg.pname or "") [ "terraform" "vscode" ]', undefined],
    ['pkg: nixpkgs.lib.hasPrefix "terra" (nixpkgs.lib.getName pkg)', '`vscode` is unfree'],
    ['pkg: false', '`terraform` and `vscode` are unfree'],
    ['pkg: pkg.meta.license.free', undefined],
  ])('are told where a predicate leaves them out: %s', (predicate, message) => {
    const told = unfreeOf(`import nixpkgs { system = "x86_64-linux"; config.allowUnfreePredicate = ${predicate}; }`);
    expect(told).toMatchObject(message === undefined ? [] : [{ message: expect.stringContaining(message) }]);
  });

  test('may be called otherwise than their attributes, and parts of sets mostly are', () => {
    const shell = 'mkShell { packages = with pkgs; [ zoom-us steam vscode-extensions.ms-vscode.cpptools discord ]; }';
    const names = '[ "zoom" "steam-unwrapped" "vscode-extension-ms-vscode-cpptools" ]';
    const told = unfreeOf(
      `import nixpkgs { system = "x86_64-linux"; config.allowUnfreePredicate = pkg: builtins.elem (nixpkgs.lib.getName pkg) ${names}; }`,
      shell,
    );
    expect(told).toMatchObject([{ message: expect.stringMatching(/^`discord` is unfree/) }]);
  });

  it('are only those whose licence is known', () => {
    const outputs = `{ nixpkgs, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in { devShells.x86_64-linux.default =
      pkgs.mkShell { packages = with pkgs; [ terraform cudaPackages.nccl jetbrains.idea-community ]; }; }`;
    const told = (nixpkgs: string, day: string) =>
      readInMemory({ inputs: { nixpkgs }, outputs, lockedAt: Date.parse(day) / 1000 }).findings.flatMap(
        ({ code, message }) => (code === 'package-unfree' ? [message] : []),
      );
    // Before HashiCorp changed its licence, and after.
    expect(told('NixOS/nixpkgs/nixos-22.11', '2023-05-02')).toEqual([]);
    expect(told('NixOS/nixpkgs/nixos-unstable', '2024-05-02')).toEqual([
      expect.stringMatching(/^`terraform` is unfree/),
    ]);
  });

  it('are counted where they are many', () => {
    const shell = 'mkShell { packages = with pkgs; [ discord obsidian postman slack spotify vscode zoom-us ]; }';
    expect(unfreeOf('nixpkgs.legacyPackages.x86_64-linux', shell)).toMatchObject([
      { message: expect.stringMatching(/^`discord`, `obsidian`, `postman`, `slack`, `spotify` and 2 more are unfree/) },
    ]);
  });

  it('are what the settings of a framework make of them', () => {
    const snowfall = (config: string) =>
      unfree(
        `inputs: inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; ${config} }`,
        { 'snowfall-lib': 'snowfallorg/lib' },
        { 'shells/default/default.nix': `{ pkgs, ... }: pkgs.${SHELL}` },
      );
    expect(snowfall('')).toMatchObject([{ message: TOLD }]);
    expect(snowfall('channels-config.allowUnfree = true;')).toEqual([]);
    const blueprint = (config: string) =>
      unfree(
        `inputs: inputs.blueprint { inherit inputs; ${config} }`,
        { blueprint: 'numtide/blueprint' },
        { 'devshell.nix': `{ pkgs, ... }: pkgs.${SHELL}` },
      );
    expect(blueprint('')).toMatchObject([{ message: TOLD }]);
    expect(blueprint('nixpkgs.config.allowUnfree = true;')).toEqual([]);
    const flakelight = (config: string) =>
      unfree(
        `{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; ${config} devShell.packages = pkgs: with pkgs; [ terraform vscode ]; }`,
        { flakelight: 'nix-community/flakelight' },
      );
    expect(flakelight('')).toMatchObject([{ message: TOLD }]);
    expect(flakelight('nixpkgs.config.allowUnfree = true;')).toEqual([]);
  });

  it('are left to a flake around nixpkgs, which has settings of its own', () => {
    const outputs = `{ rolling, ... }: let pkgs = rolling.legacyPackages.x86_64-linux; in { devShells.x86_64-linux.default = pkgs.${SHELL}; }`;
    expect(unfree(outputs, { rolling: 'cachix/devenv-nixpkgs/rolling' })).toEqual([]);
  });
});

describe('packages of the other kernel', () => {
  const unsupported = (system: string, config = '') =>
    readInMemory({
      inputs: {},
      system,
      outputs: `{ nixpkgs, ... }: let pkgs = import nixpkgs { system = "${system}"; ${config} }; in { devShells.${system}.default =
        pkgs.mkShell { packages = with pkgs; [ jq strace ] ++ lib.optionals stdenv.hostPlatform.isLinux [ bubblewrap ] ++ [ mas ]; }; }`,
    }).findings.filter(({ code }) => code === 'package-unsupported');

  it('are told where Nix refuses them, with what to write instead', () => {
    expect(unsupported('aarch64-darwin')).toMatchObject([
      {
        message: '`strace` is not for aarch64-darwin: Nix refuses to open the shell there.',
        hint: expect.stringContaining('hostPlatform.isLinux'),
        position: { file: 'flake.nix', line: 2 },
      },
    ]);
    expect(unsupported('x86_64-linux')).toMatchObject([
      { message: expect.stringMatching(/^`mas` is not for x86_64-linux/), hint: expect.stringContaining('isDarwin') },
    ]);
  });

  it('are not told where they are allowed', () => {
    expect(unsupported('aarch64-darwin', 'config.allowUnsupportedSystem = true;')).toEqual([]);
  });
});

describe('packages that nobody mends any more', () => {
  const insecure = (day: string, config = '') =>
    readInMemory({
      inputs: { nixpkgs: 'NixOS/nixpkgs/nixos-unstable' },
      lockedAt: Date.parse(day) / 1000,
      outputs: `{ nixpkgs, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; ${config} }; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.openssl_1_1 pkgs.openssl ]; }; }`,
    }).findings.flatMap(({ code, message }) => (code === 'package-insecure' ? [message] : []));

  it('are told from when on Nix refuses them', () => {
    expect(insecure('2023-03-01')).toEqual([]);
    expect(insecure('2024-05-01')).toEqual([expect.stringMatching(/^`openssl_1_1` is insecure/)]);
    expect(insecure('2024-05-01', 'config.permittedInsecurePackages = [ "openssl-1.1.1w" ];')).toEqual([]);
    expect(insecure('2024-05-01', 'config.permittedInsecurePackages = [ "nodejs-16.20.2" ];')).toHaveLength(1);
  });
});
