import type { PinReader } from '../../context';
import { both, dashes, hashes, percents, semicolons, slashes, withoutComments } from '../../format/comments';
import { exact, gem, minimum, pep440, prefix } from '../../range/rules';
import { spec } from '../../range/tool-rules';
import { readStated } from './stated';

/** `cmake_minimum_required(VERSION 3.20...3.30)`: the first is the lowest. Source: CMake, "cmake_minimum_required". */
export const readCmake = readStated(hashes, [
  {
    pattern: /\bcmake_minimum_required\s*\(\s*VERSION\s+([\d.]{1,20}?)(?=\.\.\.|[\s)])/dgi,
    tool: 'cmake',
    rule: minimum,
    declaredBy: 'cmake_minimum_required',
  },
]);

/** `project('x', 'c', meson_version: '>=0.60')`. Source: Meson, "project()". */
export const readMeson = readStated(hashes, [
  {
    pattern: /\bmeson_version\s*:\s*'([^'\n]{1,60})'/dg,
    tool: 'meson',
    rule: spec,
    declaredBy: 'meson_version',
  },
]);

/** Bazel's `MODULE.bazel`: `bazel_compatibility = [">=7.0.0"]`; `-7.1.0` leaves a version out, which is not compared. */
export const readBazelModule = readStated(hashes, [
  {
    pattern: /\bbazel_compatibility\s*=\s*\[\s*["'](>=?[^"'\n]{1,40}|<=?[^"'\n]{1,40})["']/dg,
    tool: 'bazel',
    rule: spec,
    declaredBy: 'bazel_compatibility',
  },
]);

/** `.bazeliskrc`: `USE_BAZEL_VERSION=7.4.1`. Source: bazelbuild/bazelisk, "How does Bazelisk know which Bazel version to run?" */
export const readBazeliskrc = readStated(undefined, [
  {
    pattern: /^USE_BAZEL_VERSION=(\S{1,40})/dgm,
    tool: 'bazel',
    rule: spec,
    declaredBy: 'USE_BAZEL_VERSION',
    source: 'version-file',
  },
]);

/** `AC_PREREQ([2.69])` of `configure.ac`. Source: GNU Autoconf, "Versioning". */
export const readAutoconf = readStated(undefined, [
  { pattern: /^AC_PREREQ\(\s*\[?([\d.]{1,20})/dgm, tool: 'autoconf', rule: minimum, declaredBy: 'AC_PREREQ' },
]);

/** Zig's `build.zig.zon`: `.minimum_zig_version = "0.13.0"`. Source: ziglang/zig, "doc/build.zig.zon.md". */
export const readZigPackage = readStated(slashes, [
  {
    pattern: /\.minimum_zig_version\s*=\s*"([^"\n]{1,60})"/dg,
    tool: 'zig',
    rule: minimum,
    declaredBy: 'minimum_zig_version',
  },
]);

/** `// swift-tools-version:5.9` on the first line of `Package.swift`. Source: Swift Package Manager, "SettingSwiftToolsVersion". */
export const readSwiftPackage = readStated(undefined, [
  {
    pattern: /^\/\/\s*swift-tools-version\s*:?\s*([\d.]{1,20})/dgi,
    tool: 'swift',
    rule: minimum,
    declaredBy: 'swift-tools-version',
  },
]);

/** `required_version = "~> 1.5"` of a `terraform` block. Source: Terraform, "Version constraints". */
export const readTerraform = readStated(both, [
  {
    pattern: /^[ \t]*required_version\s*=\s*"([^"\n]{1,100})"/dgm,
    tool: 'terraform',
    rule: gem,
    declaredBy: 'required_version',
  },
]);

/** The same of OpenTofu's own files. */
export const readOpentofu = readStated(both, [
  {
    pattern: /^[ \t]*required_version\s*=\s*"([^"\n]{1,100})"/dgm,
    tool: 'opentofu',
    rule: gem,
    declaredBy: 'required_version',
  },
]);

/** Terragrunt's constraints on itself and on Terraform. Source: Terragrunt, "Attributes". */
export const readTerragrunt = readStated(both, [
  {
    pattern: /^[ \t]*terraform_version_constraint\s*=\s*"([^"\n]{1,100})"/dgm,
    tool: 'terraform',
    rule: gem,
    declaredBy: 'terraform_version_constraint',
  },
  {
    pattern: /^[ \t]*terragrunt_version_constraint\s*=\s*"([^"\n]{1,100})"/dgm,
    tool: 'terragrunt',
    rule: gem,
    declaredBy: 'terragrunt_version_constraint',
  },
]);

/** `{minimum_otp_vsn, "25"}` of `rebar.config`. Source: Rebar3, "Minimum OTP version". */
export const readRebar = readStated(percents, [
  {
    pattern: /\{\s*minimum_otp_vsn\s*,\s*"([^"\n]{1,40})"/dg,
    tool: 'erlang',
    rule: minimum,
    declaredBy: 'minimum_otp_vsn',
  },
]);

