import {
  type Attrs,
  Attrs as AttrsClass,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  mkString,
  NixString,
  Opaque,
  type Slot,
  updateAttrs,
  type Value,
} from '../../nix';
import type { Resolution } from '../../nixpkgs';
import { MARK, markValue, type NixpkgsSource } from '../mark';
import { attempt, memberText, type Session, textOf } from '../session';
import { packageName, versionInName, versionTwin } from './package-name';
import { badPlatforms } from './platforms';
import type { Refusal } from './refusals';
import { unchecked } from './unchecked';

/** What one symbolic package is made from. */
export interface PackageContext {
  readonly session: Session;
  readonly source: NixpkgsSource;
  /** Nix's word for the platform: `x86_64-linux`. */
  readonly system: string;
  /** What stands before attribute paths: `pkgsStatic.`. */
  readonly prefix: string;
  /** The stdenv that stands at a path, such as `swift.stdenv`. */
  readonly stdenv: (path: string) => Value;
  /** The shell in which a Haskell package is built: its `env`. */
  readonly haskellEnv: (path: string) => Value;
  /** What a builder that stands at a path makes of its arguments, such as `crystal.buildCrystalPackage`. */
  readonly build: (path: string, args: Value) => Value;
  /** Whether nixpkgs has a name at its top level, be it of an overlay (as far as overlays have been applied). */
  readonly hasTopLevel: (name: string) => boolean;
  /** Whether some nixpkgs had a package of that name at its top level. */
  readonly isListed: (name: string) => boolean;
  /** Why Nix refuses the package at a path in a version, as far as that is known for sure. */
  readonly refusal: (path: string, version: string | undefined) => Refusal | undefined;
  /** Whether it is known of all overlays what they add; found out as they are laid over it. */
  readonly overlays: { areKnown: boolean };
}

/** Outputs that a package may have; which ones it really has, only nixpkgs knows. */
const OUTPUTS: ReadonlySet<string> = new Set([
  'out',
  'dev',
  'lib',
  'bin',
  'man',
  'doc',
  'info',
  'devdoc',
  'static',
  'debug',
  'dist',
  'data',
  'tools',
  'nc',
  'modules',
  'headers',
  'devman',
  'libgcc',
  'sdk',
  'py',
  'terminfo',
  'dnsutils',
  'apxs',
  'sharedPyInstall',
  'libv8',
  'pg_config',
  'fd',
]);

/** Outputs that a package is taken to have when it is asked whether (`lib.getBin` takes `out` where there is no `bin`). */
const USUAL_OUTPUTS: ReadonlySet<string> = new Set(['out', 'dev']);

/** Lists of dependencies: known to nixpkgs alone, or to the flake that the package is of. */
export const DEPENDENCIES: ReadonlySet<string> = new Set([
  'nativeBuildInputs',
  'buildInputs',
  'propagatedBuildInputs',
  'propagatedNativeBuildInputs',
  'checkInputs',
  'nativeCheckInputs',
  'depsBuildBuild',
  'dependencies',
  'build-system',
]);

const OWN = ['meta', 'name', 'outPath', 'override', 'overrideAttrs', 'pname', 'type', 'version'];

/** Package sets for other platforms, which have the versions of nixpkgs itself. */
const VARIANTS =
  /^(?:pkgsCross\.[^.]+(?:\.buildPackages)?|pkgsStatic(?:\.buildPackages)?|pkgsMusl(?:\.buildPackages)?|pkgsi686Linux|pkgsx86_64Darwin)\./;

const HASKELL_PACKAGE = /^haskell(?:Packages|\.packages\.[^.]+)\.[^.]+$/;

/** Of when this nixpkgs is, in seconds since 1970. */
export function dateOf({ session, source }: Pick<PackageContext, 'session' | 'source'>): number | undefined {
  const { revision, lastModified } = source.pin;
  return (revision === undefined ? undefined : session.index.revisionInfo(revision)?.date) ?? lastModified;
}

