import { describe, expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { readShell, type ShellOptions } from './read-shell';

const tcsh = (rc: string, files = {}, options: ShellOptions = {}) =>
  readShell(
    {
      '/home/ada/.tcshrc': rc,
      '/opt/a': { folder: true },
      '/opt/b/bin': { folder: true },
      '/usr/bin/git': exec,
      '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/tcsh\n',
      ...files,
    },
    { shell: '/bin/tcsh', ...options },
  );

// tcsh 6.24 itself makes the same of each of them but for Homebrew's words.
test.each([
  ['setenv PATH ${PATH}:/x', '/usr/bin:/bin:/x'],
  ['setenv PATH "/a:$PATH"; setenv PATH ${PATH}:/b', '/a:/usr/bin:/bin:/b'],
  ['set path = ( ~/bin $path /x ) # comment', '/home/ada/bin:/usr/bin:/bin:/x'],
  ['set path=(/x $path)', '/x:/usr/bin:/bin'],
  ['set path = ( \\\n  /x \\\n  $path \\\n)', '/x:/usr/bin:/bin'],
  ['set path = ( $path[1] /mid $path[2-] )', '/usr/bin:/mid:/bin'],
  ['set path[1] = /first', '/first:/bin'],
  ['set -f path = ( $path /bin /x )', '/usr/bin:/bin:/x'],
  ['set path = ( {/u,/v}/bin $path )', '/u/bin:/v/bin:/usr/bin:/bin'],
  ['set path = ( /opt/*/bin $path )', '/opt/b/bin:/opt/brew/bin:/usr/bin:/bin'],
  ['set path = ( /opt/[b]/bin $path )', '/opt/b/bin:/usr/bin:/bin'],
  ['set x = ( a b c )\nset path = ( /$x[2] /$#x $x[$#x] $path )', '/b:/3:c:/usr/bin:/bin'],
  ['set f = /one/two.c\nset path = ( $f:h $f:t $f:r $f:e $path )', '/one:two.c:/one/two:c:/usr/bin:/bin'],
  ['if ( -d /opt/a ) set path = ( /yes $path ) ; setenv A 1', '/yes:/usr/bin:/bin'],
  [
    'if ( -d /opt/none ) then\n set path = ( /no )\nelse if ( $?HOME ) then\n set path = ( /yes $path )\nendif',
    '/yes:/usr/bin:/bin',
  ],
  ['if ( ! $?FOO && "$USER" == ada ) set path = ( /ada $path )', '/ada:/usr/bin:/bin'],
  ['if ("$PATH" !~ */opt* ) set path = ( /glob $path )', '/glob:/usr/bin:/bin'],
  ['if ( { test -d /opt/a } ) set path = ( /test $path )', '/test:/usr/bin:/bin'],
  ['@ n = ( 1 + 2 ) * 3\n@ n++\nif ( $n >= 10 ) set path = ( /$n $path )', '/10:/usr/bin:/bin'],
  ['foreach d ( /opt/a /opt/none )\n if ( -d $d ) set path = ( $path $d )\nend', '/usr/bin:/bin:/opt/a'],
  ['foreach d ( a b c )\n if ( $d == b ) break\n set path = ( /$d $path )\nend', '/a:/usr/bin:/bin'],
  ['while ( ! $?x )\n set x\n set path = ( /w $path )\nend', '/w:/usr/bin:/bin'],
  [
    'switch ( $USER )\ncase x*:\n set path = ( /no )\n breaksw\ncase a*:\n set path = ( /yes $path )\n breaksw\ndefault:\n set path = ( /no )\nendsw',
    '/yes:/usr/bin:/bin',
  ],
  ["alias addpath 'set path = ( \\!* $path )'\naddpath /al /be", '/al:/be:/usr/bin:/bin'],
  ['eval `echo setenv PATH /ev:$PATH`', '/ev:/usr/bin:/bin'],
  ['set d = `dirname /a/b/c`\nset path = ( $d "`echo /e`" $path )', '/a/b:/e:/usr/bin:/bin'],
  [
    'test -d /opt/a && set path = ( /and $path )\nwhich none >& /dev/null || set path = ( /or $path )',
    '/or:/and:/usr/bin:/bin',
  ],
  [
    '( set path = ( /no ) )\ncat << EOF > /dev/null\nset path = ( /no )\nEOF\nset path = ( /yes $path )',
    '/yes:/usr/bin:/bin',
  ],
  ['eval `/opt/brew/bin/brew shellenv csh`', '/opt/brew/bin:/opt/brew/sbin:/usr/bin:/bin'],
  ['source ~/more.csh\nset path = ( /after $path )', '/after:/more:/usr/bin:/bin'],
])('%s', (rc, expected) => {
  const files = {
    '/opt/brew/bin/brew': exec,
    '/home/ada/more.csh': 'set path = ( /more $path )\nexit\nset path = ( /no )',
  };
  const { path, doubts } = tcsh(rc, files);
  expect([path.join(':'), doubts]).toEqual([expected, []]);
});

describe('the files', () => {
  const login = { '/home/ada/.login': 'set path = ( /login $path )' };
  test('of a login are two more, and entries know their lines', () => {
    const files = { '/etc/csh.cshrc': 'setenv A 1', '/etc/csh.login': 'setenv B $A', ...login };
    const read = tcsh('\nset path = ( /x $path )', files, { login: true, interactive: false });
    expect(read.path).toEqual(['/login', '/x', '/usr/bin', '/bin']);
    expect(read.env.get('B')).toBe('1');
    expect(read.origins.get('/x')).toBe('/home/ada/.tcshrc:2');
    expect(tcsh('', files).path).toEqual(['/usr/bin', '/bin']);
  });

  test('of csh are not those of tcsh', () => {
    const files = { '/home/ada/.cshrc': 'set path = ( /csh $path )\nif ( $?tcsh ) setenv T 1' };
    const read = tcsh('set path = ( /tcsh $path )', files, { shell: '/bin/csh' });
    expect([read.path[0], read.env.get('T')]).toEqual(['/csh', undefined]);
  });

  test.each([
    ['a variable that is not there', 'set path = ( $none )'],
    ['a modifier that is none', 'setenv PATH $PATH:/x'],
    ['a pattern without a match', 'set path = ( /none/* )'],
    ['a file that is not there', 'source /none'],
    ['a condition of glued words', 'if (1==1) set path = ( /x )'],
  ])('end with %s, as csh has it', (_, line) => {
    const { path, doubts } = tcsh(`${line}\nset path = ( /no $path )`, login, { login: true });
    expect([path, doubts]).toEqual([
      ['/usr/bin', '/bin'],
      [expect.stringMatching(/tcshrc:1: the shell stops reading/)],
    ]);
  });

  test('of a Mac begin with path_helper', () => {
    const files = { '/etc/paths': '/usr/local/bin\n/usr/bin\n' };
    expect(tcsh('', files, { os: 'darwin', login: true, shell: '/bin/csh' }).path).toEqual([
      '/usr/local/bin',
      '/usr/bin',
      '/bin',
    ]);
  });
});

test.each([
  ['a command', 'set path = ( `mystery` $path )', /what "mystery" prints/],
  ['a condition', 'if ( { mystery } ) set path = ( /a )', /whether a test succeeds/],
  ['how one ends', 'mystery && set path = ( /a )', /whether a test succeeds/],
  ['what is run', 'eval `mystery`', /a program prints it/],
  ['what is read', 'source `mystery`', /which file is read here/],
  ['a quote without an end', 'set x = "a', /is missing/],
  ['a jump', 'goto end', /"goto" is not followed/],
  ['another shell', 'exec /bin/zsh', /whose files are not read/],
  ['blocks within each other', 'if ( 1 ) then\n'.repeat(500), /nested too deeply/],
  ['a loop without an end', 'while ( 1 )\n end\nset path = ( /x )', /more to do than Lockstep follows/],
  ['a file that reads itself', 'source ~/.tcshrc', /too many files/],
])('what files cannot tell is said: %s', (_, rc, expected) => {
  expect(tcsh(rc, { '/usr/bin/mystery': exec }).doubts).toEqual([expect.stringMatching(expected)]);
});

test('what grows ends', () => {
  const rc = `set x = ( a b )\n${'set x = ( $x $x )\n'.repeat(40)}set y = ab\n${'set y = "$y$y"\n'.repeat(60)}${'set path = ( {a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d} )\n'.repeat(20)}`;
  expect(tcsh(rc).path.length).toBeLessThan(10_000);
  expect(tcsh("alias f 'f;f'\nf").path).toEqual(['/usr/bin', '/bin']);
});

test('long lines of what begins something come to an end', () => {
  for (const part of ['$', '$PATH', '`', '\\\\', '{', '{a,', '!', '&& ', '$path:h', '*', '"$a"', '~', '$(', '[']) {
    const many = part.repeat(20_000 / part.length);
    for (const line of [`set path = (${many})`, `setenv PATH "${many}"`, `if (${many}) set path = (/x)`, many]) {
      const { path } = readShell({ '/home/ada/.tcshrc': line }, { shell: '/usr/bin/tcsh' });
      expect(path.length).toBeLessThan(20_000);
    }
  }
});
