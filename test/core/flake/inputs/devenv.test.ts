import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

/** 2023-06-01, 2025-06-01 and 2026-02-01: what devenv brings is another thing in each year. */
const EARLY = 1_685_600_000;
const MIDDLE = 1_748_736_000;
const LATE = 1_769_904_000;

function read(module: string, lockedAt: number, system = 'x86_64-linux') {
  return readInMemory({
    inputs: { devenv: 'cachix/devenv', nixpkgs: 'NixOS/nixpkgs/nixos-unstable' },
    system,
    lockedAt,
    outputs: `inputs@{ nixpkgs, devenv, ... }: {
      devShells.${system}.default = devenv.lib.mkShell {
        inherit inputs; pkgs = nixpkgs.legacyPackages.${system}; modules = [ ({ pkgs, ... }: { ${module} }) ];
      };
    }`,
  });
}
const sorted = (module: string, lockedAt: number, system?: string) =>
  [...packagesOf(read(module, lockedAt, system))].filter((name) => name !== 'pkg-config').sort();

describe('languages of devenv', () => {
  it('says that a file with a toolchain needs an input that the flake does not have', () => {
    const target = read('languages.rust = { enable = true; toolchainFile = ./rust-toolchain.toml; };', LATE);
    expect(packagesOf(target)).not.toContain('rustc');
    expect(target.shells['default']?.unresolved).toMatchObject([
      { what: 'languages.rust.toolchainFile', reason: expect.stringContaining('`rust-overlay`') },
    ]);
  });
  it.each([
    ['javascript', EARLY, '', ['nodejs']],
    ['javascript', MIDDLE, '', ['nodejs-slim']],
    ['javascript', MIDDLE, 'npm.enable = true; package = pkgs.nodejs_20;', ['nodejs_20']],
    ['javascript', MIDDLE, 'npm = { enable = true; package = pkgs.nodejs_18; };', ['nodejs_18']],
    ['javascript', LATE, '', ['nodejs-slim', 'typescript-language-server']],
    ['python', MIDDLE, 'uv.enable = true;', ['python3', 'uv']],
    ['python', LATE, '', ['pyright', 'python3']],
    ['python', LATE, 'lsp.enable = false;', ['python3']],
    ['nix', MIDDLE, '', ['cachix', 'deadnix', 'nil', 'statix', 'vulnix']],
    ['nix', LATE, 'lsp.package = pkgs.nil;', ['cachix', 'deadnix', 'nil', 'statix', 'vulnix']],
    ['c', MIDDLE, '', ['ccls', 'gdb', 'gnumake', 'stdenv', 'valgrind']],
    ['c', LATE, 'debugger = null;', ['ccls', 'clang-tools', 'gnumake', 'stdenv', 'valgrind']],
    ['opentofu', MIDDLE, '', ['opentofu']],
    ['opentofu', LATE, '', ['opentofu', 'terraform-ls']],
    ['helm', MIDDLE, '', ['kubernetes-helm']],
    ['helm', MIDDLE, 'languageServer.enable = true;', ['helm-ls', 'kubernetes-helm']],
    ['haskell', MIDDLE, 'stack.enable = false; languageServer = null;', ['cabal-install', 'ghc', 'hpack', 'zlib']],
    ['scala', EARLY, '', ['coursier', 'jdk', 'metals', 'sbt', 'scala-cli', 'scala_3', 'scalafmt']],
    ['scala', MIDDLE, 'mill.enable = true;', ['coursier', 'jdk', 'metals', 'mill', 'scala-cli', 'scala_3', 'scalafmt']],
    ['typst', EARLY, '', ['typst', 'typst-fmt', 'typst-lsp']],
    ['typst', MIDDLE, '', ['tinymist', 'typst', 'typstyle']],
    ['php', MIDDLE, 'version = "8.2"; packages.composer = pkgs.jq;', ['jq', 'php82']],
    ['dotnet', MIDDLE, '', ['dotnetCorePackages.sdk_8_0']],
    ['forth', LATE, '', ['gforth']],
    ['ada', LATE, 'alire.enable = true;', ['alire', 'gnatPackages.gnat', 'gnatPackages.gprbuild']],
    ['assembly', LATE, '', ['asm-lsp', 'nasm']],
    [
      'assembly',
      LATE,
      'type = "riscv"; targetArch = "riscv64"; lsp.enable = false;',
      ['pkgsCross.riscv64.stdenv.cc', 'qemu'],
    ],
    ['assembly', LATE, 'type = "yasm"; emulator = { enable = true; package = pkgs.jq; };', ['asm-lsp', 'jq', 'yasm']],
    ['d', LATE, '', ['dub', 'ldc', 'serve-d']],
    ['hare', LATE, '', ['hare', 'haredoc']],
    ['lean4', LATE, '', ['lean4']],
    ['pkl', LATE, 'lsp.enable = false;', ['pkl']],
    ['sql', LATE, '', ['sqlfluff', 'sqls']],
    ['matlab', LATE, '', ['matlab-language-server', 'octave', 'python3Packages.miss-hit']],
    [
      'matlab',
      LATE,
      'interpreter = "scilab"; dev = { linter.enable = false; jupyter.enable = true; ide.enable = true; }; alternatives.maxima.enable = true;',
      ['matlab-language-server', 'maxima', 'scilab-bin', 'spyder'],
    ],
    ['sql', LATE, 'dev.enable = false;', []],
    ['v', LATE, '', ['vlang']],
    ['verilog', LATE, '', ['verible', 'verilator']],
    ['vhdl', LATE, 'compiler = "nvc";', ['nvc', 'vhdl-ls']],
    ['solidity', MIDDLE, '', ['solc']],
    ['elixir', MIDDLE, '', ['elixir', 'elixir_ls']],
    ['elm', MIDDLE, '', ['elm2nix', 'elmPackages.elm', 'elmPackages.elm-format', 'elmPackages.elm-language-server']],
    ['erlang', MIDDLE, '', ['erlang', 'erlang-ls']],
    ['erlang', LATE, '', ['erlang', 'erlang-language-platform', 'rebar3']],
    ['fortran', MIDDLE, '', ['fortran-fpm', 'fortran-language-server']],
    ['idris', MIDDLE, '', ['idris2']],
    ['odin', MIDDLE, '', ['gdb', 'gnumake', 'odin', 'ols']],
    ['pascal', MIDDLE, 'lazarus.enable = true;', ['fpc', 'lazarus']],
    ['r', MIDDLE, '', ['R']],
    ['racket', LATE, '', ['racket-minimal']],
    ['robotframework', MIDDLE, '', ['python3', 'python3Packages.robotframework']],
    ['unison', LATE, '', ['unison-ucm']],
    ['cplusplus', LATE, '', ['ccls', 'clang', 'clang-tools', 'cmake']],
    ['cplusplus', LATE, 'package = pkgs.gcc; cmake.package = pkgs.jq; lsp.enable = false;', ['gcc', 'jq']],
    ['kotlin', LATE, '', ['gradle', 'kotlin', 'kotlin-language-server']],
  ])('%s at %i: %s', (name, lockedAt, options, packages) => {
    expect(sorted(`languages.${name} = { enable = true; ${options} };`, lockedAt)).toEqual(packages);
  });

  it('takes no other Rust for a channel whose input is missing', () => {
    const of = (lockedAt: number) =>
      read(
        'languages.c.enable = false; languages.rust = { enable = true; channel = "nightly"; mold.enable = false; };',
        lockedAt,
      );
    expect(packagesOf(of(MIDDLE))).toEqual(['pkg-config']);
    expect(of(MIDDLE).shells['default']?.unresolved).toMatchObject([
      { reason: expect.stringContaining('`rust-overlay`') },
    ]);
    expect(of(EARLY).shells['default']?.unresolved).toMatchObject([{ reason: expect.stringContaining('`fenix`') }]);
  });

  it('links with mold where devenv did', () => {
    const rust = (options: string, lockedAt: number, system?: string) =>
      sorted(
        `languages.c.enable = false; languages.rust = { enable = true; components = [ "cargo" ]; ${options} };`,
        lockedAt,
        system,
      );
    expect(rust('', EARLY)).toEqual(['cargo']);
    expect(rust('', 1_717_200_000)).toEqual(['cargo', 'mold-wrapped']);
    expect(rust('', MIDDLE)).toEqual(['cargo', 'mold-wrapped']);
    expect(rust('', MIDDLE, 'aarch64-linux')).toEqual(['cargo']);
    expect(rust('mold.enable = false;', MIDDLE)).toEqual(['cargo']);
    expect(rust('', LATE)).toEqual(['cargo']);
  });

  it('says that a server is not known, unless it is chosen or off', () => {
    const unresolvedOf = (options: string) =>
      read(`languages.vala = { enable = true; ${options} };`, LATE).shells['default']?.unresolved;
    expect(unresolvedOf('')).toMatchObject([{ what: 'languages.vala.lsp', position: { file: 'flake.nix' } }]);
    const { unresolved = [] } =
      read('languages.new.enable = true; services = { other.enable = true; tailscale.funnel.enable = true; };', LATE)
        .shells['default'] ?? {};
    expect(unresolved).toMatchObject([
      { what: 'services.other', position: { file: 'flake.nix' } },
      { what: 'languages.new', position: { file: 'flake.nix' } },
    ]);
    expect(unresolvedOf('lsp.enable = false;')).toEqual([]);
    expect(unresolvedOf('lsp.package = pkgs.vala-language-server;')).toEqual([]);
  });

  it('brings the debugger and the SDK of a system', () => {
    expect(sorted('languages.c.enable = true;', LATE, 'aarch64-darwin')).toContain('lldb');
    expect(sorted('languages.c.enable = true;', MIDDLE, 'aarch64-linux')).not.toContain('gdb');
    expect(sorted('apple.sdk = pkgs.jq;', MIDDLE, 'aarch64-darwin')).toContain('jq');
  });
});

