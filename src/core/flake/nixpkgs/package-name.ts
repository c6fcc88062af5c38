/** Names and versions that an attribute path alone tells. */

const STANDARD_COMPILER = /(?:^|\.)stdenv\.cc(?:\.cc)?$/;

/** All of a release of LLVM has its version. */
const LLVM = /^llvmPackages(?:_(\d+))?\.(?!stdenv$)[\w-]+$/;

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
  return /^beam\.interpreters\.(erlang_\d+)$/.exec(path)?.[1];
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
