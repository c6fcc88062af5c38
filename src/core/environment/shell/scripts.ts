import { expandFields } from './expand';
import { nvmFront } from './init-texts';
import { sdkmanCandidates } from './managers';
import { runFile, runText } from './run';
import { getText, getValue, prependPath, type Scope, setValue } from './scope';

type Follow = (scope: Scope, path: string, args: readonly string[]) => boolean;

/**
 * What well-known scripts do to a shell, by their names: they are long, change seldom, and their effect depends on
 * other files. Undefined for other scripts, and where the script is not there.
 */
export function followKnownScript(scope: Scope, path: string, args: readonly string[]): boolean | undefined {
  const follow = KNOWN.find(([pattern]) => pattern.test(path))?.[1];
  if (follow === undefined || !scope.world.host.fs.stat(path).ok) {
    return undefined;
  }
  scope.world.sources.add(path);
  return follow(scope, path, args);
}

const nothing: Follow = () => true;

const KNOWN: readonly (readonly [pattern: RegExp, follow: Follow])[] = [
  [
    /\/nvm\.sh$/,
    (scope, path, args) => {
      const folder = getText(scope, 'NVM_DIR') || path.slice(0, path.lastIndexOf('/'));
      setValue(scope, 'NVM_DIR', folder, true);
      // `nvm` is known from here on by the file that brought it.
      scope.world.sources.add(`${folder}/nvm.sh`);
      const isThere = (getText(scope, 'PATH') ?? '').includes(`${folder}/versions/node/`);
      if (!args.includes('--no-use') && !isThere) {
        prependPath(scope, ...nvmFront(scope, folder));
      }
      return true;
    },
  ],
  [
    /\/asdf\.sh$/,
    (scope, path) => {
      const home = getText(scope, 'HOME') ?? '';
      const folder = getText(scope, 'ASDF_DIR') || path.slice(0, path.lastIndexOf('/'));
      const data = getText(scope, 'ASDF_DATA_DIR') || `${home}/.asdf`;
      setValue(scope, 'ASDF_DIR', folder, true);
      const own = scope.world.host.fs.stat(`${folder}/bin`).ok ? [`${folder}/bin`] : [];
      prependPath(scope, `${data}/shims`, ...own);
      return true;
    },
  ],
  [
    /\/sdkman-init\.sh$/,
    (scope, path) => {
      const folder = getText(scope, 'SDKMAN_DIR') || path.replace(/\/bin\/sdkman-init\.sh$/, '');
      setValue(scope, 'SDKMAN_DIR', folder, true);
      for (const [name, home] of sdkmanCandidates(scope, folder)) {
        setValue(scope, `${name.toUpperCase()}_HOME`, home, true);
        const bin = `${home}/bin`;
        prependPath(scope, scope.world.host.fs.stat(bin).ok ? bin : home);
      }
      return true;
    },
  ],
  [
    /\/conda\.sh$/,
    (scope, path) => {
      const root = path.replace(/\/etc\/profile\.d\/conda\.sh$/, '');
      setValue(scope, 'CONDA_EXE', `${root}/bin/conda`, true);
      if (!(getText(scope, 'PATH') ?? '').includes(`${root}/condabin`)) {
        prependPath(scope, `${root}/condabin`);
      }
      return true;
    },
  ],
  [
    /\/path\.(?:bash|zsh)\.inc$/,
    (scope, path) => {
      prependPath(scope, `${path.slice(0, path.lastIndexOf('/'))}/bin`);
      return true;
    },
  ],
  [/\/oh-my-zsh\.sh$/, (scope, path) => followOhMyZsh(scope, path.slice(0, path.lastIndexOf('/')))],
  [
    /\/(?:bash_completion(?:\.sh)?|nvm_bash_completion|completion\.(?:bash|zsh)\.inc|\.p10k\.zsh|p10k\.zsh|\.?fzf\/shell\/[\w-]+\.(?:bash|zsh)|key-bindings\.(?:bash|zsh)|zsh-syntax-highlighting\.zsh|zsh-autosuggestions\.zsh|powerlevel10k\.zsh-theme|git-prompt\.sh|git-completion\.(?:bash|zsh)|iterm2_shell_integration\.(?:bash|zsh)|zinit\.zsh|antigen\.zsh|antidote\.zsh|zcompdump|vte(?:-2\.91)?\.sh)$|\/bash_completion\.d\/|\/bash-completion\/|\/completions?\/[^/]+$/,
    nothing,
  ],
];

/** What plugins of Oh My Zsh do to PATH. */
const PLUGINS: Readonly<Record<string, string>> = {
  asdf: 'for a in $ASDF_DIR/asdf.sh $HOME/.asdf/asdf.sh; do if [ -f $a ]; then . $a; break; fi; done',
  brew: 'for b in brew /opt/homebrew/bin/brew /usr/local/bin/brew /home/linuxbrew/.linuxbrew/bin/brew; do if command -v $b; then eval "$($b shellenv)"; break; fi; done',
  fnm: 'eval "$(fnm env)"',
  goenv: 'eval "$(goenv init -)"',
  jenv: 'eval "$(jenv init -)"',
  mise: 'eval "$(mise activate zsh)"',
  nodenv: 'eval "$(nodenv init -)"',
  nvm: '[ -n "$NVM_DIR" ] || NVM_DIR=$HOME/.nvm; [ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh"',
  pyenv:
    '[ -n "$PYENV_ROOT" ] || export PYENV_ROOT=$HOME/.pyenv; for p in pyenv $PYENV_ROOT/bin/pyenv; do if command -v $p; then eval "$($p init -)"; break; fi; done',
  rbenv: 'for r in rbenv $HOME/.rbenv/bin/rbenv; do if command -v $r; then eval "$($r init -)"; break; fi; done',
};

/** Its plugins that matter here, then the user's own files; themes and the rest do not touch PATH. */
function followOhMyZsh(scope: Scope, folder: string): boolean {
  const plugins = getValue(scope, 'plugins') ?? [];
  const custom = getText(scope, 'ZSH_CUSTOM') || `${folder}/custom`;
  for (const name of typeof plugins === 'string' ? plugins.split(' ') : plugins) {
    const own = `${custom}/plugins/${name}/${name}.plugin.zsh`;
    const text = scope.world.readText(own);
    // Most of the user's plugins are for prompts and keys, and long.
    if (text.ok && /\bpath\b/i.test(text.value)) {
      runFile(scope, own);
    } else if (!text.ok && Object.hasOwn(PLUGINS, name)) {
      runText(scope, PLUGINS[name]!);
    }
  }
  for (const path of expandFields([`'${custom.replaceAll("'", '')}'/*.zsh(N)`], scope)) {
    runFile(scope, path);
  }
  return true;
}
