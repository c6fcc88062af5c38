/**
 * Models of well-known flakes: what their outputs do, as far as a development shell goes, written in Nix.
 *
 * A model is a function of `{ self, inputs, lib, lockstep, ... }`:
 * - `self`: the input's value as a flake; `inputs`: its own inputs by name, values as flakes (absent ones are absent:
 *   a model must do without); `lib`: our library;
 * - `lockstep`: what the embedder provides (below).
 *
 * It gives `{ outputs, files ? { } }`: `outputs` are the flake's outputs; `files` maps a path within its source to the
 * value of importing it: `default.nix` is what `import inputs.x` gives. Files that are not listed are unknown values.
 *
 * `lockstep` has:
 * - `input`: the lock entry: `{ name, type, owner ? , repo ?, url, ref ?, rev ?, narHash ?, lastModified ? }`;
 * - `package { attribute, pname, version ? null, certainty ? "exact" | "estimate" | "unknown", reason ? null, system ?,
 *   mainProgram ? null, components ? [ ], targets ? [ ], passthru ? { } }`: a derivation of this input, with `name`
 *   (`pname-version`, or `pname`), `pname`, `version`, `outPath`, `meta.mainProgram`, `system`, `override`, `overrideAttrs`
 *   and the members of `passthru`; `components` and `targets` are what a toolchain has, for those who show it;
 * - `composite base items`: `base` as several packages at once, as `python3.withPackages` is;
 * - `lockSummary path`: what a lock file of the project lists, as `lists 2 packages: idna 3.6, …`; null if nothing is read;
 * - `open member set`: a set of which the model tells only a part: any other name is an unknown value of the input's
 *   `member` (the outputs themselves and their `lib` are so anyway);
 * - `opaque reason`: an unknown value; `unknown`: anything of this input that its model does not tell (an overlay that has
 *   it as `__rest` may add any name);
 * - `unresolved { what, reason, attribute ? null }`: a derivation that a shell reports as not read, with its cause;
 * - `configuration kind args`: what `homeManagerConfiguration` (`"home"`) or `darwinSystem` (`"darwin"`) gives;
 * - `pkgsFor system`: the virtual nixpkgs of this input: its `nixpkgs` input, or the root flake's;
 * - `flakeAt path`: the flake in a folder below the project, with its own lock, as a value; `isUnknown value`: whether a
 *   value is unknown (never fails);
 * - `memberAs new set name`: `{ ${new} = set.${name}; }`, written where the set has the member;
 * - `placed set name list`: the elements of a list, standing where a set has a member: what an option brings is asked for
 *   where the option is set;
 * - `part name`: the value of another file of this folder, called with the same arguments (made once an input);
 * - `anyName f`: a set that has every name: `(anyName f).x` is `f "x"`; it lists none;
 * - `anyOther f set`: `set`, in which a selection of any other name gives `f` of it.
 */
import androidNixpkgs from './nix/android-nixpkgs.nix?raw';
import blueprint from './nix/blueprint.nix?raw';
import cargo2Nix from './nix/cargo2nix.nix?raw';
import crane from './nix/crane.nix?raw';
import crate2Nix from './nix/crate2nix.nix?raw';
import devenv from './nix/devenv.nix?raw';
import devenvIntegrations from './nix/devenv-integrations.nix?raw';
import devenvLanguages from './nix/devenv-languages.nix?raw';
import devenvServices from './nix/devenv-services.nix?raw';
import devenvUnlisted from './nix/devenv-unlisted.nix?raw';
import devenvVariables from './nix/devenv-variables.nix?raw';
import devshell from './nix/devshell.nix?raw';
import devshellExtras from './nix/devshell-extras.nix?raw';
import devshellModules from './nix/devshell-modules.nix?raw';
import dream2Nix from './nix/dream2nix.nix?raw';
import fenix from './nix/fenix.nix?raw';
import flakeCompat from './nix/flake-compat.nix?raw';
import flakeParts from './nix/flake-parts.nix?raw';
import flakePartsExtras from './nix/flake-parts-extras.nix?raw';
import flakePartsModules from './nix/flake-parts-modules.nix?raw';
import flakeRoot from './nix/flake-root.nix?raw';
import flakeUtils from './nix/flake-utils.nix?raw';
import flakeUtilsPlus from './nix/flake-utils-plus.nix?raw';
import flakelight from './nix/flakelight.nix?raw';
import flakelightConfigurations from './nix/flakelight-configurations.nix?raw';
import flakelightDarwin from './nix/flakelight-darwin.nix?raw';
import flakelightOutputs from './nix/flakelight-outputs.nix?raw';
import flakelightPackages from './nix/flakelight-packages.nix?raw';
import flakelightRust from './nix/flakelight-rust.nix?raw';
import flakelightShells from './nix/flakelight-shells.nix?raw';
import gitHooks from './nix/git-hooks.nix?raw';
import gitHooksPackages from './nix/git-hooks-packages.nix?raw';
import gitignore from './nix/gitignore.nix?raw';
import goOverlay from './nix/go-overlay.nix?raw';
import gomod2Nix from './nix/gomod2nix.nix?raw';
import haskellFlake from './nix/haskell-flake.nix?raw';
import haskellNix from './nix/haskell-nix.nix?raw';
import haumea from './nix/haumea.nix?raw';
import homeManager from './nix/home-manager.nix?raw';
import importTree from './nix/import-tree.nix?raw';
import justFlake from './nix/just-flake.nix?raw';
import lean4Nix from './nix/lean4-nix.nix?raw';
import makeShell from './nix/make-shell.nix?raw';
import missionControl from './nix/mission-control.nix?raw';
import naersk from './nix/naersk.nix?raw';
import napalm from './nix/napalm.nix?raw';
import nixCargoIntegration from './nix/nix-cargo-integration.nix?raw';
import nixDarwin from './nix/nix-darwin.nix?raw';
import nixFilter from './nix/nix-filter.nix?raw';
import nixOverlays from './nix/nix-overlays.nix?raw';
import nixPhps from './nix/nix-phps.nix?raw';
import nixpkgsEspDev from './nix/nixpkgs-esp-dev.nix?raw';
import nixpkgsLib from './nix/nixpkgs-lib.nix?raw';
import nixpkgsPython from './nix/nixpkgs-python.nix?raw';
import nixpkgsRuby from './nix/nixpkgs-ruby.nix?raw';
import nixpkgsTerraform from './nix/nixpkgs-terraform.nix?raw';
import npmlock2Nix from './nix/npmlock2nix.nix?raw';
import opamNix from './nix/opam-nix.nix?raw';
import poetry2Nix from './nix/poetry2nix.nix?raw';
import processComposeFlake from './nix/process-compose-flake.nix?raw';
import purescriptOverlay from './nix/purescript-overlay.nix?raw';
import pyprojectBuildSystems from './nix/pyproject-build-systems.nix?raw';
import pyprojectNix from './nix/pyproject-nix.nix?raw';
import pythonLocks from './nix/python-locks.nix?raw';
import rustCalendar from './nix/rust-calendar.nix?raw';
import rustFlake from './nix/rust-flake.nix?raw';
import rustNames from './nix/rust-names.nix?raw';
import rustOverlay from './nix/rust-overlay.nix?raw';
import rustToolchains from './nix/rust-toolchains.nix?raw';
import snowfallFiles from './nix/snowfall-files.nix?raw';
import snowfallLib from './nix/snowfall-lib.nix?raw';
import snowfallMachines from './nix/snowfall-machines.nix?raw';
import std from './nix/std.nix?raw';
import systems from './nix/systems.nix?raw';
import toolFlake from './nix/tool-flake.nix?raw';
import treefmtNix from './nix/treefmt-nix.nix?raw';
import typelevelNix from './nix/typelevel-nix.nix?raw';
import uv2Nix from './nix/uv2nix.nix?raw';
import zigOverlay from './nix/zig-overlay.nix?raw';
import zig2Nix from './nix/zig2nix.nix?raw';

