import { describe, expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { seeHost } from '../../../src/core/environment';
import { automaticContext } from '../../../src/core/environment/automatic-context';
import { findEnvironment } from '../../../src/core/environment/findings';
import type { Host, RunRequest, RunResult } from '../../../src/core/host/host';
import { type Recording, recordedHost } from '../../../src/core/host/recorded-host';
import type { PathContextId } from '../../../src/core/model/snapshot';
import { probeMachine } from '../../../src/core/probe';
import { exec, machine } from '../probe/machine';
import { readShell } from './read-shell';

const rc = 'export NVM_DIR=$HOME/.nvm\n. $NVM_DIR/nvm.sh\n';
const files = {
  '/etc/systemd/system/display-manager.service': { link: '/lib/systemd/system/gdm.service' },
  '/etc/login.defs': 'ENV_PATH PATH=/usr/local/bin:/usr/bin\n',
  '/home/ada/.bashrc': rc,
  '/home/ada/.nvm/nvm.sh': '#',
  '/home/ada/.nvm/alias/default': '20',
  '/home/ada/.nvm/versions/node/v20.11.0/bin/node': exec,
  '/usr/local/bin': { folder: true },
  '/usr/bin/node': exec,
  '/usr/bin/git': exec,
} as const;

async function see(host: Host, pathContext?: PathContextId, folder?: string) {
  const seen = await seeHost(host, { pathContext, folder, deadline: 1000 });
  if ('available' in seen) {
    throw new Error(`only ${seen.available.join(', ')}`);
  }
  const probed = await probeMachine({ host: seen.host, seen, catalog, clock: () => 0, folder });
  const { contexts } = await seen.derive();
  return { seen: { ...seen, contexts }, probed, findings: findEnvironment(probed, seen.chosen) };
}

const local = (host: Host, answer: (request: RunRequest) => Partial<RunResult>): Host => ({
  ...host,
  source: 'local',
  run: async (request) => ({ outcome: 'exited', exitCode: 0, stdout: '', stderr: '', ...answer(request) }),
});

describe('which context decides', () => {
  test('the process, unless another one is asked for', async () => {
    const host = machine(files, { path: ['/usr/bin'], env: { SHELL: '/bin/bash', VIRTUAL_ENV: '/home/ada/venv' } });
    const own = await see(host);
    expect(own.seen.chosen).toBe('process');
    expect(own.seen.host).toBe(host);
    const { seen, probed } = await see(host, 'interactive');
    expect(seen.host.pathEntries[0]).toBe('/home/ada/.nvm/versions/node/v20.11.0/bin');
    expect(seen.host.env).toMatchObject({ NVM_DIR: '/home/ada/.nvm' });
    expect(seen.host.env).not.toHaveProperty('VIRTUAL_ENV');
    expect(probed.installations.find(({ tool, active }) => tool === 'node' && active)?.path).toBe(
      '/home/ada/.nvm/versions/node/v20.11.0/bin/node',
    );
    expect(probed.pathEntries[0]).toMatchObject({ addedBy: '/home/ada/.bashrc:2' });
  });

  test('where the process decides, no file is read before somebody wants to know the others', async () => {
    const host = machine(files);
    let reads = 0;
    const fs = new Proxy(host.fs, {
      get: (target, name: keyof typeof host.fs) => {
        reads += 1;
        return target[name];
      },
    });
    const seen = await seeHost({ ...host, fs }, { deadline: 0 });
    expect(reads).toBe(0);
    const contexts = 'derive' in seen ? (await seen.derive()).contexts : [];
    expect([contexts.length, reads > 0]).toEqual([4, true]);
  });

  test('one that is not to be had is refused with those that are', async () => {
    expect(await seeHost(machine(files), { pathContext: 'shell', deadline: 0 })).toEqual({
      available: ['process', 'login', 'interactive', 'desktop'],
    });
  });

  test('where nobody is logged in, a login decides', async () => {
    const host: Host = { ...machine(files, { path: ['/opt/guess', '/opt/homebrew/bin'] }), assumedPath: true };
    const { seen } = await see(host);
    expect([seen.chosen, seen.contexts.map(({ id }) => id)]).toEqual(['login', ['login', 'interactive', 'desktop']]);
    expect(seen.host.pathEntries).toEqual(['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin']);
  });

  test.each([
    [{ os: 'darwin', env: { XPC_SERVICE_NAME: 'application.dev.lockstep.1234.5678' } }, 'interactive'],
    [{ os: 'darwin', env: { XPC_SERVICE_NAME: '0' } }, 'process'],
    [{ os: 'darwin', env: { __CFBundleIdentifier: 'com.apple.Terminal', TERM_PROGRAM: 'iTerm.app' } }, 'process'],
    [{ os: 'linux', env: { XDG_CURRENT_DESKTOP: 'GNOME', TERM: '', SHLVL: '' } }, 'interactive'],
    [{ os: 'linux', env: { XDG_CURRENT_DESKTOP: 'GNOME', SHLVL: '1' } }, 'process'],
    [{ os: 'linux', env: {} }, 'process'],
    [{ os: 'windows', env: {} }, 'process'],
  ] as const)('an app in %j goes by %s', (host, expected) => {
    expect(automaticContext(host)).toBe(expected);
  });
});

describe('differences are findings', () => {
  test('a tool that is another one elsewhere, with the line that makes the difference', async () => {
    const { probed, findings } = await see(machine(files, { path: ['/usr/bin'] }), 'interactive');
    expect(probed.compared?.differences.map(({ tool }) => tool)).toEqual(['node']);
    expect(findings.find(({ code }) => code.startsWith('context-'))).toMatchObject({
      code: 'context-version-differs',
      severity: 'warning',
      message:
        'node is 20.11.0 (nvm) in your terminal, but of unknown version (manual) in this process, in a login shell and when launched from the desktop.',
      source: '/home/ada/.bashrc:2',
    });
  });

  test('copies that nothing else tells apart are named by their places', async () => {
    const two = { ...files, '/opt/x/node': exec, '/home/ada/.bashrc': 'PATH=/opt/x:$PATH' };
    const { findings } = await see(machine(two, { path: ['/usr/bin'] }), 'interactive');
    expect(findings.find(({ code }) => code === 'context-copy-differs')?.message).toBe(
      'node is of unknown version (manual) at /opt/x/node in your terminal, but of unknown version (manual) at /usr/bin/node in this process, in a login shell and when launched from the desktop.',
    );
  });

  test('tools that are missing elsewhere, by the folder that lacks', async () => {
    const { findings } = await see(
      machine(
        { ...files, '/home/ada/.bashrc': 'PATH=$PATH:/opt/x', '/opt/x/jq': exec, '/opt/x/gh': exec },
        { path: ['/usr/bin'] },
      ),
      'interactive',
    );
    expect(findings.filter(({ code }) => code === 'context-tools-missing')).toEqual([
      {
        code: 'context-tools-missing',
        severity: 'warning',
        message:
          'gh and jq are found in your terminal, but not in this process, in a login shell and when launched from the desktop: /opt/x is not on PATH there.',
        hint: '/opt/x is put on PATH by /home/ada/.bashrc:1.',
        source: '/home/ada/.bashrc:1',
      },
    ]);
  });

  test('entries that are empty, relative, written with ~, writable, missing or there twice', async () => {
    const { findings } = await see(
      machine(
        {
          '/open': { folder: true, mode: 0o777 },
          '/usr/bin': { folder: true },
          '/home/ada/.profile': 'PATH="~/go:$PATH"',
        },
        { path: ['~/go', '', 'bin', '/open', '/none', '/usr/bin', '/usr/bin/'] },
      ),
    );
    expect(
      findings
        .filter(({ code }) => code.startsWith('path-'))
        .map(({ code, severity, source }) => [code, severity, source]),
    ).toEqual([
      ['path-tilde', 'warning', '/home/ada/.profile:1'],
      ['path-empty', 'warning', undefined],
      ['path-relative', 'warning', undefined],
      ['path-writable', 'warning', undefined],
      ['path-missing', 'info', undefined],
      ['path-duplicate', 'info', undefined],
    ]);
  });

  test('variables that contradict PATH or lead nowhere', async () => {
    const { findings } = await see(
      machine(
        { '/usr/bin/java': exec, '/opt/jdk/bin/java': exec, '/usr/bin/go': exec },
        {
          path: ['/usr/bin'],
          env: {
            JAVA_HOME: '/opt/jdk',
            GOROOT: '/none',
            ANDROID_HOME: '/none',
            PYTHONPATH: '/a:/b',
            LANG: 'C',
            GOPATH: 'go',
            HTTP_PROXY: 'http://u:p@x',
          },
        },
      ),
    );
    expect(findings.filter(({ code }) => code === 'variable-contradicts').map(({ message }) => message)).toEqual([
      'ANDROID_HOME is /none, which is not there.',
      'GOPATH is go, which is relative: it means another place wherever you are.',
      'GOROOT is /none, which is not there.',
      'JAVA_HOME is /opt/jdk, but PATH starts /usr/bin/java.',
      'PYTHONPATH names /a, /b, which is not there.',
      'LANG is C: tools take text for ASCII, and names with other letters may break.',
    ]);
    expect(JSON.stringify(findings)).not.toContain('u:p');
  });
});

describe('the dev shell', () => {
  const store = '/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-nodejs-22.10.0/bin';
  test('this process runs inside of one, and something hides what it has', async () => {
    const host = machine(
      { [`${store}/node`]: exec, '/home/ada/.volta/bin/node': exec },
      { path: ['/home/ada/.volta/bin', store, '/usr/bin'], env: { IN_NIX_SHELL: 'impure' } },
    );
    const { seen, findings } = await see(host);
    expect(seen.contexts.find(({ id }) => id === 'shell')).toMatchObject({ answeredBy: 'process', shell: 'nix' });
    expect(findings.find(({ code }) => code === 'dev-shell-shadowed')?.message).toBe(
      `node 22.10.0 of the dev shell is hidden by /home/ada/.volta/bin/node: /home/ada/.volta/bin stands before ${store}/node on PATH.`,
    );
  });

  test('what nix-direnv left in the project tells its PATH', async () => {
    const host = machine({
      ...files,
      '/work/.direnv/flake-profile-a5d5b61aa8a61b7d9d765e1daf971a9a578f1cfa.rc': `unset shellHook\nPATH='${store}:/path-not-set'\nnix_saved_PATH="$PATH"\nexport PATH\n`,
      [`${store}/node`]: exec,
    });
    const { seen, probed } = await see(host, 'shell', '/work');
    expect(seen.host.pathEntries.slice(0, 3)).toEqual([
      store,
      '/path-not-set',
      '/home/ada/.nvm/versions/node/v20.11.0/bin',
    ]);
    expect(probed.installations.find(({ tool, active }) => tool === 'node' && active)?.version).toBe('22.10.0');
  });
});

describe('a shell is asked only where files cannot tell', () => {
  const unclear = { ...files, '/home/ada/.bashrc': 'eval "$(mystery env)"\n', '/usr/bin/mystery': exec };
  const marked = (path: string) =>
    `noise\nPATH=/wrong\n\n__lockstep_environment_begins__\nJAVA_HOME=/opt/jdk\0SECRET=x\0PATH=${path}\0\n__lockstep_environment_ends__\nmore`;

  test('its answer stands between marks, and folders that it names are looked into', async () => {
    const asked: RunRequest[] = [];
    const host = local(
      machine({ ...unclear, '/opt/told/jq': exec }, { path: ['/usr/bin'], env: { SECRET: 's', SHELL: '/bin/bash' } }),
      (request) => {
        asked.push(request);
        return { stdout: marked('/opt/told:/usr/bin') };
      },
    );
    const { probed, seen } = await see(host);
    const interactive = probed.compared?.contexts.find(({ id }) => id === 'interactive');
    expect(interactive).toMatchObject({
      answeredBy: 'program',
      doubts: [],
      pathEntries: [{ path: '/opt/told' }, { path: '/usr/bin' }],
    });
    expect(interactive?.evidence.at(-1)).toMatchObject({ kind: 'command', source: '/bin/bash +m -i -c' });
    expect(probed.installations.find(({ tool }) => tool === 'jq')).toMatchObject({
      path: '/opt/told/jq',
      onPath: false,
    });
    const shells = asked.filter(({ argv }) => argv[0] === '/bin/bash');
    expect(shells).toHaveLength(1);
    expect(shells[0]).toMatchObject({ ownEnvironment: true, deadline: 1000 });
    expect(shells[0]?.env).not.toHaveProperty('SECRET');
    expect(seen.contexts.find(({ id }) => id === 'interactive')?.doubts).toHaveLength(1);
  });

  test('one whose answer decides is waited for', async () => {
    const { seen } = await see(
      local(machine(unclear), () => ({ stdout: marked('/opt/told') })),
      'interactive',
    );
    expect(seen.host.pathEntries).toEqual(['/opt/told']);
    expect(seen.host.env).toMatchObject({ JAVA_HOME: '/opt/jdk', PATH: '/opt/told' });
    expect(seen.host.env).not.toHaveProperty('SECRET');
  });

  test.each([
    [
      'that hangs',
      { outcome: 'timeout', reason: 'still running after 1000 ms; stopped' },
      /still running after 1000 ms/,
    ],
    ['that says nothing', { stderr: 'boom\n' }, /gave no answer: boom/],
    ['that answered before it hung', { outcome: 'timeout', stdout: marked('/late') }, undefined],
  ] as const)('a shell %s', async (_, result, reason) => {
    const { probed } = await see(local(machine(unclear), () => result));
    const interactive = probed.compared?.contexts.find(({ id }) => id === 'interactive');
    if (reason === undefined) {
      expect(interactive?.answeredBy).toBe('program');
    } else {
      expect(interactive?.answeredBy).toBe('files');
      expect(interactive?.doubts.at(-1)?.reason).toMatch(reason);
    }
  });

  test.each([
    ['/usr/bin/nu', ['--login', '--commands']],
    ['/opt/microsoft/powershell/7/pwsh', ['-Login', '-NoLogo', '-NonInteractive', '-Command']],
    ['/bin/tcsh', ['-c']],
    ['/usr/bin/xonsh', ['-l', '-c']],
  ])('%s is asked in its own words', async (shell, words) => {
    const asked: RunRequest[] = [];
    const rc = {
      '/home/ada/.tcshrc': 'set path = ($path `mystery`)\n',
      '/home/ada/.config/powershell/profile.ps1': '$env:PATH += ":$(mystery)"\n',
      '/home/ada/.xonshrc': '$PATH.append($(mystery))\n',
      '/home/ada/.config/nushell/env.nu': '$env.PATH = ($env.PATH | append (mystery))\n',
      '/usr/bin/mystery': exec,
    };
    const host = local(
      machine({ [shell]: exec, '/usr/bin/git': exec, ...rc }, { env: { SHELL: shell } }),
      (request) => {
        asked.push(request);
        return { stdout: marked('/told') };
      },
    );
    const { probed } = await see(host);
    const login = probed.compared?.contexts.find(({ id }) => id === 'login');
    expect(login).toMatchObject({ answeredBy: 'program', doubts: [] });
    expect(login?.pathEntries.map(({ path }) => path)).toEqual(['/told']);
    expect(asked.find(({ argv }) => argv.at(-1)?.includes('begins'))?.argv.slice(1, -1)).toEqual(words);
  });

  test.each(['/bin/constructor', '/bin/__proto__', '/opt/strange'])('%s is no shell that is asked', async (shell) => {
    const { probed } = await see(
      local(machine({ [shell]: exec }, { env: { SHELL: shell } }), ({ argv }) => {
        expect(argv[0]).not.toBe(shell);
        return {};
      }),
    );
    const login = probed.compared?.contexts.find(({ id }) => id === 'login');
    expect(login?.doubts.at(-1)?.reason).toMatch(/is not asked: it is not known how/);
  });

  test('never on another machine, never when nothing may run, never where files tell', async () => {
    const run = async (): Promise<RunResult> => {
      throw new Error('nothing may run');
    };
    const settle = async (host: Host, mayRun: boolean) => {
      const seen = await seeHost(host, { run: mayRun, deadline: 1000 });
      await ('derive' in seen ? (await seen.derive()).settled : undefined);
    };
    await settle({ ...machine(unclear), run }, true);
    await settle({ ...machine(unclear), source: 'local', run }, false);
    await settle({ ...machine(files), source: 'local', run }, true);
  });
});

test('nothing but what Lockstep looks at leaves the files: no other variables, no arguments, no lines', async () => {
  const secret = 'hunter2hunter2';
  const host = machine({
    ...files,
    '/usr/bin/mystery': exec,
    '/home/ada/.bashrc': [
      `export API_TOKEN=${secret} HTTPS_PROXY=http://me:${secret}@proxy`,
      `eval "$(mystery --token=${secret})"`,
      `PATH=$(mystery ${secret}):\${X:~${secret}}:$PATH`,
      `. "$(mystery)/${secret}"`,
      `[[ $(mystery) == ${secret} ]] && PATH=/x:$PATH`,
      `PATH="${secret}`,
    ].join('\n'),
  });
  const { seen, probed, findings } = await see(host);
  expect(probed.compared?.contexts.find(({ id }) => id === 'interactive')?.doubts.length).toBeGreaterThan(3);
  expect(JSON.stringify([probed.compared, findings, seen.contexts.map(({ doubts }) => doubts)])).not.toContain(secret);
});

describe('what stands before shells', () => {
  test('PAM, environment.d and the display manager make the desktop', async () => {
    const { seen } = await see(
      machine({
        '/etc/systemd/system/display-manager.service': { link: '/usr/lib/systemd/system/lightdm.service' },
        '/etc/environment': 'PATH="/etc/env:/usr/bin"\nLANG=C.UTF-8\n# PATH=/no\n',
        '/etc/security/pam_env.conf': 'EDITOR DEFAULT=@{HOME}/ed OVERRIDE=\n',
        '/home/ada/.pam_environment': 'PATH DEFAULT=${PATH}:@{HOME}/pam\n',
        '/etc/pam.d/lightdm': 'session required pam_env.so readenv=1 user_readenv=1\n',
        '/home/ada/.config/environment.d/10.conf': 'PATH=$HOME/envd:${PATH}\nGOPATH=${GOPATH:-/go}\n',
        '/usr/lib/environment.d/10.conf': 'PATH=/hidden/by/the/users:$PATH\n',
        '/home/ada/.profile': 'PATH=/profile:$PATH\n',
        '/home/ada/.xprofile': 'PATH=/xprofile:$PATH\n',
      }),
    );
    const desktop = seen.contexts.find(({ id }) => id === 'desktop');
    expect(desktop?.entries).toEqual([
      '/xprofile',
      '/profile',
      '/home/ada/envd',
      '/etc/env',
      '/usr/bin',
      '/home/ada/pam',
    ]);
    expect(desktop?.env).toEqual({ EDITOR: '/home/ada/ed', GOPATH: '/go', LANG: 'C.UTF-8', SHELL: '/bin/sh' });
    expect(Object.fromEntries(desktop?.origins ?? [])).toMatchObject({
      '/etc/env': '/etc/environment:1',
      '/home/ada/pam': '/home/ada/.pam_environment:1',
      '/home/ada/envd': '/home/ada/.config/environment.d/10.conf:1',
      '/xprofile': '/home/ada/.xprofile:1',
    });
  });

  test('a Mac has what launchd gives, path_helper, and agents that set variables', async () => {
    const { seen } = await see(
      machine(
        {
          '/etc/paths': '/usr/local/bin\n/usr/bin\n',
          '/etc/paths.d/go': '/usr/local/go/bin\n',
          '/Users/ada/Library/LaunchAgents/env.plist':
            '<plist><array><string>/bin/launchctl</string><string>setenv</string><string>JAVA_HOME</string><string>/jdk</string></array></plist>',
        },
        { os: 'darwin' },
      ),
    );
    const entries = (id: PathContextId) => seen.contexts.find((context) => context.id === id)?.entries.join(':');
    expect(entries('desktop')).toBe('/usr/bin:/bin:/usr/sbin:/sbin');
    expect(entries('interactive')).toBe('/usr/local/bin:/usr/bin:/usr/local/go/bin:/bin:/usr/sbin:/sbin');
    expect(seen.contexts.find(({ id }) => id === 'desktop')?.env).toMatchObject({ JAVA_HOME: '/jdk' });
  });

  test.each([
    ['$env:PATH += ":/opt/x"', '/usr/bin:/bin:/opt/x', 0],
    ['$env:PATH = "$HOME/.local/bin:$env:PATH"', '/home/ada/.local/bin:/usr/bin:/bin', 0],
    ["$env:PATH = (Join-Path $HOME 'go/bin') + ':' + $env:PATH", '/home/ada/go/bin:/usr/bin:/bin', 0],
    ['$env:Path = "/another/variable"', '/usr/bin:/bin', 0],
    ['$env:PATH = "$(Get-Thing):$env:PATH"', '/usr/bin:/bin', 1],
  ])('PowerShell on Unix: %s', (profile, expected, doubts) => {
    const start = { shell: '/usr/bin/pwsh' };
    const read = readShell({ '/home/ada/.config/powershell/Microsoft.PowerShell_profile.ps1': profile }, start);
    expect([read.path.join(':'), read.doubts.length]).toEqual([expected, doubts]);
  });

  test('PowerShell as a login shell has sh read its files first', () => {
    const files = {
      '/home/ada/.profile': 'PATH=/login:$PATH',
      '/home/ada/.config/powershell/profile.ps1': '$env:PATH += ":/own"',
    };
    expect(readShell(files, { shell: '/usr/bin/pwsh', login: true }).path.join(':')).toBe('/login:/usr/bin:/bin:/own');
  });

  test('WSL brings folders of Windows along, unless it is told not to', async () => {
    const path = ['/usr/bin', '/mnt/c/Windows/system32'];
    const entries = async (conf: string) => {
      const { seen } = await see(machine({ '/etc/wsl.conf': conf }, { path, env: { WSL_DISTRO_NAME: 'Ubuntu' } }));
      return seen.contexts.find(({ id }) => id === 'login')?.entries ?? [];
    };
    expect(await entries('')).toContain('/mnt/c/Windows/system32');
    expect(await entries('[interop]\nappendWindowsPath = false\n')).not.toContain('/mnt/c/Windows/system32');
  });
});

describe('Windows', () => {
  const recording = (profile: string): Recording => ({
    name: 'w',
    os: 'windows',
    arch: 'x86_64',
    home: 'C:\\Users\\ada',
    env: { PATH: 'C:\\Windows', SystemRoot: 'C:\\Windows', USERPROFILE: 'C:\\Users\\ada' },
    files: { 'C:\\Windows': { folder: true }, 'C:\\Users\\ada\\Documents\\PowerShell\\profile.ps1': profile },
    registry: {
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment': {
        Path: '%SystemRoot%;%Tools%\\bin',
        Tools: 'C:\\Tools',
      },
      'HKCU\\Environment': { Path: '%USERPROFILE%\\bin;%Unknown%\\x' },
    },
  });
  test.each([
    ["$env:Path += ';C:\\a'", ';C:\\a', 0],
    ['$env:Path = "$env:USERPROFILE\\a;" + $env:Path', undefined, 0],
    ['$env:Path += ";" + (Join-Path $HOME "go\\bin")', ';C:\\Users\\ada\\go\\bin', 0],
    ['$env:Path += ";$(Get-Thing)"', '', 1],
    ['fnm env | Out-String | Invoke-Expression', '', 1],
    ['Invoke-Expression (&starship init powershell)', '', 0],
    ['function x {\n  $env:Path = "C:\\no"\n}', '', 1],
  ])('%s', async (profile, added, doubts) => {
    const { seen } = await see(recordedHost(recording(profile)));
    const base = 'C:\\Windows;C:\\Tools\\bin;C:\\Users\\ada\\bin;%Unknown%\\x';
    const terminal = seen.contexts.find(({ id }) => id === 'interactive');
    expect(terminal?.entries.join(';')).toBe(added === undefined ? `C:\\Users\\ada\\a;${base}` : `${base}${added}`);
    expect(terminal?.doubts).toHaveLength(doubts);
    expect(seen.contexts.find(({ id }) => id === 'desktop')?.entries.join(';')).toBe(base);
  });
});