it('takes Rust of the version or the day that is asked for', () => {
  const rust = (options: string) =>
    packagesOf(
      readInMemory({
        inputs: { devenv: 'cachix/devenv', 'rust-overlay': 'oxalica/rust-overlay' },
        lockedAt: LATE,
        outputs: `inputs@{ nixpkgs, devenv, ... }: {
          devShells.x86_64-linux.default = devenv.lib.mkShell {
            inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux;
            modules = [ { languages.c.enable = false; languages.rust = { enable = true; ${options} }; } ];
          };
        }`,
      }),
    ).filter((name) => name.startsWith('rust-overlay'));
  expect(rust('channel = "nightly"; version = "2025-08-23";')).toEqual([
    'rust-overlay: rust-bin.nightly."2025-08-23".minimal ≈1.91.0-nightly',
  ]);
  expect(rust('channel = "stable"; version = "1.81.0";')).toEqual([
    'rust-overlay: rust-bin.stable."1.81.0".minimal 1.81.0',
  ]);
});

it('runs hooks of devenv with the program of the time', () => {
  const hooks = 'git-hooks.hooks.shellcheck.enable = true;';
  expect(sorted(hooks, MIDDLE)).toEqual(['pre-commit', 'shellcheck']);
  expect(sorted(hooks, 1_770_500_000)).toEqual(['prek', 'shellcheck']);
  expect(sorted(`${hooks} git-hooks.package = pkgs.pre-commit;`, 1_770_500_000)).toEqual(['pre-commit', 'shellcheck']);
});