/** `leanprover/lean4:v4.9.0` of `lean-toolchain`. Source: leanprover/elan, "Toolchain specification". */
export const readLeanToolchain = readStated(undefined, [
  {
    pattern: /^[ \t]*(?:[\w-]+\/lean4:)?(v\d[\w.-]{0,40}|stable|nightly)/dg,
    tool: 'lean',
    rule: spec,
    declaredBy: 'lean-toolchain',
    source: 'version-file',
  },
]);

/** `(lang dune 3.10)` of `dune-project`, and the lowest OCaml of its packages. Source: Dune, "dune-project". */
export const readDuneProject = readStated(semicolons, [
  { pattern: /\(lang\s+dune\s+([\d.]{1,20})\)/dg, tool: 'dune', rule: minimum, declaredBy: '(lang dune)' },
  {
    pattern: /\(ocaml\s+\((?:and\s+\()?>=\s*([\d.]{1,20})\)/dg,
    tool: 'ocaml',
    rule: minimum,
    declaredBy: '(ocaml)',
    alternatives: true,
  },
]);

/** What a package of opam needs: `"ocaml" {>= "4.14" & < "5.3"}`. Source: opam, "The opam manual", "Package formulas". */
export const readOpam = readStated(hashes, [
  ...(['ocaml', 'dune'] as const).map((tool) => ({
    pattern: new RegExp(
      `"${tool}"\\s*\\{\\s*([<>=]{1,2}\\s*"[^"{}\\n]{1,40}"(?:\\s*&\\s*[<>=]{1,2}\\s*"[^"{}\\n]{1,40}")*)`,
      'dg',
    ),
    tool,
    rule: opam,
    declaredBy: 'depends',
  })),
]);

function opam(constraint: string) {
  return pep440(
    constraint
      .replace(/\s*&\s*/g, ', ')
      .replace(/"/g, '')
      .replace(/(^|, )=\s*/g, '$1=='),
  );
}

/** `version = 0.26.2` of `.ocamlformat`. Source: ocaml-ppx/ocamlformat, "Versioned files". */
export const readOcamlformat = readStated(hashes, [
  { pattern: /^[ \t]*version\s*=\s*([\w.-]{1,40})/dgm, tool: 'ocamlformat', rule: prefix, declaredBy: 'version' },
]);

/** `with-compiler: ghc-9.6.4` of `cabal.project`. Source: Cabal, "cabal.project reference". */
export const readCabalProject = readStated(dashes, [
  { pattern: /^[ \t]*with-compiler:\s*ghc-(\d[\d.]{0,20})/dgm, tool: 'ghc', rule: prefix, declaredBy: 'with-compiler' },
]);

/**
 * A Haskell package: the compilers that it says it was tested with, which are alternatives, and the lowest cabal-install
 * that reads it. Source: Cabal, "Package Properties", `tested-with`, `cabal-version`.
 */
export const readCabalPackage: PinReader = (context) => {
  readCabalVersion(context);
  const text = withoutComments(context.source.text, dashes);
  const field = /^tested-with[ \t]*:((?:[^\n]{0,500}(?:\n(?=[ \t]+\S)|$)){1,40})/dim.exec(text);
  const [start = 0] = field?.indices?.[1] ?? [];
  for (const match of field?.[1]?.matchAll(/(?<=(?:==|\{|,|\|\|)\s{0,40})\d+\.\d+(?:\.\d+|\.\*)?/g) ?? []) {
    const offset = start + match.index;
    context.pin({
      tool: 'ghc',
      constraint: match[0],
      rule: prefix,
      source: 'ci',
      declaredBy: 'tested-with',
      group: `${context.source.path} tested-with`,
      offset,
      end: offset + match[0].length,
    });
  }
};

const readCabalVersion = readStated(dashes, [
  {
    pattern: /^cabal-version[ \t]*:[ \t]*(?:>=[ \t]*)?([\d.]{1,10})/dgim,
    tool: 'cabal',
    rule: minimum,
    declaredBy: 'cabal-version',
  },
]);

/** `requires "nim >= 1.6.0"` of a Nimble package. Source: Nimble, "Package reference". */
export const readNimble = readStated(hashes, [
  {
    pattern: /^[ \t]*requires\b[^\n]{0,200}?"nim\s*([<>=~^][^"\n]{1,60})"/dgm,
    tool: 'nim',
    rule: spec,
    declaredBy: 'requires',
  },
]);

/** `Depends: R (>= 4.1)` of an R package. Source: Writing R Extensions, "The DESCRIPTION file". */
export const readRDescription = readStated(undefined, [
  { pattern: /\bR\s*\(\s*>=\s*([\d.]{1,20})\s*\)/dg, tool: 'r', rule: minimum, declaredBy: 'Depends: R' },
]);

/** The R that `renv.lock` was made with, which begins with it. Source: rstudio/renv, "Lockfiles". */
export const readRenv = readStated(undefined, [
  {
    pattern: /"R"\s*:\s*\{\s*"Version"\s*:\s*"([^"\n]{1,40})"/dg,
    tool: 'r',
    rule: exact,
    declaredBy: 'R.Version',
    source: 'environment',
  },
]);