/** The version of an attribute of this nixpkgs, by the index. */
export function resolveVersion(
  context: Pick<PackageContext, 'session' | 'source' | 'system'>,
  attribute: string,
): Resolution {
  const { index } = context.session;
  const { pin, fork } = context.source;
  const path = attribute.replace(VARIANTS, '');
  const said = versionInName(path);
  if (said !== undefined) {
    return { version: said, certainty: 'exact', reason: 'The name of the attribute says it.' };
  }
  // Nested sets are in an index that `lockstep index update` made; the built-in one has the top level.
  const nested = path.includes('.') ? index.resolve(path, pin) : undefined;
  const top = nested === undefined ? path : versionTwin(path, context.system);
  if (top === undefined && nested?.version === undefined) {
    const dot = path.lastIndexOf('.');
    return { certainty: 'unknown', reason: unchecked(context.session, path.slice(0, dot), path.slice(dot + 1)) };
  }
  const found = nested?.version === undefined ? index.resolve(top ?? path, pin) : nested;
  if (fork === undefined) {
    return found;
  }
  const reason = `${fork} is a fork of nixpkgs; the version is that of nixpkgs at the time.`;
  return found.certainty === 'exact' ? { ...found, certainty: 'estimate', reason } : { ...found, reason };
}

/**
 * A package of nixpkgs: an attribute set whose members are made when asked for. Its own functions (`override`,
 * `overrideAttrs`) give the same package again, with what the flake changed of its names.
 *
 * @param attribute path below nixpkgs
 */
export function symbolicPackage(context: PackageContext, attribute: string): Attrs {
  const { session, source } = context;
  const path = context.prefix + attribute;
  const pname = packageName(path, context.system);
  const version = () => resolveVersion(context, path);
  const definite = () => {
    const { version: text, certainty } = version();
    return certainty === 'exact' || certainty === 'estimate' ? text : undefined;
  };
  const name = () => {
    const text = definite();
    return text === undefined ? pname : `${pname}-${text}`;
  };
  const storePath = (suffix: string) => {
    const key = `${source.input}:${source.pin.revision ?? ''}:${context.system}:${path}`;
    const file = session.store.path(key, `${name()}${suffix}`);
    const derivation = session.store.path(key, `${name()}.drv`);
    session.store.own(derivation, self);
    return new NixString(file, new Set([`!${suffix.slice(1) || 'out'}!${derivation}`]));
  };
  const output = (name: string): Attrs =>
    updateAttrs(
      self,
      mkAttrs({
        outputName: name,
        outputSpecified: true,
        outPath: mkLazy(() => storePath(name === 'out' ? '' : `-${name}`)),
      }),
    );
  const dependencies = (of: string): Slot[] => [
    markValue({ kind: 'dependencies', of }, `only nixpkgs knows what ${of} is built with`),
  ];
  const self: LazyAttrs = new LazyAttrs({
    names: () => OWN,
    has: (member) => OWN.includes(member) || USUAL_OUTPUTS.has(member) || member === MARK,
    // What a package carries besides, as `rustc.llvmPackages`: a package, a set or a text, only nixpkgs knows.
    otherwise: (member) =>
      OUTPUTS.has(member)
        ? output(member)
        : member.startsWith('_')
          ? undefined
          : member === 'stdenv'
            ? context.stdenv(`${path}.stdenv`)
            : member === 'env' && HASKELL_PACKAGE.test(attribute)
              ? context.haskellEnv(attribute)
              : BUILDER.test(member)
                ? nestedMember(context, `${attribute}.${member}`)
                : markValue(
                    { kind: 'package', path: `${path}.${member}`, source },
                    `only nixpkgs knows what ${path}.${member} is`,
                  ),
    get: (member): Slot | undefined => {
      switch (member) {
        case MARK:
          return markValue({ kind: 'package', path, source, refusal: (version) => context.refusal(path, version) });
        case 'type':
          return 'derivation';
        case 'pname':
          return mkString(pname);
        case 'name':
          return mkLazy(() => mkString(name()));
        case 'version':
          return mkLazy(() => {
            const text = definite();
            return text === undefined
              ? new Opaque(`the version of ${path} is not known: ${version().reason ?? ''}`)
              : mkString(text);
          });
        case 'system':
          return context.system;
        case 'outPath':
          return mkLazy(() => storePath(''));
        case 'drvPath':
          return mkLazy(() => storePath('.drv'));
        case 'outputName':
          return 'out';
        case 'outputs':
          return ['out'];
        case 'all':
          return [self];
        case 'meta':
          return mkLazy(() => metaOf(name(), pname, path, context.system));
        case 'passthru':
          // What it carries it has as members as well: `coq.passthru.ocamlPackages` is `coq.ocamlPackages`.
          return markValue({ kind: 'package', path, source }, `only nixpkgs knows what ${path} carries in passthru`);
        case 'src':
        case 'srcs':
        case 'tests':
          return new Opaque(`only nixpkgs knows the ${member} of ${path}`);
        case 'override':
          return mkPrimOp(member, 1, ([change]) => withVersion(session, self, change!));
        case 'overrideAttrs':
        case 'overridePythonAttrs':
        case 'overrideDerivation':
          return mkPrimOp(member, 1, ([change]) => overridden(session, self, change!));
        case 'unwrapped':
          return self;
        default:
          break;
      }
      if (DEPENDENCIES.has(member)) {
        return dependencies(path);
      }
      if (member === 'optional-dependencies') {
        // Of a Python package, by the name of the extra.
        const extra = (name: string) => dependencies(`${path}.${member}.${name}`);
        return new LazyAttrs({ names: () => [], get: extra, otherwise: extra });
      }
      return USUAL_OUTPUTS.has(member) ? output(member) : undefined;
    },
  });
  return self;
}

