import { describe, expect, test } from 'vitest';
import { copiesOf, exec, machine, probe } from './machine';

const HOME = '/home/ada';

/** The copies of a tool on a machine whose PATH has only the folder of a manager's stand-ins. */
function standIn(folder: string, tool: string, files: Parameters<typeof machine>[0], where?: string) {
  return copiesOf(machine(files, { path: [`${HOME}/${folder}`] }), tool, where);
}

describe('juliaup', () => {
  const files = {
    [`${HOME}/.juliaup/bin/juliaup`]: exec,
    [`${HOME}/.juliaup/bin/julialauncher`]: exec,
    [`${HOME}/.juliaup/bin/julia`]: { link: 'julialauncher' },
    [`${HOME}/.julia/juliaup/julia-1.10.2+0.x64.linux.gnu/bin/julia`]: exec,
    [`${HOME}/.julia/juliaup/julia-1.6.7+0.x64.linux.gnu/bin/julia`]: exec,
    [`${HOME}/.julia/juliaup/juliaup.json`]: JSON.stringify({
      Default: 'release',
      InstalledVersions: {
        '1.10.2+0': { Path: './julia-1.10.2+0.x64.linux.gnu' },
        '1.6.7+0': { Path: './julia-1.6.7+0.x64.linux.gnu' },
      },
      InstalledChannels: { release: { Version: '1.10.2+0' }, lts: { Version: '1.6.7+0' } },
      Overrides: [{ Path: '/work', Channel: 'lts' }],
    }),
  };

  test('the default channel, and an override for a folder', async () => {
    const [everywhere] = await standIn('.juliaup/bin', 'julia', files);
    expect(everywhere).toMatch(/^active 1\.10\.2 juliaup .*julia → .*julia-1\.10\.2\+0\.x64\.linux\.gnu\/bin\/julia$/);
    const [here] = await standIn('.juliaup/bin', 'julia', files, '/work/app');
    expect(here).toMatch(/^active 1\.6\.7 juliaup /);
  });
});

describe('Bazelisk', () => {
  const bin = `${HOME}/go/bin`;
  const hash = 'a'.repeat(64);
  const cache = `${HOME}/.cache/bazelisk/downloads`;
  const files = {
    [`${bin}/bazelisk`]: exec,
    [`${bin}/bazel`]: { link: 'bazelisk' },
    [`${cache}/metadata/bazelbuild/bazel-7.1.0-linux-x86_64`]: hash,
    [`${cache}/sha256/${hash}/bin/bazel`]: exec,
    [`${cache}/bazelbuild/bazel-6.4.0-linux-x86_64/bin/bazel`]: exec,
    '/work/six/.bazelversion': '6.4.0\n',
    '/work/any/.bazelversion': '6.x\n',
    '/work/other/.bazelversion': '5.0.0\n',
    '/work/set/.bazeliskrc': 'USE_BAZEL_VERSION=8.0.1\n',
  };
  const at = (where?: string) => standIn('go/bin', 'bazel', files, where);

  test('under the name of Bazel leads to what it has downloaded', async () => {
    expect(await at()).toEqual([`active 7.1.0 bazelisk ${bin}/bazel → ${cache}/sha256/${hash}/bin/bazel`]);
    const six = [`active 6.4.0 bazelisk ${bin}/bazel → ${cache}/bazelbuild/bazel-6.4.0-linux-x86_64/bin/bazel`];
    expect(await at('/work/six')).toEqual(six);
    expect(await at('/work/any')).toEqual(six);
  });

  test('leads nowhere where that is not downloaded, and is never asked', async () => {
    const failures = async (where: string | undefined, given: Parameters<typeof machine>[0] = files) => {
      const host = machine(given, { path: [bin] });
      const { failures } = await probe(host, where);
      return failures.filter(({ tool }) => tool === 'bazel').map(({ reason }) => reason);
    };
    expect(await failures('/work/other')).toEqual([
      'Bazelisk selects Bazel 5.0.0 (/work/other/.bazelversion), which is not downloaded yet',
    ]);
    expect(await failures('/work/set')).toEqual([
      'Bazelisk selects Bazel 8.0.1 (/work/set/.bazeliskrc), which is not downloaded yet',
    ]);
    const bare = { [`${bin}/bazel`]: { base64: Buffer.alloc(7_000_000, 1).toString('base64'), exec: true as const } };
    expect(await failures(undefined, bare)).toEqual(['Bazelisk selects Bazel latest, which it looks up online']);
  });

  test('Bazel itself, and a script of that name, are none', async () => {
    for (const content of [Buffer.alloc(20_000_000, 1), Buffer.from(`#!/bin/sh\n${'#'.repeat(2_000_000)}`)]) {
      const [copy] = await standIn('go/bin', 'bazel', {
        [`${bin}/bazel`]: { base64: content.toString('base64'), exec: true },
      });
      expect(copy).toMatch(/^active \? (?!bazelisk)/);
    }
  });
});

