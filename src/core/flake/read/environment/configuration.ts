import type { Position } from '../../../model/problem';
import type { TargetShell, TargetVariable } from '../../../model/target';
import { Attrs, decodeUtf8, mkLazy, Opaque, type Slot } from '../../../nix';
import type { Configuration } from '../../modules/configuration';
import type { ConfigurationKind, Doubt, OptionPath } from '../../modules/configuration-parts';
import {
  groupsOf,
  type KnownPackages,
  otherOptionsOf,
  programPartsOf,
  programsOf,
  servicesOf,
} from '../../modules/known-programs';
import { makeConfiguration } from '../../modules/make';
import { attempt, bearable } from '../../session';
import { maskStorePaths } from '../../virtual-store';
import { PackageReader } from '../packages';
import type { Places } from '../places';
import { readHomebrew } from './homebrew';

/** Options that list packages. */
const LISTS: Readonly<Record<ConfigurationKind, readonly string[]>> = {
  nixos: [
    'environment.systemPackages',
    'environment.defaultPackages',
    'environment.corePackages',
    'fonts.packages',
    'fonts.fonts',
    'nix.package',
    'users.defaultUserShell',
  ],
  darwin: ['environment.systemPackages', 'fonts.packages', 'fonts.fonts', 'nix.package'],
  home: ['home.packages', 'nix.package', 'home.pointerCursor.package'],
};

/** The same where another option has to be on. */
const LISTS_WHEN_ON: Readonly<Record<ConfigurationKind, readonly (readonly [on: string, option: string])[]>> = {
  nixos: [],
  darwin: [],
  home: [
    ['gtk', 'gtk.theme.package'],
    ['gtk', 'gtk.iconTheme.package'],
    ['gtk', 'gtk.cursorTheme.package'],
    ['gtk', 'gtk.font.package'],
    ['qt', 'qt.style.package'],
    ['programs.bat', 'programs.bat.extraPackages'],
  ],
};

const VARIABLES: Readonly<Record<ConfigurationKind, readonly string[]>> = {
  nixos: ['environment.variables', 'environment.sessionVariables'],
  darwin: ['environment.variables'],
  home: ['home.sessionVariables'],
};

/** What every NixOS has though nobody asks for it. Source: nixos/modules/config/system-path.nix. */
const NIXOS_CORE =
  'acl attr bashInteractive bzip2 coreutils-full cpio curl diffutils findutils gawk gnugrep gnupatch gnused gnutar gzip less libcap ncurses netcat procps time util-linux which xz zstd'.split(
    ' ',
  );

const TOOLS = { nixos: 'NixOS', home: 'Home Manager', darwin: 'nix-darwin' } as const;

/**
 * The packages that a configuration installs, as far as they can be read without the modules of NixOS, nix-darwin or Home
 * Manager: those that it lists, those of programs and services that it switches on, and those of the homes in it.
 *
 * @param output `nixosConfigurations.laptop`
 */
