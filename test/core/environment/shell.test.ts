import { describe, expect, test } from 'vitest';
import { exec } from '../probe/machine';
import { bashrc, readShell } from './read-shell';

describe('the usual ways to change PATH', () => {
  test.each([
    ['export PATH="$HOME/bin:$PATH"', ['/home/ada/bin'], []],
    ['PATH=~/bin:$PATH', ['/home/ada/bin'], []],
    ['PATH=$PATH:~/bin:~/.local/bin', [], ['/home/ada/bin', '/home/ada/.local/bin']],
    ['PATH="$PATH:~/bin"', [], ['~/bin']],
    ["export PATH='/opt/a b/bin':$PATH", ['/opt/a b/bin'], []],
    ['PATH="${HOME}/bin${PATH:+:${PATH}}"', ['/home/ada/bin'], []],
    ['PATH+=:/opt/a', [], ['/opt/a']],
    ['export GOPATH=$HOME/go PATH=$HOME/go/bin:$PATH', ['/home/ada/go/bin'], []],
    ['export GOPATH=${GOPATH:-$HOME/go}; export PATH=$PATH:$GOPATH/bin', [], ['/home/ada/go/bin']],
    ['[ -d /opt/there ] && PATH=/opt/there:$PATH', ['/opt/there'], []],
    // Two words of which the second is no operator, and three of which it is one.
    ['[ ! = ] || PATH=/not:$PATH; [ ! = x ] || PATH=/compared:$PATH', ['/compared', '/not'], []],
    ['[ -d /opt/none ] && PATH=/opt/none:$PATH', [], []],
    ['[[ -d /opt/none ]] || PATH=/opt/none:$PATH', ['/opt/none'], []],
    [
      'if test -d "$HOME/none"; then PATH=/a:$PATH; elif [ -e /opt/there -a ! -f /opt/there ]; then PATH=/b:$PATH; else PATH=/c:$PATH; fi',
      ['/b'],
      [],
    ],
    ['case ":$PATH:" in *":/usr/bin:"*) ;; *) PATH=/usr/bin:$PATH ;; esac', [], []],
    ['case ":${PATH}:" in\n  *:"$HOME/x":*) ;;\n  *) export PATH="$HOME/x:$PATH" ;;\nesac', ['/home/ada/x'], []],
    [
      '[[ ":$PATH:" != *":/opt/a:"* ]] && PATH="/opt/a:$PATH"; [[ ":$PATH:" != *":/opt/a:"* ]] && PATH="/opt/a:$PATH"',
      ['/opt/a'],
      [],
    ],
    ['echo "$PATH" | grep -q /opt/a || PATH=/opt/a:$PATH', ['/opt/a'], []],
    ['if ! echo $PATH | /bin/grep -Eq "(^|:)/opt/a($|:)"; then PATH=$PATH:/opt/a; fi', [], ['/opt/a']],
    [`while IFS= read -r d; do PATH="$PATH:$d"; done <<'END'\n/h1\n/h2\nEND`, [], ['/h1', '/h2']],
    ['while read d; do PATH=$d:$PATH; done <<< /s1', ['/s1'], []],
    ['read -r a b <<< "/r1 /r2"; PATH=$b:$a:$PATH', ['/r2', '/r1'], []],
    ['mapfile -t L <<END\n$HOME/m1\n/m2\nEND\nfor x in "${L[@]}"; do PATH=$PATH:$x; done', [], ['/home/ada/m1', '/m2']],
    ['for ((i = 0; i < 2; i++)); do PATH=/c$i:$PATH; done', ['/c1', '/c0'], []],
    ['PATH=/bg:$PATH & wait', [], []],
    ['echo $PATH | grep -q "/usr/bin" || PATH=/usr/bin:$PATH', [], []],
    ['for d in /opt/there /opt/none "$HOME/a b"; do [ -d "$d" ] && PATH="$PATH:$d"; done', [], ['/opt/there']],
    ['for d in /opt/*/bin; do PATH=$d:$PATH; done', ['/opt/there/bin'], []],
    ['add() { PATH="$1:$PATH"; }\nadd /opt/a; add /opt/b', ['/opt/b', '/opt/a'], []],
    [
      'function add { local dir="$1"; [ -d "$dir" ] || return; PATH="$dir:$PATH"; }; add /opt/there; add /opt/none',
      ['/opt/there'],
      [],
    ],
    ['. ~/.env', ['/from/env'], []],
    ['source "$HOME/.env" || true', ['/from/env'], []],
    ['[ -s ~/.none ] && . ~/.none; test -r ~/.env && \\. ~/.env', ['/from/env'], []],
    ['dirs=(/opt/a /opt/b)\nfor d in "${dirs[@]}"; do PATH="$d:$PATH"; done', ['/opt/b', '/opt/a'], []],
    ['PATH=$(printf "%s:" /opt/a /opt/b)$PATH', ['/opt/a', '/opt/b'], []],
    ['PATH="$(dirname "$(readlink -f /usr/bin/tool)"):$PATH"', ['/opt/there/bin'], []],
    ['PATH=`echo /opt/back`:$PATH', ['/opt/back'], []],
    ['PATH=${PATH#/none:}; PATH=${PATH%:/bin}:/bin', [], []],
    ['cat <<EOF\nPATH=/bad:$PATH\nEOF\nPATH=/good:$PATH', ['/good'], []],
    ['PATH=/sub:$PATH true; (PATH=/sub:$PATH); PATH=/pipe:$PATH | cat', [], []],
    ['if (( 1 )); then PATH=/one:$PATH; fi', ['/one'], []],
    ['# PATH=/no:$PATH\nPATH=/yes:$PATH # PATH=/no', ['/yes'], []],
    ['PATH=/a:\\\n$PATH', ['/a'], []],
    [
      'case abc in a*) PATH=$PATH:/a ;;& *c) PATH=$PATH:/c ;; esac; case x in x) PATH=$PATH:/1 ;& y) PATH=$PATH:/2 ;; *) PATH=$PATH:/3 ;; esac',
      [],
      ['/a', '/c', '/1', '/2'],
    ],
    ['for d in /{opt,usr}/{a,b}; do PATH=$PATH:$d; done', [], ['/opt/a', '/opt/b', '/usr/a', '/usr/b']],
    ['while read -r l; do PATH=$PATH:$l; done < /dev/null || :; PATH=/wr:$PATH', ['/wr'], []],
    ['shopt -s nullglob; for f in ~/.none/*; do PATH=/ng:$PATH; done', [], []],
    ['p=(/a /b); PATH="$(IFS=:; echo "${p[*]}"):$PATH"', ['/a', '/b'], []],
    ['p=(/a /b); printf -v j "%s:" "${p[@]}"; PATH=$j$PATH; export "FOO=bar" "PATH=/q:$PATH"', ['/q', '/a', '/b'], []],
    ['[[ $PATH =~ (^|:)/usr/bin(:|$) ]] && PATH=/re:$PATH; [[ $PATH =~ ^/opt ]] && PATH=/no:$PATH', ['/re'], []],
    ['if [ "$(uname)" = Linux ]; then PATH=/linux:$PATH; else PATH=/mac:$PATH; fi', ['/linux'], []],
    ['if [ -n "$SSH_TTY" ]; then PATH=/ssh:$PATH; fi', [], []],
    ['command -v tool >/dev/null 2>&1 && PATH=/has:$PATH; command -v none && PATH=/none:$PATH', ['/has'], []],
    ['[ $UID -ge 1000 ] && PATH=/person:$PATH', ['/person'], []],
    ['PATH=/p:$PATH; unset FOO; set -- a b; [ $# -eq 2 ] && PATH=/two:$PATH', ['/two', '/p'], []],
  ] as const)('%s', (text, before, after) => {
    const files = {
      '/opt/there/bin/tool': exec,
      '/usr/bin/tool': { link: '/opt/there/bin/tool' },
      '/usr/bin/cat': exec,
      '/home/ada/.env': 'export PATH=/from/env:$PATH\n',
    };
    const actual = bashrc(text, files);
    expect(actual).toEqual({ before, after, doubts: [] });
  });
});

