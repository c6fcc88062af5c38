import {
  Attrs,
  attrsFrom,
  EMPTY_ATTRS,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  mkString,
  mkWritten,
  Opaque,
  type Pos,
  type Slot,
  Thunk,
  type Value,
} from '../../nix';
import { MARK, markValue } from '../mark';
import { listSlots, memberText, type Session, textOf } from '../session';
import { Configuration } from './configuration';
import type { ConfigurationKind } from './configuration-parts';
import { fallbackOf, isHarmlessModule, isOwnOption } from './defaults';

export interface ConfigurationOptions {
  readonly kind: ConfigurationKind;
  /** A list of modules. */
  readonly modules: Slot;
  readonly specialArgs?: Attrs | undefined;
  /** The package set that is given; absent: what the modules make of `importer`. */
  readonly pkgs?: Slot | undefined;
  /** What importing nixpkgs gives. */
  readonly importer?: Slot | undefined;
  /** Nix's word for the platform, where the modules say none. */
  readonly system: string;
  readonly lib: Slot;
  readonly modulesPath?: Slot | undefined;
  /** Home Manager inside of another configuration: whose home, and what is around it. */
  readonly home?: HomeOwner | undefined;
}

interface HomeOwner {
  /** Byte string. */
  readonly user: string;
  readonly parent: Configuration;
}

/** A configuration as a flake sees it: `config`, `options`, `pkgs`, `extendModules` …, with a mark for the reader. */
function configurationValue(session: Session, options: ConfigurationOptions): Attrs {
  const configuration = makeConfiguration(session, options);
  const { evaluator } = session;
  const unbuilt = (what: string) => new Opaque(`${what} is built by Nix only`);
  const members: Readonly<Record<string, Slot>> = {
    [MARK]: markValue({ kind: 'configuration', configuration }),
    _type: mkString('configuration'),
    class: mkString(options.kind === 'home' ? 'homeManager' : options.kind),
    config: mkLazy(() => evaluator.force(configuration.config)),
    pkgs: mkLazy(() => evaluator.force(configuration.pkgs)),
    lib: options.lib,
    options: mkLazy(() => new Opaque('the options of a configuration are not read here')),
    extendModules: mkPrimOp('extendModules', 1, ([more]) => extended(session, options, more!)),
    activationPackage: unbuilt('the activation package'),
    'activation-script': unbuilt('the activation script'),
    system: options.kind === 'darwin' ? unbuilt('the system') : mkLazy(() => mkString(options.system)),
    _module: mkAttrs({ args: EMPTY_ATTRS, specialArgs: options.specialArgs ?? EMPTY_ATTRS }),
    type: new Opaque('the type of a configuration is not read here'),
  };
  return new LazyAttrs({
    names: () => Object.keys(members),
    get: (name) => (Object.hasOwn(members, name) ? members[name] : undefined),
  });
}

export interface SystemCall {
  readonly kind: ConfigurationKind;
  /** What `nixosSystem`, `darwinSystem` or `homeManagerConfiguration` was called with. */
  readonly args: Attrs;
  readonly importer?: Slot | undefined;
  readonly lib: Slot;
  /** For a configuration that names none. */
  readonly system: string;
  readonly modulesPath?: Slot | undefined;
}

/**
 * What the function that makes a configuration gives: `{ modules, specialArgs | extraSpecialArgs, system, pkgs, lib }`.
 */
export function systemConfiguration(session: Session, call: SystemCall): Value {
  const { evaluator } = session;
  const { args, kind } = call;
  const given = (name: string) => args.get(name);
  const special = given(kind === 'home' ? 'extraSpecialArgs' : 'specialArgs');
  const extra = kind === 'home' ? undefined : given('extraArgs');
  const set = (slot: Slot | undefined): Attrs => {
    const value = slot === undefined ? undefined : evaluator.force(slot);
    return value instanceof Attrs ? value : EMPTY_ATTRS;
  };
  const pkgs = given('pkgs');
  const isGiven = pkgs !== undefined && evaluator.force(pkgs) !== null;
  const named = given('system');
  const system = named === undefined ? null : evaluator.force(named);
  return configurationValue(session, {
    kind,
    modules: mkLazy(() => [
      ...listedAt(listSlots(evaluator, given('modules') ?? []), args.positionOf('modules')),
      // Older configurations of Home Manager.
      ...(kind === 'home' && given('configuration') !== undefined ? [given('configuration')!] : []),
    ]),
    specialArgs: joined([set(extra), set(special)]),
    ...(isGiven ? { pkgs } : {}),
    importer: call.importer,
    system: textOf(system) ?? call.system,
    lib: given('lib') ?? call.lib,
    modulesPath: call.modulesPath,
  });
}

/** Modules that are no expressions of their own (a path is a value as it stands) are written where their list is. */
function listedAt(modules: readonly Slot[], pos: Pos | undefined): readonly Slot[] {
  return pos === undefined
    ? modules
    : modules.map((slot) => (slot instanceof Thunk && slot.origin !== undefined ? slot : mkWritten(slot, pos, '')));
}

function joined(sets: readonly Attrs[]): Attrs {
  return attrsFrom(sets.flatMap((set) => set.names().map((name): [string, Slot] => [name, set.get(name)!])));
}