describe('services of devenv', () => {
  it.each([
    // Processes alone.
    ...['elasticmq', 'n8n', 'sqld', 'memcached', 'influxdb', 'dynamodb-local', 'typesense', 'wiremock'].map(
      (name): [string, string, string[]] => [name, '', []],
    ),
    ['opentelemetry-collector', 'package = pkgs.jq;', []],
    ['surrealdb', '', ['surrealdb']],
    ['pgbouncer', 'package = pkgs.jq;', ['jq']],
    ['meilisearch', '', ['meilisearch']],
    ['mongodb', '', ['mongodb-ce', 'mongodb-tools', 'mongosh']],
    // Scripts that call the service's programs, with or without these.
    ['cassandra', '', ['cassandra_4', 'self: start-cassandra ?']],
    ['minio', '', ['self: mc ?']],
    ['minio', 'clientConfig = pkgs.lib.mkForce null; clientPackage = pkgs.jq;', ['jq']],
    ['mysql', '', ['mariadb', 'self: mysql ?', 'self: mysqladmin ?', 'self: mysqldump ?']],
    ['ollama', '', ['self: loadModels ?']],
    ['openbao', '', ['openbao', 'self: openbao ?']],
    ['tideways', 'cliPackage = pkgs.jq;', ['jq']],
    ['varnish', '', ['adm', 'hist', 'log', 'stat', 'top'].map((name) => `self: varnish${name} ?`)],
    ['vault', '', ['self: vault ?']],
  ])('%s, with %o', (name, options, packages) => {
    expect(sorted(`services.${name} = { enable = true; ${options} };`, LATE)).toEqual(packages);
  });

  it('shows a script that the project has in the place of the one of the service', () => {
    expect(sorted('services.vault.enable = true; scripts.vault.exec = "";', LATE)).toEqual(['self: vault ?']);
  });

  it.each([
    ['postgres', { PGDATA: '$PWD/.devenv/state/postgres', PGPORT: '5432' }],
    ['redis', { REDISDATA: '$PWD/.devenv/state/redis' }],
    ['mysql', { MYSQL_UNIX_PORT: '$PWD/.devenv/state/mysql.sock' }],
    ['vault', { VAULT_ADDR: 'http://127.0.0.1:8200' }],
    ['ollama = { port = 9; address = "::1"; }; services.ollama', { OLLAMA_HOST: '::1:9' }],
    ['redis.enable = true; env.PGHOST = "there"; services.postgres', { PGHOST: 'there' }],
    ['redis.enable = true; languages.go', { GOPATH: '$PWD/.devenv/state/go', GOTOOLCHAIN: 'local' }],
    ['redis.enable = true; languages.python.uv.enable = true; languages.python', { UV_PYTHON_DOWNLOADS: 'never' }],
  ])('sets the variables of %s', (name, expected) => {
    const { variables = [], unresolved } = read(`services.${name}.enable = true;`, LATE).shells['default'] ?? {};
    expect(Object.fromEntries(variables.map((variable) => [variable.name, variable.value]))).toMatchObject(expected);
    expect(unresolved).toEqual([]);
  });

  it('knows the variables of the shell itself, for those who ask for them', () => {
    const module = 'env.A = "${config.env.DEVENV_STATE}/a"; env.B = config.devenv.root;';
    const target = read(`imports = [ ({ config, ... }: { ${module} }) ];`, LATE);
    expect(target.shells['default']?.variables).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'A', value: '$PWD/.devenv/state/a' }),
        expect.objectContaining({ name: 'B', value: '$PWD' }),
      ]),
    );
  });
});