test('elan: the default, and lean-toolchain of the project', async () => {
  const files = {
    [`${HOME}/.elan/bin/elan`]: exec,
    [`${HOME}/.elan/bin/lean`]: { link: 'elan' },
    [`${HOME}/.elan/settings.toml`]: 'default_toolchain = "leanprover/lean4:v4.6.0"\n',
    [`${HOME}/.elan/toolchains/leanprover--lean4---v4.6.0/bin/lean`]: exec,
    [`${HOME}/.elan/toolchains/leanprover--lean4---v4.9.1/bin/lean`]: exec,
    '/work/lean-toolchain': 'leanprover/lean4:v4.9.1\n',
  };
  expect((await standIn('.elan/bin', 'lean', files))[0]).toMatch(
    /^active 4\.6\.0 elan .*\/lean → .*v4\.6\.0\/bin\/lean$/,
  );
  expect((await standIn('.elan/bin', 'lean', files, '/work'))[0]).toMatch(/^active 4\.9\.1 elan /);
});

test('choosenim: what `current` names; without it the program is itself', async () => {
  const files = {
    [`${HOME}/.nimble/bin/nim`]: exec,
    [`${HOME}/.choosenim/toolchains/nim-2.0.2/bin/nim`]: exec,
  };
  const current = { ...files, [`${HOME}/.choosenim/current`]: `${HOME}/.choosenim/toolchains/nim-2.0.2` };
  expect((await standIn('.nimble/bin', 'nim', current))[0]).toMatch(/^active 2\.0\.2 choosenim .* → .*nim-2\.0\.2/);
  expect((await standIn('.nimble/bin', 'nim', files))[0]).toMatch(/^active \? manual \S+nim$/);
});

test('tfenv: the version file of the project, `latest`, and the one for everywhere', async () => {
  const files = {
    [`${HOME}/.tfenv/bin/terraform`]: exec,
    [`${HOME}/.tfenv/version`]: '1.5.7\n',
    [`${HOME}/.tfenv/versions/1.5.7/terraform`]: exec,
    [`${HOME}/.tfenv/versions/1.10.1/terraform`]: exec,
    '/work/.terraform-version': 'latest\n',
    '/old/.terraform-version': 'latest:^1.5\n',
  };
  const first = async (where?: string) => (await standIn('.tfenv/bin', 'terraform', files, where))[0];
  expect(await first()).toMatch(/^active 1\.5\.7 tfenv .* → .*versions\/1\.5\.7\/terraform$/);
  expect(await first('/work')).toMatch(/^active 1\.10\.1 tfenv /);
  expect(await first('/old')).toMatch(/^active 1\.5\.7 tfenv /);
});

test('tenv: its proxies lie beside it', async () => {
  const files = {
    [`${HOME}/bin/tenv`]: exec,
    [`${HOME}/bin/tofu`]: exec,
    [`${HOME}/.tenv/OpenTofu/version`]: '1.8.1\n',
    [`${HOME}/.tenv/OpenTofu/1.8.1/tofu`]: exec,
  };
  expect((await standIn('bin', 'opentofu', files))[0]).toMatch(/^active 1\.8\.1 tenv .* → .*OpenTofu\/1\.8\.1\/tofu$/);
});

