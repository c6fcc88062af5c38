import {
  Attrs,
  EMPTY_ATTRS,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  NixError,
  Opaque,
  type Slot,
  updateAttrs,
  type Value,
} from '../../nix';
import { suggestNames, type VersionRun } from '../../nixpkgs';
import { MARK, markValue, type NixpkgsSource } from '../mark';
import { attempt, listSlots, memberText, type Session, textOf } from '../session';
import { nixpkgsHelpers } from './helpers';
import { isWithinRecords } from './members';
import { familyOf, isGuess, isUnversioned, removedOn, renamed, standsOn } from './names';
import { dateOf, nestedMember, type PackageContext, symbolicPackage } from './package';
import { hasSetShape, isKnownSet, setNames } from './package-sets';
import { type Refusal, refusalOf, refuses } from './refusals';

/** Unknown names that near ones are looked for. */
const SUGGESTIONS = 64;

/** What `import nixpkgs` is given, as far as it matters here. */
interface Arguments {
  /** What stands before every attribute path: `pkgsCross.mingw32.`; empty for nixpkgs itself. */
  readonly prefix: string;
  readonly system: string;
  readonly crossSystem: Slot;
  readonly config: Slot;
  readonly overlays: readonly Slot[];
}

/**
 * The package set that `import nixpkgs { … }` gives: fixed point of the base (functions and sets in Nix, packages from
 * the index) with the overlays on top.
 */
export function nixpkgsInstance(session: Session, source: NixpkgsSource, args: Arguments): Value {
  const { evaluator } = session;
  const refused = new Map<string, boolean>();
  const isRefused = (refusal: Refusal, path: string): boolean => {
    const key = `${refusal} ${path}`;
    const known = refused.get(key) ?? refuses(evaluator, args.config, { refusal, path, system: args.system });
    refused.set(key, known);
    return known;
  };
  const context: PackageContext = {
    session,
    source,
    system: args.system,
    prefix: args.prefix,
    stdenv: (path) => made('stdenv', path),
    haskellEnv: (path) => made('haskellEnv', path),
    build: (path, args) => evaluator.callFunction(made('builder', path), [args]),
    hasTopLevel: (name) =>
      isAdded(name) ||
      evaluator.selectOptional(statics, [name]) !== undefined ||
      (!isGuess(name) && !isUnseen(context, name) && base.get(name) !== undefined),
    isListed: (name) => session.index.existence(name, source.pin).state !== 'unlisted',
    refusal: (path, version) => {
      const refusal = refusalOf(path, version, args.system, dateOf({ session, source }));
      return refusal !== undefined && isRefused(refusal, path) ? refusal : undefined;
    },
    overlays: { areKnown: true },
  };
  const made = (family: string, path: string): Value =>
    evaluator.callFunction(evaluator.select(statics, ['families', family]), [path]);
  const helpers = nixpkgsHelpers(context);
  // Known once the overlays have been laid over each other, which may ask for names itself.
  let whole: Value | undefined;
  const isAdded = (name: string) => {
    const slot = whole instanceof Attrs && args.overlays.length > 0 ? whole.get(name) : undefined;
    return slot !== undefined && !(slot instanceof Opaque) && slot !== base.get(name);
  };
  const final: Slot = mkLazy(() => {
    let layer: Slot = base;
    const overrides = evaluator.selectOptional(args.config, ['packageOverrides']);
    if (overrides !== undefined) {
      // The older way to an overlay: it sees only what was there before.
      const overlay = mkPrimOp('packageOverrides', 2, ([, previous]) => evaluator.callFunction(overrides, [previous!]));
      layer = evaluator.callFunction(helpers.get('applyOverlay')!, [final, layer, overlay]);
    }
    for (const overlay of args.overlays) {
      layer = evaluator.callFunction(helpers.get('applyOverlay')!, [final, layer, overlay]);
    }
    whole = evaluator.force(layer);
    return whole;
  });
  const statics = mkLazy(() =>
    evaluator.callFunction(evaluator.evalString('import <lockstep/nixpkgs/pkgs.nix>', { file: '<lockstep/nixpkgs>' }), [
      mkAttrs({
        lockstep: helpers,
        lib: mkLazy(session.lib),
        final,
        localSystem: args.system,
        crossSystem: args.crossSystem,
        config: args.config,
        overlays: args.overlays,
        again: mkPrimOp('import', 1, ([change]) => nixpkgsInstance(session, source, changed(session, args, change!))),
      }),
    ]),
  );
  const base = baseOf(context, statics);
  return evaluator.force(final);
}

/**
 * The function that a nixpkgs folder imports to.
 *
 * @param fallbackSystem the system when none is given, which in pure evaluation is an error
 */
export function importNixpkgs(session: Session, source: NixpkgsSource, fallbackSystem: string): Value {
  return mkPrimOp('nixpkgs', 1, ([given]) => {
    const value = session.evaluator.force(given!);
    const defaults: Arguments = {
      prefix: '',
      system: fallbackSystem,
      crossSystem: null,
      config: EMPTY_ATTRS,
      overlays: [],
    };
    return nixpkgsInstance(session, source, value instanceof Attrs ? changed(session, defaults, value) : defaults);
  });
}

