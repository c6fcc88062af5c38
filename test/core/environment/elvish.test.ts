import { expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell } from './read-shell';

const elvish = (rc: string, files = {}, options = {}) =>
  readShell(
    { '/home/ada/.config/elvish/rc.elv': rc, '/opt/a': { folder: true }, '/usr/bin/git': exec, ...files },
    { shell: '/usr/bin/elvish', ...options },
  );

// Elvish 0.19 itself makes the same of each of them but for what is older (`paths =`), newer (`use os`), a terminal's (`edit:`)
// and Homebrew's words.
test.each([
  ['set paths = [~/bin /usr/local/bin $@paths]', '/home/ada/bin:/usr/local/bin:/usr/bin:/bin'],
  ['set paths = [\n  $@paths\n  ~/go/bin # comment\n  $E:HOME/x\n]', '/usr/bin:/bin:/home/ada/go/bin:/home/ada/x'],
  ['set @paths = /x $@paths', '/x:/usr/bin:/bin'],
  ['paths = [/old $@paths]', '/old:/usr/bin:/bin'],
  ['var go = $E:HOME/go\nset E:GOPATH = $go\nset paths = [$@paths $E:GOPATH/bin]', '/usr/bin:/bin:/home/ada/go/bin'],
  ['set-env GOBIN /gobin; set paths = [$@paths (get-env GOBIN)]', '/usr/bin:/bin:/gobin'],
  ['set E:PATH = "/x:"$E:PATH', '/x:/usr/bin:/bin'],
  ['set paths = [$@paths {/a,/b}/bin]', '/usr/bin:/bin:/a/bin:/b/bin'],
  [
    'use path\nif (path:is-dir /opt/a) { set paths = [/yes $@paths] } else { set paths = [/no $@paths] }',
    '/yes:/usr/bin:/bin',
  ],
  [
    'if ?(test -d /opt/none) { set paths = [/no $@paths] } elif (eq $E:USER ada) { set paths = [/ada $@paths] }',
    '/ada:/usr/bin:/bin',
  ],
  ['use os\nfor d [/opt/a /opt/none] { if (os:is-dir $d) { set paths = [$@paths $d] } }', '/usr/bin:/bin:/opt/a'],
  ['each {|d| set paths = [$@paths $d] } [/e1 /e2]', '/usr/bin:/bin:/e1:/e2'],
  ['set paths = [(each {|p| if (not-eq $p /bin) { put $p } } $paths)]', '/usr/bin'],
  ['put /p1 /p2 | each {|d| set paths = [$@paths $d] }', '/usr/bin:/bin:/p1:/p2'],
  ['fn add {|p| set paths = [$p $@paths] }\nadd /fn', '/fn:/usr/bin:/bin'],
  [
    'if (has-external git) { set paths = [$@paths /git] }\nif (has-external none) { set paths = [/no] }',
    '/usr/bin:/bin:/git',
  ],
  ['if (not (has-value $paths /zz)) { set paths = (conj $paths /zz) }', '/usr/bin:/bin:/zz'],
  [
    'use str\nset E:PATH = (str:join : [/j $@paths])\nset paths = [$@paths (str:split : /s1:/s2)]',
    '/j:/usr/bin:/bin:/s1:/s2',
  ],
  [
    'set edit:prompt = { tilde-abbr $pwd }\nset edit:insert:binding[Alt-x] = { kill }\nset paths = [/x $@paths]',
    '/x:/usr/bin:/bin',
  ],
  ['set paths = [\'/a b\' "/t\\tb" $@paths]', '/a b:/t\tb:/usr/bin:/bin'],
  [
    'eval (/opt/brew/bin/brew shellenv | slurp)\neval (starship init elvish)',
    '/opt/brew/bin:/opt/brew/sbin:/usr/bin:/bin',
  ],
])('%s', (rc, expected) => {
  const { path, doubts } = elvish(rc, { '/opt/brew/bin/brew': exec, '/usr/bin/starship': exec });
  expect([path.join(':'), doubts]).toEqual([expected, []]);
});

test('its entries know their lines, and only terminals read it', () => {
  const rc = 'use str\nset paths = [\n  /x\n  $@paths\n]\n';
  expect(elvish(rc).origins.get('/x')).toBe('/home/ada/.config/elvish/rc.elv:2');
  expect(elvish(rc, {}, { interactive: false, login: true }).path).toEqual(['/usr/bin', '/bin']);
  const old = { '/home/ada/.elvish/rc.elv': 'set paths = [/old $@paths]' };
  expect(readShell(old, { shell: '/usr/bin/elvish' }).path[0]).toBe('/old');
});

test.each([
  ['set paths = [(mystery) $@paths]', /what "mystery" prints/],
  ['if (mystery) { set paths = [/a] }', /whether a test succeeds/],
  ['eval (mystery)', /a program prints it/],
  ['set paths = [/a', /is missing/],
  ['('.repeat(5000), /nested too deeply/],
  ['{|'.repeat(5000), /nested too deeply|is missing/],
  ['fn f { f }; f', /more to do than Lockstep follows/],
])('what files cannot tell is said: %s', (rc, expected) => {
  expect(elvish(rc, { '/usr/bin/mystery': exec }).doubts).toEqual([expect.stringMatching(expected)]);
});

test('what grows ends', () => {
  const rc = `var y = ab\n${'set y = $y$y\n'.repeat(60)}set E:Y = $y\nvar x = [a b]\n${'set x = [$@x $@x]\n'.repeat(40)}set paths = [$@paths /end]\n${'set paths = [{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}]\n'}`;
  expect(elvish(rc).path.length).toBeLessThan(10_000);
});
