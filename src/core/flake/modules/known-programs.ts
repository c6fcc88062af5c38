import type { ConfigurationKind } from './configuration-parts';

/**
 * Which package an option `programs.<name>.enable` brings when `package` is not set: an attribute of nixpkgs, or null
 * where it brings none; several are parted by commas. What is not listed is not known. Source: the modules of NixOS, nix-darwin and Home Manager,
 * where the defaults of `package` are.
 */
export type KnownPackages = Readonly<Record<string, string | null>>;

type Groups = Readonly<Record<string, KnownPackages>>;

/** `a b=c d=`: a brings `a`, b brings `c`, d brings nothing. Read when it is asked for: few flakes have configurations. */
function table(text: string): KnownPackages {
  return Object.fromEntries(
    (text.match(/\S+/g) ?? []).map((entry): [string, string | null] => {
      const [name = '', attribute = name] = entry.split('=');
      return [name, attribute === '' ? null : attribute];
    }),
  );
}

const NIXOS_PROGRAMS = `
  adb=android-tools appimage=appimage-run atop autojump bandwhich bash= bash-my-aws bat benchexec browserpass ccache=
  chromium= cnping command-not-found= corectrl criu dconf direnv dmrconfig droidcam evince extra-container
  firefox firejail fish flashrom foot fuse= fzf gamemode gamescope ghidra git gnome-disks=gnome-disk-utility
  gnupg= gphoto2 gpu-screen-recorder hamster htop hyprland hyprlock i3lock iftop iotop java=jdk k3b
  kdeconnect=kdePackages.kdeconnect-kde labwc lazygit less light localsend mdevctl minipro mosh msmtp mtr nano nbd neovim
  nethoscope nexttrace nh niri nix-index nix-ld= nm-applet=networkmanagerapplet noisetorch openvpn3 partition-manager=kdePackages.partitionmanager
  pay-respects proxychains river rog-control-center schroot screen seahorse sedutil skim slock sniffnet ssh= 
  starship steam sway sysdig system-config-printer systemtap tcpdump thefuck thunar=xfce.thunar thunderbird tmux
  traceroute trippy udevil usbtop uwsm vim virt-manager vivid vscode wavemon waybar wayfire weylus wireshark=wireshark-cli
  wshowkeys xonsh xwayland yazi ydotool zmap zoom-us zoxide zsh
`;

const HOME_PROGRAMS = `
  aerc aerospace aichat alacritty alot atuin autojump awscli=awscli2 bacon bash= bashmount bat bemenu borgmatic bottom
  brave broot browserpass btop bun carapace cava chromium clock-rs darcs dircolors= direnv docker-cli=docker-client
  eclipse element-desktop emacs eww eza fastfetch fd feh firefox fish floorp foot freetube fuzzel fzf gallery-dl gh gh-dash
  ghostty git git-cliff git-credential-oauth git-worktree-switcher gitui gnome-terminal go google-chrome gpg=gnupg
  gradle granted helix hexchat himalaya home-manager htop hyfetch hyprlock i3blocks i3status i3status-rust imv info=
  irssi java=jdk jq jqp jujutsu k9s kakoune khal kitty kodi lapce lazydocker lazygit ledger less lesspipe lf lsd man
  mangohud mbsync=isync mcfly mercurial micro mise mpv msmtp mu navi ncmpcpp ncspot ne neomutt neovim neovide newsboat nh
  nix-index nix-your-shell nnn noti notmuch nushell nyxt obs-studio octant offlineimap oh-my-posh opam pandoc
  password-store=pass pay-respects pazi pet pidgin pistol poetry powerline-go pyenv pylint=python3Packages.pylint qutebrowser
  ranger rbenv rbw rclone readline= rio ripgrep ripgrep-all rofi rtorrent ruff sagemath=sage sapling sbt scmpuff senpai
  sftpman sioyek skim spotify-player sqls ssh= starship superfile swayimg swaylock tealdeer terminator thefuck
  thunderbird timidity tiny tmate tmux tofi topgrade translate-shell urxvt=rxvt-unicode uv vdirsyncer vesktop vifm
  vivaldi vscode vscodium watson waybar wezterm wlogout wofi wpaperd xmobar=haskellPackages.xmobar xplr yambar
  yazi yt-dlp z-lua zathura zed-editor zellij zk zoxide zsh
`;

const DARWIN_PROGRAMS = 'bash= direnv fish gnupg= info= man= nix-index ssh= tmux vim zsh=';

