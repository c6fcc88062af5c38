import { describe, expect, test } from 'vitest';
import { IndexFile, openIndex, withRevision } from '../../../../src/core/nixpkgs';
import { at, syntheticIndex } from '../../nixpkgs/synthetic';
import { lockOf, packageLines, RECORDED, readMemoryFlake, readShellSource } from '../memory-flake';

/** Attributes of the nixpkgs that the index has: what came of them, and what was said of those that did not come. */
function read(attributes: string, more: Parameters<typeof readShellSource>[1] = {}) {
  const { packages, unresolved } = readShellSource(`pkgs.mkShell { packages = with pkgs; [ ${attributes} ]; }`, more);
  return [packages.map(({ attribute }) => attribute), unresolved.map(({ reason }) => reason)] as const;
}

describe('names of sets and in sets, with the built-in index', () => {
  test('a name of a set that is a package in this nixpkgs is a package', () => {
    expect(read('aflplusplus mkl netbeans')).toEqual([['aflplusplus', 'mkl', 'netbeans'], []]);
  });

  test.each([
    ['xorg.libX12', /^Attribute 'libX12' missing\. This nixpkgs has no xorg\.libX12\. Did you mean one of libX11/],
    ['gst_all_1.gst-plugin-good', /Did you mean one of gst-plugins-good/],
    ['llvmPackages_17.lldd', /Did you mean one of lldb, lld/],
    ['llvmPackages_99.clang', /^Undefined variable 'llvmPackages_99'\. Did you mean llvmPackages\?/],
    ['unixtools.xxxd', /Did you mean xxd\?/],
    ['nosuchPackages.x', /^Undefined variable 'nosuchPackages'\.$/],
    ['python3Package.numpy', /Did you mean one of python3Packages/],
    ['ocaml-ng.ocamlPackages_6_1.dune_3', /^Nixpkgs has no ocaml-ng\.ocamlPackages_6_1; its newest of the time is/],
    ['ocaml-ng.ocamlPackages_4_15.dune_3', /^Nixpkgs has no ocaml-ng\.ocamlPackages_4_15/],
    ['python3Packages.poetry', /took python3Packages\.poetry out on 2023-01-09: it moved to the top level/],
    ['python312Packages.pysha3', /safe-pysha3 replaces it/],
    ['exa', /had exa until .* Did you mean one of eza/],
  ])('%s is an error with near names', (attribute, reason) => {
    expect(read(`${attribute} jq`)).toEqual([['jq'], [expect.stringMatching(reason)]]);
  });

  test.each([
    'xorg.libX11',
    'xorg.xf86videoqxl',
    'xorg.xextproto',
    'gst_all_1.gst-plugins-base',
    'llvmPackages_17.clang-tools',
    'llvmPackages.bintoolsNoLibc',
    'unixtools.netstat',
    'ocaml-ng.ocamlPackages_4_14.dune_3',
    'ocaml-ng.ocamlPackages_5_3.dune_3',
    'kakounePlugins.parinfer-rust',
    'cudaPackages_12_1.cudatoolkit',
    'gccNGPackages_15.gcc-unwrapped',
    'linuxPackages_6_6.perf',
    'python39Packages.whatever',
    'haskellPackages.whatever',
  ])('%s is there, or cannot be told', (attribute) => {
    const [packages, unresolved] = read(`${attribute.replace('python39', 'python311')} jq`);
    expect([packages.length, unresolved]).toEqual([2, []]);
  });

  test('a removal counts on the branches that it reached', () => {
    const [packages] = readLocked('nixos-22.11', '2023-03-01', 'python3Packages.poetry');
    const [, unresolved] = readLocked('nixos-23.05', '2023-06-20', 'python3Packages.poetry');
    const [unnamed] = readLocked('my-own', '2023-06-20', 'python3Packages.poetry');
    expect([packages, unresolved, unnamed]).toEqual([
      ['python3Packages.poetry'],
      [expect.stringContaining('it moved to the top level')],
      ['python3Packages.poetry'],
    ]);
  });

  test('what came after the records is not refused', () => {
    const asked = 'newPackages.x xorg.libX12 ocaml-ng.ocamlPackages_6_1.dune_3';
    expect(readLocked('nixos-unstable', '2026-06-01', asked)).toEqual([
      ['newPackages.x', 'xorg.libX12', 'ocaml-ng.ocamlPackages_6_1.dune_3'],
      [],
    ]);
  });

  test('a name that is not checked says so, and what is near', () => {
    const [numpy, other] = readShellSource(
      'pkgs.mkShell { packages = with pkgs.python3Packages; [ numppy requests-futures ]; }',
    ).packages;
    expect(numpy?.reason).toMatch(
      /^Not checked: .*`lockstep index update`.* python3Packages\.numpy is surely there\.$/,
    );
    expect(other?.reason).toMatch(/^Not checked: [^.]*brings the rest\.$/);
  });

  test('near names are looked for among the first few hundred names that are not checked', () => {
    const asked = Array.from({ length: 400 }, (_, i) => `numpp${'y'.repeat(1 + (i % 2))}x${i}`);
    const { packages } = readShellSource(
      `pkgs.mkShell { packages = with pkgs.python3Packages; [ numppy ${asked.join(' ')} numpyy numppy ]; }`,
    );
    const hints = packages.filter(({ reason }) => reason?.includes('is surely there') === true);
    expect([packages.length, hints[0]?.attribute]).toEqual([402, 'python3Packages.numppy']);
    expect(packages.at(-1)).toMatchObject({
      attribute: 'python3Packages.numpyy',
      reason: expect.not.stringContaining('surely'),
    });
  });

  test('a package that became a set is one from then on, and a package before', () => {
    const [, reasons] = read('maple-mono');
    expect(reasons).toEqual(['It is a set, not a package.']);
    expect(read('maple-mono.NF jq')).toEqual([['maple-mono.NF', 'jq'], []]);
    expect(readLocked('nixos-23.05', '2023-08-01', 'maple-mono')).toEqual([['maple-mono'], []]);
  });

  test('the same package by two names is listed once, where it stands first', () => {
    const [packages] = read(
      'ocamlPackages.ocaml ocaml clang llvmPackages.clang llvmPackages_17.clang perlPackages.perl perl black python3Packages.black',
    );
    expect(packages).toEqual([
      'ocamlPackages.ocaml',
      'clang',
      'llvmPackages_17.clang',
      'perlPackages.perl',
      'black',
      'python3Packages.black',
    ]);
  });

  test('a set of a nixpkgs with an unknown overlay may have anything', () => {
    const shell = readShellSource(
      `let own = import nixpkgs { inherit system; overlays = [ inputs.strange.overlays.default ]; };
      in own.mkShell { packages = with own; [ xorg.libX12 python3Packages.poetry ]; }`,
      { inputs: { strange: 'someone/strange' } },
    );
    expect([shell.packages.length, shell.unresolved]).toEqual([2, []]);
  });
});

