import {
  Attrs,
  attrsFrom,
  decodeUtf8,
  LazyAttrs,
  type LazyMembers,
  mkAttrs,
  mkLazy,
  Opaque,
  type Slot,
  Thunk,
  updateAttrs,
  type Value,
} from '../../../nix';
import { markOf } from '../../mark';
import { isGuessed, mayAddMore, overlaid } from '../../overlaid';
import { TWIN } from '../inputs-from';
import { isXorgName } from '../known-members';
import { hasMember, memberAbsence, nearMembers } from '../members';
import { nestedMember, type PackageContext, symbolicPackage } from '../package';
import { sharesName } from '../set-members';
import type { HelperKit, Helpers } from './kit';

/** Misspelt members of sets that near names are looked for: each looks at all that its set has. */
const MAX_SUGGESTIONS = 64;

/** Sets of packages, and what is laid over them. */
export function setHelpers(kit: HelperKit): Helpers {
  const { context, evaluator, text, call, op } = kit;
  const openSet = sets(kit);
  /** The same names, each with another look at its member; what is no set stays as it is. */
  const through = (value: Slot, look: (from: Attrs) => Omit<LazyMembers, 'names'>): Value => {
    const from = evaluator.force(value);
    return from instanceof Attrs ? new LazyAttrs({ names: () => from.names(), ...look(from) }) : from;
  };
  return {
    set: op('set', 1, (path) => openSet(text(path!))),
    // The same set for who chooses from it, as `withPackages (ps: with ps; [ … ])` does: what is a package belongs to it.
    open: op('open', 1, (value) =>
      through(value!, (from) => ({
        get: (name) => {
          const own = from.get(name);
          return own === undefined && context.isListed(name) ? from.otherwise(name) : own;
        },
        otherwise: (name) => from.otherwise(name),
      })),
    ),
    withXorg: op('withXorg', 1, (value) =>
      through(value!, (from) => ({
        get: (name) => {
          const own = from.get(name);
          // They come before what an overlay may add: what is unknown has no say.
          return (own === undefined || own instanceof Opaque || isGuessed(evaluator, own)) && isXorgName(name)
            ? nestedMember(context, `xorg.${name}`)
            : own;
        },
      })),
    ),
    // Packages for running that know those for building by the same name. `nativeBuildInputs` takes the latter: what
    // `callPackage` gives is right in every list.
    spliced: op('spliced', 2, (tools, value) => {
      const twin = (name: string, own: Value): Value =>
        own instanceof Attrs && ['package', 'composite'].includes(markOf(evaluator, own)?.kind ?? '')
          ? updateAttrs(own, mkAttrs({ [TWIN]: mkLazy(() => evaluator.select(tools!, [name])) }))
          : own;
      return through(value!, (from) => ({
        get: (name) => {
          const own = from.get(name);
          return own instanceof Thunk ? mkLazy(() => twin(name, evaluator.force(own))) : own && twin(name, own);
        },
      }));
    }),
    // A set whose members are made by a function of their name.
    sets: op(
      'sets',
      1,
      (make) =>
        new LazyAttrs({
          names: () => [],
          has: (name) => !name.startsWith('_'),
          get: (name) => (name.startsWith('_') ? undefined : mkLazy(() => call(make!, name))),
        }),
    ),
    // A set of functions of two arguments, whose members can be used as packages as well.
    functions: op(
      'functions',
      2,
      (path, make) =>
        new LazyAttrs({
          names: () => [],
          has: (name) => !name.startsWith('_'),
          get: (name) =>
            name.startsWith('_')
              ? undefined
              : updateAttrs(
                  symbolicPackage(context, `${text(path!)}.${name}`),
                  mkAttrs({ __functor: op('call', 2, (_, argument) => callable(kit, make!, argument!)) }),
                ),
        }),
    ),
    // The attributes of a scope that a function names as arguments. One that has a default keeps it unless the scope is
    // known to have such an attribute.
    pick: op('pick', 2, (wanted, scope) => {
      const names = evaluator.force(wanted!);
      const from = evaluator.force(scope!);
      if (!(names instanceof Attrs) || !(from instanceof Attrs)) {
        return attrsFrom([]);
      }
      return attrsFrom(
        names.names().flatMap((name): [string, Slot][] => {
          const slot = from.get(name);
          const isDoubtful = slot instanceof Opaque || (slot !== undefined && isGuessed(evaluator, slot));
          const isLeft = names.get(name) === true && isDoubtful;
          if (isLeft && slot instanceof Opaque && markOf(evaluator, slot)?.kind === 'unknown-flake') {
            context.session.keptDefaults.add(decodeUtf8(name));
          }
          return slot === undefined || isLeft ? [] : [[name, slot]];
        }),
      );
    }),
    layer: op('layer', 2, (under, over) => {
      const [a, b] = [evaluator.force(under!), evaluator.force(over!)];
      return a instanceof Attrs && b instanceof Attrs ? updateAttrs(a, b) : a;
    }),
    applyOverlay: op('applyOverlay', 3, (final, previous, overlay) => applyOverlay(kit, final!, previous!, overlay!)),
  };
}

/** Makes sets below nixpkgs. A selection finds any name in one; a `with` or an argument only what it is likely to have. */
function sets({ context }: HelperKit): (path: string) => Attrs {
  const { session } = context;
  let suggestions = 0;
  return (path) => {
    const member = (name: string) => {
      if (name === 'stdenv') {
        return mkLazy(() => context.stdenv(`${path}.stdenv`));
      }
      return name.startsWith('_') || name === 'type' || name === 'outPath'
        ? undefined
        : nestedMember(context, `${path}.${name}`);
    };
    const isLikely = (name: string) =>
      (!context.hasTopLevel(name) && !isLibraryFunction(context, name)) || sharesName(path, name);
    const isThere = (name: string) => hasMember(context, path, name);
    return new LazyAttrs({
      names: () => [],
      get: (name) => ((isThere(name) ?? isLikely(name)) ? member(name) : undefined),
      otherwise: (name) => {
        if (isThere(name) !== false) {
          return member(name);
        }
        session.absences.set(name, memberAbsence(context, path, name));
        return undefined;
      },
      suggest: (name) => (suggestions++ < MAX_SUGGESTIONS ? nearMembers(context, path, name) : []),
    });
  };
}

/** A name that `with lib;` brings. */
function isLibraryFunction(context: PackageContext, name: string): boolean {
  const lib = context.session.lib();
  return lib instanceof Attrs && lib.has(name) && !context.isListed(name);
}

function callable({ evaluator, call, op }: HelperKit, make: Slot, first: Slot): Value {
  const given = evaluator.force(first);
  // `f args` and `f name args` look the same until the second argument comes: a set is the last one.
  return given instanceof Attrs
    ? call(make, '', given)
    : updateAttrs(mkAttrs({ __functor: op('call', 2, (_, second) => call(make, first, second!)) }), attrsFrom([]));
}

function applyOverlay({ context, evaluator }: HelperKit, final: Slot, previous: Slot, overlay: Slot): Value {
  const over = evaluator.callFunction(overlay, [final, previous]);
  context.overlays.areKnown &&= !mayAddMore(over);
  if (over instanceof Opaque) {
    context.session.unknownOverlays.add(over);
  }
  return overlaid(evaluator, evaluator.force(previous), over);
}
