import builders from './nix/builders.nix?raw';
import cabal from './nix/cabal.nix?raw';
import interpreters from './nix/interpreters.nix?raw';
import languages from './nix/languages.nix?raw';
import pkgs from './nix/pkgs.nix?raw';
import poetry from './nix/poetry.nix?raw';
import provers from './nix/provers.nix?raw';
import shell from './nix/shell.nix?raw';
import stdenv from './nix/stdenv.nix?raw';

const SOURCES: Readonly<Record<string, string>> = {
  builders,
  cabal,
  interpreters,
  languages,
  pkgs,
  poetry,
  provers,
  shell,
  stdenv,
};

/** The parts of the virtual nixpkgs that are written in Nix: `<lockstep/nixpkgs/stdenv.nix>` → its text. */
export function nixpkgsSource(name: string): string | undefined {
  const key = /^<lockstep\/nixpkgs\/(\w+)\.nix>$/.exec(name)?.[1];
  return key !== undefined && Object.hasOwn(SOURCES, key) ? SOURCES[key] : undefined;
}