/** Functions of a set, or of a compiler, that make packages of its language. */
const BUILDER = /(?:^|\.)(?:build[A-Z]\w*|mkDerivation)$/;

/**
 * Nested attributes that are functions when they are no packages: calling one gives what cannot be known, except for
 * builders, which make a package of the name that they are given.
 */
export function nestedMember(context: PackageContext, path: string): Attrs {
  const base = symbolicPackage(context, path);
  const call = (argument: Slot): Value => {
    const args = BUILDER.test(path) ? context.session.evaluator.force(argument) : undefined;
    return args instanceof AttrsClass && (args.has('pname') || (args.has('name') && args.has('src')))
      ? context.build(path, args)
      : new Opaque(`what the function ${path} of nixpkgs gives is not known`);
  };
  const members = new LazyAttrs({
    names: () => [],
    has: () => false,
    get: (member) => (member === '__functor' ? mkPrimOp(path, 2, ([, argument]) => call(argument!)) : undefined),
  });
  return updateAttrs(base, members);
}

/** The output of a changed package: where it stands is as before, what it is called and its version as changed. */
function outputOf(whole: Attrs, before: Attrs, name: string, renamed: ((suffix: string) => Slot) | undefined): Attrs {
  const unchanged = before.get(name) ?? before.otherwise(name);
  const path =
    renamed?.(name === 'out' ? '' : `-${name}`) ??
    (unchanged instanceof AttrsClass ? unchanged.get('outPath') : undefined);
  return updateAttrs(
    whole,
    mkAttrs({ outputName: name, outputSpecified: true, ...(path === undefined ? {} : { outPath: path }) }),
  );
}

/** `package.override { … }`: the same package, of another version where the flake gives one. */
function withVersion(session: Session, self: Attrs, change: Slot): Attrs {
  const version = attempt(() => {
    const given = session.evaluator.force(change);
    return given instanceof AttrsClass ? memberText(session, given, 'version') : undefined;
  });
  return version.ok && version.value ? overridden(session, self, mkAttrs({ version: mkString(version.value) })) : self;
}