test('parts of PATH are replaced', () => {
  const text = 'PATH=${PATH//\\/usr\\/bin/\\/usr\\/bin:\\/opt\\/in}; PATH=${PATH%:*}:/last';
  expect(readShell({ '/home/ada/.bashrc': text }).path).toEqual(['/usr/bin', '/opt/in', '/last']);
});

describe('interactive and login shells read different files', () => {
  const files = {
    '/etc/profile': 'PATH=/etc/profile/bin:$PATH\nfor i in /etc/profile.d/*.sh; do [ -r $i ] && . $i; done\n',
    '/etc/profile.d/b.sh': 'PATH=$PATH:/profile.d\n',
    '/home/ada/.profile': 'PATH=/profile:$PATH\n[ -n "$BASH_VERSION" ] && [ -f ~/.bashrc ] && . ~/.bashrc\n',
    '/home/ada/.bashrc': 'case $- in\n  *i*) ;;\n  *) return ;;\nesac\nexport PATH=/rc:$PATH\n',
    '/home/ada/.zshenv': 'path+=(/zshenv)\n',
    '/home/ada/.zprofile': 'path=(/zprofile $path)\n',
    '/home/ada/.zshrc': 'typeset -U path\nexport PATH="/zshrc:/zprofile:$PATH"\n',
  };
  test.each([
    ['bash', false, true, '/rc:/usr/bin:/bin'],
    ['bash', true, false, '/profile:/etc/profile/bin:/usr/bin:/bin:/profile.d'],
    ['bash', true, true, '/rc:/profile:/etc/profile/bin:/usr/bin:/bin:/profile.d'],
    ['dash', true, true, '/profile:/etc/profile/bin:/usr/bin:/bin:/profile.d'],
    ['zsh', false, true, '/zshrc:/zprofile:/usr/bin:/bin:/zshenv'],
    ['zsh', true, false, '/zprofile:/usr/bin:/bin:/zshenv'],
    ['zsh', true, true, '/zshrc:/zprofile:/usr/bin:/bin:/zshenv'],
  ] as const)('%s login %s interactive %s', (shell, login, interactive, expected) => {
    expect(readShell(files, { shell: `/bin/${shell}`, login, interactive }).path.join(':')).toBe(expected);
  });

  test('the profile of Debian 13 asks run-parts for the files of profile.d', () => {
    const profile = `if [ -d /etc/profile.d ]; then
  for i in $(run-parts --list --regex '^[a-zA-Z0-9_][a-zA-Z0-9._-]*\\.sh$' /etc/profile.d); do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
`;
    const parts = {
      '/etc/profile.d/b.sh': 'PATH=$PATH:/b',
      '/etc/profile.d/a-1.sh': 'PATH=$PATH:/a',
      '/etc/profile.d/.hidden.sh': 'PATH=$PATH:/hidden',
      '/etc/profile.d/c.sh.dpkg-old': 'PATH=$PATH:/old',
      '/etc/profile.d/d.sh/x': 'PATH=$PATH:/folder',
    };
    const { path, doubts } = readShell({ '/etc/profile': profile, ...parts }, { login: true, interactive: false });
    expect([path, doubts]).toEqual([['/usr/bin', '/bin', '/a', '/b'], []]);
  });

  test.each([
    ['--list', ['/usr/bin', '/bin', '/tmp/parts/ab', '/tmp/parts/c_1']],
    ['--reverse --list', ['/usr/bin', '/bin', '/tmp/parts/c_1', '/tmp/parts/ab']],
    ['--list --regex=b$', ['/usr/bin', '/bin', '/tmp/parts/ab']],
  ])('run-parts %s', (words, expected) => {
    const profile = `for i in $(run-parts ${words} /tmp/parts/); do PATH=$PATH:$i; done`;
    const files = { '/etc/profile': profile, '/tmp/parts/c_1': '', '/tmp/parts/ab': '', '/tmp/parts/x.y': '' };
    const { path, doubts } = readShell(files, { login: true, interactive: false });
    expect([path, doubts]).toEqual([expected, []]);
  });

  test.each(['--list --regex=[a', '--test', ''])('what run-parts %s gives is a doubt', (words) => {
    const profile = `for i in $(run-parts ${words} /tmp/parts); do . $i; done`;
    const { doubts } = readShell({ '/etc/profile': profile, '/tmp/parts/a': '' }, { login: true, interactive: false });
    expect(doubts.join()).toContain('run-parts');
  });

  test('.bash_profile stands before .profile; ZDOTDIR moves the files of zsh', () => {
    const more = { ...files, '/home/ada/.bash_profile': 'PATH=/bash_profile:$PATH' };
    expect(readShell(more, { login: true, interactive: false }).path[0]).toBe('/bash_profile');
    const moved = { '/home/ada/.zshenv': 'ZDOTDIR=~/.config/zsh', '/home/ada/.config/zsh/.zshrc': 'path+=/moved' };
    expect(readShell(moved, { shell: 'zsh' }).path.at(-1)).toBe('/moved');
  });

  test('each entry tells the line that put it there, a function the line that calls it', () => {
    const { origins } = readShell({
      '/home/ada/.bashrc': '# first\nadd() {\n  PATH="$1:$PATH"\n}\n\nadd /opt/a\n. ~/.more\n',
      '/home/ada/.more': '\nexport PATH=/opt/b:$PATH\n',
    });
    expect(Object.fromEntries(origins)).toEqual({ '/opt/a': '/home/ada/.bashrc:6', '/opt/b': '/home/ada/.more:2' });
  });
});