it('says what a Python environment of devenv is made of', () => {
  const target = read(
    'languages.python.enable = true; imports = [ ({ config, ... }: { packages = [ (config.languages.python.import ./. { }) ]; }) ];',
    LATE,
  );
  expect(target.shells['default']?.unresolved).toMatchObject([
    { what: 'languages.python.import', reason: expect.stringContaining('uv.lock') },
  ]);
});

it('crystal of devenv brings the tools of C', () => {
  expect(sorted('languages.crystal.enable = true;', MIDDLE)).toEqual([
    'ccls',
    'crystal',
    'gdb',
    'gnumake',
    'shards',
    'stdenv',
    'valgrind',
  ]);
});

it('modules of devenv take inputs by their names', () => {
  const target = readInMemory({
    inputs: { devenv: 'cachix/devenv', thing: 'someone/thing' },
    outputs: `inputs@{ nixpkgs, devenv, ... }: {
      devShells.x86_64-linux.default = devenv.lib.mkShell {
        inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux;
        modules = [ ({ nixpkgs, thing, inputs, ... }: { packages = [ nixpkgs.legacyPackages.x86_64-linux.jq thing.packages.x86_64-linux.it ]; }) ];
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'thing: it ?', 'pkg-config']);
});

it('integrations of devenv: what each puts into the shell', () => {
  expect(sorted('difftastic.enable = true; delta.enable = false; starship.enable = true;', MIDDLE)).toEqual([
    'difftastic',
    'starship',
  ]);
  expect(
    sorted('delta.enable = true; starship = { enable = true; package = pkgs.jq; config.enable = true; };', MIDDLE),
  ).toEqual(['delta', 'jq']);
  expect(
    read('android = { enable = true; platforms.version = [ "34" ]; };', MIDDLE).shells['default']?.unresolved,
  ).toMatchObject([{ what: 'android', position: { file: 'flake.nix' } }]);
});

it('more integrations of devenv, and those that nobody knows', () => {
  const module = `
    mergiraf.enable = true; just.enable = true; languages.terraform.enable = true;
    aws-vault = { enable = true; profile = "x"; awscli2WrapperEnable = true; terraformWrapperEnable = true; };
    dotenv.enable = true; devcontainer.enable = true; hosts."a.b" = "127.0.0.1"; claude.code.enable = true;
    imports = [ ({ lib, config, ... }: { options.mine.enable = lib.mkEnableOption "it"; config.packages = lib.optional config.mine.enable pkgs.jq; }) ];
    mine.enable = true; new-thing.enable = true; conan.enable = true; languages.sway.enable = true; services.rustfs.enable = true;`;
  expect(sorted(module, LATE)).toEqual(['jq', 'just', 'mergiraf', 'self: aws ?', 'self: terraform ?', 'terraform-ls']);
  const { unresolved = [] } = read(module, LATE).shells['default'] ?? {};
  expect(unresolved.map(({ what }) => what).sort()).toEqual([
    'conan',
    'languages.sway',
    'new-thing',
    'services.rustfs.package',
  ]);
});

it('formats with treefmt in devenv, of the input that has it', () => {
  const module = 'treefmt = { enable = true; config.programs.nixfmt.enable = true; };';
  expect(read(module, MIDDLE).shells['default']?.unresolved).toMatchObject([
    { reason: expect.stringContaining('`treefmt-nix`') },
  ]);
  const target = readInMemory({
    inputs: { devenv: 'cachix/devenv', 'treefmt-nix': 'numtide/treefmt-nix' },
    outputs: `inputs@{ nixpkgs, devenv, ... }: {
      devShells.x86_64-linux.default = devenv.lib.mkShell {
        inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux; modules = [ ({ config, ... }: { ${module} packages = [ config.treefmt.config.programs.nixfmt.package ]; }) ];
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['treefmt', 'nixfmt', 'pkg-config']);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it('hooks of devenv run the toolchain of the language, not the one of nixpkgs', () => {
  const shell = (rust: string) =>
    packagesOf(
      readInMemory({
        inputs: { devenv: 'cachix/devenv', 'rust-overlay': 'oxalica/rust-overlay' },
        lockedAt: MIDDLE,
        outputs: `inputs@{ nixpkgs, devenv, ... }: {
          devShells.x86_64-linux.default = devenv.lib.mkShell {
            inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux;
            modules = [ {
              languages.c.enable = false;
              languages.rust = { enable = true; ${rust} };
              git-hooks.hooks = { clippy.enable = true; rustfmt.enable = true; };
            } ];
          };
        }`,
      }),
    ).filter((name) => !['pkg-config', 'pre-commit', 'mold-wrapped'].includes(name));
  expect(shell('channel = "stable"; version = "1.81.0";')).toEqual([
    'rust-overlay: rust-bin.stable."1.81.0".minimal 1.81.0',
  ]);
  expect(shell('')).toEqual(['rustc', 'cargo', 'clippy', 'rustfmt', 'rust-analyzer']);
});

it('git-hooks.nix takes tools that the project has in the place of its own', () => {
  const target = readInMemory({
    inputs: { hooks: 'cachix/git-hooks.nix', fenix: 'nix-community/fenix' },
    outputs: `{ nixpkgs, hooks, fenix, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = (hooks.lib.x86_64-linux.run {
          src = ./.;
          tools = { inherit (fenix.packages.x86_64-linux.stable) cargo clippy; black = pkgs.jq; };
          hooks = { black.enable = true; clippy.enable = true; govet.enable = true; };
        }).enabledPackages;
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'fenix: stable.cargo ≈1.77.0', 'fenix: stable.clippy ≈1.77.0', 'go']);
});

it('variables of devenv: of Rust, of Go by version, and of certificates', () => {
  const variables = (module: string) =>
    Object.fromEntries(
      (
        readInMemory({
          inputs: {
            devenv: 'cachix/devenv',
            'go-overlay': 'purpleclay/go-overlay',
            'rust-overlay': 'oxalica/rust-overlay',
          },
          lockedAt: MIDDLE,
          outputs: `inputs@{ nixpkgs, devenv, ... }: {
            devShells.x86_64-linux.default = devenv.lib.mkShell {
              inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux; modules = [ { ${module} } ];
            };
          }`,
        }).shells['default']?.variables ?? []
      ).map(({ name, value }) => [name, value]),
    );
  expect(variables('languages.rust = { enable = true; mold.enable = true; rustflags = "-C x"; };')).toMatchObject({
    RUST_SRC_PATH: '/nix/store/…-rustLibSrc',
    RUSTFLAGS: '-C link-arg=-fuse-ld=mold -C x',
    RUSTDOCFLAGS: '-C link-arg=-fuse-ld=mold',
  });
  expect(variables('languages.rust = { enable = true; channel = "stable"; };')['RUST_SRC_PATH']).toBe(
    '/nix/store/…-rust-src/lib/rustlib/src/rust/library',
  );
  expect(variables('languages.go = { enable = true; version = "1.21.0"; };')['GOROOT']).toBe(
    '/nix/store/…-go-1.21.0/share/go/',
  );
  expect(variables('certificates = [ "x.local" ];')).toMatchObject({
    CAROOT: '$PWD/.devenv/state/mkcert',
    NODE_EXTRA_CA_CERTS: '$PWD/.devenv/state/mkcert/rootCA.pem',
  });
});

it('a shell of devenv is there when what its modules assert is true', () => {
  expect(packagesOf(read('assertions = [ { assertion = true; message = "no"; } ];', MIDDLE))).toEqual(['pkg-config']);
  expect(() => read('assertions = [ { assertion = false; message = "no such port"; } ];', MIDDLE)).toThrow(
    'Failed assertions:\n- no such port',
  );
});
