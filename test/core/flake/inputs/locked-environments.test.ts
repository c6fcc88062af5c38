import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

const reasons = (target: ReturnType<typeof readInMemory>, shell = 'default') =>
  (target.shells[shell]?.unresolved ?? []).map((item) => `${item.what}: ${item.reason}`);

it('poetry2nix: the interpreter, and one item with what the lock lists', () => {
  const target = readInMemory({
    inputs: { poetry2nix: 'nix-community/poetry2nix' },
    files: {
      'pyproject.toml': '[tool.poetry]\nname = "app"\nversion = "1.2"\n',
      'poetry.lock':
        '[[package]]\nname = "requests"\nversion = "2.31.0"\n[[package]]\nname = "idna"\nversion = "3.6"\n',
    },
    outputs: `{ self, nixpkgs, poetry2nix }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; inherit (poetry2nix.lib.mkPoetry2Nix { inherit pkgs; }) mkPoetryEnv; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.poetry (mkPoetryEnv { projectDir = ./.; python = pkgs.python311; extraPackages = ps: [ ps.ipython ]; }) ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['poetry', 'python311', 'python311Packages.ipython']);
  expect(reasons(target)).toEqual([
    expect.stringContaining('poetry.lock, which lists 2 packages: requests 2.31.0, idna 3.6'),
  ]);
});

describe('uv2nix', () => {
  const inputs = {
    uv2nix: 'pyproject-nix/uv2nix',
    'pyproject-nix': 'pyproject-nix/pyproject.nix',
    'pyproject-build-systems': 'pyproject-nix/build-system-pkgs',
  };

  it('reads the template of the project: one environment from uv.lock', () => {
    const target = readInMemory({
      inputs,
      files: {
        'pyproject.toml': '[project]\nname = "hello-world"\nversion = "0.1.0"\n',
        'uv.lock':
          'version = 1\n[[package]]\nname = "hello-world"\nversion = "0.1.0"\nsource = { editable = "." }\n[[package]]\nname = "urllib3"\nversion = "2.2.3"\n',
      },
      outputs: `{ self, nixpkgs, uv2nix, pyproject-nix, pyproject-build-systems, ... }: let
        inherit (nixpkgs) lib;
        workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; };
        overlay = workspace.mkPyprojectOverlay { sourcePreference = "wheel"; };
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        python = pkgs.python312;
        pythonSet = (pkgs.callPackage pyproject-nix.build.packages { inherit python; }).overrideScope
          (lib.composeManyExtensions [ pyproject-build-systems.overlays.default overlay (_final: _prev: { }) ]);
      in {
        devShells.x86_64-linux.default = let
          editable = workspace.mkEditablePyprojectOverlay { root = "$REPO_ROOT"; };
          set = pythonSet.overrideScope (lib.composeManyExtensions [ editable (final: prev: {
            hello-world = prev.hello-world.overrideAttrs (old: { nativeBuildInputs = old.nativeBuildInputs ++ final.resolveBuildSystem { editables = [ ]; }; });
          }) ]);
          virtualenv = set.mkVirtualEnv "hello-world-dev-env" workspace.deps.all;
        in pkgs.mkShell { packages = [ virtualenv pkgs.uv ]; env.UV_NO_SYNC = "1"; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['python312', 'uv']);
    expect(reasons(target)).toEqual([
      expect.stringMatching(
        /^hello-world-dev-env: .*uv\.lock, which lists 2 packages: hello-world 0\.1\.0, urllib3 2\.2\.3/,
      ),
    ]);
  });

  const files = {
    'pyproject.toml': '[project]\nname = "app"\n',
    'uv.lock':
      'version = 1\nrequires-python = ">=3.99"\n[[package]]\nname = "app"\nversion = "0.1.0"\nsource = { editable = "." }\n[[package]]\nname = "rich"\nversion = "13.7.0"\n',
    'tool.py': '# /// script\n# dependencies = [ "requests" ]\n# ///\n',
    'tool.py.lock': 'version = 1\n[[package]]\nname = "requests"\nversion = "2.32.3"\n',
  };
  const shellOf = (packages: string, python = 'pkgs.python312') => {
    const target = readInMemory({
      inputs,
      files,
      outputs: `{ nixpkgs, uv2nix, pyproject-nix, pyproject-build-systems, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; };
        set = (pkgs.callPackage pyproject-nix.build.packages { python = ${python}; }).overrideScope
          (nixpkgs.lib.composeManyExtensions [ pyproject-build-systems.overlays.wheel (workspace.mkPyprojectOverlay { }) ]);
        venv = set.mkVirtualEnv "app-env" workspace.deps.default;
      in { devShells.x86_64-linux.default = pkgs.mkShell { ${packages} }; }`,
    });
    return [...packagesOf(target), ...reasons(target)];
  };
  const UNREAD =
    'app-env: Uv2nix builds this Python environment from uv.lock, which lists 2 packages: app 0.1.0, rich 13.7.0.';

  it.each([
    [
      'an environment that is changed',
      'packages = [ (venv.overrideAttrs { venvIgnoreCollisions = [ "*" ]; }) ];',
      ['python312', UNREAD],
    ],
    ['what an environment is built with', 'inputsFrom = [ venv ]; packages = [ pkgs.jq ];', ['jq']],
    [
      'an application',
      'packages = [ ((pkgs.callPackages pyproject-nix.build.util { }).mkApplication { inherit venv; package = set.app; }) ];',
      ['uv2nix: uv.lock: app 0.1.0'],
    ],
    [
      'packages by name, with what they need',
      'packages = set.resolveVirtualEnv { app = [ ]; };',
      ['uv2nix: uv.lock: app 0.1.0', UNREAD.replace('app-env', 'what app needs')],
    ],
    [
      'a script with its own lock',
      `packages = let script = uv2nix.lib.scripts.loadScript { script = ./tool.py; }; scripts = set.overrideScope (script.mkOverlay { sourcePreference = "wheel"; });
        in [ (script.mkVirtualEnv { pythonSet = scripts; }) ];`,
      [
        'python312',
        'tool-env: Uv2nix builds this Python environment from tool.py.lock, which lists 1 package: requests 2.32.3.',
      ],
    ],
  ])('%s', (_, packages, expected) => {
    expect(shellOf(packages)).toEqual(expected);
  });

  it('has hooks, packages of nixpkgs put in, and the extras and groups of its members', () => {
    const lock = `version = 1
[[package]]
name = "app"
version = "0.1.0"
source = { editable = "." }
[package.optional-dependencies]
web = [{ name = "torch" }]
[package.dev-dependencies]
dev = [{ name = "torch" }]
[[package]]
name = "torch"
version = "2.5.0"
`;
    const target = readInMemory({
      inputs,
      files: { 'pyproject.toml': '[project]\nname = "app"\n', 'uv.lock': lock },
      outputs: `{ nixpkgs, uv2nix, pyproject-nix, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; };
        hacks = pkgs.callPackage pyproject-nix.build.hacks { };
        base = pkgs.callPackage pyproject-nix.build.packages { python = pkgs.python312; };
        set = base.overrideScope (pkgs.lib.composeExtensions (workspace.mkPyprojectOverlay { }) (final: prev: {
          torch = hacks.nixpkgsPrebuilt { from = pkgs.python312Packages.torch; prev = prev.torch; };
        }));
      in { devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ set.torch (set.callPackage ({ app, stdenv }: app) { }) (set.mkVirtualEnv "venv" workspace.deps.all) ];
        DEPS = builtins.toJSON [ workspace.deps.all workspace.deps.default ];
        NAME = pyproject-nix.lib.pypa.normalizePackageName "A_b";
        MADE = (hacks.toNixpkgs { pythonSet = set; packages = [ "app" ]; } { } { }).app.version;
      }; }`,
    });
    expect(packagesOf(target)).toEqual([
      expect.stringContaining('self: torch'),
      'uv2nix: uv.lock: app 0.1.0',
      'python312',
    ]);
    expect(target.shells['default']?.unresolved.map(({ what }) => what)).toEqual(['venv']);
    expect(target.shells['default']?.variables.map(({ value }) => value)).toEqual([
      '[{"app":["web","dev"]},{"app":[]}]',
      '0.1.0',
      'a-b',
    ]);
  });

  it('tells what the lock lists where no Python is known', () => {
    const python =
      'builtins.head (pyproject-nix.lib.util.filterPythonInterpreters { inherit (workspace) requires-python; inherit (pkgs) pythonInterpreters; })';
    expect(shellOf('packages = [ venv ];', python)).toEqual([
      "venv: Which Python the project's requires-python chooses is not known here.",
      UNREAD,
    ]);
  });

  it.each([
    ['>=3.11', 'python311'],
    ['>=3.9, <3.12', 'python310'],
    ['>=3.11.4', 'python312'],
    ['~=3.11', 'python311'],
    ['==3.12.*', 'python312'],
    ['!=3.10.*,>3.9', 'python311'],
    ['<=3.9', 'python39'],
  ])('takes the first released Python by name that requires-python allows: %s', (requires, python) => {
    const target = readInMemory({
      inputs: { ...inputs, nixpkgs: 'NixOS/nixpkgs/nixos-unstable' },
      files: {
        'pyproject.toml': '[project]\nname = "x"\n',
        'uv.lock': `version = 1\nrequires-python = "${requires}"\n`,
      },
      outputs: `{ nixpkgs, uv2nix, pyproject-nix, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./.; };
        python = builtins.head (pyproject-nix.lib.util.filterPythonInterpreters { inherit (workspace) requires-python; inherit (pkgs) pythonInterpreters; });
      in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ python pkgs.uv ]; }; }`,
    });
    expect(packagesOf(target)).toEqual([python, 'uv']);
  });

  it('pyproject.nix: dependencies as nixpkgs names them', () => {
    const target = readInMemory({
      inputs,
      files: { 'pyproject.toml': '[project]\nname = "x"\ndependencies = [ "Requests >= 2", "typing_extensions" ]\n' },
      outputs: `{ nixpkgs, pyproject-nix, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; python = pkgs.python3;
        project = pyproject-nix.lib.project.loadPyproject { projectRoot = ./.; };
      in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ (python.withPackages (project.renderers.withPackages { inherit python; })) ]; }; }`,
    });
    expect(packagesOf(target)).toEqual([
      'python3',
      'python3Packages.requests',
      'python3Packages.typing-extensions',
      'python3Packages.setuptools',
      'python3Packages.wheel',
    ]);
  });

  const rendered = (load: string, args: string) => `{ nixpkgs, pyproject-nix, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux; python = pkgs.python312;
      project = pyproject-nix.lib.project.${load} { projectRoot = ./.; };
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [
      (python.withPackages (project.renderers.withPackages { inherit python; ${args} }))
    ]; }; }`;
  const members = (target: Parameters<typeof packagesOf>[0]) =>
    packagesOf(target).map((name) => name.replace('python312Packages.', ''));

  it.each([
    ['python_version < "3.10"', false],
    ["python_version >= '3.8' and sys_platform == 'linux'", true],
    ["'3.8' > python_version or (os_name == 'nt' and extra == 'x')", false],
    ["sys_platform == 'win32'", false],
    ["platform_system != 'Windows'", true],
    ["'linux' in sys_platform", true],
    ["platform_machine not in 'x86_64 aarch64'", false],
    ["extra == 'dev'", true],
    ["extra != 'dev'", false],
    ["python_full_version ~= '3.12.1' or python_version == '3.12.*'", true],
    ['implementation_name === "pypy"', false],
  ])('pyproject.nix: by the marker %s', (marker, isWanted) => {
    const target = readInMemory({
      inputs,
      files: {
        'pyproject.toml': `[project]\nname = "x"\ndependencies = [ ${JSON.stringify(`rich[a, b] >= 2; ${marker}`)} ]\n[project.optional-dependencies]\ndev = [ "Py.Test" ]\n[build-system]\nrequires = [ "hatchling" ]`,
      },
      outputs: rendered('loadPyproject', 'extras = [ "dev" ];'),
    });
    expect(members(target)).toEqual(['python312', ...(isWanted ? ['rich'] : []), 'py-test', 'hatchling']);
    expect(reasons(target)).toEqual(
      isWanted
        ? [
            'rich[a]: What rich needs for its extra a is known only to nixpkgs itself.',
            'rich[b]: What rich needs for its extra b is known only to nixpkgs itself.',
          ]
        : [],
    );
  });

  it('pyproject.nix: a marker that hangs on what is not known, and groups that include others', () => {
    const target = readInMemory({
      inputs,
      files: {
        'pyproject.toml':
          '[project]\nname = "x"\ndependencies = [ "rich; platform_release > \'5\'", "click; platform_release == \'5\' and os_name == \'nt\'" ]\n[dependency-groups]\ndev = [ { include-group = "test" }, "ruff" ]\ntest = [ "pytest" ]',
      },
      outputs: rendered('loadPyproject', 'groups = [ "dev" ];'),
    });
    expect(members(target)).toEqual(['python312', 'pytest', 'ruff', 'setuptools', 'wheel']);
    expect(reasons(target)).toEqual([expect.stringMatching(/^rich: Whether the project wants it hangs on a marker/)]);
  });

  it("pyproject.nix: Poetry's own table", () => {
    const target = readInMemory({
      inputs,
      files: {
        'pyproject.toml': `[tool.poetry]
name = "x"
version = "1"
[tool.poetry.dependencies]
python = "^3.10"
click = { version = "^8", optional = true }
colorama = { version = "*", markers = "sys_platform == 'win32'" }
numpy = [ { version = "1", python = "<3.9" }, { version = "2", python = "^3.9" } ]
tomli = { version = "*", python = "~3.10" }
zipp = { version = "*", python = "3.11" }
rich = "^13"
[tool.poetry.group.dev.dependencies]
black = "*"
[build-system]
requires = [ "poetry-core" ]`,
      },
      outputs: rendered('loadPoetryPyproject', 'extras = [ "dev" ];'),
    });
    expect(members(target)).toEqual(['python312', 'click', 'numpy', 'rich', 'black', 'poetry-core']);
  });

  it('pyproject.nix: requirements.txt, and the files that it names', () => {
    const target = readInMemory({
      inputs,
      files: {
        'requirements.txt':
          '# all\nnumpy==2.1.0 \\\n  --hash=sha256:abc\n--no-binary :all:\njinja2>=3  # templates\n-r more/dev.txt\n',
        'more/dev.txt': 'pytest\n-r last.txt',
        'more/last.txt': 'mypy',
      },
      outputs: rendered('loadRequirementsTxt', 'extraPackages = ps: [ ps.ipython ];'),
    });
    expect(members(target)).toEqual([
      'python312',
      'numpy',
      'jinja2',
      'pytest',
      'mypy',
      'setuptools',
      'wheel',
      'ipython',
    ]);
  });

  it('pyproject.nix: a package that is built from the project', () => {
    const target = readInMemory({
      inputs,
      files: {
        'pyproject.toml':
          '[project]\nname = "x"\nversion = "2"\ndependencies = [ "rich" ]\n[build-system]\nrequires = [ "hatchling" ]',
      },
      outputs: `{ nixpkgs, pyproject-nix, ... }: let
          pkgs = nixpkgs.legacyPackages.x86_64-linux; python = pkgs.python312;
          project = pyproject-nix.lib.project.loadPyproject { projectRoot = ./.; };
        in { devShells.x86_64-linux.default = pkgs.mkShell { inputsFrom = [
          (python.pkgs.buildPythonPackage (project.renderers.buildPythonPackage { inherit python; }))
        ]; }; }`,
    });
    expect(members(target)).toEqual(['python312', 'hatchling', 'rich']);
  });
});

