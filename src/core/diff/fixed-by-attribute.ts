/** nixpkgs writes major and minor of these without anything between: `python311`, `php83`, `perl536`, `mysql80`. */
const COMPACT = /^(?:python|pypy|php|perl|ruby|lua|mysql)(\d)_?(\d{0,2})(?:Full|Minimal)?$/;

/** And of these with `_`, or only the major: `nodejs_20`, `nodejs-18_x`, `go_1_22`, `postgresql_15`, `gcc12`, `jdk17`. */
const SPELLED =
  /^(?:nodejs(?:-slim)?|go|postgresql|erlang|elixir|terraform|dotnet-(?:sdk|runtime|aspnetcore)|ruby|lua|php|sbcl|zig|gradle|maven|k3s|openssl|libressl|swift|emacs|gcc|clang|llvm|mongodb|crystal|julia|scala|jdk|jre|(?:adopt)?openjdk|temurin-(?:jre-)?bin|zulu|corretto|semeru-bin|graalvm-ce)[-_]?(\d+(?:_\d+)*)(?:_x|-nox|_headless)?$/;

/** And of these in the name of the set: `llvmPackages_17.clang`, `ocaml-ng.ocamlPackages_5_1.ocaml`. */
const IN_SET = /^(?:llvmPackages_(\d+)\.(?:clang|llvm|lldb|lld|bintools)|ocaml-ng\.ocamlPackages_(\d+_\d+)\.ocaml)$/;

/**
 * The leading version numbers that an attribute's name fixes, whatever the revision: `nodejs_20` → `20`, `python311`
 * → `3.11`, `go_1_22` → `1.22`.
 *
 * @returns the numbers with dots, or `undefined` for an attribute that follows nixpkgs
 */
export function versionFixedByAttribute(attribute: string): string | undefined {
  const compact = COMPACT.exec(attribute);
  if (compact !== null) {
    return compact[2] === '' ? compact[1] : `${compact[1]}.${compact[2]}`;
  }
  const inSet = IN_SET.exec(attribute);
  return (SPELLED.exec(attribute)?.[1] ?? inSet?.[1] ?? inSet?.[2])?.replace(/_/g, '.');
}