export { modelOf, originalOf, queryOf } from './recognise';

/** File name without `.nix` → Nix source: models and the parts that they share. */
export const modelSources: Readonly<Record<string, string>> = {
  'android-nixpkgs': androidNixpkgs,
  blueprint: blueprint,
  cargo2nix: cargo2Nix,
  crane: crane,
  crate2nix: crate2Nix,
  'devenv-integrations': devenvIntegrations,
  'devenv-languages': devenvLanguages,
  'devenv-services': devenvServices,
  'devenv-unlisted': devenvUnlisted,
  'devenv-variables': devenvVariables,
  devenv: devenv,
  'devshell-extras': devshellExtras,
  'devshell-modules': devshellModules,
  devshell: devshell,
  dream2nix: dream2Nix,
  fenix: fenix,
  'flake-compat': flakeCompat,
  flakelight,
  'flakelight-configurations': flakelightConfigurations,
  'flakelight-outputs': flakelightOutputs,
  'flakelight-packages': flakelightPackages,
  'flakelight-rust': flakelightRust,
  'flakelight-shells': flakelightShells,
  'flakelight-darwin': flakelightDarwin,
  'flake-parts-extras': flakePartsExtras,
  'flake-parts-modules': flakePartsModules,
  'flake-parts': flakeParts,
  'flake-root': flakeRoot,
  'flake-utils-plus': flakeUtilsPlus,
  'flake-utils': flakeUtils,
  'git-hooks-packages': gitHooksPackages,
  'git-hooks': gitHooks,
  gitignore: gitignore,
  gomod2nix: gomod2Nix,
  'go-overlay': goOverlay,
  'haskell-flake': haskellFlake,
  'haskell-nix': haskellNix,
  haumea: haumea,
  'home-manager': homeManager,
  'import-tree': importTree,
  'just-flake': justFlake,
  'lean4-nix': lean4Nix,
  'make-shell': makeShell,
  'mission-control': missionControl,
  naersk: naersk,
  napalm,
  'nix-cargo-integration': nixCargoIntegration,
  'nix-darwin': nixDarwin,
  'nix-filter': nixFilter,
  'nixpkgs-lib': nixpkgsLib,
  'nixpkgs-esp-dev': nixpkgsEspDev,
  'nixpkgs-python': nixpkgsPython,
  'nixpkgs-ruby': nixpkgsRuby,
  'nixpkgs-terraform': nixpkgsTerraform,
  'nix-overlays': nixOverlays,
  'nix-phps': nixPhps,
  npmlock2nix: npmlock2Nix,
  'opam-nix': opamNix,
  poetry2nix: poetry2Nix,
  'process-compose-flake': processComposeFlake,
  'purescript-overlay': purescriptOverlay,
  'pyproject-build-systems': pyprojectBuildSystems,
  'pyproject-nix': pyprojectNix,
  'python-locks': pythonLocks,
  'rust-calendar': rustCalendar,
  'rust-flake': rustFlake,
  'rust-names': rustNames,
  'rust-overlay': rustOverlay,
  'rust-toolchains': rustToolchains,
  'snowfall-files': snowfallFiles,
  'snowfall-lib': snowfallLib,
  'snowfall-machines': snowfallMachines,
  std: std,
  systems: systems,
  'tool-flake': toolFlake,
  'treefmt-nix': treefmtNix,
  'typelevel-nix': typelevelNix,
  uv2nix: uv2Nix,
  'zig-overlay': zigOverlay,
  zig2nix: zig2Nix,
};
