import { expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell } from './read-shell';

const xonsh = (rc: string, files = {}, options = {}) =>
  readShell(
    { '/home/ada/.xonshrc': rc, '/opt/a': { folder: true }, '/usr/bin/git': exec, ...files },
    { shell: '/usr/bin/xonsh', ...options },
  );

// xonsh 0.13 itself makes the same of each of them but for `prepend`, which is newer, and Homebrew's words.
test.each([
  ["$PATH.insert(0, '~/bin')\n$PATH.append($HOME + '/x')", '/home/ada/bin:/usr/bin:/bin:/home/ada/x'],
  ["$PATH.prepend('/p')\n$PATH.extend(['/e1', '/e2'])\n$PATH.remove('/bin')", '/p:/usr/bin:/e1:/e2'],
  [
    "$PATH.add('/a', front=True)\n$PATH.add('/bin', front=True, replace=True)\n$PATH.add('/usr/bin')",
    '/bin:/a:/usr/bin',
  ],
  ["$PATH = ['/a', f'{$HOME}/f', *$PATH]\n$PATH += ['/z']", '/a:/home/ada/f:/usr/bin:/bin:/z'],
  ["extra = ['/e1', '/e2']\n$PATH = extra + $PATH", '/e1:/e2:/usr/bin:/bin'],
  ["$PATH.append('$HOME/d')\n$PATH.append(p'~/p')", '/usr/bin:/bin:/home/ada/d:/home/ada/p'],
  ["import os\n$PATH.append(os.path.join(os.environ['HOME'], 'j'))", '/usr/bin:/bin:/home/ada/j'],
  ["from pathlib import Path\n$PATH.insert(0, Path.home() / '.x' / 'bin')", '/home/ada/.x/bin:/usr/bin:/bin'],
  [
    "$GOBIN = $HOME + '/go'\n$PATH.append($GOBIN)\n${'GOX'} = '/gox'\n$PATH.append(${'GOX'})",
    '/usr/bin:/bin:/home/ada/go:/gox',
  ],
  [
    "import os\nif os.path.isdir('/opt/a'):\n    $PATH.append('/yes')\nelse:\n    $PATH.append('/no')",
    '/usr/bin:/bin:/yes',
  ],
  [
    "import os\nif not os.path.exists('/opt/a'): $PATH.append('/no')\nelif $USER == 'ada':\n    $PATH.append('/ada')",
    '/usr/bin:/bin:/ada',
  ],
  [
    "import os\nfor d in [\n    '/opt/a',  # comment ]\n    '/opt/b',\n]:\n    if d not in $PATH and os.path.isdir(d):\n        $PATH.insert(0, d)",
    '/opt/a:/usr/bin:/bin',
  ],
  ["$PATH = [p for p in $PATH if not p.startswith('/usr')]", '/bin'],
  ["def add(p, front=False):\n    $PATH.append(p)\nadd('/fn')", '/usr/bin:/bin:/fn'],
  ["try:\n    $PATH.append('/try')\nexcept Exception:\n    $PATH.append('/no')", '/usr/bin:/bin:/try'],
  [
    "if 'NOPE' in ${...}:\n    $PATH.append('/no')\nif ${...}.get('HOME') == $HOME:\n    $PATH.append('/home')",
    '/usr/bin:/bin:/home',
  ],
  ["from shutil import which\nif which('git') and not which('none'):\n    $PATH.append('/git')", '/usr/bin:/bin:/git'],
  [
    "from xonsh.platform import ON_LINUX\nimport sys\n$PATH.append('/x' if ON_LINUX else '/y')\n$PATH.append('/' + sys.platform)",
    '/usr/bin:/bin:/x:/linux',
  ],
  ['source-bash ~/env.sh\nsource ~/more.xsh', '/usr/bin:/bin:/bash:/more'],
  [
    'execx($(/opt/brew/bin/brew shellenv))\nexecx($(starship init xonsh))',
    '/opt/brew/bin:/opt/brew/sbin:/usr/bin:/bin',
  ],
  [
    "$PROMPT = '{user}@{hostname} {cwd} {prompt_end} '\naliases['ll'] = 'ls -l'\nxontrib load vox\n$PATH.append('/x')",
    '/usr/bin:/bin:/x',
  ],
  ['$PATH.append("""/a\\\nb""")  # long', '/usr/bin:/bin:/ab'],
])('%s', (rc, expected) => {
  const { path, doubts } = xonsh(rc, {
    '/opt/brew/bin/brew': exec,
    '/usr/bin/starship': exec,
    '/home/ada/env.sh': 'export PATH=$PATH:/bash\n',
    '/home/ada/more.xsh': "$PATH.append('/more')\n",
  });
  expect([path.join(':'), doubts]).toEqual([expected, []]);
});

test('its files in their order, where it is a login or a terminal', () => {
  const files = {
    '/home/ada/.xonshrc': "$PATH.append('/rc')\n",
    '/home/ada/.config/xonsh/rc.xsh': "\n$PATH.append('/rc-xsh')\n",
    '/home/ada/.config/xonsh/rc.d/10.xsh': "$PATH.append('/rc-d')\n",
  };
  const { path, origins } = readShell(files, { shell: '/usr/bin/xonsh' });
  expect(path.join(':')).toBe('/usr/bin:/bin:/rc-xsh:/rc:/rc-d');
  expect(origins.get('/rc-xsh')).toBe('/home/ada/.config/xonsh/rc.xsh:2');
  expect(readShell(files, { shell: '/usr/bin/xonsh', login: true, interactive: false }).path).toHaveLength(5);
  expect(readShell(files, { shell: '/usr/bin/xonsh', interactive: false }).path).toHaveLength(2);
});

test.each([
  ['$PATH.append($(mystery))', /what "mystery" prints/],
  ['if mystery():\n    $PATH.append("/a")', /whether a test succeeds/],
  ['while True:\n    $PATH.append("/a")', /whether a test succeeds/],
  ['$PATH.sort()', /what this line does to PATH/],
  ['execx($(mystery))', /a program prints it/],
  ['source-bash $THING/x', /which file is read/],
  [`$PATH.append(${'('.repeat(5000)}`, /a value|not known/],
  [`$PATH.append(${'not '.repeat(900)}1)`, /a value|not known/],
  [`$PATH.append(${'x'.repeat(9000)})`, /whether a test/],
  ['def f():\n    f()\nf()\n$PATH.append(unknown)', /what unknown is/],
])('what files cannot tell is said: %s', (rc, expected) => {
  const { doubts, path } = xonsh(rc, { '/usr/bin/mystery': exec });
  expect(doubts.at(-1)).toMatch(expected);
  expect(path.slice(0, 2)).toEqual(['/usr/bin', '/bin']);
});

test('brackets without an end cost no time', () => {
  expect(xonsh(`if ${'()'.repeat(3000)}\n    $PATH.append('/x')\n`).path).toContain('/usr/bin');
});

test('files that read themselves, and lists that grow, end', () => {
  expect(xonsh("source ~/.xonshrc\n$PATH.append('/x')").path).toContain('/x');
  const grow = `x = ['a']\n${'x = x + x\n'.repeat(60)}$PATH.extend(x)\ny = 'a'\n${'y += y\n'.repeat(60)}$Y = y\n`;
  expect(xonsh(grow).path.length).toBeLessThan(10_000);
});
