import { expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell, type ShellOptions } from './read-shell';

const tcsh = (rc: string, files = {}, options: ShellOptions = {}) =>
  readShell({ '/home/ada/.tcshrc': rc, '/usr/bin/git': exec, ...files }, { shell: '/usr/bin/tcsh', ...options });

const FILES = {
  '/opt/a/bin': { folder: true },
  '/opt/b/bin': { folder: true },
  '/home/ada/.aliases': 'set path = ($path /aliases)\n',
} as const;

// tcsh 6.24 itself makes the same of each of them.
test.each([
  ['setenv PATH ~/bin:${PATH}', '/home/ada/bin:/usr/bin:/bin'],
  ['setenv PATH "${PATH}:/x y"', '/usr/bin:/bin:/x y'],
  ["setenv A '/a$b'; setenv PATH ${A}:$PATH", '/a$b:/usr/bin:/bin'],
  ['set path = ( ~/bin $path /usr/local/bin )', '/home/ada/bin:/usr/bin:/bin:/usr/local/bin'],
  ['set path=($path $home/go/bin)', '/usr/bin:/bin:/home/ada/go/bin'],
  ['set path = (/a \\\n  /b \\\n  $path)\nset path = ($path /c) # more', '/a:/b:/usr/bin:/bin:/c'],
  ['set -f path = (/bin $path /x /x)', '/bin:/usr/bin:/x'],
  ['set path = ($path {/p,/q}/bin)', '/usr/bin:/bin:/p/bin:/q/bin'],
  ['set path = ($path /opt/*/bin)', '/usr/bin:/bin:/opt/a/bin:/opt/b/bin'],
  ['set a = /s b = /t\nset path = ($path $a $b)', '/usr/bin:/bin:/s:/t'],
  ['set list = (/one /two /three)\nset path = ($list[2-] $path $#list)', '/two:/three:/usr/bin:/bin:3'],
  ['set g = /usr/bin/git.exe\nset path = ($path $g:h:h $g:t:r ${g:e}x)', '/usr/bin:/bin:/usr:git:exex'],
  ['if ( -d /opt/a/bin ) set path = (/opt/a/bin $path)', '/opt/a/bin:/usr/bin:/bin'],
  ['if ( ! -d /opt/none && -x /usr/bin/git ) then\n  set path = (/yes $path)\nendif', '/yes:/usr/bin:/bin'],
  [
    'if ($?NONE) then\n set path = (/no $path)\nelse if ("$USER" == ada) then\n set path = (/ada $path)\nelse\n set path = (/else)\nendif',
    '/ada:/usr/bin:/bin',
  ],
  ['if (! $?GOPATH) setenv GOPATH $HOME/go\nset path = ($path $GOPATH/bin)', '/usr/bin:/bin:/home/ada/go/bin'],
  ['foreach d (/opt/a/bin /opt/none)\n  if (-d $d) set path = ($path $d)\nend', '/usr/bin:/bin:/opt/a/bin'],
  [
    'foreach d (/1 /2 /3)\n  if ($d == /2) continue\n  if ($d =~ *3) break\n  set path = ($path $d)\nend',
    '/usr/bin:/bin:/1',
  ],
  [
    'setenv T xterm-256color\nswitch ($T)\n  case vt*:\n    set path = (/vt)\n    breaksw\n  case xterm*:\n    set path = ($path /xterm)\n  case next:\n    set path = ($path /through)\n    breaksw\n  default:\n    set path = (/default)\nendsw',
    '/usr/bin:/bin:/xterm:/through',
  ],
  ['if ( -r ~/.aliases ) source ~/.aliases\nset path = ($path /after)', '/usr/bin:/bin:/aliases:/after'],
  ['if ("$path" !~ *x*) setenv PATH /x:$PATH', '/x:/usr/bin:/bin'],
  ['alias ll "ls -l"; set prompt = "%m> "; set path = ($path /z)', '/usr/bin:/bin:/z'],
  ['true && set path = (/and $path)\nfalse || set path = (/or $path)', '/or:/and:/usr/bin:/bin'],
  ['if ({ test -d /opt/none }) set path = (/no)\n[ -d /opt/a/bin ] && set path = (/yes $path)', '/yes:/usr/bin:/bin'],
  ['set path = ($path /`uname -s`)', '/usr/bin:/bin:/Linux'],
  ['set x = `echo /a /b`\nset path = ($path $x)', '/usr/bin:/bin:/a:/b'],
  ['setenv PATH "`echo /q`:${PATH}"', '/q:/usr/bin:/bin'],
  ['setenv PATH ${HOME}/a:`echo $PATH | tr : ,`', '/home/ada/a:/usr/bin,/bin'],
  ['set p = "/x y"; set path = ($path:q $p:q)', '/usr/bin:/bin:/x y'],
  ['set path = ($path {/m,/n{1,2}})', '/usr/bin:/bin:/m:/n1:/n2'],
  ['set nonomatch; set path = ($path /nope*)', '/usr/bin:/bin:/nope*'],
  ['@ n = 3 + 1\nset path = ($path /$n)', '/usr/bin:/bin:/4'],
  ['eval setenv PATH /e:$PATH', '/e:/usr/bin:/bin'],
  ['set path = (/first $path)\nexit\nset path = (/never)', '/first:/usr/bin:/bin'],
  ['setenv MANPATH /m; unsetenv MANPATH; set path = ($path $?MANPATH)', '/usr/bin:/bin:0'],
])('%s', (rc, expected) => {
  const { path, doubts } = tcsh(rc, FILES);
  expect([path.join(':'), doubts]).toEqual([expected, []]);
});

test('what is only known when it runs is a doubt where PATH depends on it', () => {
  expect(tcsh('eval `something env`', { '/usr/bin/something': exec }).doubts).toHaveLength(1);
  expect(tcsh('module load gcc').doubts).toHaveLength(1);
  expect(tcsh('if ({ something }) set path = (/x)', { '/usr/bin/something': exec }).doubts).toHaveLength(1);
  expect(tcsh('if ({ something }) set prompt = x', { '/usr/bin/something': exec }).doubts).toEqual([]);
  expect(tcsh('eval `brew shellenv csh`', { '/usr/bin/brew': exec }).doubts).toEqual([]);
});

test('hostile programs come to an end', () => {
  const loop = `${'foreach a ({1,2,3,4,5,6,7,8,9})\n'.repeat(20)}set path = ($path $path)\n${'end\n'.repeat(20)}`;
  expect(tcsh(loop).doubts.length).toBeGreaterThan(0);
  expect(tcsh(`${'if (1) then\n'.repeat(10_000)}`).doubts).toEqual([expect.stringContaining('nested too deeply')]);
  expect(tcsh('source ~/.tcshrc').doubts.length).toBeGreaterThan(0);
  expect(tcsh(`set path = (${'{a,b}'.repeat(60)})`).doubts.length).toBeGreaterThan(0);
  expect(tcsh(`set path = (${'('.repeat(50_000)}`).doubts).toHaveLength(1);
});
