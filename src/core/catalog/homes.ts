/** A variable that moves what a manager keeps, and where that lies when it is not set. */
export interface MovableHome {
  readonly variable: string;
  /** With `/` between names; `~` is the home folder, `%NAME%` a variable of Windows. */
  readonly usual: string;
}

/**
 * Folders of version managers and package managers that people move. From the managers' own documentation. GOPATH is a
 * list of folders; of the others a value is one. A variable comes again where its usual folder differs between systems.
 */
export const movableHomes: readonly MovableHome[] = [
  { variable: 'AQUA_ROOT_DIR', usual: '~/.local/share/aquaproj-aqua' },
  { variable: 'ASDF_DATA_DIR', usual: '~/.asdf' },
  { variable: 'BUN_INSTALL', usual: '~/.bun' },
  { variable: 'CARGO_HOME', usual: '~/.cargo' },
  { variable: 'CARGO_INSTALL_ROOT', usual: '~/.cargo' },
  { variable: 'ChocolateyInstall', usual: '%ProgramData%/chocolatey' },
  { variable: 'COMPOSER_HOME', usual: '~/.config/composer' },
  { variable: 'DENO_INSTALL', usual: '~/.deno' },
  { variable: 'DENO_INSTALL_ROOT', usual: '~/.deno' },
  { variable: 'ELAN_HOME', usual: '~/.elan' },
  { variable: 'FNM_DIR', usual: '~/.local/share/fnm' },
  { variable: 'FNM_DIR', usual: '%APPDATA%/fnm' },
  { variable: 'GOENV_ROOT', usual: '~/.goenv' },
  { variable: 'GOBIN', usual: '~/go/bin' },
  { variable: 'GOPATH', usual: '~/go' },
  { variable: 'GRADLE_USER_HOME', usual: '~/.gradle' },
  { variable: 'JENV_ROOT', usual: '~/.jenv' },
  { variable: 'KREW_ROOT', usual: '~/.krew' },
  { variable: 'MAMBA_ROOT_PREFIX', usual: '~/.local/share/mamba' },
  { variable: 'MISE_DATA_DIR', usual: '~/.local/share/mise' },
  { variable: 'N_PREFIX', usual: '~/n' },
  { variable: 'NIMBLE_DIR', usual: '~/.nimble' },
  { variable: 'NODENV_ROOT', usual: '~/.nodenv' },
  { variable: 'NPM_CONFIG_PREFIX', usual: '~/.npm-global' },
  { variable: 'NVM_DIR', usual: '~/.nvm' },
  { variable: 'NVM_HOME', usual: '%APPDATA%/nvm' },
  { variable: 'OPAMROOT', usual: '~/.opam' },
  { variable: 'PERLBREW_ROOT', usual: '~/perl5/perlbrew' },
  { variable: 'PHPENV_ROOT', usual: '~/.phpenv' },
  { variable: 'PIPX_BIN_DIR', usual: '~/.local/bin' },
  { variable: 'PIPX_HOME', usual: '~/.local/share/pipx' },
  { variable: 'PIXI_HOME', usual: '~/.pixi' },
  { variable: 'PLENV_ROOT', usual: '~/.plenv' },
  { variable: 'PNPM_HOME', usual: '~/.local/share/pnpm' },
  { variable: 'PNPM_HOME', usual: '%LOCALAPPDATA%/pnpm' },
  { variable: 'PROTO_HOME', usual: '~/.proto' },
  { variable: 'PYENV_ROOT', usual: '~/.pyenv' },
  { variable: 'RBENV_ROOT', usual: '~/.rbenv' },
  { variable: 'RUSTUP_HOME', usual: '~/.rustup' },
  { variable: 'RYE_HOME', usual: '~/.rye' },
  { variable: 'SCOOP', usual: '~/scoop' },
  { variable: 'SCOOP_GLOBAL', usual: '%ProgramData%/scoop' },
  { variable: 'SDKMAN_DIR', usual: '~/.sdkman' },
  { variable: 'TFENV_CONFIG_DIR', usual: '~/.tfenv' },
  { variable: 'UV_PYTHON_INSTALL_DIR', usual: '~/.local/share/uv/python' },
  { variable: 'UV_TOOL_BIN_DIR', usual: '~/.local/bin' },
  { variable: 'UV_TOOL_DIR', usual: '~/.local/share/uv/tools' },
  { variable: 'VOLTA_HOME', usual: '~/.volta' },
  { variable: 'VOLTA_HOME', usual: '%LOCALAPPDATA%/Volta' },
  { variable: 'XDG_BIN_HOME', usual: '~/.local/bin' },
];
