import type { Fix } from '../../model/diff';
import { isUnfree } from '../../nixpkgs/unfree';
import type { Machine } from './machine';
import { type Need, pinOf } from './need';
import { commandFor } from './quote';

/** The command that opens the flake's shell; unfree packages that the flake does not allow have to be allowed with it. */
export const NIX_DEVELOP = /^(?:NIXPKGS_ALLOW_UNFREE=1 )?nix develop /;

/** Fixes through Nix itself: the flake's own shell, and the one package in the user's profile. */
export function nixFixes(need: Need, machine: Machine): readonly Fix[] {
  const { expected, input, unresolved } = need.requirement;
  const { flake, os } = machine;
  if (os === 'windows') {
    return [];
  }
  const line = commandFor(os);
  const version = pinOf(need);
  // Its name is the flake's code then, and whether Nix reads more of it than we do is not known.
  const what = unresolved
    ? 'it if Nix itself can read it'
    : version === undefined
      ? expected.name
      : `${expected.name} ${version}`;
  const installLine = (installable: string) =>
    isUnfree(expected.attribute, expected.version)
      ? line`NIXPKGS_ALLOW_UNFREE=1 nix profile install --impure ${installable}`
      : line`nix profile install ${installable}`;
  const fixes: Fix[] = [];
  if (flake.kind === 'nixos' || flake.kind === 'darwin' || flake.kind === 'home') {
    const rebuild = rebuildLine(machine, flake.kind);
    if (rebuild !== undefined) {
      fixes.push({
        manager: 'nix',
        command: rebuild,
        title: `Switch to the flake's configuration, which brings ${what}`,
        risk: 'Changes all that the configuration says, not this one package only.',
      });
    }
  } else {
    const place = flake.shell === undefined ? flake.path : `${flake.path}#${flake.shell}`;
    const develop = flake.refusesUnfree
      ? line`NIXPKGS_ALLOW_UNFREE=1 nix develop --impure ${place}`
      : line`nix develop ${place}`;
    if (develop !== undefined) {
      fixes.push({
        manager: 'nix',
        command: develop,
        title: `Open the flake's shell, which brings ${what}`,
        risk: machine.has('nix')
          ? 'Holds inside that shell only; the machine stays as it is.'
          : 'Nix is not installed here: install it first. Holds inside that shell only.',
      });
    }
  }
  // An attribute is one of the input's packages only where the input is nixpkgs: overlays have other outputs.
  const locked = unresolved ? undefined : flake.lockedReference(input ?? 'nixpkgs');
  const reference = locked !== undefined && /\/nixpkgs[\w-]*\//i.test(locked) ? locked : undefined;
  const install = reference === undefined ? undefined : installLine(`${reference}#${expected.attribute}`);
  if (machine.has('nix') && install !== undefined) {
    fixes.push({
      manager: 'nix',
      command: install,
      title: `Add ${what} to your Nix profile`,
      risk: 'Stays for every project, and hides other copies where the profile is first on PATH.',
    });
  }
  return fixes;
}

/** The command that makes a configuration the machine's, or the user's; a NixOS is rebuilt on NixOS only. */
function rebuildLine({ flake, os, sudo, system }: Machine, kind: 'nixos' | 'darwin' | 'home'): string | undefined {
  if ((kind === 'nixos' && !/^NixOS\b/.test(system)) || (kind === 'darwin' && os !== 'darwin')) {
    return undefined;
  }
  const line = commandFor(os);
  const name = (flake.shell ?? '').replace(/^(?:legacyPackages\.[^.]+\.)?\w+Configurations\./, '');
  const place = `${flake.path}#${name}`;
  const commands = {
    nixos: line`nixos-rebuild switch --flake ${place}`,
    darwin: line`darwin-rebuild switch --flake ${place}`,
    home: line`home-manager switch --flake ${place}`,
  };
  const command = commands[kind];
  return command === undefined || kind === 'home' ? command : `${sudo}${command}`;
}
