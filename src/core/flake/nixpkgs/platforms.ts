/** Packages of one kernel only, of those that expressions ask `lib.meta.availableOn` about. */
const FOR_LINUX: ReadonlySet<string> = new Set(
  'alsa-lib alsa-utils apparmor-parser audit bcc bluez bpftools bpftrace brightnessctl bubblewrap cage cryptsetup dmidecode elogind ethtool eudev flatpak fuse3 glibc glibcLocales gparted grim heaptrack hotspot inotify-tools iproute2 iptables keyutils kmod libaio libbpf libcap libcap_ng libdrm libmnl libnftnl libnl libseccomp libselinux libudev-zero liburing linuxHeaders lshw ltrace lvm2 mdadm musl networkmanager nftables numactl perf pipewire polkit rr seatd slurp strace sway sysstat systemd systemdLibs systemdMinimal udev udisks upower waybar wev wl-clipboard wtype xvfb-run ydotool'.split(
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
  'act actionlint age alejandra ansible argocd autoconf automake awscli2 azure-cli bash bash-language-server bat bison btop buf buildifier bun cabal-install cachix caddy cargo cargo-audit cargo-deny cargo-edit cargo-expand cargo-generate cargo-nextest cargo-outdated cargo-watch ccache clang clang-tools clojure cmake consul coreutils cosign crystal curl deadnix delta deno diffutils direnv dive doctl dprint dune_3 earthly elixir emacs erlang eza fd ffmpeg file findutils fish flex fluxcd flyctl fzf gawk gcc gettext gh ghc git git-lfs gitleaks gnugrep gnumake gnupg gnused gnutar go go-task golangci-lint google-cloud-sdk gopls gotools gradle graphviz grpcurl grype gzip hadolint hello helmfile htop httpie hugo hurl imagemagick jdk jdk17 jdk21 jq just k3d k9s kind kotlin kubectl kubernetes-helm lazygit lefthook leiningen less libtool lsd lua luajit mariadb marksman maven meson minikube mkcert mosquitto mypy nats-server ncurses neovim nginx nil nim ninja nix-direnv nix-tree nixd nixfmt nixfmt-rfc-style nixpkgs-fmt nodejs nodejs_20 nodejs_22 nushell ocaml opam openssh openssl opentofu packer pandoc parallel patch perl php pkg-config pnpm poetry postgresql pre-commit prettier protobuf pulumi python3 python311 python312 python313 rebar3 redis ripgrep rsync ruby ruff rust-analyzer rustc rustfmt rustup sbt scala-cli sccache shellcheck shfmt skaffold sops sqlite stack starship statix stylua syft taplo terraform terragrunt tilt tmux tokei tree treefmt trivy trunk typescript typst unzip uv vault vim wasm-bindgen-cli wasm-pack watchexec websocat wget which xh xz yamllint yarn yq yq-go zig zip zlib zls zoxide zsh zstd'.split(
    ' ',
  ),
);

/** Packages that Linux has for sure; whether macOS has them depends on the release and the processor. */
const FOR_LINUX_AT_LEAST: ReadonlySet<string> = new Set(
  'SDL2 appstream binutils buildah cairo dbus docker docker-compose elfutils firefox flatpak-builder fontconfig freetype gdb gfortran glfw glib gtk3 gtk4 jack2 libGL libnotify libpulseaudio libvirt libxkbcommon lldb mesa mold nix openal pango podman qemu skopeo udisks2 valgrind vulkan-headers vulkan-loader vulkan-tools wayland wayland-protocols wayland-scanner xclip xdg-utils xsel'.split(
    ' ',
  ),
);

/** Those of Linux that macOS has in some releases, or in a form of its own. */
const DOUBTFUL: ReadonlySet<string> = new Set(
  'fuse3 glibc glibcLocales libudev-zero linuxHeaders musl perf polkit udev wev wl-clipboard'.split(' '),
);

/** Whether a package is for the other kernel only, for sure. */
export function isForOthers(path: string, system: string): boolean {
  return system.endsWith('-darwin')
    ? FOR_LINUX.has(path) && !DOUBTFUL.has(path)
    : system.endsWith('-linux') && FOR_DARWIN.has(path);
}

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
  const isThere = FOR_BOTH.has(path) || (FOR_LINUX_AT_LEAST.has(path) && /^(?:x86_64|aarch64)-linux$/.test(system));
  return isThere ? [] : undefined;
}