/** The same without what a flake would want of it. */
export function makeConfiguration(session: Session, options: ConfigurationOptions): Configuration {
  const { kind, modules, home } = options;
  const { evaluator } = session;
  const around: Readonly<Record<string, Slot>> =
    home === undefined
      ? {}
      : {
          [home.parent.parts.kind === 'darwin' ? 'darwinConfig' : 'nixosConfig']: home.parent.config,
          osConfig: home.parent.config,
        };
  const given = options.specialArgs ?? EMPTY_ATTRS;
  const specialArgs = home === undefined ? given : joined([mkAttrs(around), given]);
  return new Configuration({
    session,
    kind,
    modules,
    specialArgs,
    lib: kind === 'home' ? mkLazy(() => homeLibrary(session, options.lib)) : options.lib,
    pkgs: (configuration) =>
      options.pkgs === undefined ? packagesOf(configuration, options) : evaluator.force(options.pkgs),
    fallback: fallbackOf(options),
    isOwnOption: (path) => isOwnOption(kind, path),
    isHarmless: isHarmlessModule,
    modulesPath: options.modulesPath ?? new Opaque('the modules of the tool itself are not on this machine'),
  });
}

/** nixpkgs as the configuration's own options `nixpkgs.*` ask for it. */
function packagesOf(configuration: Configuration, { importer, system }: ConfigurationOptions): Value {
  const { evaluator } = configuration.session;
  const [whole] = configuration.effective(['nixpkgs', 'pkgs']).definitions;
  if (whole !== undefined) {
    return whole.value;
  }
  if (importer === undefined) {
    return new Opaque('this configuration has no nixpkgs');
  }
  const overlays = configuration
    .effective(['nixpkgs', 'overlays'])
    .definitions.flatMap(({ slot }): readonly Slot[] => listSlots(evaluator, slot));
  const config = configuration.isDefined(['nixpkgs', 'config']) ? configuration.slot(['nixpkgs', 'config']) : undefined;
  return evaluator.callFunction(importer, [
    mkAttrs({
      system: mkString(systemOf(configuration) ?? system),
      overlays,
      ...(config === undefined ? {} : { config }),
    }),
  ]);
}

/** The platform that the configuration names. */
function systemOf(configuration: Configuration): string | undefined {
  const { session } = configuration;
  for (const option of ['hostPlatform', 'system', 'localSystem']) {
    const value = configuration.effective(['nixpkgs', option]).definitions.at(-1)?.value;
    const text =
      value === undefined
        ? undefined
        : value instanceof Attrs
          ? memberText(session, value, 'system')
          : value instanceof Opaque
            ? undefined
            : textOf(value);
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

/** `extendModules { modules, specialArgs }`. */
function extended(session: Session, options: ConfigurationOptions, more: Slot): Value {
  const { evaluator } = session;
  const given = evaluator.force(more);
  if (!(given instanceof Attrs)) {
    return new Opaque('extendModules was called with no set');
  }
  const modules = mkLazy(() => [
    ...listSlots(evaluator, options.modules),
    ...listSlots(evaluator, given.get('modules') ?? []),
  ]);
  const args = given.get('specialArgs');
  const added = args === undefined ? EMPTY_ATTRS : evaluator.force(args);
  const specialArgs = joined([options.specialArgs ?? EMPTY_ATTRS, added instanceof Attrs ? added : EMPTY_ATTRS]);
  return configurationValue(session, { ...options, modules, specialArgs });
}

/** The library with Home Manager's own part, as far as configurations use it to order and quote things. */
function homeLibrary(session: Session, lib: Slot): Value {
  const { evaluator } = session;
  const base = evaluator.force(lib);
  if (!(base instanceof Attrs) || base.has('hm')) {
    return base;
  }
  const hm = mkLazy(() => evaluator.evalString(HM, { file: '<lockstep/home-manager/lib.nix>' }));
  return new LazyAttrs({
    names: () => [...base.names(), 'hm'],
    has: (name) => name === 'hm' || base.has(name),
    get: (name) => (name === 'hm' ? hm : base.get(name)),
    otherwise: (name) => base.otherwise(name),
    suggest: (name) => base.suggest(name) ?? [],
  });
}

const HM = `let
  entry = before: after: data: { inherit data before after; };
  id = value: value;
in
{
  dag = {
    entryAnywhere = entry [ ] [ ];
    entryBefore = before: entry before [ ];
    entryAfter = after: entry [ ] after;
    entryBetween = before: after: entry before after;
    isEntry = value: value ? data && value ? after && value ? before;
  };
  gvariant = builtins.listToAttrs (map (name: { inherit name; value = id; }) [
    "mkArray" "mkBoolean" "mkDouble" "mkEmptyArray" "mkInt16" "mkInt32" "mkInt64" "mkJust" "mkMaybe" "mkNothing"
    "mkObjectpath" "mkString" "mkTuple" "mkType" "mkUchar" "mkUint16" "mkUint32" "mkUint64" "mkValue" "mkVariant"
  ]) // {
    mkDictionaryEntry = list: list;
  };
}`;
