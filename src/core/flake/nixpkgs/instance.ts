import { Attrs, EMPTY_ATTRS, LazyAttrs, mkAttrs, mkLazy, mkPrimOp, NixError, type Slot, type Value } from '../../nix';
import type { NixpkgsSource } from '../mark';
import { listSlots, memberText, type Session, textOf } from '../session';
import { nixpkgsHelpers } from './helpers';
import { familyOf, isPackageSet, isUnversioned, looksLikeFunction, renamed } from './names';
import { nestedMember, type PackageContext, symbolicPackage } from './package';

/** What `import nixpkgs` is given, as far as it matters here. */
interface Arguments {
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
  const context: PackageContext = { session, source, system: args.system };
  const helpers = nixpkgsHelpers(context);
  const final: Slot = mkLazy(() => {
    let layer: Slot = baseOf(context, statics);
    for (const overlay of args.overlays) {
      layer = evaluator.callFunction(helpers.get('applyOverlay')!, [final, layer, overlay]);
    }
    return evaluator.force(layer);
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
    const defaults: Arguments = { system: fallbackSystem, crossSystem: null, config: EMPTY_ATTRS, overlays: [] };
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
  const crossSystem = given.get('crossSystem');
  const config = given.get('config');
  return {
    system: memberText(session, given, 'system') ?? systemOf(session, given.get('localSystem')) ?? args.system,
    crossSystem: crossSystem ?? args.crossSystem,
    config: config ?? args.config,
    overlays: overlays === undefined ? args.overlays : listSlots(evaluator, overlays),
  };
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
  const get = (name: string): Slot | undefined => {
    if (name === 'families') {
      return undefined;
    }
    const own = known().get(name);
    if (own !== undefined) {
      return own;
    }
    const { state, certainty } = index.existence(name, pin);
    const there = state === 'exists' || state === 'unknown' || (state === 'absent' && certainty === 'estimate');
    if (there) {
      return family(name) ?? symbolicPackage(context, name);
    }
    if (state === 'unlisted') {
      return unlisted(name);
    }
    return undefined;
  };
  // Names that the index cannot have: sets, functions, packages without a version; or too new for it.
  const unlisted = (name: string): Slot | undefined => {
    const twin = /^(python\d+)Packages$/.exec(name)?.[1] ?? /^buildGo/.exec(name)?.[0];
    if (twin?.startsWith('python') && index.existence(twin, pin).state === 'absent') {
      return undefined;
    }
    const made = isSetName(name) ? family(name) : undefined;
    if (made !== undefined) {
      return made;
    }
    if (isPackageSet(name)) {
      return evaluator.callFunction(setOf(), [name]);
    }
    if (isUnversioned(name)) {
      return symbolicPackage(context, name);
    }
    if (looksLikeFunction(name)) {
      return nestedMember(context, name);
    }
    const other = renamed(name);
    if (other !== undefined) {
      return get(other);
    }
    return isBeyondIndex(context) && index.suggest(name, undefined, 1).length === 0
      ? nestedMember(context, name)
      : undefined;
  };
  const setOf = () => evaluator.select(nixpkgsHelpers(context), ['set']);
  return new LazyAttrs({
    names: () => [...known().names(), ...index.names()].filter((name) => name !== 'families'),
    get,
    suggest: (name) => index.suggest(name, pin),
  });
}

function isSetName(name: string): boolean {
  return /Packages|Stdenv|^buildGo/.test(name);
}

/** Whether this nixpkgs may have packages that the index never saw: it is not a recorded revision. */
function isBeyondIndex({ session, source }: PackageContext): boolean {
  const { revision } = source.pin;
  return revision === undefined || session.index.revisionInfo(revision) === undefined;
}