test('Swiftly: what is in use, and `.swift-version`', async () => {
  const root = `${HOME}/.local/share/swiftly`;
  const files = {
    [`${root}/bin/swiftly`]: exec,
    [`${root}/bin/swift`]: { link: `${root}/bin/swiftly` },
    [`${root}/config.json`]: '{"inUse":"5.10.1","installedToolchains":["5.10.1","6.0.3"]}',
    [`${root}/toolchains/5.10.1/usr/bin/swift`]: exec,
    [`${root}/toolchains/6.0.3/usr/bin/swift`]: exec,
    '/work/.swift-version': '6.0.3\n',
  };
  const folder = '.local/share/swiftly/bin';
  expect((await standIn(folder, 'swift', files))[0]).toMatch(/^active 5\.10\.1 swiftly .* → .*5\.10\.1/);
  expect((await standIn(folder, 'swift', files, '/work'))[0]).toMatch(/^active 6\.0\.3 swiftly /);
});

test("Rye: everybody's Python, the project's, or the system's", async () => {
  const files = {
    [`${HOME}/.rye/shims/rye`]: exec,
    [`${HOME}/.rye/shims/python3`]: exec,
    [`${HOME}/.rye/config.toml`]: '[behavior]\nglobal-python = true\n[default]\ntoolchain = "cpython@3.12.2"\n',
    [`${HOME}/.rye/py/cpython@3.12.2/bin/python3`]: exec,
    [`${HOME}/.rye/py/cpython@3.11.8/bin/python3`]: exec,
    '/work/.python-version': '3.11\n',
  };
  expect((await standIn('.rye/shims', 'python', files))[0]).toMatch(/^active 3\.12\.2 rye .* → /);
  expect((await standIn('.rye/shims', 'python', files, '/work'))[0]).toMatch(/^active 3\.11\.8 rye .* → /);
});

test('Bob: the version that it last used', async () => {
  const root = `${HOME}/.local/share/bob`;
  const files = {
    [`${root}/nvim-bin/nvim`]: exec,
    [`${root}/used`]: 'v0.9.5',
    [`${root}/v0.9.5/nvim-linux64/bin/nvim`]: exec,
  };
  expect((await standIn('.local/share/bob/nvim-bin', 'neovim', files))[0]).toMatch(/^active 0\.9\.5 bob .* → /);
});

test('proto: .prototools of the project before the one of everywhere', async () => {
  const files = {
    [`${HOME}/.proto/shims/node`]: exec,
    [`${HOME}/.proto/.prototools`]: 'node = "22"\n\n[settings]\nnode = "1"\n',
    [`${HOME}/.proto/tools/node/22.1.0/bin/node`]: exec,
    [`${HOME}/.proto/tools/node/20.9.0/bin/node`]: exec,
    '/work/.prototools': 'node = "~20.9"\n',
  };
  expect((await standIn('.proto/shims', 'node', files))[0]).toMatch(
    /^active 22\.1\.0 proto .* → .*22\.1\.0\/bin\/node$/,
  );
  expect((await standIn('.proto/shims', 'node', files, '/work'))[0]).toMatch(/^active 20\.9\.0 proto /);
});

