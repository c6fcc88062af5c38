import { describe, expect, it } from 'vitest';
import type { TargetShell } from '../../../../src/core/model/target';
import { lockOf, packageLines, readMemoryFlake } from '../memory-flake';

const INPUTS = {
  nixpkgs: 'NixOS/nixpkgs/nixos-unstable',
  'home-manager': 'nix-community/home-manager',
  darwin: 'LnL7/nix-darwin',
  foreign: 'somebody/modules',
};

/** Reads one output of a flake with these outputs, `lib`, `inputs` and `pkgs` in scope. */
function readOutput(outputs: string, output: string, files: Record<string, string> = {}): TargetShell {
  const urls = Object.entries(INPUTS).map(([name, place]) => `${name}.url = "github:${place}";`);
  const flake = `{
  inputs = { ${urls.join(' ')} };
  outputs = { self, nixpkgs, home-manager, darwin, ... }@inputs: let
    inherit (nixpkgs) lib; pkgs = nixpkgs.legacyPackages.x86_64-linux;
  in {
${outputs}
  };
}`;
  const target = readMemoryFlake({ 'flake.nix': flake, 'flake.lock': lockOf(INPUTS), ...files }, 'x86_64-linux', {
    outputs: [output],
  });
  return Object.values(target.shells)[0]!;
}

function readNixos(modules: string, files?: Record<string, string>): TargetShell {
  const outputs = `nixosConfigurations.host = lib.nixosSystem { system = "x86_64-linux"; modules = [ ${modules} ]; };`;
  return readOutput(outputs, 'host', files);
}

function readHome(modules: string): TargetShell {
  const outputs = `homeConfigurations."me@host" = home-manager.lib.homeManagerConfiguration { inherit pkgs; modules = [ ${modules} ]; };`;
  return readOutput(outputs, 'homeConfigurations."me@host"');
}

function readDarwin(module: string): TargetShell {
  const outputs = `darwinConfigurations.mac = darwin.lib.darwinSystem { system = "aarch64-darwin"; modules = [ ${module} ]; };`;
  return readOutput(outputs, 'mac');
}

/** `what: reason`. */
function notes(shell: TargetShell): readonly string[] {
  return shell.unresolved.map(({ what, reason }) => `${what}: ${reason}`);
}

