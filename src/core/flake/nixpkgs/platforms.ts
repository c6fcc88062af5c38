/** Packages of one kernel only, of those that expressions ask `lib.meta.availableOn` about. */
const FOR_LINUX: ReadonlySet<string> = new Set(
  'alsa-lib alsa-utils apparmor-parser audit bcc bpftrace bubblewrap elogind fuse3 inotify-tools iproute2 iptables kmod keyutils libbpf libcap libcap_ng libdrm libnl libseccomp libselinux liburing numactl perf pipewire seatd strace systemd systemdLibs systemdMinimal udev udisks'.split(
    ' ',
  ),
);
const FOR_DARWIN: ReadonlySet<string> = new Set(
  'aerospace aldente alt-tab-macos dockutil iina iterm2 m-cli mas mkalias monitorcontrol raycast rectangle reattach-to-user-namespace sketchybar skhd stats utm yabai'.split(
    ' ',
  ),
);
/** Packages that Linux and macOS have, whatever the processor. */
const FOR_BOTH: ReadonlySet<string> = new Set(
  'actionlint age alejandra autoconf automake awscli2 bash bash-language-server bat bison btop bun cachix cargo ccache clang clang-tools cmake coreutils curl deadnix delta deno diffutils direnv dprint emacs eza fd ffmpeg file findutils fish flex fzf gawk gcc gettext gh git git-lfs gitleaks gnugrep gnumake gnupg gnused gnutar go go-task golangci-lint gopls gotools graphviz gzip hello htop hugo imagemagick jq just k9s kubectl kubernetes-helm lazygit lefthook less libtool lsd lua luajit marksman meson mypy ncurses neovim nil ninja nix-direnv nix-tree nixd nixfmt nixfmt-rfc-style nixpkgs-fmt nodejs nodejs_20 nodejs_22 nushell openssh openssl pandoc parallel patch pkg-config pnpm poetry postgresql pre-commit prettier protobuf python3 python311 python312 python313 redis ripgrep rsync ruby ruff rust-analyzer rustc rustfmt rustup shellcheck shfmt sops sqlite starship statix stylua taplo terraform tmux tokei tree treefmt typescript typst unzip uv vim watchexec wget which xz yamllint yarn yq yq-go zip zlib zoxide zsh zstd'.split(
    ' ',
  ),
);

/**
 * What `meta.badPlatforms` has to say for `availableOn` to tell whether a package is there.
 *
 * @returns undefined where only nixpkgs knows
 */
export function badPlatforms(path: string, system: string): readonly string[] | undefined {
  if (FOR_LINUX.has(path)) {
    return system.endsWith('-linux') ? [] : [system];
  }
  if (FOR_DARWIN.has(path)) {
    return system.endsWith('-darwin') ? [] : [system];
  }
  return FOR_BOTH.has(path) ? [] : undefined;
}