export function readConfiguration(configuration: Configuration, output: string, places: Places): TargetShell {
  const { session } = configuration;
  const system = systemOf(configuration);
  const reader = new PackageReader(session, places, system);
  const variables = new Map<string, TargetVariable>();
  new ConfigurationReader(configuration, reader, places, variables, '').read();
  const implied = new PackageReader(session, places, system);
  if (configuration.parts.kind === 'nixos' && !configuration.isDefined(['environment', 'corePackages'])) {
    for (const attribute of NIXOS_CORE) {
      implied.readList(packageSlot(configuration, attribute), undefined, attribute);
    }
  }
  return {
    packages: reader.packages,
    variables: [...variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    unresolved: reader.unresolved,
    output,
    kind: configuration.parts.kind,
    ...(implied.packages.length === 0 ? {} : { implied: implied.packages }),
  };
}

/** The platform of a configuration's package set. */
function systemOf(configuration: Configuration): string {
  const { evaluator } = configuration.session;
  const found = attempt(() => evaluator.selectOptional(configuration.pkgs, ['stdenv', 'hostPlatform', 'system']));
  return found.ok && typeof found.value === 'string' ? found.value : configuration.session.system;
}

class ConfigurationReader {
  private readonly kind: ConfigurationKind;

  /** @param prefix of option names: `home-manager.users.alice.` in a configuration inside of another */
  constructor(
    private readonly configuration: Configuration,
    private readonly reader: PackageReader,
    private readonly places: Places,
    private readonly variables: Map<string, TargetVariable>,
    private readonly prefix: string,
  ) {
    this.kind = configuration.parts.kind;
  }

  read(): void {
    for (const { what, reason, pos, error } of this.configuration.lost()) {
      const position = this.places.of(pos) ?? (error === undefined ? undefined : this.places.ofError(error));
      this.reader.readUnreadable(what, reason, position);
    }
    for (const option of LISTS[this.kind]) {
      this.guarded(option, () => this.list(option.split('.')));
    }
    for (const [on, option] of LISTS_WHEN_ON[this.kind]) {
      this.guarded(option, () => {
        if (this.isOn(on.split('.'))) {
          this.list(option.split('.'));
        }
      });
    }
    this.users();
    this.switches(['programs'], programsOf(this.kind));
    this.switches(['services'], servicesOf(this.kind));
    for (const [group, known] of Object.entries(groupsOf(this.kind))) {
      this.switches(group.split('.'), known);
    }
    for (const [part, attribute] of Object.entries(programPartsOf(this.kind))) {
      this.guarded(part, () => this.toggle(['programs', ...part.split('.')], attribute));
    }
    for (const [option, attribute] of Object.entries(otherOptionsOf(this.kind))) {
      this.guarded(option, () => this.toggle(option.split('.'), attribute));
    }
    if (this.kind === 'darwin') {
      this.guarded('homebrew', () => {
        if (this.isOn(['homebrew'])) {
          readHomebrew(this.configuration, this.reader, this.places);
        }
      });
    }
    for (const option of VARIABLES[this.kind]) {
      this.guarded(option, () => this.readVariables(option.split('.')));
    }
    this.homes();
  }

  /** All definitions of an option that lists packages, or is one. */
  private list(path: OptionPath): void {
    if (this.configuration.isDeclared(path)) {
      this.reader.under(this.name(path), () => {
        this.reader.readList(this.configuration.slot(path), undefined, this.name(path));
      });
      return;
    }
    const { definitions, doubts } = this.configuration.effective(path);
    for (const { value, pos } of definitions) {
      this.reader.under(this.name(path), () => {
        this.reader.readList(value, this.places.of(pos), this.name(path));
      });
    }
    for (const doubt of doubts) {
      this.doubt(path, doubt);
    }
  }

  /** Packages and login shells of the users. */
  private users(): void {
    if (this.kind === 'home') {
      return;
    }
    this.guarded('users.users', () => {
      for (const user of this.configuration.names(['users', 'users'])) {
        const path = ['users', 'users', user];
        this.guarded(this.name(path), () => this.list([...path, 'packages']));
        this.guarded(this.name(path), () => this.shell([...path, 'shell']));
      }
    });
  }

  /** A login shell is a package, or the path of one that is there anyway. */
  private shell(path: OptionPath): void {
    for (const { value, pos } of this.configuration.effective(path).definitions) {
      if (value instanceof Attrs) {
        this.reader.under(this.name(path), () => {
          this.reader.readList(value, this.places.of(pos), this.name(path));
        });
      }
    }
  }

  /** `programs.<name>.enable` and its like. */
  private switches(group: OptionPath, known: KnownPackages): void {
    this.guarded(group.join('.'), () => {
      for (const name of this.configuration.names(group)) {
        this.guarded([...group, name].map(decodeUtf8).join('.'), () => {
          const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
          this.toggle([...group, name], attribute);
        });
      }
    });
  }

  /** A program or service: when it is on, its `package`, or the one that it brings by itself. */
  private toggle(path: OptionPath, attribute: string | null | undefined): void {
    const { configuration, reader, places } = this;
    const enable = [...path, 'enable'];
    // What the user's own modules declare they also say the effects of.
    if (!configuration.isDefined(enable) || configuration.isDeclared(enable)) {
      return;
    }
    const { definitions, doubts } = configuration.effective(enable);
    const last = definitions.at(-1);
    if (doubts[0] !== undefined && last?.value !== true) {
      this.doubt(enable, doubts[0]);
      return;
    }
    if (last === undefined || last.value === false) {
      return;
    }
    const name = this.name(enable);
    const position = places.of(last.pos);
    if (last.value !== true) {
      reader.under(name, () => reader.readList(last.value, position, name));
      return;
    }
    const own = [...path, 'package'];
    if (configuration.isDefined(own) && !configuration.isDeclared(own)) {
      this.list(own);
    } else if (attribute === undefined) {
      reader.readUnreadable(name, `What it brings only ${TOOLS[this.kind]} knows`, position);
    } else if (attribute !== null) {
      for (const each of attribute.split(',')) {
        reader.under(name, () => this.brought(each, name, position));
      }
    }
  }

  /** A package that an option brings by itself. One that the index lacks has no version, but it is no mistake. */
  private brought(attribute: string, name: string, position: Position | undefined): void {
    const { configuration, reader } = this;
    const slot = packageSlot(configuration, attribute);
    if (attempt(() => configuration.session.evaluator.force(slot)).ok) {
      reader.readList(slot, position, name);
    } else {
      const reason = 'The version index does not have it at this revision.';
      reader.readOther({ attribute, name: attribute, certainty: 'unknown', reason, input: 'nixpkgs' }, position);
    }
  }

  private isOn(path: OptionPath): boolean {
    const enable = [...path, 'enable'];
    const { definitions, doubts } = this.configuration.effective(enable);
    if (doubts[0] !== undefined && definitions.at(-1)?.value !== true) {
      this.doubt(enable, doubts[0]);
    }
    return definitions.at(-1)?.value === true;
  }

  private readVariables(path: OptionPath): void {
    const { configuration, places, reader } = this;
    const { evaluator } = configuration.session;
    for (const name of configuration.names(path)) {
      const label = decodeUtf8(name);
      const pos = configuration.raw([...path, name])[0]?.pos;
      const position = places.of(pos);
      const text = attempt(() => {
        const value = evaluator.force(configuration.slot([...path, name]) ?? null);
        return value === null || value instanceof Opaque
          ? value
          : Array.isArray(value)
            ? bearable((value as readonly Slot[]).map((item) => evaluator.toText(item)).join(':'), pos)
            : bearable(evaluator.toText(value), pos);
      });
      if (!text.ok || text.value === undefined || text.value instanceof Opaque) {
        const unknown = text.ok ? text.value : undefined;
        const reason = !text.ok ? text.error.message : 'it hangs on something that is not known here';
        reader.readUnreadable(`$${label}`, unknown instanceof Opaque ? unknown.reason : reason, position);
      } else if (text.value !== null) {
        const value = maskStorePaths(text.value);
        this.variables.set(label, { name: label, value, ...(position === undefined ? {} : { position }) });
      }
    }
  }

  /** The homes of a system configuration, where Home Manager is a module of it. */
  private homes(): void {
    const { configuration } = this;
    if (this.kind === 'home') {
      return;
    }
    this.guarded('home-manager.users', () => {
      for (const user of configuration.names(['home-manager', 'users'])) {
        this.guarded(`home-manager.users.${user}`, () => this.home(user));
      }
    });
  }

  private home(user: string): void {
    const { configuration, reader, places, variables } = this;
    const { session } = configuration;
    const { evaluator } = session;
    const member = (name: string) => configuration.slot(['home-manager', name]);
    const shared = member('sharedModules');
    const path = ['home-manager', 'users', user];
    const { definitions, doubts } = configuration.effective(path);
    const own = definitions.map(({ slot }) => slot);
    for (const doubt of doubts) {
      this.doubt(path, doubt);
    }
    const modules = mkLazy(() => {
      const more = shared === undefined ? null : evaluator.force(shared);
      return [...(Array.isArray(more) ? (more as readonly Slot[]) : []), ...own];
    });
    const extra = member('extraSpecialArgs');
    const args = extra === undefined ? undefined : evaluator.force(extra);
    const home = makeConfiguration(session, {
      kind: 'home',
      modules,
      ...(args instanceof Attrs ? { specialArgs: args } : {}),
      pkgs: configuration.pkgs,
      system: session.system,
      lib: configuration.parts.lib,
      home: { user, parent: configuration },
    });
    const prefix = `${this.prefix}home-manager.users.${decodeUtf8(user)}.`;
    new ConfigurationReader(home, reader, places, variables, prefix).read();
  }

  private doubt(path: OptionPath, { definition, reason, error }: Doubt): void {
    const cause = error === undefined ? `Whether it counts cannot be known: ${reason}` : reason;
    const position = error === undefined ? undefined : this.places.ofError(error);
    this.reader.readUnreadable(this.name(path), cause, position ?? this.places.of(definition.pos));
  }

  /** Reads a part of the configuration; where that fails, the part is noted and the rest goes on. */
  private guarded(option: string, read: () => void): void {
    const done = attempt(read);
    if (!done.ok) {
      const position = this.places.ofError(done.error);
      this.reader.readUnreadable(`${this.prefix}${option}`, done.error.message, position);
    }
  }

  private name(path: OptionPath): string {
    return this.prefix + path.map(decodeUtf8).join('.');
  }
}

/** An attribute of the configuration's nixpkgs. */
function packageSlot(configuration: Configuration, attribute: string): Slot {
  return mkLazy(() => configuration.session.evaluator.select(configuration.pkgs, attribute.split('.')));
}