/** What a lock of another revision gives, by branch and day. */
function readLocked(branch: string, day: string, attributes: string) {
  const lock = JSON.parse(lockOf({ nixpkgs: `NixOS/nixpkgs/${branch}` }));
  Object.assign(lock.nodes.nixpkgs.locked, { rev: 'b'.repeat(40), lastModified: at(day) });
  const target = readMemoryFlake({
    'flake.nix': `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/${branch}";
      outputs = { nixpkgs, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = with pkgs; [ ${attributes} ]; }; }; }`,
    'flake.lock': JSON.stringify(lock),
  });
  const shell = target.shells['default'];
  return [shell?.packages.map(({ attribute }) => attribute), shell?.unresolved.map(({ reason }) => reason)];
}

describe('names in sets, where the index has the nested sets of the very revision', () => {
  const index = openIndex(
    withRevision(
      new IndexFile(syntheticIndex([{ line: 'unstable', days: ['2025-04-01'] }], { git: ['2.49.0'] })),
      { revision: RECORDED, dateSource: 'first-seen', channels: [], line: 'unstable', date: at('2025-05-01') },
      new Map([
        ['git', '2.49.0'],
        ['python3', '3.12.10'],
        ['python312', '3.12.10'],
        ['python312Packages.numpy', '2.2.4'],
        ['python312Packages.requests-oauthlib', '2.0.0'],
        ['python312Packages.torch', '2.6.0'],
        ['haskellPackages.lens', '5.3.3'],
        ['perl', '5.40.0'],
        ['perl540Packages.JSON', '4.10'],
        ['vscode-extensions.ms-python.python', '2025.4'],
      ]),
    ),
  );
  const lines = (attributes: string) => {
    const shell = readShellSource(`pkgs.mkShell { packages = with pkgs; [ ${attributes} ]; }`, { index });
    return [packageLines(shell), shell.unresolved.map(({ reason }) => reason)];
  };

  test('one that is not there is an error with near names, and has no version', () => {
    expect(lines('python3Packages.numppy haskellPackages.lenz perlPackages.JSN python312.pkgs.nosuch')).toEqual([
      [],
      [
        "Attribute 'numppy' missing. This nixpkgs has no python3Packages.numppy. Did you mean numpy?",
        "Attribute 'lenz' missing. This nixpkgs has no haskellPackages.lenz. Did you mean lens?",
        "Attribute 'JSN' missing. This nixpkgs has no perlPackages.JSN. Did you mean JSON?",
        "Attribute 'nosuch' missing. This nixpkgs has no python312Packages.nosuch.",
      ],
    ]);
  });

  test('one that is there has its version, under whichever name of the set', () => {
    expect(
      lines('python3Packages.numpy (python3.withPackages (ps: [ ps.torch ])) vscode-extensions.ms-python.python'),
    ).toEqual([
      [
        'python3Packages.numpy 2.2.4',
        'python3 3.12.10',
        'python3Packages.torch 2.6.0',
        'vscode-extensions.ms-python.python 2025.4',
      ],
      [],
    ]);
  });

  test('records have no aliases, hooks and functions: these are not refused', () => {
    const [packages, unresolved] = lines(
      'python3Packages.requests_oauthlib python3Packages.pytorch python3Packages.venvShellHook rPackages.ggplot2',
    );
    expect([packages?.length, unresolved]).toEqual([4, []]);
  });

  test('`with` takes from a set what it has, and no more', () => {
    expect(lines('(with python3Packages; [ numpy git ])')[0]).toEqual(['python3Packages.numpy 2.2.4', 'git 2.49.0']);
  });

  test('`?` tells what the records say', () => {
    expect(lines('(lib.optional (python3Packages ? numppy) git) (lib.optional (python3Packages ? numpy) git)')).toEqual(
      [['git 2.49.0'], []],
    );
  });
});