describe('aqua', () => {
  const root = `${HOME}/.local/share/aquaproj-aqua`;
  const proxy = `${root}/internal/pkgs/github_release/github.com/aquaproj/aqua-proxy/v1.2.5/aqua-proxy.tar.gz/aqua-proxy`;
  const at = (version: string) => {
    const name = `gh_${version}_linux_amd64`;
    return `${root}/pkgs/github_release/github.com/cli/cli/v${version}/${name}.tar.gz/${name}/bin/gh`;
  };
  const files = {
    [proxy]: exec,
    [`${root}/bin/gh`]: { link: proxy },
    [`${root}/bin/kubectl`]: { link: proxy },
    [at('2.44.1')]: exec,
    [at('2.45.0')]: exec,
    [`${root}/pkgs/http/dl.k8s.io/v1.29.2/bin/linux/amd64/kubectl/kubectl`]: exec,
    '/work/aqua.yaml': 'packages:\n  - name: cli/cli@v2.44.1\n',
  };
  const folder = '.local/share/aquaproj-aqua/bin';

  test('the newest, or what aqua.yaml asks for', async () => {
    expect((await standIn(folder, 'gh', files))[0]).toBe(`active 2.45.0 aqua ${root}/bin/gh → ${at('2.45.0')}`);
    expect((await standIn(folder, 'gh', files, '/work'))[0]).toMatch(/^active 2\.44\.1 aqua /);
    expect((await standIn(folder, 'kubectl', files))[0]).toMatch(/^active 1\.29\.2 aqua /);
  });

  test('what was not fetched yet leads nowhere', async () => {
    const host = machine({ [proxy]: exec, [`${root}/bin/gh`]: { link: proxy } }, { path: [`${root}/bin`] });
    const { failures } = await probe(host);
    expect(failures).toEqual([
      expect.objectContaining({ code: 'shim-leads-nowhere', reason: 'aqua would download gh when it is first used' }),
    ]);
  });
});

describe('Volta', () => {
  test('a program of a package that is called otherwise', async () => {
    const image = `${HOME}/.volta/tools/image`;
    const files = {
      [`${HOME}/.volta/bin/volta-shim`]: exec,
      [`${HOME}/.volta/bin/tsc`]: { link: 'volta-shim' },
      [`${HOME}/.volta/tools/user/bins/tsc.json`]: '{"name":"tsc","package":"typescript","version":"5.3.3"}',
      [`${image}/packages/typescript/bin/tsc`]: { link: '../lib/node_modules/typescript/bin/tsc' },
      [`${image}/packages/typescript/lib/node_modules/typescript/bin/tsc`]: exec,
      [`${image}/packages/typescript/lib/node_modules/typescript/package.json`]:
        '{"name":"typescript","version":"5.3.3"}',
    };
    expect((await standIn('.volta/bin', 'typescript', files))[0]).toMatch(/^active 5\.3\.3 volta .*\/bin\/tsc → /);
  });

  test('on Windows, where copies of the stand-in lie in a folder for everybody', async () => {
    const local = 'C:\\Users\\ada\\AppData\\Local';
    const node = `${local}\\Volta\\tools\\image\\node\\20.10.0\\node.exe`;
    const host = machine(
      {
        'C:\\Program Files\\Volta\\volta.exe': exec,
        'C:\\Program Files\\Volta\\volta-shim.exe': exec,
        'C:\\Program Files\\Volta\\node.exe': exec,
        [node]: exec,
        [`${local}\\Volta\\tools\\user\\platform.json`]: '{"node":{"runtime":"20.10.0","npm":null}}',
      },
      { os: 'windows', path: ['C:\\Program Files\\Volta'], env: { LOCALAPPDATA: local } },
    );
    expect(await copiesOf(host, 'node')).toEqual([
      `active 20.10.0 volta C:\\Program Files\\Volta\\node.exe → ${node}`,
      `off 20.10.0 volta ${node}`,
    ]);
  });
});

test("rustup's overrides on Windows, which are spelled with a prefix", async () => {
  const home = 'C:\\Users\\ada';
  const rustc = `${home}\\.rustup\\toolchains\\nightly-x86_64-pc-windows-msvc\\bin\\rustc.exe`;
  const files = {
    [`${home}\\.cargo\\bin\\rustup.exe`]: exec,
    [`${home}\\.cargo\\bin\\rustc.exe`]: exec,
    [rustc]: exec,
    [`${home}\\.rustup\\settings.toml`]:
      'default_toolchain = "stable"\n\n[overrides]\n"\\\\\\\\?\\\\C:\\\\work" = "nightly"\n',
  };
  const host = machine(files, { os: 'windows', path: [`${home}\\.cargo\\bin`] });
  const [line] = await copiesOf(host, 'rustc', 'C:\\work\\app');
  expect(line).toBe(`active ? rustup ${home}\\.cargo\\bin\\rustc.exe → ${rustc}`);
});
