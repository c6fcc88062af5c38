import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exporters } from '../../src/core/report';
import { type CliResult, runCli } from './fake-io';

/** What was planted, by its place. */
const planted = new Map<string, string>();

/** A token of its own for each place, put together here so that no scanner takes this file for a leak. */
function token(place: string): string {
  const number = String(planted.size + 100);
  const secret = `ghp_${[...'xQ7kLm2VtR9wZb4NcY8d'].map((letter, at) => letter + number[at % 3]).join('')}`.slice(
    0,
    40,
  );
  planted.set(place, secret);
  return secret;
}

let root: string;
let env: Readonly<Record<string, string>>;
const results = new Map<string, CliResult>();

function write(path: string, text: string, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

function program(path: string, script: string): void {
  write(path, `#!/bin/sh\n${script}\n`, 0o755);
}

/** Folders on PATH, programs that tell secrets, stores of packages and version managers. */
function plantTools(home: string): string[] {
  const named = `opt/${token('a folder on PATH')}/bin`;
  program(`${named}/node`, 'echo v20.1.0');
  const bin = `${home}/bin`;
  program(`${bin}/terraform`, `echo "Terraform v1.5.0 ${token('output of a program')}"`);
  program(`${bin}/kubectl`, `echo "denied: ${token('error of a program')} for qzmarjane at qzhost77" >&2; exit 1`);
  program(`${bin}/helm`, `echo "v3.1.0+${token('version of a program')}"`);
  symlinkSync(`/nowhere/${token('where a link leads')}/go`, join(root, bin, 'go'));
  program(`${home}/.nvm/versions/node/v20.11.1/bin/node`, '');
  write(`${home}/.nvm/alias/default`, token('alias of nvm'));
  write(`${home}/.tool-versions`, `nodejs ${token('version of asdf')}\n`);
  write(`${home}/.config/mise/config.toml`, `[env]\nAPI_TOKEN = "${token('environment of mise')}"\n`);
  write(`${home}/.npmrc`, `//r.example.com/:_authToken=${token('npmrc')}\nprefix=/x/${token('prefix of npm')}\n`);
  const crate = `foo 1.0.0 (git+https://${token('source of a crate')}@x.example.com/foo#abc)`;
  write(`${home}/.cargo/.crates2.json`, JSON.stringify({ installs: { [crate]: { bins: ['foo'] } } }));
  const pipx = `${home}/.local/share/pipx/venvs/foo`;
  const origin = `git+https://${token('source of pipx')}@h/x`;
  write(
    `${pipx}/pipx_metadata.json`,
    JSON.stringify({ main_package: { package: 'foo', package_version: '1.0', package_or_url: origin } }),
  );
  const python = `${pipx}/lib/python3.11/site-packages/foo-1.0.dist-info`;
  write(`${python}/METADATA`, `Name: foo\nVersion: 1.0+${token('version of a module')}\n`);
  write(`${home}/.bashrc`, startup('bashrc', 'export PATH="/x/PLANT/bin:$PATH"\neval "$(foo PLANT)"\n'));
  write(`${home}/.profile`, startup('profile', 'PATH="$PATH:/opt/PLANT"\n. /nowhere/PLANT\n'));
  write(`${home}/.zshrc`, startup('zshrc', 'path+=(/z/PLANT)\nerror (((PLANT\n'));
  write(
    `${home}/.config/fish/config.fish`,
    startup('fish', 'set -gx PATH /f/PLANT $PATH\nfish_add_path (foo PLANT)\n'),
  );
  return [named, `missing/${token('a folder that is missing')}/bin`, bin].map((path) => join(root, path));
}

function startup(file: string, text: string): string {
  return `export JAVA_HOME=/j/${token(`JAVA_HOME in ${file}`)}\n${text.replace(/PLANT/g, () => token(`${file} ${planted.size}`))}`;
}

const FLAKE = `{
  description = "of qzmarjane PLANT";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05";
  inputs.hidden.url = "git+https://PLANT@git.example.com/x.git";
  inputs.other.url = "github:o/r?token=PLANT";
  outputs = { nixpkgs, hidden, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
    devShells.x86_64-linux.default = pkgs.mkShell {
      packages = [ pkgs.nodejs_20 pkgs.jq hidden.packages.x86_64-linux.PLANT (pkgs.writeShellScriptBin "PLANT" "x") ];
      GITHUB_TOKEN = "PLANT"; PLAIN = "see PLANT"; ADDRESS = "10.77.66.55"; MAIL = "qzmail@example.org";
      shellHook = "export X=PLANT; PATH=/h/PLANT:$PATH; cd /home/qzmarjane/x";
    };
    devShells.x86_64-linux.bad = throw "no PLANT";
    devShells.x86_64-linux.traced = builtins.trace "see PLANT" (builtins.warn "warn PLANT" (pkgs.mkShell { name = "PLANT"; }));
    devShells.x86_64-linux."PLANT" = pkgs.mkShell { packages = [ (pkgs.hello.overrideAttrs { version = "1.PLANT"; }) ]; };
    apps.x86_64-linux.a = { type = "app"; program = "/x/PLANT"; meta.description = "PLANT"; };
    nixosConfigurations.PLANT = nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ {
      networking.hostName = "qzhost77"; users.users.qzmarjane.password = "PLANT";
      environment.systemPackages = [ pkgs.git ]; environment.variables.T = "PLANT"; } ]; };
  };
}
`;

/** A project whose every file holds one. */
function plantProject(project: string): void {
  const fill = (name: string, text: string) =>
    write(
      `${project}/${name}`,
      text.replace(/PLANT/g, () => token(`${name} ${planted.size}`)),
    );
  fill('flake.nix', FLAKE);
  const locked = { lastModified: 1716991068, narHash: 'sha256-x' };
  const revision = '12430e43bd9b81a6b4e79e64f87c624ade701eaf';
  const nixpkgs = { type: 'github', owner: 'NixOS', repo: 'nixpkgs' };
  fill(
    'flake.lock',
    JSON.stringify({
      nodes: {
        nixpkgs: { locked: { ...locked, ...nixpkgs, rev: revision }, original: { ...nixpkgs, ref: 'nixos-24.05' } },
        hidden: {
          locked: { ...locked, type: 'git', url: 'https://ada:PLANT@git.example.com/x.git', rev: '1'.repeat(40) },
          original: { type: 'git', url: 'https://PLANT@git.example.com/x.git' },
        },
        stale: {
          locked: { ...locked, type: 'path', path: '/home/qzmarjane/PLANT' },
          original: { type: 'path', path: '/x/PLANT' },
        },
        root: { inputs: { nixpkgs: 'nixpkgs', hidden: 'hidden', gone: 'stale' } },
      },
      root: 'root',
      version: 7,
    }),
  );
  fill('.nvmrc', 'PLANT\n');
  fill('.python-version', '3.11\nPLANT\n');
  fill('.tool-versions', 'ruby PLANT\n');
  fill(
    'package.json',
    '{"engines":{"node":">=18 PLANT"},"packageManager":"pnpm@9.0.0+PLANT","volta":{"node":"PLANT"}}',
  );
  fill(
    'Dockerfile',
    'ARG T=PLANT\nFROM r.example.com/u:PLANT@x/node:18\nFROM node:18-PLANT\nENV NODE_VERSION=18.1.0-PLANT\n',
  );
  fill(
    'compose.yaml',
    'services:\n  db:\n    image: postgres:15-PLANT\n    environment:\n      POSTGRES_PASSWORD: PLANT\n',
  );
  fill(
    '.github/workflows/ci.yml',
    'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: "18 PLANT"\n          token: PLANT\n',
  );
  fill(`.github/workflows/${token('the name of a file')}.yml`, 'jobs: [unclosed PLANT\n');
  fill(
    'pyproject.toml',
    '[project]\nrequires-python = ">=3.9,!=PLANT"\ndependencies = ["ruff @ git+https://PLANT@h/ruff@v0.1.0"]\n',
  );
  fill('requirements.txt', '--index-url https://u:PLANT@p.example.com/simple\nblack==23.1.0 # PLANT\n');
  fill('rust-toolchain.toml', '[toolchain]\nchannel = "PLANT"\n');
  fill('go.mod', 'module x/PLANT\n\ngo 1.20\ntoolchain PLANT\n');
  fill('.envrc', 'export T=PLANT\nuse flake .#PLANT\n');
  fill('.git/config', '[remote "origin"]\n url = https://x:PLANT@github.com/o/r.git\n');
  fill('.git/HEAD', 'ref: refs/heads/PLANT\n');
  fill('lockstep.toml', '# PLANT\n[tools.jq]\nignore = "see PLANT"\nuntil = 2030-01-01\n');
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-planted-'));
  const home = 'home/qzmarjane';
  const path = plantTools(home);
  const project = `${home}/work`;
  plantProject(project);
  const told = 'CARGO_HOME CC EDITOR GOPATH JAVA_HOME NIX_PATH NODE_ENV PYTHONPATH SSL_CERT_FILE VIRTUAL_ENV'.split(
    ' ',
  );
  const untold = 'GITHUB_TOKEN AWS_SECRET_ACCESS_KEY PIP_INDEX_URL HTTPS_PROXY DOCKER_HOST OPENAI_API_KEY'.split(' ');
  env = {
    ...Object.fromEntries([...told, ...untold].map((name) => [name, `/v/${token(`the variable ${name}`)}/x`])),
    PATH: path.join(':'),
    HOME: join(root, home),
    USER: 'qzmarjane',
    HOSTNAME: 'qzhost77',
    SHELL: '/bin/bash',
  };
  for (const [place, name] of [
    ['the user', 'qzmarjane'],
    ['the machine', 'qzhost77'],
    ['an address', '10.77.66'],
    ['a mail', 'qzmail'],
  ] as const) {
    planted.set(place, name);
  }
  const cwd = join(root, project);
  const run = async (command: string, ...argv: string[]) => {
    results.set(command, await runCli([...command.split(' '), ...argv], { cwd, env }));
  };
  const commands = [
    'audit',
    'audit --extras',
    'snapshot',
    'snapshot --json',
    'target',
    'target --json',
    'target --shell bad',
  ];
  const more = [
    'target --shell traced',
    'pins',
    'pins --json',
    'fix',
    'checklist',
    'doctor',
    'diff local .',
    'diff local . --json',
  ];
  for (const command of [...commands, ...more]) {
    await run(command, ...(/^(?:audit|snapshot)/.test(command) ? ['--no-cache'] : []));
  }
  await run('target --shell', token('an argument'));
  mkdirSync(join(root, 'out'));
  await run('audit --no-cache', ...exporters.flatMap(({ id }) => ['-o', `${id}=${join(root, 'out', id)}`]));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('nothing that is planted where Lockstep reads is in what it writes', () => {
  const texts = [...results].flatMap(([command, { stdout, stderr }]) => [
    [`${command} (output)`, stdout] as const,
    [`${command} (errors)`, stderr] as const,
  ]);
  const files = readdirSync(join(root, 'out')).map(
    (name) => [name, readFileSync(join(root, 'out', name), 'utf8')] as const,
  );
  expect(planted.size).toBeGreaterThan(90);
  expect(files).toHaveLength(exporters.length);
  const left = [...texts, ...files].flatMap(([where, text]) =>
    [...planted]
      // Commands that are there to be run keep the paths of this machine.
      .filter(([place, secret]) => text.includes(secret) && !(place === 'the user' && where === 'fix (output)'))
      .map(([place]) => `${place}: ${where}`),
  );
  expect(left).toEqual([]);
});

test('what is planted is read: what is left out of reports says that something was there', () => {
  const text = (command: string) => results.get(command)?.stdout ?? '';
  expect(text('target')).toMatch(/GITHUB_TOKEN=<secret>.*PLAIN=see <token>/s);
  expect(text('target --shell bad')).toContain('no <token>');
  expect(text('pins')).toMatch(/\.nvmrc:1\s+<token>/);
  expect(text('audit')).toContain('see <token>');
  expect(JSON.parse(text('snapshot --json'))).toMatchObject({ host: { name: '<host>' } });
  expect(text('snapshot')).toMatch(/opt\/<token>\/bin\/node/);
});
