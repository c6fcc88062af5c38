import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Target } from '../../src/core/model/target';
import { loadIndex } from '../../src/node/nixpkgs-index';
import { findNix } from '../../src/node/real-nix';
import { readTarget } from '../../src/node/target';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-show-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const nix = findNix(process.env);
if (nix === undefined) {
  console.log('flake-show: Nix is not installed here, so that the comparison with `nix flake show` is left out');
}

const OUTPUTS = `
  packages = each (s: { default = drv s "one-1.0"; two = drv s "two"; });
  devShells = each (s: { default = drv s "shell"; });
  devShell = each (s: drv s "old-shell");
  defaultPackage = each (s: drv s "old");
  defaultApp = each (s: { type = "app"; program = "/bin/x"; });
  apps = each (s: { run = { type = "app"; program = "/bin/x"; }; });
  checks = each (s: { test = drv s "test"; });
  formatter = each (s: drv s "fmt-2");
  legacyPackages = each (s: { a = drv s "a"; });
  hydraJobs = { build = each (s: drv s "job"); release = drv "x86_64-linux" "rel"; };
  overlays.default = final: prev: { };
  overlay = final: prev: { };
  nixosModules.m = { config, ... }: { };
  nixosModule = { ... }: { };
  nixosConfigurations.host = { config.system.build.toplevel = drv "x86_64-linux" "sys"; };
  homeConfigurations.me = { };
  templates.default = { path = ./sub; description = "a template"; };
  defaultTemplate = { path = ./sub; description = "old template"; };
  lib.f = x: x;
  custom = 3;
  other.x86_64-linux.y = 1;`;

function flakeOf(name: string, outputs: string): string {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(join(folder, 'sub/flake.nix'), '{ outputs = _: { lib.x = 1; }; }');
  writeFileSync(
    join(folder, 'flake.nix'),
    `{ inputs.sub.url = "path:./sub"; outputs = { self, sub }: let
  drv = system: name: derivation { inherit name system; builder = "/bin/sh"; } // { meta.description = "the \${name}"; };
  each = f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) [ "x86_64-linux" "aarch64-darwin" ]);
in {${outputs} }; }`,
  );
  return folder;
}

async function show(folder: string, allSystems: boolean): Promise<Target> {
  return readTarget({ folder, system: 'x86_64-linux', index: loadIndex(), allSystems });
}

/** Our entries in the shape of `nix flake show --json`, in its words. */
function asNix({ outputs = [] }: Target): unknown {
  const root: Record<string, unknown> = {};
  for (const { name, entries = [] } of outputs) {
    for (const { path, type, name: derivation, description } of entries) {
      let at = root;
      const all = [name, ...path];
      for (const part of all.slice(0, -1)) {
        const next = (at[part] ?? {}) as Record<string, unknown>;
        at[part] = next;
        at = next;
      }
      const told = {
        type: type === 'home-configuration' ? 'unknown' : type,
        ...(derivation === undefined ? {} : { name: derivation }),
        ...(description === undefined ? {} : { description }),
      };
      at[all.at(-1)!] = type === 'omitted' ? {} : told;
    }
  }
  return root;
}

describe('what a flake offers', () => {
  test.skipIf(nix === undefined)(
    'is what `nix flake show` lists',
    async () => {
      const folder = flakeOf('all', OUTPUTS);
      const flags = ['--extra-experimental-features', 'nix-command flakes'];
      execFileSync('git', ['init', '-q'], { cwd: folder });
      execFileSync('git', ['add', '-A'], { cwd: folder });
      execFileSync(nix!, [...flags, 'flake', 'lock'], { cwd: folder, stdio: 'ignore' });
      execFileSync('git', ['add', '-A'], { cwd: folder });
      // What names other systems is there by itself in old ones, and has to be asked for since 2.9.
      const help = execFileSync(nix!, [...flags, 'flake', 'show', '--help'], { stdio: ['ignore', 'pipe', 'ignore'] });
      const all = help.includes('all-systems') ? ['--all-systems'] : [];
      const shown = execFileSync(nix!, [...flags, 'flake', 'show', '--json', ...all], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const expected = JSON.parse(shown.toString('utf8')) as Record<string, unknown>;
      // This Nix does not look below outputs that it does not know; it is one entry there, and named by system here.
      expect(asNix(await show(folder, true))).toEqual({ ...expected, homeConfigurations: { me: { type: 'unknown' } } });
    },
    60_000,
  );

  test('is there entry by entry, with the cause where one fails, is wrong or unknown', async () => {
    const folder = flakeOf(
      'odd',
      `devShells = each (s: { default = drv s "shell"; });
       packages = each (s: { good = drv s "good-1"; bad = throw "broken package"; number = 3; });
       apps.x86_64-linux = throw "no apps";
       apps.aarch64-darwin.run = throw "never looked at";
       checks = throw "whole output broken";
       overlays.default = final: prev: { };
       nixosConfigurations.host = throw "never looked at";`,
    );
    const { outputs = [] } = await show(folder, false);
    const lines = outputs.flatMap(({ name, entries = [] }) =>
      entries.map(({ path, type, name: derivation, reason }) =>
        [[name, ...path].join('.'), type, derivation ?? reason].filter((part) => part !== undefined).join(' '),
      ),
    );
    expect(lines).toEqual([
      'apps.aarch64-darwin.run omitted',
      'apps.x86_64-linux failed no apps',
      'checks failed whole output broken',
      'devShells.aarch64-darwin.default omitted',
      'devShells.x86_64-linux.default derivation shell',
      'nixosConfigurations.host nixos-configuration',
      'overlays.default nixpkgs-overlay',
      'packages.aarch64-darwin.bad omitted',
      'packages.aarch64-darwin.good omitted',
      'packages.aarch64-darwin.number omitted',
      'packages.x86_64-linux.bad failed broken package',
      'packages.x86_64-linux.good derivation good-1',
      'packages.x86_64-linux.number wrong It is no derivation.',
    ]);
    expect(outputs.find(({ name }) => name === 'checks')?.entries?.[0]?.position).toMatchObject({ file: 'flake.nix' });
  });
});
