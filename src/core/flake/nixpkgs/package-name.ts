/** Names and versions that an attribute path alone tells. */

const STANDARD_COMPILER = /(?:^|\.)stdenv\.cc(?:\.cc)?$/;

/** All of a release of LLVM has its version. */
const LLVM = /^llvmPackages(?:_(\d+))?\.(?!stdenv$)[\w-]+$/;

/** Members of sets that are the same package as one at the top, under the same name or another. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/^beam\.interpreters\.(erlang_\d+)$/, '$1'],
  [/^beam\.packages\.(erlang_\d+)\.erlang$/, '$1'],
  [/^beam(?:\.packages\.erlang(?:_|R)\d+|\d*Packages)\.(elixir(?:_\d+_\d+)?|elixir-ls|rebar3?)$/, '$1'],
  [/^dotnetCorePackages\.sdk_(\d+)_0$/, 'dotnet-sdk_$1'],
  [/^dotnetCorePackages\.(runtime|aspnetcore)_(\d+)_0$/, 'dotnet-$1_$2'],
  [/^dotnetCorePackages\.dotnet_(\d+)\.(sdk|runtime|aspnetcore)$/, 'dotnet-$2_$1'],
  [/^linuxPackages(_\d+_\d+|_latest)?\.kernel$/, 'linux$1'],
  [/^linuxKernel\.(?:kernels\.(linux_\d+_\d+)|packages\.(linux_\d+_\d+)\.kernel)$/, '$1$2'],
  [/^ocamlPackages\.(ocaml|dune_\d|ocamlformat(?:_\d+)*)$/, '$1'],
  [/^(?:perl|lua|coq)Packages\.(perl|lua|coq)$/, '$1'],
  [/^lua(5)_?(\d)Packages\.lua$/, 'lua$1_$2'],
];

/** Members of sets that are made of the same source as a package at the top. */
const TWINS: readonly (readonly [RegExp, string])[] = [
  ...SAME,
  // `black = with python3Packages; toPythonApplication black;` and the like.
  [
    /^python3\d*Packages\.(autoflake|bandit|black|codespell|cookiecutter|isort|meson|mkdocs|mypy|pylint|ruff|sphinx|tox|twine|uv|virtualenv|yamllint|yapf|yt-dlp)$/,
    '$1',
  ],
  // The programs of the usual set, without the library that they come with there.
  [
    /^haskellPackages\.(cabal-install|fourmolu|ghcid|haskell-language-server|hlint|hpack|ormolu|stack|stylish-haskell)$/,
    '$1',
  ],
];

/** The usual LLVM's programs stand at the top as well. */
const USUAL_LLVM = /^llvmPackages\.(clang|clang-tools|libclang|lld|lldb|llvm)$/;

/** One path for all that name the same package of one nixpkgs: `ocamlPackages.ocaml` is `ocaml`. */
export function canonicalPath(path: string): string {
  const pattern = path.includes('.')
    ? [...SAME, [USUAL_LLVM, '$1'] as const].find(([found]) => found.test(path))
    : undefined;
  return pattern === undefined ? path : path.replace(pattern[0], pattern[1]);
}

/** Attributes that have a version in their name, and the `pname` of all of the family. */
const VERSIONED: readonly (readonly [RegExp, string])[] = [
  [/^python3\d*(?:Full|Minimal|FreeThreading)?$/, 'python3'],
  [/^python2?\d*(?:Full)?$/, 'python'],
  [/^(?:open)?jdk\d*(?:_headless)?$/, 'openjdk'],
  [/^jre\d*(?:_headless)?$/, 'openjdk'],
  [/^(gcc|ghc|php|perl|boost|icu|emacs|gnat|gfortran|tcl|mongodb|protobuf)-?\d+(?:_\d+)*$/, '$1'],
  [/^(lua|luajit|spidermonkey|zig|llvm|clang)\d*(?:_\d+)+$/, '$1'],
  [/^(.*[a-z])[-_]\d+(?:_\d+)*(?:_x)?$/, '$1'],
];

/** Top-level attribute that has the version of a nested one, if there is one. */
export function versionTwin(path: string, system: string): string | undefined {
  if (STANDARD_COMPILER.test(path)) {
    return standardCompiler(system);
  }
  const llvm = LLVM.exec(path);
  if (llvm !== null) {
    return llvm[1] === undefined ? 'llvm' : `llvm_${llvm[1]}`;
  }
  for (const [pattern, top] of TWINS) {
    if (pattern.test(path)) {
      return path.replace(pattern, top);
    }
  }
  return undefined;
}

/** The version that the path itself says: `haskell.compiler.ghc965`. */
export function versionInName(path: string): string | undefined {
  // Releases have an even second number: `ghc910` says no third one.
  const [, major, minor, patch] =
    /^haskell\.(?:compiler|packages)\.ghc(\d)([02468]|1[0-8])(\d)(?:\.ghc)?$/.exec(path) ?? [];
  return major === undefined ? undefined : `${major}.${minor}.${patch}`;
}

/** Nix's `pname` of an attribute, as far as its name tells. */
export function packageName(path: string, system: string): string {
  if (STANDARD_COMPILER.test(path)) {
    return standardCompiler(system);
  }
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const [pattern, name] of VERSIONED) {
    if (pattern.test(last)) {
      return last.replace(pattern, name);
    }
  }
  return last;
}

function standardCompiler(system: string): string {
  return system.endsWith('-darwin') ? 'clang' : 'gcc';
}