describe('NixOS configurations', () => {
  it('lists system packages, with the place and the option of each', () => {
    const shell = readNixos('({ pkgs, ... }: {\n environment.systemPackages = with pkgs; [ git\n jq ];\n})');
    expect(shell).toMatchObject({
      kind: 'nixos',
      output: 'nixosConfigurations.host',
      packages: [
        {
          attribute: 'git',
          version: '2.49.0',
          certainty: 'exact',
          option: 'environment.systemPackages',
          position: { file: 'flake.nix', line: 7, column: 44 },
        },
        { attribute: 'jq', position: { line: 8 } },
      ],
      unresolved: [],
    });
  });

  it('reads programs, services, users, fonts and nix itself', () => {
    const shell = readNixos(`({ pkgs, ... }: {
      programs.zsh.enable = true;
      programs.firefox = { enable = true; package = pkgs.firefox-esr; };
      programs.git = { enable = true; lfs.enable = true; };
      programs.tmux.enable = false;
      programs.command-not-found.enable = true;
      services.tailscale.enable = true;
      services.dbus.enable = true;
      services.foo = { enable = true; package = pkgs.hello; };
      virtualisation.docker.enable = true;
      virtualisation.docker.package = pkgs.docker_27;
      users.users.alice = { packages = [ pkgs.tree ]; shell = pkgs.fish; };
      users.users.bob.shell = "/bin/sh";
      fonts.packages = [ pkgs.fira-code ];
      nix.package = pkgs.lix;
    })`);
    expect(
      packageLines(shell)
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual([
      'docker_27',
      'fira-code',
      'firefox-esr',
      'fish',
      'git',
      'git-lfs',
      'hello',
      'lix',
      'tailscale',
      'tree',
      'zsh',
    ]);
    expect(notes(shell)).toEqual([]);
  });

  it('ends where files import each other', () => {
    const shell = readNixos('./a.nix', {
      'a.nix': '{ pkgs, ... }: { imports = [ ./b.nix ./b.nix ]; environment.systemPackages = [ pkgs.git ]; }',
      'b.nix': '{ pkgs, ... }: { imports = [ ./a.nix ./a.nix ]; environment.systemPackages = [ pkgs.jq ]; }',
    });
    expect([...packageLines(shell)].sort()).toEqual(['git 2.49.0', 'jq 1.7.1']);
    expect(notes(shell)).toEqual([]);
  });

  it('imports files, folders, functions and sets, each file once', () => {
    const shell = readNixos('./host ./host/default.nix { imports = [ ./b.nix ]; }', {
      'host/default.nix':
        '{ pkgs, lib, ... }: { imports = [ ../b.nix (lib.modules.importApply ../c.nix { x = pkgs.jq; }) ]; }',
      'b.nix': '{ environment.systemPackages = [ ]; nixpkgs.overlays = [ (f: p: { mine = p.hello; }) ]; }',
      'c.nix': '{ x }: { pkgs, ... }: { environment.systemPackages = [ x pkgs.mine ]; }',
    });
    expect(packageLines(shell)).toEqual(['jq 1.7.1', 'hello 2.12.1']);
  });

  it('obeys mkIf, mkMerge, mkForce, mkDefault and the order of lists', () => {
    const shell = readNixos(`
      ({ config, lib, pkgs, ... }: {
        config = lib.mkMerge [
          { environment.systemPackages = lib.mkAfter [ pkgs.tree ]; }
          (lib.mkIf config.services.openssh.enable { environment.systemPackages = [ pkgs.jq ]; })
          (lib.mkIf config.services.tailscale.enable { environment.systemPackages = [ pkgs.hello ]; })
          { programs.zsh.enable = lib.mkDefault true; programs.fish.enable = lib.mkDefault true; }
        ];
      })
      ({ lib, pkgs, ... }: {
        services.openssh = lib.mkIf true { enable = true; };
        programs.zsh.enable = lib.mkForce false;
        environment.systemPackages = lib.mkBefore [ pkgs.git ];
        fonts.packages = [ pkgs.fira-code ];
      })
      ({ lib, ... }: { fonts.packages = lib.mkForce [ ]; })`);
    expect(packageLines(shell).map((line) => line.split(' ')[0])).toEqual(['git', 'jq', 'tree', 'fish', 'openssh']);
  });

  it('knows options that the flake declares: types, defaults, submodules', () => {
    const shell = readNixos(`
      ({ config, lib, pkgs, ... }: {
        options.my = {
          dev.enable = lib.mkEnableOption "tools";
          python = lib.mkOption { type = lib.types.package; default = pkgs.python312; };
          users = lib.mkOption { default = { }; type = lib.types.attrsOf (lib.types.submodule {
            options.tools = lib.mkOption { type = lib.types.listOf lib.types.package; default = [ ]; };
          }); };
        };
        config = lib.mkIf config.my.dev.enable {
          environment.systemPackages = [ config.my.python ]
            ++ lib.concatMap (user: user.tools) (lib.attrValues config.my.users);
        };
      })
      ({ pkgs, ... }: { my.dev.enable = true; my.users.eve.tools = [ pkgs.nmap ]; })`);
    expect(packageLines(shell)).toEqual(['python312 3.12.9', 'nmap 7.95']);
  });

  it('passes specialArgs and _module.args on, and says which argument nobody gives', () => {
    const outputs = `nixosConfigurations.host = lib.nixosSystem {
      specialArgs = { inherit inputs; tool = pkgs.jq; };
      modules = [
        { nixpkgs.hostPlatform = "aarch64-linux"; _module.args.other = pkgs.tree; }
        ({ tool, other, lost, pkgs, ... }: { environment.systemPackages = [ tool other lost ] ++ pkgs.lib.optional pkgs.stdenv.isAarch64 pkgs.hello; })
      ];
    };`;
    const shell = readOutput(outputs, 'nixosConfigurations.host');
    expect(packageLines(shell).map((line) => line.split(' ')[0])).toEqual(['jq', 'tree', 'hello']);
    expect(notes(shell)).toEqual(['lost: The module argument "lost" is given by nobody here.']);
  });

  it('keeps what fails or is unknown apart: modules of other flakes, missing files, throws, unknown conditions', () => {
    const shell = readNixos(
      `inputs.foreign.nixosModules.default ./gone.nix ./bad.nix
      ({ config, lib, pkgs, ... }: {
        environment.systemPackages = [ pkgs.jq ] ++ lib.mkIf true [ ];
      })
      ({ config, lib, pkgs, ... }: {
        environment.systemPackages = lib.mkIf config.stylix.enable [ pkgs.tree ];
        programs.steam.enable = lib.mkIf config.foreign.on true;
        programs.unheard-of.enable = true;
      })
      ({ pkgs, ... }: { environment.systemPackages = [ pkgs.hello (throw "no") ]; })`,
      { 'bad.nix': '{ lib, ... }: { config = throw "broken module"; }' },
    );
    expect(packageLines(shell)).toEqual(['hello 2.12.1']);
    expect(shell.unresolved.filter(({ position }) => position === undefined)).toEqual([]);
    expect(notes(shell)).toEqual([
      expect.stringMatching(/^inputs\.foreign\.nixosModules\.default: What the flake "foreign"/),
      expect.stringMatching(/^\.\/gone\.nix: .*gone\.nix' does not exist\.$/),
      'bad.nix: Broken module.',
      'throw "no": No.',
      expect.stringMatching(/^environment\.systemPackages: Expected a list but found a set/),
      'environment.systemPackages: Whether it counts cannot be known: the option stylix.enable is of a module that is not here.',
      expect.stringMatching(/^programs\.steam\.enable: Whether it counts cannot be known/),
      'programs.unheard-of.enable: What it brings only NixOS knows.',
    ]);
  });

  it('says where modules need themselves, and reads the others', () => {
    const shell = readNixos(`
      ({ config, lib, pkgs, ... }: lib.optionalAttrs config.services.openssh.enable { environment.systemPackages = [ pkgs.tree ]; })
      ({ pkgs, ... }: { environment.systemPackages = [ pkgs.jq ]; })`);
    expect(packageLines(shell)).toEqual(['jq 1.7.1']);
    expect(notes(shell)[0]).toMatch(/depends on what they define|recursion/i);
  });

  it('reads homes behind conditions and in parts, whatever kind of module each is', () => {
    const shell = readNixos(`home-manager.nixosModules.home-manager
      ({ pkgs, lib, ... }: {
        home-manager.users.ann = lib.mkIf true ({ pkgs, ... }: { home.packages = [ pkgs.fd ]; });
        home-manager.users.ben = lib.mkIf true { imports = [ { home.packages = [ pkgs.bat ]; } ]; };
        home-manager.users.eve = lib.mkMerge [ { home.packages = [ pkgs.zsh ]; } ({ pkgs, ... }: { home.packages = [ pkgs.go ]; }) ];
        home-manager.users.kim = lib.mkIf false { home.packages = [ pkgs.jq ]; };
      })
      ({ pkgs, lib, ... }: { home-manager = lib.mkIf false { users.tom.home.packages = [ pkgs.ripgrep ]; }; })
      ({ lib, ... }: { home-manager.users.una = lib.mkIf (throw "who knows") { }; })
    `);
    expect(shell.packages.map(({ attribute }) => attribute).sort()).toEqual(['bat', 'fd', 'go', 'zsh']);
    expect(notes(shell)).toEqual([expect.stringContaining('who knows')]);
  });

  it('reads homes inside of the system, with what the system says', () => {
    const shell = readNixos(`home-manager.nixosModules.home-manager
      ({ pkgs, ... }: {
        users.users.alice.isNormalUser = true;
        home-manager.useGlobalPkgs = true;
        home-manager.extraSpecialArgs = { tool = pkgs.jq; };
        home-manager.sharedModules = [ { programs.bat.enable = true; } ];
        home-manager.users.alice = { pkgs, tool, osConfig, config, ... }: {
          home.packages = [ tool ];
          home.sessionVariables.CACHE = "\${config.home.homeDirectory}/cache";
          programs.git.enable = osConfig.users.users.alice.isNormalUser;
        };
      })`);
    expect(shell.packages.map(({ attribute, option }) => [attribute, option])).toEqual([
      ['jq', 'home-manager.users.alice.home.packages'],
      ['bat', 'home-manager.users.alice.programs.bat.enable'],
      ['git', 'home-manager.users.alice.programs.git.enable'],
    ]);
    expect(shell.variables).toMatchObject([{ name: 'CACHE', value: '/home/alice/cache' }]);
    expect(shell.unresolved).toEqual([]);
  });

  it('reads eval-config.nix, extendModules and a library that was extended', () => {
    const outputs = `nixosConfigurations = let
        lib' = lib.extend (final: prev: { mine = [ pkgs.jq ]; });
        base = import (nixpkgs + "/nixos/lib/eval-config.nix") { system = "x86_64-linux"; modules = [ { environment.systemPackages = [ pkgs.git ]; } ]; };
      in {
        a = base.extendModules { modules = [ ({ lib, ... }: { environment.systemPackages = [ pkgs.tree ]; }) ]; };
        b = lib'.nixosSystem { specialArgs.tools = lib'.mine; modules = [ ({ tools, ... }: { environment.systemPackages = tools; }) ]; };
      };`;
    expect(packageLines(readOutput(outputs, 'nixosConfigurations.a'))).toEqual(['git 2.49.0', 'tree 2.2.1']);
    expect(packageLines(readOutput(outputs, 'nixosConfigurations.b'))).toEqual(['jq 1.7.1']);
  });

  it('names what every NixOS has apart from what was asked for', () => {
    const shell = readNixos('{ }');
    expect(shell.packages).toEqual([]);
    expect(shell.implied?.map(({ attribute }) => attribute)).toContain('gnused');
  });
});

describe('Home Manager configurations', () => {
  it('reads packages, programs with their parts and packages, services and variables', () => {
    const shell = readHome(`({ config, pkgs, lib, ... }: {
      home = { username = "me"; homeDirectory = "/home/me"; stateVersion = "24.11"; };
      home.packages = [ pkgs.ripgrep (pkgs.python3.withPackages (ps: [ ps.requests ])) ];
      programs.git = { enable = true; package = pkgs.gitFull; delta.enable = true; };
      programs.direnv = { enable = true; nix-direnv.enable = true; };
      programs.bat = { enable = true; extraPackages = [ pkgs.bat-extras.batman ]; };
      programs.zsh.oh-my-zsh.enable = true;
      programs.gpg.enable = true;
      programs.ssh.enable = true;
      services.gpg-agent.enable = true;
      wayland.windowManager.sway.enable = pkgs.stdenv.isLinux;
      home.sessionVariables = { EDITOR = "vi"; CONFIG = config.xdg.configHome; N = 3; };
      home.file.".x".source = config.lib.file.mkOutOfStoreSymlink "/x";
      home.activation.x = lib.hm.dag.entryAfter [ "writeBoundary" ] "true";
    })`);
    expect(shell.kind).toBe('home');
    expect(packageLines(shell).map((line) => line.split(' ')[0])).toEqual([
      'ripgrep',
      'python3',
      'python3Packages.requests',
      'bat-extras.batman',
      'bat',
      'direnv',
      'gitFull',
      'gnupg',
      'sway',
      'delta',
      'nix-direnv',
      'oh-my-zsh',
    ]);
    expect(shell.variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'CONFIG=/home/me/.config',
      'EDITOR=vi',
      'N=3',
    ]);
    expect(notes(shell)).toEqual([]);
  });
});

describe('nix-darwin configurations', () => {
  it('reads packages, and what Homebrew and the App Store install as such', () => {
    const shell = readDarwin(`({ pkgs, ... }: {
      environment.systemPackages = [ pkgs.vim ];
      services.skhd.enable = true;
      homebrew = {
        enable = true;
        brews = [ "mas" { name = "acme/tap/thing"; restart_service = true; } ];
        casks = [ "iterm2" ];
        masApps.Xcode = 497799835;
      };
    })`);
    expect(shell.packages.map(({ name, manager, input, option }) => [name, manager ?? input, option])).toEqual([
      ['vim', 'nixpkgs', 'environment.systemPackages'],
      ['skhd', 'nixpkgs', 'services.skhd.enable'],
      ['mas', 'homebrew', 'homebrew.brews'],
      ['thing', 'homebrew', 'homebrew.brews'],
      ['iterm2', 'homebrew-cask', 'homebrew.casks'],
      ['Xcode', 'mac-app-store', 'homebrew.masApps'],
    ]);
  });

  it('leaves Homebrew aside where it is not on', () => {
    expect(readDarwin('{ homebrew.brews = [ "mas" ]; }').packages).toEqual([]);
  });
});

describe('configurations that a framework makes', () => {
  it('of flake-parts, with a helper for hosts and withSystem', () => {
    const inputs = { ...INPUTS, 'flake-parts': 'hercules-ci/flake-parts' };
    const flake = `{
  inputs = { ${Object.entries(inputs)
    .map(([name, place]) => `${name}.url = "github:${place}";`)
    .join(' ')} };
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } ({ withSystem, ... }: {
    systems = [ "x86_64-linux" ];
    imports = [ inputs.home-manager.flakeModules.home-manager ];
    flake.nixosModules.common = { pkgs, ... }: { environment.systemPackages = [ pkgs.tree ]; };
    flake.nixosConfigurations = builtins.mapAttrs (host: cfg: inputs.nixpkgs.lib.nixosSystem {
      modules = [ cfg inputs.self.nixosModules.common { nixpkgs.hostPlatform = "x86_64-linux"; } ];
    }) { one = { pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; }; };
    flake.homeConfigurations.ann = withSystem "x86_64-linux" ({ pkgs, ... }:
      inputs.home-manager.lib.homeManagerConfiguration { inherit pkgs; modules = [ { programs.fzf.enable = true; } ]; });
  });
}`;
    const target = readMemoryFlake({ 'flake.nix': flake, 'flake.lock': lockOf(inputs) }, 'x86_64-linux', {
      outputs: ['one', 'homeConfigurations.ann'],
    });
    expect(Object.entries(target.shells).map(([name, shell]) => [name, packageLines(shell)])).toEqual([
      ['nixosConfigurations.one', ['git 2.49.0', 'tree 2.2.1']],
      ['homeConfigurations.ann', ['fzf 0.61.3']],
    ]);
  });

  it('of snowfall, by where files stand', () => {
    const inputs = { ...INPUTS, 'snowfall-lib': 'snowfallorg/lib' };
    const target = readMemoryFlake(
      {
        'flake.nix': `{
  inputs = { ${Object.entries(inputs)
    .map(([name, place]) => `${name}.url = "github:${place}";`)
    .join(' ')} };
  outputs = inputs: inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; snowfall.namespace = "acme"; };
}`,
        'flake.lock': lockOf(inputs),
        'systems/x86_64-linux/box/default.nix':
          '{ pkgs, ... }: { acme.dev.enable = true; environment.systemPackages = [ pkgs.jq ]; }',
        'modules/nixos/tools/dev/default.nix':
          '{ pkgs, lib, config, namespace, ... }: { options.${namespace}.dev.enable = lib.mkEnableOption "x"; config = lib.mkIf config.${namespace}.dev.enable { environment.systemPackages = [ pkgs.gnumake ]; }; }',
        'homes/x86_64-linux/ann@box/default.nix': '{ pkgs, ... }: { home.packages = [ pkgs.fd ]; }',
        'homes/x86_64-linux/off@box/default.nix': '{ pkgs, ... }: { home.packages = [ pkgs.bat ]; }',
        'modules/nixos/users/default.nix':
          '{ pkgs, ... }: { snowfallorg.users.ann.home.config.home.packages = [ pkgs.ripgrep ]; snowfallorg.users.off.home.enable = false; }',
      },
      'x86_64-linux',
      { outputs: ['box', 'homeConfigurations."ann@box"'] },
    );
    expect(Object.entries(target.shells).map(([name, shell]) => [name, packageLines(shell)])).toEqual([
      ['nixosConfigurations.box', ['jq 1.7.1', 'gnumake 4.4.1', 'fd 10.2.0', 'ripgrep 14.1.1']],
      ['homeConfigurations.ann@box', ['fd 10.2.0']],
    ]);
  });
});

it('names packages that nixpkgs had before it gave them versions', () => {
  const shell = readNixos(
    '({ pkgs, ... }: { environment.systemPackages = [ pkgs.lutris ]; programs.steam.enable = true; })',
  );
  expect(packageLines(shell)).toEqual(['lutris 0.5.19', 'steam ?']);
});

describe('container images', () => {
  it.each([
    [
      'buildLayeredImage { name = "own/app"; tag = "latest"; contents = [ pkgs.coreutils ./files pkgs.dockerTools.fakeNss ]; config = { Cmd = [ "${pkgs.bash}/bin/bash" "-l" ]; Env = [ "A=1" ]; }; }',
      ['coreutils', 'dockerTools.fakeNss', 'bash'],
    ],
    [
      'buildImage { name = "x"; copyToRoot = pkgs.buildEnv { name = "root"; paths = [ pkgs.hello ]; }; config.Entrypoint = [ "/bin/hello" ]; }',
      ['hello'],
    ],
    ['streamLayeredImage { name = "x"; contents = pkgs.jq; fromImage = null; }', ['jq']],
    ['pullImage { imageName = "nixos/nix"; imageDigest = "sha256:1"; sha256 = "1"; }', []],
  ])('holds what its root is made of, and what it starts: %s', (image, held) => {
    const shell = readOutput(`packages.x86_64-linux.image = pkgs.dockerTools.${image};`, 'packages.x86_64-linux.image');
    expect(shell.packages.map(({ attribute }) => attribute)).toEqual(held);
    expect(shell.unresolved).toEqual([]);
    expect(shell.variables).toEqual([]);
  });

  it('is one package in a list, and brings nothing of what it holds to a shell made from it', () => {
    const shell = readOutput(
      `devShells.x86_64-linux.default = let image = pkgs.dockerTools.buildImage { name = "img"; contents = [ pkgs.jq ]; }; in
        pkgs.mkShell { packages = [ image ]; inputsFrom = [ image ]; };`,
      'devShells.x86_64-linux.default',
    );
    expect(shell.packages.map(({ attribute }) => attribute)).toEqual(['img']);
  });
});

it('reads what a script of the flake has on PATH', () => {
  const shell = readOutput(
    `packages.x86_64-linux.run = pkgs.writeShellApplication { name = "run"; runtimeInputs = [ pkgs.jq (throw "gone") ]; text = "jq"; };`,
    'packages.x86_64-linux.run',
  );
  expect(shell.builds).toMatchObject({ name: 'run' });
  expect(shell.packages.map(({ attribute }) => attribute)).toEqual(['jq']);
  expect(notes(shell)).toEqual(['throw "gone": Gone.']);
});