/** Arguments with those replaced that a set names. */
function changed(session: Session, args: Arguments, change: Slot): Arguments {
  const { evaluator } = session;
  const given = evaluator.force(change);
  if (!(given instanceof Attrs)) {
    throw new NixError('type', 'nixpkgs takes a set of arguments');
  }
  const overlays = given.get('overlays');
  const config = given.get('config');
  const system = memberText(session, given, 'system') ?? systemOf(session, given.get('localSystem')) ?? args.system;
  const wanted = given.get('crossSystem');
  const prefix = memberText(session, given, 'prefix');
  const cross =
    wanted === undefined || prefix !== undefined
      ? { prefix: prefix ?? args.prefix, crossSystem: wanted ?? args.crossSystem }
      : crossing(session, system, wanted);
  return {
    ...cross,
    system,
    config: config ?? args.config,
    overlays: overlays === undefined ? args.overlays : listSlots(evaluator, overlays),
  };
}

/**
 * What a `crossSystem` that a flake gives means: packages for that platform, which are named as `pkgsCross` names them.
 * nixpkgs takes the platform that it builds on for none at all.
 */
function crossing(session: Session, system: string, wanted: Slot): Pick<Arguments, 'prefix' | 'crossSystem'> {
  const { evaluator } = session;
  if (evaluator.force(wanted) === null) {
    return { prefix: '', crossSystem: null };
  }
  const configOf = (platform: Slot) => {
    const elaborate = evaluator.select(session.lib(), ['systems', 'elaborate']);
    return textOf(evaluator.force(evaluator.select(evaluator.callFunction(elaborate, [platform]), ['config'])));
  };
  const config = attempt(() => configOf(wanted));
  if (!config.ok || config.value === undefined || !/^[\w-]+$/.test(config.value)) {
    return { prefix: 'pkgsCross.other.', crossSystem: wanted };
  }
  return config.value === configOf(system)
    ? { prefix: '', crossSystem: null }
    : { prefix: `pkgsCross.${config.value}.`, crossSystem: wanted };
}

function systemOf(session: Session, slot: Slot | undefined): string | undefined {
  const value = slot === undefined ? undefined : session.evaluator.force(slot);
  return value instanceof Attrs
    ? memberText(session, value, 'system')
    : value === undefined
      ? undefined
      : textOf(value);
}

/** nixpkgs without overlays. */
function baseOf(context: PackageContext, statics: Slot): Attrs {
  const { evaluator, index } = context.session;
  const { pin } = context.source;
  const known = () => {
    const value = evaluator.force(statics);
    return value instanceof Attrs ? value : EMPTY_ATTRS;
  };
  const family = (name: string): Slot | undefined => {
    const found = familyOf(name);
    const make = found && evaluator.selectOptional(statics, ['families', found.name]);
    return found === undefined || make === undefined
      ? undefined
      : mkLazy(() => evaluator.callFunction(make, [found.argument]));
  };
  const plainSet = (name: string): Slot =>
    mkLazy(() => evaluator.callFunction(evaluator.select(statics, ['families', 'packages']), [name]));
  const get = (name: string): Slot | undefined => {
    if (name === 'families') {
      return undefined;
    }
    const own = known().get(name);
    if (own !== undefined) {
      return own;
    }
    const { state, certainty } = index.existence(ownerOf(context, name), pin);
    const there = state === 'exists' || state === 'unknown' || (state === 'absent' && certainty === 'estimate');
    if (there) {
      return family(name) ?? (isKnownSet(name) && state !== 'exists' ? plainSet(name) : symbolicPackage(context, name));
    }
    if (state === 'unlisted') {
      return unlisted(name);
    }
    if (isUnversioned(name) && !isGuess(name)) {
      // It was there without a version before the index had one for it.
      return symbolicPackage(context, name);
    }
    if (isKnownSet(name) && wasThere(context, name)) {
      return plainSet(name);
    }
    noteAbsence(context, name);
    return undefined;
  };
  // Names that the index cannot have: sets, functions, packages without a version; or too new for it.
  const unlisted = (name: string): Slot | undefined => {
    if (isLibraryFunction(context.session, name)) {
      return undefined;
    }
    const owner = standsOn(name);
    if (owner !== undefined && isUnseen(context, owner) && !mayBeNew(context, owner)) {
      return undefined;
    }
    const made = isSetName(name) ? family(name) : undefined;
    if (made !== undefined) {
      return made;
    }
    // What an overlay that is not known adds is more likely than a set of nixpkgs that nobody has heard of.
    if (isKnownSet(name) || (!isGuess(name) && context.overlays.areKnown && mayBeSet(context, name))) {
      return plainSet(name);
    }
    if (isUnversioned(name) && !isGuess(name)) {
      return symbolicPackage(context, name);
    }
    const gone = removedOn(name);
    if (gone !== undefined && (dateOf(context) ?? 0) >= Date.parse(gone) / 1000) {
      context.session.absences.set(name, `nixpkgs has had no ${name} since ${gone} at the latest`);
      return undefined;
    }
    if (isGuess(name)) {
      return guessedPackage(context, name);
    }
    const other = renamed(name);
    if (other !== undefined) {
      return get(other);
    }
    return mayBeNew(context, name) ? guessedPackage(context, name) : undefined;
  };
  let suggestions = 0;
  return new LazyAttrs({
    names: () => [...known().names(), ...index.names()].filter((name) => name !== 'families'),
    get,
    // Each looks at all names: a flake that asks for thousands that there are not made no typing mistake in each.
    suggest: (name) => (suggestions++ < SUGGESTIONS ? nearNames(context, name) : []),
  });
}

