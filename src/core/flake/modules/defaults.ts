import { encodeUtf8, mkLazy, type Slot } from '../../nix';
import { textOf } from '../session';
import type { Configuration } from './configuration';
import type { ConfigurationKind, OptionPath } from './configuration-parts';
import { programsOf } from './known-programs';
import type { ConfigurationOptions } from './make';

/** First names of options that the tool itself declares; below others (`stylix`, `sops`) nothing is known. */
const OWN_OPTIONS: Readonly<Record<ConfigurationKind, ReadonlySet<string>>> = {
  nixos: new Set(
    'appstream boot console containers documentation environment fileSystems fonts gtk hardware i18n location networking nix nixpkgs power powerManagement programs qt security services sound specialisation stubby system systemd time users virtualisation xdg zramSwap'.split(
      ' ',
    ),
  ),
  darwin: new Set(
    'documentation environment fonts homebrew launchd networking nix nixpkgs power programs security services system time users'.split(
      ' ',
    ),
  ),
  home: new Set(
    'accounts dconf editorconfig fonts gtk home i18n launchd manual news nix nixpkgs pam programs qt services systemd targets wayland xdg xresources xsession'.split(
      ' ',
    ),
  ),
};

/** Of all the `enable` options these are on without being asked. */
const ON: Readonly<Record<ConfigurationKind, ReadonlySet<string>>> = {
  nixos: new Set(
    `appstream boot.bcache boot.initrd.systemd.dbus boot.kernel boot.loader.grub boot.modprobeConfig console
    documentation documentation.doc documentation.info documentation.man documentation.nixos environment.stub-ld
    fonts.fontconfig fonts.fontDir hardware.graphics.package networking.firewall networking.resolvconf nix nix.channel
    programs.bash programs.bash.completion programs.command-not-found programs.less programs.nano programs.ssh
    security.pam.mount security.polkit security.shadow security.sudo services.dbus services.lvm services.logrotate
    services.nscd services.speechd services.timesyncd services.udev systemd.coredump system.switch
    xdg.autostart xdg.icons xdg.menus xdg.mime xdg.sounds`.split(/\s+/),
  ),
  darwin: new Set(
    'documentation documentation.doc documentation.info documentation.man nix programs.bash programs.zsh programs.man programs.info'.split(
      ' ',
    ),
  ),
  home: new Set('home.uid manual.manpages news programs.man programs.less nix systemd.user'.split(' ')),
};

/** Whether an option is one of the tool itself, by its first name. */
export function isOwnOption(kind: ConfigurationKind, [first = '']: OptionPath): boolean {
  return OWN_OPTIONS[kind].has(first);
}

/** What an option is when nobody defines it, as far as that is known without the tool's modules. */
export function fallbackOf(
  options: ConfigurationOptions,
): (configuration: Configuration, path: OptionPath) => Slot | undefined {
  const { kind, home } = options;
  const programs = programsOf(kind);
  return (configuration, path) => {
    const [first = '', second = '', third = ''] = path;
    const last = path.at(-1);
    if (!isOwnOption(kind, path)) {
      return undefined;
    }
    if (last === 'enable') {
      return ON[kind].has(path.slice(0, -1).join('.'));
    }
    if (first === 'programs' && third === 'package' && path.length === 3) {
      const attribute = programs[second];
      return typeof attribute === 'string' && !attribute.includes(',')
        ? mkLazy(() => configuration.session.evaluator.select(configuration.pkgs, attribute.split('.')))
        : undefined;
    }
    return known(path.join('.')) ?? (first === 'users' ? userDefault(path) : undefined);

    function known(name: string): Slot | undefined {
      switch (name) {
        case 'environment.systemPackages':
        case 'home.packages':
        case 'fonts.packages':
        case 'nixpkgs.overlays':
          return [];
        case 'networking.hostName':
          return kind === 'nixos' ? 'nixos' : undefined;
        case 'home.username':
          return home?.user;
        case 'home.homeDirectory':
          return homeDirectory(configuration, options);
        case 'xdg.configHome':
          return below(configuration, '.config');
        case 'xdg.cacheHome':
          return below(configuration, '.cache');
        case 'xdg.dataHome':
          return below(configuration, '.local/share');
        case 'xdg.stateHome':
          return below(configuration, '.local/state');
        default:
          return undefined;
      }
    }

    function userDefault([, set, user, member]: OptionPath): Slot | undefined {
      if (set !== 'users' || user === undefined || path.length !== 4) {
        return undefined;
      }
      switch (member) {
        case 'name':
          return user;
        case 'home':
          return kind === 'nixos' && isNormalUser(configuration, user) ? `/home/${user}` : undefined;
        case 'packages':
          return [];
        default:
          return undefined;
      }
    }
  };
}

function isNormalUser(configuration: Configuration, user: string): boolean {
  const { definitions } = configuration.effective(['users', 'users', user, 'isNormalUser']);
  return definitions.at(-1)?.value === true;
}

/** Where a home is: of an embedded Home Manager what the system says, else by the user's name. */
function homeDirectory(configuration: Configuration, { home }: ConfigurationOptions): Slot | undefined {
  return home === undefined
    ? undefined
    : mkLazy(() => {
        const slot = home.parent.slot(['users', 'users', home.user, 'home']);
        const { evaluator } = configuration.session;
        return slot === undefined ? configuration.unknown(['home', 'homeDirectory']) : evaluator.force(slot);
      });
}

function below(configuration: Configuration, folder: string): Slot {
  return mkLazy(() => {
    const { evaluator } = configuration.session;
    const home = evaluator.select(configuration.config, ['home', 'homeDirectory']);
    const text = textOf(home);
    return text === undefined ? home : `${text}/${encodeUtf8(folder)}`;
  });
}

/** Modules of NixOS itself that detect or tune hardware and put no program on any path. */
const HARMLESS =
  /\/(?:installer\/scan\/(?:detected|not-detected)|profiles\/(?:qemu-guest|headless|minimal|hardened|perlless|clone-config))\.nix$/;

/** Whether a module that is not on this machine is known to bring no packages. */
export function isHarmlessModule(path: string): boolean {
  return path.startsWith('/nix/store/') && HARMLESS.test(path);
}
