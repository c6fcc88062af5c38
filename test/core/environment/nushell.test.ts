import { expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell } from './read-shell';

const nu = (env: string, files = {}, options = {}) =>
  readShell(
    { '/home/ada/.config/nushell/env.nu': env, '/opt/a': { folder: true }, '/usr/bin/git': exec, ...files },
    { shell: '/usr/bin/nu', ...options },
  );

// Some of them were run by Nushell 0.108 itself, in this form or a like one.
test.each([
  ["$env.PATH = ($env.PATH | split row (char esep) | prepend '/some/path')", '/some/path:/usr/bin:/bin'],
  ['$env.PATH = ($env.PATH | append [ /a1 /a2 ] | prepend /usr/bin | uniq)', '/usr/bin:/bin:/a1:/a2'],
  [
    'use std "path add"\npath add ($env.HOME | path join ".cargo" "bin")\npath add --append "~/z"',
    '/home/ada/.cargo/bin:/usr/bin:/bin:/home/ada/z',
  ],
  [
    '$env.GOPATH = ($env.HOME | path join "go")\n$env.PATH ++= [ ($env.GOPATH | path join "bin"), "/plus" ]',
    '/usr/bin:/bin:/home/ada/go/bin:/plus',
  ],
  ['$env.PATH = [ $"($env.HOME)/x" ...$env.PATH ]', '/home/ada/x:/usr/bin:/bin'],
  [
    '$env.PATH = (\n  $env.PATH\n  | split row (char esep)\n  | prepend [/m "/l"]   # both\n  | where $it !~ \'nothing\'\n)',
    '/m:/l:/usr/bin:/bin',
  ],
  ["$env.PATH = ($env.PATH | where {|p| $p != '/bin' })", '/usr/bin'],
  ["if ('/opt/a' | path exists) { path add /yes } else { path add /no }", '/yes:/usr/bin:/bin'],
  [
    'if ($nu.os-info.name == "macos") { path add /mac } else if $nu.os-info.name == "linux" { path add /linux }',
    '/linux:/usr/bin:/bin',
  ],
  ['let extra = [/x1 /x2]\nfor d in $extra { path add $d }', '/x2:/x1:/usr/bin:/bin'],
  ['load-env { "FOO": "/foo", EDITOR: vim }\n$env.PATH = ($env.PATH | prepend $env.FOO)', '/foo:/usr/bin:/bin'],
  [
    'def --env add [p: string] { $env.PATH = ($env.PATH | prepend $p) }\nadd /fn\ndef other [] { path add /no }',
    '/fn:/usr/bin:/bin',
  ],
  [
    'if not (which none | is-not-empty) { path add /none }\nif (which git | is-not-empty) and true { path add /git }',
    '/git:/none:/usr/bin:/bin',
  ],
  ['if "HOME" in $env { path add /home }\nif "NOPE" in $env { path add /no }', '/home:/usr/bin:/bin'],
  ['source more.nu\nsource ~/.zoxide.nu\nuse ~/.cache/starship/init.nu', '/usr/bin:/bin:/more'],
  [
    '$env.config.show_banner = false\n$env.ENV_CONVERSIONS = {\n  "PATH": {\n    from_string: { |s| $s | split row (char esep) }\n  }\n}\n$env.PROMPT_COMMAND = {|| create_left_prompt }\nalias ll = ls -l\npath add /x',
    '/x:/usr/bin:/bin',
  ],
])('%s', (env, expected) => {
  const { path, doubts } = nu(env, {
    '/home/ada/.config/nushell/more.nu': '$env.PATH = ($env.PATH | append "/more")\n',
    '/home/ada/.zoxide.nu': 'export-env { $env.config = {} }\n',
  });
  expect([path.join(':'), doubts]).toEqual([expected, []]);
});

test('its files in their order, where it is a login or a terminal', () => {
  const files = {
    '/home/ada/.config/nushell/config.nu': '\npath add /config\n',
    '/home/ada/.config/nushell/login.nu': 'path add /login\n',
    '/home/ada/.local/share/nushell/vendor/autoload/x.nu': 'path add /vendor\n',
  };
  const { path, origins } = nu('path add /env', files);
  expect(path.join(':')).toBe('/vendor:/config:/env:/usr/bin:/bin');
  expect(origins.get('/config')).toBe('/home/ada/.config/nushell/config.nu:2');
  expect(nu('path add /env', files, { login: true, interactive: false }).path[0]).toBe('/login');
  expect(nu('path add /env', files, { interactive: false }).path).toEqual(['/usr/bin', '/bin']);
});

test.each([
  ['$env.PATH = ($env.PATH | prepend (mystery))', /what "mystery" prints/],
  ['if (mystery) { path add /a }', /whether a test succeeds/],
  ['source $thing', /which file is read/],
  ["path add '/a", /a quote is never closed/],
  [`path add ${'('.repeat(5000)}`, /nested too deeply/],
  [`path add ${'$"('.repeat(5000)}`, /nested too deeply/],
])('what files cannot tell is said: %s', (env, expected) => {
  const { doubts, path } = nu(env, { '/usr/bin/mystery': exec });
  expect(doubts.at(-1)).toMatch(expected);
  expect(path.slice(-2)).toEqual(['/usr/bin', '/bin']);
});

test('files that read themselves, functions that call themselves, and values that grow, end', () => {
  expect(nu('path add /x\nsource env.nu').path).toContain('/x');
  expect(nu('def --env f [] { path add /f; f }\nf').path).toContain('/f');
  const grow = `$env.Y = "ab"\n${'$env.Y += $env.Y\n'.repeat(60)}mut l = [a b]\n${'$l = [...$l ...$l]\n'.repeat(40)}${'$l = ($l | append $l)\n'.repeat(40)}$env.Z = ($l | str join $env.Y)\n$env.Q = $"${'($env.Y)'.repeat(3000)}"\n`;
  expect(nu(grow).path).toEqual(['/usr/bin', '/bin']);
});