it('gomod2nix: the newest Go that go.mod allows, and the program', () => {
  const target = readInMemory({
    inputs: { gomod2nix: 'nix-community/gomod2nix' },
    files: { 'go.mod': 'module x\n\ngo 1.21\n', 'tools.go': 'package tools\n' },
    outputs: `{ nixpkgs, gomod2nix, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ gomod2nix.overlays.default ]; }; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ (pkgs.mkGoEnv { pwd = ./.; }) pkgs.gomod2nix pkgs.golangci-lint ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['go_1_22', 'gomod2nix: gomod2nix ?', 'golangci-lint']);
  expect(reasons(target)).toEqual([expect.stringContaining('tools.go imports from gomod2nix.toml')]);
});

it("gomod2nix: what a project's modules are, an application's compiler, and what an environment hands on", () => {
  const target = readInMemory({
    inputs: { gomod2nix: 'nix-community/gomod2nix' },
    files: { 'go.mod': 'module x\n\ngo 1.21\n', 'tools.go': 'package tools\n', 'go.sum': 'x.org/y v1.0.0 h1:a=\n' },
    outputs: `{ nixpkgs, gomod2nix, ... }: let
      system = "x86_64-linux"; pkgs = nixpkgs.legacyPackages.\${system};
      inherit (gomod2nix.legacyPackages.\${system}) mkGoEnv buildGoApplication;
      env = mkGoEnv { pwd = ./.; };
    in { devShells.\${system} = {
      default = pkgs.mkShell { packages = [ env ]; };
      from = pkgs.mkShell { inputsFrom = [ env ]; packages = [ (buildGoApplication { pname = "x"; version = "1"; pwd = ./.; }).go ]; };
    }; }`,
  });
  expect(packagesOf(target)).toEqual(['go_1_22']);
  expect(reasons(target)).toEqual([expect.stringContaining('go.sum has them, which lists 1 package: x.org/y 1.0.0')]);
  expect([...packagesOf(target, 'from')].sort()).toEqual(['go_1_22', 'rsync']);
  expect(reasons(target, 'from')).toEqual([]);
});

it('dream2nix: one item with its cause, and the rest', () => {
  const target = readInMemory({
    inputs: { dream2nix: 'nix-community/dream2nix' },
    files: {
      'default.nix':
        '{ config, lib, dream2nix, ... }: { imports = [ dream2nix.modules.dream2nix.pip ]; deps = { nixpkgs, ... }: { python = nixpkgs.python310; }; name = "app"; version = "1"; mkDerivation.nativeBuildInputs = [ config.deps.python ]; pip.requirementsList = [ "x" ]; }',
    },
    outputs: `{ self, dream2nix, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      packages.x86_64-linux.default = dream2nix.lib.evalModules { packageSets.nixpkgs = pkgs; modules = [ ./default.nix { paths.projectRoot = ./.; paths.package = ./.; } ]; };
      devShells.x86_64-linux.default = pkgs.mkShell { inputsFrom = [ self.packages.x86_64-linux.default.devShell ]; packages = [ pkgs.jq ]; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['jq', 'python310']);
  expect(reasons(target)).toEqual([expect.stringContaining('lock file')]);
});

it.each([
  ['mkDerivation.src = ./.;', 'package-lock.json, which lists 1 package: cowsay 1.5.0'],
  [
    'mkDerivation.src = ./.; nodejs-package-lock-v3.packageLockFile = "${config.mkDerivation.src}/sub/package-lock.json";',
    'package-lock.json, which lists 1 package: chalk 5.0.0',
  ],
  ['pdm.lockfile = ./pdm.lock;', 'pdm.lock, which lists 1 package: idna 3.6'],
  ['rust-cargo-lock.source = ./rust;', 'Cargo.lock, which lists 1 package: ripgrep 14.1.0'],
])('dream2nix: what the lock of a package lists: %s', (options, expected) => {
  const npm = (name: string, version: string) =>
    JSON.stringify({ packages: { '': {}, [`node_modules/${name}`]: { version } } });
  const target = readInMemory({
    inputs: { dream2nix: 'nix-community/dream2nix' },
    files: {
      'default.nix': `{ config, lib, dream2nix, ... }: { imports = [ dream2nix.modules.dream2nix.any ]; name = "app"; ${options} }`,
      'package-lock.json': npm('cowsay', '1.5.0'),
      'sub/package-lock.json': npm('chalk', '5.0.0'),
      'pdm.lock': '[[package]]\nname = "idna"\nversion = "3.6"\n',
      'rust/Cargo.lock': '[[package]]\nname = "ripgrep"\nversion = "14.1.0"\n',
    },
    outputs: `{ self, dream2nix, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; app = dream2nix.lib.evalModules { packageSets.nixpkgs = pkgs; modules = [ ./default.nix ]; }; in {
      devShells.x86_64-linux.default = pkgs.mkShell { inputsFrom = [ app.devShell ]; packages = [ app.pyEnv pkgs.jq ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['jq']);
  expect(reasons(target).sort()).toEqual([
    expect.stringMatching(/^app\.pyEnv: It comes from the flake "dream2nix"/),
    expect.stringContaining(`app: Dream2nix makes this package from ${expected}`),
  ]);
});

it('poetry2nix of nixpkgs: what an application is made of hangs on its lock, and is told behind inputsFrom', () => {
  const target = readInMemory({
    inputs: { nixpkgs: 'NixOS/nixpkgs/nixos-23.05' },
    lockedAt: 1_690_000_000,
    files: { 'poetry.lock': '[[package]]\nname = "idna"\nversion = "3.6"\n' },
    outputs: `{ nixpkgs, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        inputsFrom = [ (pkgs.poetry2nix.mkPoetryApplication { projectDir = ./.; propagatedBuildInputs = [ pkgs.openssh ]; }) ];
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['python3', 'openssh']);
  expect(reasons(target)).toEqual([expect.stringContaining('poetry.lock, which lists 1 package: idna 3.6')]);
});