describe('version managers', () => {
  const nvm = {
    '/home/ada/.nvm/nvm.sh': '# long',
    '/home/ada/.nvm/alias/default': 'lts/*\n',
    '/home/ada/.nvm/alias/lts/*': 'lts/jod\n',
    '/home/ada/.nvm/alias/lts/jod': 'v22.11.0\n',
    '/home/ada/.nvm/versions/node/v18.19.0/bin/node': exec,
    '/home/ada/.nvm/versions/node/v22.9.0/bin/node': exec,
    '/home/ada/.nvm/versions/node/v22.11.0/bin/node': exec,
  };
  const load = 'export NVM_DIR="$HOME/.nvm"\n[ -s "$NVM_DIR/nvm.sh" ] && \\. "$NVM_DIR/nvm.sh"\n';
  test.each([
    [load, ['/home/ada/.nvm/versions/node/v22.11.0/bin']],
    [`${load}nvm use 18 >/dev/null`, ['/home/ada/.nvm/versions/node/v18.19.0/bin']],
    [load.replace(/"\n$/, '" --no-use\n'), []],
  ])('nvm: %s', (text, before) => {
    expect(bashrc(text, nvm)).toEqual({ before, after: [], doubts: [] });
  });

  test.each([
    ['eval "$(/opt/homebrew/bin/brew shellenv)"', ['/opt/homebrew/bin', '/opt/homebrew/sbin']],
    [
      'export PYENV_ROOT="$HOME/.pyenv"; PATH="$PYENV_ROOT/bin:$PATH"; eval "$(pyenv init -)"',
      ['/home/ada/.pyenv/shims', '/home/ada/.pyenv/bin'],
    ],
    ['eval "$(rbenv init - bash)"', []],
    ['. ~/.asdf/asdf.sh', ['/home/ada/.asdf/shims', '/home/ada/.asdf/bin']],
    [
      'eval "$(mise activate bash)"',
      ['/home/ada/.local/share/mise/installs/go/1.22.5/bin', '/home/ada/.local/share/mise/installs/node/20.11.0/bin'],
    ],
    ['eval "$(mise activate --shims)"', ['/home/ada/.local/share/mise/shims']],
    ['eval "$(fnm env --use-on-cd)"', ['/home/ada/.local/share/fnm/aliases/default/bin']],
    ['. "$HOME/.cargo/env"', ['/home/ada/.cargo/bin']],
    [
      'source "$HOME/.sdkman/bin/sdkman-init.sh"',
      ['/home/ada/.sdkman/candidates/maven/current/bin', '/home/ada/.sdkman/candidates/java/current/bin'],
    ],
    [
      '__conda_setup="$(\'/opt/conda/bin/conda\' \'shell.bash\' \'hook\' 2> /dev/null)"\nif [ $? -eq 0 ]; then\n  eval "$__conda_setup"\nelse\n  export PATH="/opt/conda/wrong:$PATH"\nfi\nunset __conda_setup',
      ['/opt/conda/bin', '/opt/conda/condabin'],
    ],
    ['eval $(opam env)', ['/home/ada/.opam/5.1.0/bin']],
    [
      'eval "$(starship init bash)"; eval "$(direnv hook bash)"; source <(tool completion bash); eval "$(dircolors -b)"',
      [],
    ],
    [
      'if [ -f ~/google-cloud-sdk/path.bash.inc ]; then . ~/google-cloud-sdk/path.bash.inc; fi',
      ['/home/ada/google-cloud-sdk/bin'],
    ],
  ])('%s', (text, before) => {
    const files = {
      '/opt/homebrew/bin/brew': exec,
      '/home/ada/.pyenv/bin/pyenv': exec,
      '/home/ada/.asdf/asdf.sh': '',
      '/home/ada/.asdf/bin/asdf': exec,
      '/usr/bin/mise': exec,
      '/home/ada/.config/mise/config.toml':
        '[tools]\ngo = "1.22"\nnode = ["20", "18"]\nrust = "none"\n[settings]\nx = "1"\n',
      '/home/ada/.local/share/mise/installs/go/1.22.5/bin/go': exec,
      '/home/ada/.local/share/mise/installs/node/20.11.0/bin/node': exec,
      '/usr/bin/fnm': exec,
      '/home/ada/.local/share/fnm/aliases/default/bin/node': exec,
      '/home/ada/.cargo/env':
        'case ":${PATH}:" in\n*:"$HOME/.cargo/bin":*) ;;\n*) export PATH="$HOME/.cargo/bin:$PATH" ;;\nesac\n',
      '/home/ada/.sdkman/bin/sdkman-init.sh': '',
      '/home/ada/.sdkman/candidates/java/current/bin/java': exec,
      '/home/ada/.sdkman/candidates/maven/current/bin/mvn': exec,
      '/opt/conda/bin/conda': exec,
      '/usr/bin/opam': exec,
      '/home/ada/.opam/config': 'opam-version: "2.0"\nswitch: "5.1.0"\n',
      '/usr/bin/starship': exec,
      '/usr/bin/direnv': exec,
      '/usr/bin/tool': exec,
      '/usr/bin/dircolors': exec,
      '/home/ada/google-cloud-sdk/path.bash.inc': 'nobody reads this',
    };
    expect(bashrc(text, files)).toEqual({ before, after: [], doubts: [] });
  });

  test('variables come along: JAVA_HOME of SDKMAN, CONDA_PREFIX of conda, JAVA_HOME of java_home', () => {
    const { env } = readShell(
      {
        '/Users/ada/.zshrc': 'export JAVA_HOME=$(/usr/libexec/java_home -v 17)\nexport LOCAL=1\nNOT_EXPORTED=1\n',
        '/Library/Java/JavaVirtualMachines/temurin-17.jdk/Contents/Home/bin/java': exec,
        '/Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home/bin/java': exec,
      },
      { os: 'darwin', shell: '/bin/zsh' },
    );
    expect(env.get('JAVA_HOME')).toBe('/Library/Java/JavaVirtualMachines/temurin-17.jdk/Contents/Home');
    expect(env.get('LOCAL')).toBe('1');
    expect(env.has('NOT_EXPORTED')).toBe(false);
  });
});

describe('zsh', () => {
  test('nix-darwin sets its environment where files are read at all', () => {
    const { path, doubts } = readShell(
      {
        '/etc/zshenv':
          'if [ -n "${__ETC_ZSHENV_SOURCED-}" ]; then return; fi\n__ETC_ZSHENV_SOURCED=1\nif [[ -o rcs ]]; then\n  if [ -z "${__NIX_DARWIN_SET_ENVIRONMENT_DONE-}" ]; then\n    . /nix/store/abc-set-environment\n  fi\n  for p in ${(z)NIX_PROFILES}; do\n    fpath=($p/share/zsh/site-functions $fpath)\n  done\nfi\n',
        '/etc/zprofile': '__ETC_ZPROFILE_SOURCED=1\n',
        '/nix/store/abc-set-environment':
          'export PATH=$HOME/.nix-profile/bin:/run/current-system/sw/bin:/usr/bin:/bin\nexport NIX_PROFILES="/nix/var/nix/profiles/default $HOME/.nix-profile"\n__NIX_DARWIN_SET_ENVIRONMENT_DONE=1\n',
      },
      { os: 'darwin', shell: '/bin/zsh', login: true },
    );
    expect(path).toEqual(['/Users/ada/.nix-profile/bin', '/run/current-system/sw/bin', '/usr/bin', '/bin']);
    expect(doubts).toEqual([]);
  });

  test.each([
    ['[[ -o NO_rcs ]]', false],
    ['[[ -o globalrcs && -o interactive ]]', true],
    ['[[ -o privileged ]]', false],
  ])('%s is known', (condition, isSo) => {
    const { path, doubts } = readShell({ '/home/ada/.zshrc': `${condition} && path+=/so\n` }, { shell: 'zsh' });
    expect([path.includes('/so'), doubts]).toEqual([isSo, []]);
  });

  test('what files may have set is not', () => {
    const { doubts } = readShell({ '/home/ada/.zshrc': '[[ -o ksharrays ]] && path+=/so\n' }, { shell: 'zsh' });
    expect(doubts).toHaveLength(1);
  });

  const zshrc = (text: string, files = {}) => readShell({ '/home/ada/.zshrc': text, ...files }, { shell: 'zsh' });
  test.each([
    ['path=(~/bin $path)', '/home/ada/bin:/usr/bin:/bin'],
    ['path=(\n  ~/bin # mine\n  $path\n  /opt/there(N)\n  /opt/none(N-/)\n)', '/home/ada/bin:/usr/bin:/bin:/opt/there'],
    ['path+=("$HOME/x" /y)', '/usr/bin:/bin:/home/ada/x:/y'],
    ['typeset -U path PATH\npath=(/bin /usr/bin $path)', '/bin:/usr/bin'],
    [
      '(( $+commands[tool] )) && path+=/has\n(( ${+commands[none]} )) && path+=/none\nif (( $+commands[tool] )); then path+=/yes; fi',
      '/usr/bin:/bin:/has:/yes',
    ],
    ['[[ -d ${0:A:h} ]] && export PATH=${${(%):-%x}:h}/bin:$PATH', '/home/ada/bin:/usr/bin:/bin'],
    ['() {\n  local d=/anon\n  path+=$d\n}', '/usr/bin:/bin:/anon'],
    [
      'export PATH=$HOME/bin:/usr/local/bin:$PATH\nplugins=(git nvm)\nZSH="$HOME/.oh-my-zsh"\nsource $ZSH/oh-my-zsh.sh',
      '/home/ada/.nvm/versions/node/v20.0.0/bin:/home/ada/bin:/usr/local/bin:/usr/bin:/bin:/custom',
    ],
    [
      'autoload -Uz compinit && compinit\nzstyle ":completion:*" matcher-list "m:{a-z}={A-Za-z}"\nsetopt autocd\nPROMPT="%F{blue}%~%f $ "\nfor f (~/.zsh/*.zsh) source $f',
      '/usr/bin:/bin:/one',
    ],
    [
      'typeset -U PATH path\npath=("$HOME/.local/bin" "$path[@]")\nexport PATH=${(j.:.)${(u)path}}',
      '/home/ada/.local/bin:/usr/bin:/bin',
    ],
    [
      'if [[ -r "${XDG_CACHE_HOME:-$HOME/.cache}/p10k-instant-prompt-${(%):-%n}.zsh" ]]; then\n  source "${XDG_CACHE_HOME:-$HOME/.cache}/p10k-instant-prompt-${(%):-%n}.zsh"\nfi\nfor f in ~/.zsh/**/*.zsh; do source $f; done',
      '/usr/bin:/bin:/one',
    ],
    [
      'add() { [[ ":$PATH:" == *":$1:"* ]] || path=("$1" $path) }\nadd /f; add /f\nfunction two { path+=$1 }; two /t',
      '/f:/usr/bin:/bin:/t',
    ],
    [
      'if [[ -d /opt/there ]] { path+=/yes } elif [[ 1 == 1 ]] { path+=/no } else { path+=/never }\npath+=/after',
      '/usr/bin:/bin:/yes:/after',
    ],
    [
      'for p (/a /b) path=($p $path)\nrepeat 2 path+=/r\nfor k v in x /kx y /ky; do path+=$v; done\nfor i in {1..2}; do path+=/n$i; done',
      '/b:/a:/usr/bin:/bin:/r:/r:/kx:/ky:/n1:/n2',
    ],
    [
      'path[1,0]=~/bin; path=(${path:#/bin}); path=("${(@)path:#/none}")\nx=(/a b); path+=(${(M)x:#/*})',
      '/home/ada/bin:/usr/bin:/a',
    ],
    ['alias ll="ls -l"\nbindkey -e\nexport FZF_OPTS="--a (b"\npath+=/z', '/usr/bin:/bin:/z'],
  ])('%s', (text, expected) => {
    const { path, doubts } = zshrc(text, {
      '/usr/bin/tool': exec,
      '/opt/there': { folder: true },
      '/home/ada/.oh-my-zsh/oh-my-zsh.sh': '',
      '/home/ada/.oh-my-zsh/custom/mine.zsh': 'path+=/custom\n',
      '/home/ada/.nvm/nvm.sh': '#',
      '/home/ada/.nvm/alias/default': 'node',
      '/home/ada/.nvm/versions/node/v20.0.0/bin/node': exec,
      '/home/ada/.zsh/a.zsh': 'path+=/one\n',
    });
    expect([path.join(':'), doubts]).toEqual([expected, []]);
  });

  test('what cannot be read is left out, and the rest goes on', () => {
    const { path } = zshrc(
      'print ${(f)"$(<x)"} ${a[(r)b*]:#c} =( \npath+=/after\nfoo=(${(M)a:#*(x|y)})\npath+=/later\n',
    );
    expect(path).toContain('/later');
  });
});

describe('what files cannot tell is said', () => {
  test.each([
    ['eval "$(mystery init)"', /\.bashrc:1: what "eval" is given is not known: what "mystery init" prints/],
    ['if mystery; then PATH=/a:$PATH; fi', /\.bashrc:1: whether a test succeeds is not known, and PATH depends on it/],
    ['mystery && PATH=/a:$PATH', /whether a command succeeds is not known, and PATH depends on it/],
    ['PATH=$(mystery):$PATH', /an entry of PATH is not known: what "mystery" prints/],
    ['PATH=$(echo "$PATH" | awk -v RS=: 1)', /what becomes of PATH here is not known: what "awk" prints/],
    ['for ((;;)); do PATH=/x:$PATH; break; done', /how often a loop runs is not known, and PATH depends on it/],
    ['while read d; do PATH=$PATH:$d; done < ~/none', /how often a loop runs is not known, and PATH depends on it/],
    ['PATH[x]=/a', /which part of PATH is set here is not known/],
    ['. "$(mystery)"', /which file is read is not known/],
    ['PATH="/a:$PATH\n', /this line cannot be read \(a quote is never closed\)/],
  ])('%s', (text, expected) => {
    const { before, doubts } = bashrc(text, { '/usr/bin/mystery': exec });
    expect(before).toEqual([]);
    expect(doubts).toEqual([expect.stringMatching(expected)]);
  });

  test.each([
    ['mystery; mystery && echo hi; if mystery; then FOO=1; fi; X=$(mystery); PATH=/a:$PATH'],
    ['none && PATH=/never:$PATH; PATH=/a:$PATH'],
    ['if mystery; then PATH=/a:$PATH; else PATH=/a:$PATH; fi'],
  ])('nothing is doubted where PATH does not depend on it: %s', (text) => {
    const { doubts } = bashrc(text, { '/usr/bin/mystery': exec });
    expect(doubts.filter((one) => !one.includes('whether a test'))).toEqual([]);
  });

  test('a shell that another one takes over from', () => {
    const { path } = readShell({
      '/home/ada/.bashrc': 'export PATH=/bash:$PATH\n[ -x /usr/bin/fish ] && exec fish\nPATH=/never:$PATH',
      '/usr/bin/fish': exec,
      '/home/ada/.config/fish/config.fish': 'set -gx PATH /fish $PATH\n',
    });
    expect(path).toEqual(['/fish', '/bash', '/usr/bin', '/bin']);
  });
});

describe('hostile files', () => {
  const time = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  test.each([
    ['a file that reads itself', '. ~/.bashrc\nPATH=/a:$PATH'],
    ['two that read each other', '. ~/.other'],
    ['a loop without end', 'while true; do PATH=/a:$PATH; done'],
    ['loops inside of loops', `${'for a in 1 2 3 4 5 6 7 8 9 0; do '.repeat(12)}:${'; done'.repeat(12)}`],
    ['values that double', `x=aaaaaaaaaaaaaaaa\n${'x=$x$x\n'.repeat(200)}PATH=$x:$PATH`],
    ['a function that calls itself', 'f() { PATH=/a:$PATH; f; f; }; f'],
    ['deep ifs', `${'if true; then '.repeat(5000)}:${'; fi'.repeat(5000)}`],
    ['deep quotes', `PATH="${'$(echo "'.repeat(3000)}${'")'.repeat(3000)}"`],
    ['deep braces', `PATH=${'${a:-'.repeat(20000)}`],
    ['many open quotes', '"\n'.repeat(100_001)],
    ['many open commands', '$(\n'.repeat(60_000)],
    ['many words', `PATH=/a${':/b'.repeat(80_000)}`],
    ['patterns', `x=${'a'.repeat(8000)}; case $x in ${'*a'.repeat(2000)}b) ;; esac; y=\${x##${'*a'.repeat(500)}b}`],
    ['noise', Array.from({ length: 60_000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 94))).join('')],
    ['NUL', 'PATH=/a\0b:\x001\0:$PATH'],
    ['a zsh of parentheses', '('.repeat(100_000)],
  ])('%s ends soon', (_, text) => {
    const files = { '/home/ada/.bashrc': text, '/home/ada/.other': '. ~/.bashrc', '/home/ada/.zshrc': text };
    for (const shell of ['bash', 'zsh']) {
      expect(time(() => readShell(files, { shell }))).toBeLessThan(20_000);
    }
  });

  test('pipes are not opened, a folder is no file, and a file that may not be read is a doubt', () => {
    const { doubts } = readShell({
      '/home/ada/.bashrc': '. ~/pipe\n. ~/folder\n. ~/secret\n',
      '/home/ada/pipe': { special: true },
      '/home/ada/folder': { folder: true },
      '/home/ada/secret': { denied: true },
    });
    expect(doubts).toEqual([
      '/home/ada/pipe: /home/ada/pipe is not read: it is a pipe, socket or device',
      '/home/ada/secret: /home/ada/secret is not read: it cannot be read (denied)',
    ]);
  });
});

// What each prints was compared with bash and zsh themselves.
describe('filters', () => {
  const twice = 'PATH=/a:/a:$PATH:/a; ';
  test.each([
    [`${twice}PATH=$(printf %s "$PATH" | awk -v RS=: -v ORS=: '!seen[$0]++' | sed "s/:$//")`, '/a:/usr/bin:/bin'],
    [
      `${twice}PATH="$(echo -n "$PATH" | awk -v RS=: '!($0 in a) {a[$0]; printf("%s%s", length(a) > 1 ? ":" : "", $0)}')"`,
      '/a:/usr/bin:/bin',
    ],
    [
      `${twice}PATH=$(echo "$PATH" | awk 'BEGIN{RS=ORS=":"} {if (!s[$0]++) print}' | tr -d '\\n')`,
      '/a:/usr/bin:/bin:/a:',
    ],
    [
      `${twice}PATH=$(printf "%s" "$PATH" | awk -F: '{for (i=1;i<=NF;i++) if (!a[$i]++) printf("%s%s", i>1?":":"", $i)}')`,
      '/a:/usr/bin:/bin',
    ],
    [
      `${twice}PATH="$(perl -e 'print join(":", grep { not $seen{$_}++ } split(/:/, $ENV{PATH}))')"`,
      '/a:/usr/bin:/bin',
    ],
    [`${twice}PATH=$(echo -n "$PATH" | awk -v RS=: -v ORS=: '$0 != "'/a'"' | sed 's/:$//')`, '/usr/bin:/bin'],
    [`${twice}PATH=$(echo "$PATH" | tr ":" "\\n" | grep -v usr | paste -sd: -)`, '/a:/a:/bin:/a'],
    [`PATH=$(echo "$PATH" | sed -e 's|/usr/bin|/x&|;s/:/:.:/g')`, '/x/usr/bin:.:/bin'],
    [`PATH=$(echo "$PATH" | sed -E 's#^(/[a-z]+)/bin#\\1/sbin#')`, '/usr/sbin:/bin'],
    ['PATH=$(echo "$PATH" | cut -d: -f2-):/x', '/bin:/x'],
    ['PATH=$(echo "$PATH" | tr : "\\n" | head -n 1)', '/usr/bin'],
    ['PATH=$(echo $PATH | tr ":" "\\n" | tail -n1)', '/bin'],
    ['eval "$(cat <<EOF\nexport PATH="/here:\\$PATH"\nEOF\n)"', '/here:/usr/bin:/bin'],
    ['p=~/x; PATH=${p/#$HOME/\\/h}:${PATH/%\\/bin/\\/end}', '/h/x:/usr/bin:/end'],
    ['for d in "$HOME"/{bin,go/bin}; do PATH=$PATH:$d; done', '/usr/bin:/bin:/home/ada/bin:/home/ada/go/bin'],
  ])('%s', (text, path) => {
    const read = readShell({ '/home/ada/.bashrc': text });
    expect(read.path.join(':')).toBe(path);
    expect(read.doubts).toEqual([]);
  });

  test.each([
    `PATH=$(echo "$PATH" | awk '{print toupper($0)}')`,
    `PATH=$(echo "$PATH" | sed 's/[[:space:]]//g; y/a/b/')`,
    `PATH=$(echo "$PATH" | sed -n p)`,
    `PATH=$(echo "$PATH" | tr a-z A-Z)`,
    `PATH=$(echo "$PATH" | sed 's/\\(a\\)*\\{2\\}/x/')`,
  ])('%s is a doubt', (text) => {
    expect(readShell({ '/home/ada/.bashrc': text }).doubts).not.toEqual([]);
  });
});

test.each([
  ['path=(/opt/there /opt/none $path); path=($^path(N))', '/opt/there'],
  ['path=(/x/${^names}/bin $path)', '/x/a/bin:/x/b/bin:/usr/bin:/bin'],
  ['path[(r)/usr/*]=()', '/bin'],
  ['path[(r)/usr/bin]=(/one /two)', '/one:/two:/bin'],
  ['hash -d x=~/go; path=(~x/bin $path)', '/home/ada/go/bin:/usr/bin:/bin'],
  ['ZSH=~/.oh-my-zsh; plugins=(own); source $ZSH/oh-my-zsh.sh', '/usr/bin:/bin:/own'],
])('zsh: %s', (text, path) => {
  const files = {
    '/home/ada/.zshrc': `names=(a b)\n${text}`,
    '/opt/there/x': '',
    '/home/ada/.oh-my-zsh/oh-my-zsh.sh': '',
    '/home/ada/.oh-my-zsh/custom/plugins/own/own.plugin.zsh': 'path+=/own',
  };
  expect(readShell(files, { shell: 'zsh' }).path.join(':')).toBe(path);
});

test.each(['mksh', 'ksh93', 'ksh'])('%s reads its own file where ENV names none', (shell) => {
  const files = { '/home/ada/.mkshrc': 'PATH=$PATH:/own', '/home/ada/.kshrc': 'PATH=$PATH:/own', '/env': 'PATH=/env' };
  const options = { shell: `/bin/${shell}`, login: true };
  expect(readShell(files, options).path.join(':')).toBe('/usr/bin:/bin:/own');
  expect(readShell({ ...files, '/home/ada/.profile': 'export ENV=/env' }, options).path.join(':')).toBe('/env');
});

test.each([
  ['/bin/bash', '/home/ada/.bashrc'],
  ['/usr/bin/fish', '/home/ada/.config/fish/config.fish'],
])('%s: a file that is too long to be read whole is told', (shell, path) => {
  const read = readShell({ [path]: `${'# text\n'.repeat(50_000)}set -x PATH /never` }, { shell });
  expect(read.path.join(':')).toBe('/usr/bin:/bin');
  expect(read.doubts).toEqual([`${path}: ${path} is longer than 256 KiB: the rest of it is not read`]);
});

test("fzf's own file puts it on PATH; what it reads beside does not", () => {
  const fzf = '/home/ada/.fzf';
  const text = `if [[ ! "$PATH" == *${fzf}/bin* ]]; then\n  PATH="\${PATH:+\${PATH}:}${fzf}/bin"\nfi\n[[ $- == *i* ]] && source "${fzf}/shell/completion.bash" 2> /dev/null\nsource "${fzf}/shell/key-bindings.bash"\n`;
  const files = {
    '/home/ada/.fzf.bash': text,
    [`${fzf}/shell/completion.bash`]: 'PATH=$(odd)',
    [`${fzf}/shell/key-bindings.bash`]: 'x',
  };
  expect(bashrc('[ -f ~/.fzf.bash ] && source ~/.fzf.bash', files)).toEqual({
    before: [],
    after: [`${fzf}/bin`],
    doubts: [],
  });
});

test('the last of the names that ls lists, where every language sorts them alike', () => {
  const node = '/home/ada/.nvm/versions/node';
  const rc = `PATH=$PATH:${node}/$(ls ${node} | tail -1)/bin`;
  const clear = { [`${node}/v18.0.0/bin/node`]: '', [`${node}/v20.1.0/bin/node`]: '' };
  expect(bashrc(rc, clear)).toMatchObject({ after: [`${node}/v20.1.0/bin`], doubts: [] });
  const unclear = { [`${node}/v1.9.0/bin/node`]: '', [`${node}/v11.0.0/bin/node`]: '' };
  expect(bashrc(rc, unclear).doubts).toHaveLength(1);
});

test('the name of the host decides where a file has it, and is a doubt where none does', () => {
  const rc =
    'case $HOSTNAME in *-laptop) PATH=/laptop:$PATH;; esac\n[ "$(hostname -s)" = ada-laptop ] && PATH=/short:$PATH';
  expect(bashrc(rc, { '/etc/hostname': 'ada-laptop\n' })).toEqual({
    before: ['/short', '/laptop'],
    after: [],
    doubts: [],
  });
  expect(bashrc(rc).doubts).toHaveLength(2);
});