/** Below `programs`: options that are switched on inside of a program's own. */
const NIXOS_PARTS = `
  git.lfs=git-lfs gnupg.agent=gnupg direnv.nix-direnv= zsh.ohMyZsh= zsh.autosuggestions= zsh.syntaxHighlighting=
`;
const HOME_PARTS =
  'git.delta=delta git.difftastic=difftastic git.lfs=git-lfs direnv.nix-direnv=nix-direnv zsh.oh-my-zsh=oh-my-zsh';
const DARWIN_PARTS = 'gnupg.agent=gnupg direnv.nix-direnv=';

/** The program that a service runs. Of those that are listed as `name=` it is known that they bring nothing to call. */
const NIXOS_SERVICES = `
  adguardhome autorandr avahi bazarr blueman caddy cockroachdb consul dbus= dnsmasq earlyoom fail2ban flatpak forgejo fprintd
  fstrim= fwupd gitea grafana greetd= gvfs haproxy irqbalance jackett jellyfin journald= k3s libinput= lidarr logind=
  logrotate loki=grafana-loki lvm= memcached miniflux minio mosquitto mullvad-vpn=mullvad navidrome nginx nscd=
  ntp ollama openssh paperless=paperless-ngx pipewire plex printing=cups prometheus prowlarr qemuGuest= rabbitmq=rabbitmq-server
  radarr resolved= samba sonarr spice-vdagentd=spice-vdagent syncthing tailscale thermald timesyncd= tlp traefik
  tumbler=xfce.tumbler udev= udisks2 unbound upower vault vaultwarden zerotierone
`;

const HOME_SERVICES = `
  blueman-applet= cliphist dunst flameshot gammastep= gnome-keyring= gpg-agent= hypridle hyprpaper
  kanshi kdeconnect=kdePackages.kdeconnect-kde lorri mako mpris-proxy= network-manager-applet= nextcloud-client=
  pass-secret-service= pasystray= picom playerctld=playerctl poweralertd= redshift= ssh-agent= swaync=swaynotificationcenter swayidle
  swayosd syncthing systembus-notify= udiskie= xsettingsd=
`;

const DARWIN_SERVICES = `
  aerospace dnsmasq= jankyborders karabiner-elements lorri nix-daemon= sketchybar skhd spacebar tailscale yabai
`;

/** More sets of switches: where they are → what each brings. */
const NIXOS_GROUPS: Readonly<Record<string, string>> = {
  'services.desktopManager': '',
  'services.displayManager': 'cosmic-greeter= gdm= lemurs= ly= sddm=',
  'services.gnome': 'gnome-keyring',
  'services.redis.servers': '',
  'services.xserver.desktopManager': 'runXdgAutostartIfNone= wallpaper= xterm=xterm',
  'services.xserver.displayManager': 'gdm= lightdm= sddm= startx= sx=',
  'services.xserver.windowManager': 'awesome bspwm dwm herbstluftwm i3 icewm openbox',
  virtualisation:
    'docker libvirtd=libvirt,qemu podman vmVariant= vmware= waydroid oci-containers= containers= spiceUSBRedirection=',
};
const HOME_GROUPS: Readonly<Record<string, string>> = {
  'wayland.windowManager': 'hyprland river sway',
  'xsession.windowManager': 'awesome bspwm herbstluftwm i3',
};
const NIXOS_OTHERS = 'networking.networkmanager=networkmanager hardware.bluetooth=bluez';

/** What `programs.<name>.enable` brings in configurations of a kind. */
export function programsOf(kind: ConfigurationKind): KnownPackages {
  return table({ nixos: NIXOS_PROGRAMS, home: HOME_PROGRAMS, darwin: DARWIN_PROGRAMS }[kind]);
}

/** Keys are `program.part`. */
export function programPartsOf(kind: ConfigurationKind): KnownPackages {
  return table({ nixos: NIXOS_PARTS, home: HOME_PARTS, darwin: DARWIN_PARTS }[kind]);
}

/** What `services.<name>.enable` brings in configurations of a kind. */
export function servicesOf(kind: ConfigurationKind): KnownPackages {
  return table({ nixos: NIXOS_SERVICES, home: HOME_SERVICES, darwin: DARWIN_SERVICES }[kind]);
}

/** Sets of switches besides `programs` and `services`, by where they are. */
export function groupsOf(kind: ConfigurationKind): Groups {
  const groups: Readonly<Record<string, string>> = { nixos: NIXOS_GROUPS, home: HOME_GROUPS, darwin: {} }[kind];
  return Object.fromEntries(Object.entries(groups).map(([place, text]) => [place, table(text)]));
}

/** Single options; keys are paths from the root of the configuration. */
export function otherOptionsOf(kind: ConfigurationKind): KnownPackages {
  return table(kind === 'nixos' ? NIXOS_OTHERS : '');
}