/** Near names of packages, and of sets, which the index does not know. */
function nearNames({ session, source }: PackageContext, name: string): readonly string[] {
  const packages = session.index.suggest(name, source.pin);
  const sets = suggestNames(name, setNames(), isKnownSet, packages.length === 0 ? 5 : 2);
  return (/packages|plugins|extensions/i.test(name) ? [...sets, ...packages] : [...packages, ...sets]).slice(0, 5);
}

function guessedPackage(context: PackageContext, name: string): Attrs {
  const mark = markValue({ kind: 'package', path: context.prefix + name, source: context.source, guessed: true });
  return updateAttrs(nestedMember(context, name), mkAttrs({ [MARK]: mark }));
}

/** The name whose presence tells whether another is there: its own, or of what the index never had, what it stands on. */
function ownerOf({ session, source }: Pick<PackageContext, 'session' | 'source'>, name: string): string {
  const owner = standsOn(name);
  return owner === undefined || session.index.existence(name, source.pin).state !== 'unlisted' ? name : owner;
}

/** Whether all records of a name are older than this nixpkgs: a package that became a set has no version any more. */
function wasThere({ session, source }: PackageContext, name: string): boolean {
  const date = dateOf({ session, source });
  const runs = session.index.history(name);
  return date !== undefined && runs.length > 0 && runs.every((run) => run.last.date < date);
}

/** Remembers when nixpkgs had a package that it does not have now. */
function noteAbsence({ session, source }: PackageContext, name: string): void {
  const at = source.pin.revision === undefined ? undefined : session.index.revisionInfo(source.pin.revision);
  const owner = ownerOf({ session, source }, name);
  const runs = session.index.history(owner);
  const before = runs
    .filter((run) => at === undefined || run.last.date < at.date)
    .reduce<VersionRun | undefined>(
      (newest, run) => (newest && newest.last.date >= run.last.date ? newest : run),
      undefined,
    );
  const after = runs.find((run) => at !== undefined && run.first.date > at.date);
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
  if (before !== undefined) {
    session.absences.set(
      name,
      `nixpkgs had ${owner} until ${day(before.last.date)}, last at version ${before.version}`,
    );
  } else if (after !== undefined) {
    session.absences.set(name, `nixpkgs has ${owner} from ${day(after.first.date)} on, this lock is older`);
  }
}

/** Whether the index never saw a name, so that nothing but its newness speaks for it. */
function isUnseen({ session, source }: PackageContext, name: string): boolean {
  return (
    session.index.existence(ownerOf({ session, source }, name), source.pin).state === 'unlisted' &&
    !isKnownSet(name) &&
    !mayBeSet({ session, source }, name) &&
    !isUnversioned(name)
  );
}

/**
 * Whether a name may be that of a set which nobody here has heard of: the index has none. Those without a version are
 * listed by hand as far as the records reach; of the others nixpkgs has ever new families.
 */
function mayBeSet(context: Pick<PackageContext, 'session' | 'source'>, name: string): boolean {
  return hasSetShape(name) && (/_\d+$/.test(name) || !isWithinRecords(context));
}

/** A name that `with lib;` brings: nixpkgs itself has none of those at its top level. */
function isLibraryFunction(session: Session, name: string): boolean {
  const lib = session.lib();
  return lib instanceof Attrs && lib.has(name);
}

function isSetName(name: string): boolean {
  return isKnownSet(name) || /Packages|Stdenv|^buildGo/.test(name);
}

/**
 * Whether this nixpkgs may have a package that the index never saw: it is newer, or no line of nixpkgs proper (a fork, a
 * pull request), or not recorded and the name no typo.
 */
function mayBeNew({ session, source }: PackageContext, name: string): boolean {
  const { index, likeness } = session;
  const { revision, lastModified, branch } = source.pin;
  if (source.fork !== undefined || /^(?:refs\/)?pull\//.test(branch ?? '')) {
    return true;
  }
  if (revision !== undefined && index.revisionInfo(revision) !== undefined) {
    return false;
  }
  const end = Math.max(...index.info().lines.map((line) => line.last.date));
  if ((lastModified ?? end) >= end) {
    return true;
  }
  const isLike = likeness.get(name) ?? index.suggest(name, undefined, 1).length > 0;
  likeness.set(name, isLike);
  return !isLike;
}
