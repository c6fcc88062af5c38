import { expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell } from './read-shell';

const fish = (config: string, files = {}, options = {}) =>
  readShell(
    { '/home/ada/.config/fish/config.fish': config, '/opt/a': { folder: true }, '/opt/b': { folder: true }, ...files },
    { shell: '/usr/bin/fish', ...options },
  );

test.each([
  ['set -gx PATH /x $PATH', '/x:/usr/bin:/bin'],
  ['set -x PATH $HOME/bin $PATH; set PATH $PATH /y', '/home/ada/bin:/usr/bin:/bin:/y'],
  ['set -gxa PATH /x; set --prepend PATH /z', '/z:/usr/bin:/bin:/x'],
  ['fish_add_path /opt/a /opt/none /opt/b', '/opt/a:/opt/b:/usr/bin:/bin'],
  ['fish_add_path /opt/a; fish_add_path --append /opt/b; fish_add_path /opt/a', '/opt/a:/opt/b:/usr/bin:/bin'],
  ['fish_add_path -P /opt/a', '/opt/a:/usr/bin:/bin'],
  ['fish_add_path /opt/a; set -p PATH /first; fish_add_path /opt/none', '/first:/opt/a:/usr/bin:/bin'],
  ['set -a PATH (printf "%s\\n" /p1 /p2)', '/usr/bin:/bin:/p1:/p2'],
  [
    'if test -d /opt/a; and test -d /opt/none\n  set PATH /no $PATH\nelse if test -d /opt/a\n  set PATH /yes $PATH\nend',
    '/yes:/usr/bin:/bin',
  ],
  ['test -d /opt/none; or set PATH /or $PATH\ntest -d /opt/a && set PATH /and $PATH', '/and:/or:/usr/bin:/bin'],
  ['if not contains /opt/a $PATH\n  set PATH /opt/a $PATH\nend', undefined],
  [
    'if status is-interactive\n  set PATH /i $PATH\nend\nif status is-login\n set PATH /l $PATH\nend',
    '/i:/usr/bin:/bin',
  ],
  ['for d in /opt/a /opt/b ~/none\n  if test -d $d\n    set -a PATH $d\n  end\nend', '/usr/bin:/bin:/opt/a:/opt/b'],
  ['function add\n  set -p PATH $argv[1]\nend\nadd /f', '/f:/usr/bin:/bin'],
  [
    'switch (uname)\n  case Darwin\n    set PATH /mac $PATH\n  case Linux "*BSD"\n    set PATH /linux $PATH\nend',
    '/linux:/usr/bin:/bin',
  ],
  ['/opt/brew/bin/brew shellenv | source', '/opt/brew/bin:/opt/brew/sbin:/usr/bin:/bin'],
  ['eval (/opt/brew/bin/brew shellenv)\nstarship init fish | source', '/opt/brew/bin:/opt/brew/sbin:/usr/bin:/bin'],
  [
    'set -gx PYENV_ROOT $HOME/.pyenv\nfish_add_path $PYENV_ROOT/bin\npyenv init - fish | source',
    '/home/ada/.pyenv/shims:/home/ada/.pyenv/bin:/usr/bin:/bin',
  ],
  ['set -e PATH[-1]; set PATH[1] /first; set -gx PATH $PATH[1..-1] /z', '/first:/z'],
  ['set -gx PATH (string match -v /bin $PATH) (string split : /s1:/s2)', '/usr/bin:/s1:/s2'],
  ['set i 0\nwhile test $i -lt 2\n  set -p PATH /w$i\n  set i (math $i + 1)\nend', '/w1:/w0:/usr/bin:/bin'],
  ['set -l dirs /a /b; set PATH $dirs/bin $PATH\nbegin; set -lx PATH /local $PATH; end', '/a/bin:/b/bin:/usr/bin:/bin'],
  ['source ~/more.fish; begin; set PATH /b $PATH; end', '/b:/more:/usr/bin:/bin'],
  ["set -gx PATH '/a b' $PATH # comment\nalias ll 'ls -l'", '/a b:/usr/bin:/bin'],
  ['set PATH {$HOME}/x "$HOME/y" $HOME/{p,q} $PATH', undefined],
])('%s', (config, expected) => {
  const { path, doubts } = fish(config, {
    '/opt/brew/bin/brew': exec,
    '/usr/bin/starship': exec,
    '/usr/bin/pyenv': exec,
    '/home/ada/.pyenv/bin': { folder: true },
    '/home/ada/more.fish': 'set PATH /more $PATH\n',
  });
  if (expected !== undefined) {
    expect([path.join(':'), doubts]).toEqual([expected, []]);
  } else {
    expect(path).toContain('/usr/bin');
  }
});

test('universal variables and conf.d count, by name across folders', () => {
  const { path, env } = fish('set -gx A $B', {
    '/home/ada/.config/fish/fish_variables': 'SETUVAR --export B:b\\x20c\nSETUVAR fish_user_paths:/opt/a\\x1e/opt/b\n',
    '/home/ada/.config/fish/conf.d/10-x.fish': 'set PATH $PATH /mine\n',
    '/etc/fish/conf.d/10-x.fish': 'set PATH $PATH /hidden\n',
    '/etc/fish/conf.d/20-y.fish': 'set PATH $PATH /etc-y\n',
  });
  expect(path.join(':')).toBe('/opt/a:/opt/b:/usr/bin:/bin:/mine:/etc-y');
  expect(env.get('A')).toBe('b c');
});

test.each([
  ['if mystery\n set PATH /a $PATH\nend', /whether a test succeeds/],
  ['mystery | source', /a program prints it/],
  ['set PATH (mystery) $PATH', /an entry of PATH is not known/],
  ["set PATH '/a", /cannot be read/],
  ['if '.repeat(3000), /nested too deeply/],
])('what files cannot tell is said: %s', (config, expected) => {
  expect(fish(config, { '/usr/bin/mystery': exec }).doubts).toEqual([expect.stringMatching(expected)]);
});

test('files that read themselves end', () => {
  expect(fish('source ~/.config/fish/config.fish\nset PATH $PATH /x').path).toContain('/x');
});

test('functions know their arguments by name, and are looked up in files of their names', () => {
  const config =
    'function add -d "add" --argument-names folder rest\n  test -d $folder; and set -p PATH $folder$rest\nend\nadd /opt/a /x\nadd /opt/none\nmine';
  const files = { '/home/ada/.config/fish/functions/mine.fish': 'function mine\n  set -a PATH /mine\nend\n' };
  expect(fish(config, files).path.join(':')).toBe('/opt/a/x:/usr/bin:/bin:/mine');
});

test('what filters make of PATH, and the number of the user', () => {
  const config =
    "set PATH /a $PATH /a\nset PATH (printf '%s\\n' $PATH | awk '!seen[$0]++')\nif test (/usr/bin/id -u) = 1000; set -a PATH /user; end";
  const { path, doubts } = fish(config);
  expect([path.join(':'), doubts]).toEqual(['/a:/usr/bin:/bin:/user', []]);
});