/** `package.overrideAttrs change`: the package, with those members that the change sets. */
function overridden(session: Session, self: Attrs, change: Slot): Attrs {
  const { evaluator } = session;
  const result = attempt(() => {
    const wanted = evaluator.force(change);
    const first = wanted instanceof AttrsClass ? wanted : evaluator.callFunction(wanted, [self]);
    return first instanceof AttrsClass || first instanceof Opaque
      ? first
      : evaluator.callFunction(wanted, [self, self]);
  });
  if (!result.ok || !(result.value instanceof AttrsClass)) {
    return self;
  }
  const over = result.value;
  const changed = updateAttrs(self, over);
  const own: Record<string, Slot> = {
    override: mkPrimOp('override', 1, ([next]) => withVersion(session, whole, next!)),
  };
  for (const name of ['overrideAttrs', 'overridePythonAttrs', 'overrideDerivation']) {
    own[name] = mkPrimOp(name, 1, ([next]) => overridden(session, whole, next!));
  }
  const text = (member: string) => attempt(() => textOf(evaluator.force(changed.get(member)!)));
  if (over.has('name') && !over.has('version')) {
    // `hello-2.10` says the version, too.
    own['version'] = mkLazy(() => {
      const said = text('name');
      const version = said.ok ? /-(\d.*)$/.exec(said.value ?? '')?.[1] : undefined;
      return version ?? evaluator.force(self.get('version')!);
    });
  }
  if (!over.has('name') && (over.has('version') || over.has('pname'))) {
    own['name'] = mkLazy(() => {
      const parts = ['pname', 'version'].map(text).flatMap((part) => (part.ok && part.value ? [part.value] : []));
      return parts.join('-');
    });
  }
  // Its paths in the store say the name it has now.
  const storePath = (suffix: string): Slot =>
    mkLazy(() => {
      const before = attempt(() => textOf(evaluator.force(self.get('outPath')!)));
      const said = attempt(() => textOf(evaluator.force(whole.get('name')!)));
      const key = `changed:${before.ok ? before.value : ''}`;
      const name = said.ok ? (said.value ?? '') : '';
      const derivation = session.store.path(key, `${name}.drv`);
      session.store.own(derivation, whole);
      return new NixString(
        session.store.path(key, name + suffix),
        new Set([`!${suffix.slice(1) || 'out'}!${derivation}`]),
      );
    });
  const renamed = ['name', 'pname', 'version'].some((member) => over.has(member)) ? storePath : undefined;
  if (renamed !== undefined && !over.has('outPath')) {
    own['outPath'] = renamed('');
  }
  // An output of the changed package is changed, too.
  const whole: Attrs = updateAttrs(
    changed,
    new LazyAttrs({
      names: () => Object.keys(own),
      get: (member) =>
        Object.hasOwn(own, member)
          ? own[member]
          : USUAL_OUTPUTS.has(member)
            ? outputOf(whole, self, member, renamed)
            : undefined,
      otherwise: (member) => (OUTPUTS.has(member) ? outputOf(whole, self, member, renamed) : undefined),
    }),
  );
  return whole;
}

function metaOf(name: string, pname: string, path: string, system: string): Value {
  const unknown = (member: string) => new Opaque(`only nixpkgs knows the ${member} of ${path}`);
  return mkAttrs({
    name: mkString(name),
    mainProgram: mkString(pname),
    available: true,
    broken: false,
    insecure: false,
    unfree: false,
    unsupported: false,
    outputsToInstall: ['out'],
    // Which others it is for only nixpkgs knows; where it is asked for it is taken to be there.
    platforms: [mkString(system)],
    // `availableOn`, which asks whether it is there at all, goes by both.
    badPlatforms: badPlatforms(path, system)?.map((bad) => mkString(bad)) ?? [unknown('platforms')],
    maintainers: [],
    description: mkString(''),
    homepage: mkString(''),
    longDescription: mkString(''),
    license: unknown('license'),
  });
}
