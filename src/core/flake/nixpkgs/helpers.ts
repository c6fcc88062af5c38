import {
  Attrs,
  attrsFrom,
  decodeUtf8,
  encodeUtf8,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  mkString,
  NixPath,
  NixString,
  Opaque,
  type Slot,
  Thunk,
  updateAttrs,
  type Value,
} from '../../nix';
import { MARK, markOf, markValue } from '../mark';
import { isGuessed, mayAddMore, overlaid } from '../overlaid';
import { attempt, listSlots, textOf } from '../session';
import { contained, dependenciesOf, forBuilding, hooksOf, TWIN } from './inputs-from';
import { isXorgName } from './known-members';
import { hasMember, isWithinRecords, memberAbsence, nearMembers } from './members';
import { ghcAbsence, ocamlAbsence, pythonSetOf } from './names';
import { dateOf, nestedMember, type PackageContext, resolveVersion, symbolicPackage } from './package';
import { sharesName } from './set-members';

/** Misspelt members of sets that near names are looked for: each looks at all that its set has. */
const MAX_SUGGESTIONS = 64;

/**
 * The functions that the Nix side of the virtual nixpkgs stands on, as the set `lockstep`. Whatever can fail on the
 * flake's account (an overlay, an item of `inputsFrom`) is contained here, so that one bad package does not take the
 * shell with it.
 */
export function nixpkgsHelpers(context: PackageContext): Attrs {
  const { session } = context;
  const { evaluator, store } = session;
  const text = (slot: Slot) => textOf(evaluator.force(slot)) ?? '';
  const call = (fn: Slot, ...args: Slot[]) => evaluator.callFunction(fn, args);
  const op = (name: string, arity: number, fn: (...args: Slot[]) => Value) =>
    mkPrimOp(name, arity, (args) => fn(...args));
  const derivation = (name: string) =>
    mkAttrs({
      type: 'derivation',
      name,
      pname: name,
      system: context.system,
      outputName: 'out',
      outPath: storePath(name, ''),
      drvPath: storePath(`${name}.drv`, ''),
      [MARK]: markValue({ kind: 'built', how: 'derivation' }),
    });
  const storePath = (name: string, output: string): Value => {
    const path = store.path('self', output === '' ? name : `${name}-${output}`);
    return new NixString(path, new Set([`!${output || 'out'}!${store.path('self', `${name}.drv`)}`]));
  };
  let suggestions = 0;
  // A selection finds any name in a set; a `with` or an argument only what the set is likely to have.
  const set = (path: string): Attrs => {
    const member = (name: string) => {
      if (name === 'stdenv') {
        return mkLazy(() => context.stdenv(`${path}.stdenv`));
      }
      return name.startsWith('_') || name === 'type' || name === 'outPath'
        ? undefined
        : nestedMember(context, `${path}.${name}`);
    };
    const isLikely = (name: string) =>
      (!context.hasTopLevel(name) && !isLibraryFunction(name)) || sharesName(path, name);
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

  return mkAttrs({
    package: op('package', 1, (path) => symbolicPackage(context, text(path!))),
    set: op('set', 1, (path) => set(text(path!))),
    // The same set for who chooses from it, as `withPackages (ps: with ps; [ … ])` does: what is a package belongs to it.
    open: op('open', 1, (value) => {
      const from = evaluator.force(value!);
      return !(from instanceof Attrs)
        ? from
        : new LazyAttrs({
            names: () => from.names(),
            get: (name) => {
              const own = from.get(name);
              return own === undefined && context.isListed(name) ? from.otherwise(name) : own;
            },
            otherwise: (name) => from.otherwise(name),
          });
    }),
    withXorg: op('withXorg', 1, (value) => {
      const from = evaluator.force(value!);
      return !(from instanceof Attrs)
        ? from
        : new LazyAttrs({
            names: () => from.names(),
            get: (name) => {
              const own = from.get(name);
              return (own === undefined || isGuessed(evaluator, own)) && isXorgName(name)
                ? nestedMember(context, `xorg.${name}`)
                : own;
            },
          });
    }),
    // Packages for running that know those for building by the same name. `nativeBuildInputs` takes the latter: what
    // `callPackage` gives is right in every list.
    spliced: op('spliced', 2, (tools, value) => {
      const from = evaluator.force(value!);
      if (!(from instanceof Attrs)) {
        return from;
      }
      const twin = (name: string, own: Value): Value =>
        own instanceof Attrs && ['package', 'composite'].includes(markOf(evaluator, own)?.kind ?? '')
          ? updateAttrs(own, mkAttrs({ [TWIN]: mkLazy(() => evaluator.select(tools!, [name])) }))
          : own;
      return new LazyAttrs({
        names: () => from.names(),
        get: (name) => {
          const own = from.get(name);
          return own instanceof Thunk ? mkLazy(() => twin(name, evaluator.force(own))) : own && twin(name, own);
        },
      });
    }),
    forBuilding: op('forBuilding', 1, (list) =>
      listSlots(evaluator, list!).map((slot) => forBuilding(evaluator, slot)),
    ),
    // A platform of its own that is not cross-compiled for.
    isNative: context.prefix === 'pkgsMusl.',
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
                  mkAttrs({ __functor: op('call', 2, (_, argument) => callable(make!, argument!)) }),
                ),
        }),
    ),
    // Where a package of nixpkgs stands; null for anything else.
    pathOf: op('pathOf', 1, (value) => {
      const mark = markOf(evaluator, evaluator.force(value!));
      return mark?.kind === 'package' ? mkString(mark.path) : null;
    }),
    derivation: op('derivation', 1, (name) => derivation(text(name!))),
    // Seconds since 1970; 0 where nobody knows of when this nixpkgs is.
    ghcAbsence: op('ghcAbsence', 1, (name) => {
      const absence = ghcAbsence(text(name!), dateOf(context));
      return absence === undefined ? null : mkString(absence);
    }),
    ocamlAbsence: op('ocamlAbsence', 1, (name) => {
      const absence = ocamlAbsence(text(name!), dateOf(context), isWithinRecords(context));
      return absence === undefined ? null : mkString(absence);
    }),
    date: mkLazy(() => dateOf(context) ?? 0),
    built: op('built', 1, (how) => markValue({ kind: 'built', how: text(how!) })),
    stdenv: op('stdenv', 1, (name) => markValue({ kind: 'stdenv', name: text(name!) })),
    composite: op('composite', 2, (base, items) => {
      const of = evaluator.force(base!);
      const mark = mkLazy(() => markValue({ kind: 'composite', items: listSlots(evaluator, items!) }));
      const whole: Attrs = updateAttrs(
        of instanceof Attrs ? of : derivation('env'),
        mkAttrs({
          [MARK]: mark,
          // What is changed of the whole (its name, whether files may collide) leaves its parts as they are.
          override: op('override', 1, () => whole),
          overrideAttrs: op('overrideAttrs', 1, () => whole),
        }),
      );
      return whole;
    }),
    // A compiler as `stdenv.cc` has it: the wrapped one, and inside it the compiler proper.
    compiler: op('compiler', 2, (path, program) =>
      updateAttrs(
        symbolicPackage(context, text(path!)),
        mkAttrs({
          cc: mkLazy(() => symbolicPackage(context, `${text(path!)}.cc`)),
          isGNU: text(program!) === 'gcc',
          isClang: text(program!) === 'clang',
          libc: mkLazy(() =>
            context.system.endsWith('-darwin')
              ? nestedMember(context, 'darwin.libSystem')
              : symbolicPackage(context, 'glibc'),
          ),
          bintools: mkLazy(() => symbolicPackage(context, 'binutils')),
          targetPrefix: '',
          libcxx: null,
        }),
      ),
    ),
    storePath: op('storePath', 2, (name, output) => {
      const found = attempt(() => textOf(evaluator.force(name!)));
      return storePath((found.ok ? found.value : undefined) ?? 'unnamed', text(output!));
    }),
    path:
      context.source.outPath ?? store.path(`nixpkgs:${context.source.pin.revision ?? context.source.input}`, 'source'),
    opaque: op('opaque', 1, (reason) => new Opaque(decodeUtf8(text(reason!)))),
    // Something that is asked for by name and is no attribute of nixpkgs.
    unresolved: op('unresolved', 2, (what, reason) =>
      markValue({ kind: 'unresolved', what: decodeUtf8(text(what!)), reason: decodeUtf8(text(reason!)) }),
    ),
    isOpaque: op('isOpaque', 1, (value) => evaluator.force(value!) instanceof Opaque),
    call: op('call', 2, (fn, argument) => call(fn!, argument!)),
    // `or fallback value`: the value, unless it is unknown or null.
    or: op('or', 2, (fallback, value) => {
      const found = contained(() => evaluator.force(value!));
      return !found.ok || found.value instanceof Opaque || found.value === null
        ? evaluator.force(fallback!)
        : found.value;
    }),
    asList: op('asList', 1, (value) => {
      const found = contained(() => listSlots(evaluator, value!));
      return found.ok ? found.value : [value!];
    }),
    choose: op('choose', 2, (choose, from) => {
      const chosen = evaluator.force(choose!);
      return Array.isArray(chosen) ? chosen : evaluator.callFunction(chosen, [from!]);
    }),
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
          return slot === undefined || (names.get(name) === true && isDoubtful) ? [] : [[name, slot]];
        }),
      );
    }),
    layer: op('layer', 2, (under, over) => {
      const [a, b] = [evaluator.force(under!), evaluator.force(over!)];
      return a instanceof Attrs && b instanceof Attrs ? updateAttrs(a, b) : a;
    }),
    applyOverlay: op('applyOverlay', 3, (final, previous, overlay) => applyOverlay(final!, previous!, overlay!)),
    dependenciesOf: op('dependenciesOf', 2, (attribute, from) => dependenciesOf(evaluator, text(attribute!), from!)),
    hooksOf: op('hooksOf', 2, (from, own) => hooksOf(evaluator, from!, own!)),
    baseName: op('baseName', 1, (path) => {
      const value = evaluator.force(path!);
      const whole = value instanceof NixPath ? value.path : (textOf(value) ?? 'source');
      return whole.slice(whole.lastIndexOf('/') + 1) || 'source';
    }),
    scriptName: op('scriptName', 1, (name) => {
      const whole = textOf(evaluator.force(name!)) ?? 'script';
      return whole.slice(whole.lastIndexOf('/') + 1);
    }),
    versionOf: op('versionOf', 1, (path) => mkString(resolveVersion(context, text(path!)).version ?? '')),
    pythonSet: op('pythonSet', 1, (attribute) => pythonSetOf(text(attribute!))),
    pythonFacts: op('pythonFacts', 1, (attribute) => pythonFacts(text(attribute!))),
    versionParts: op('versionParts', 1, (attribute) => {
      const [major = '', minor = '', patch = ''] = (resolveVersion(context, text(attribute!)).version ?? '').split('.');
      return mkAttrs({ major, minor, patch, suffix: '' });
    }),
    searchPath: op('searchPath', 2, (below, list) =>
      encodeUtf8(
        listSlots(evaluator, list!)
          .map((item) => `${evaluator.toText(item) ?? ''}/${text(below!)}`)
          .join(':'),
      ),
    ),
  });

  /** A name that `with lib;` brings. */
  function isLibraryFunction(name: string): boolean {
    const lib = session.lib();
    return lib instanceof Attrs && lib.has(name) && !context.isListed(name);
  }

  function callable(make: Slot, first: Slot): Value {
    const given = evaluator.force(first);
    // `f args` and `f name args` look the same until the second argument comes: a set is the last one.
    return given instanceof Attrs
      ? call(make, '', given)
      : updateAttrs(mkAttrs({ __functor: op('call', 2, (_, second) => call(make, first, second!)) }), attrsFrom([]));
  }

  function applyOverlay(final: Slot, previous: Slot, overlay: Slot): Value {
    const over = evaluator.callFunction(overlay, [final, previous]);
    context.overlays.areKnown &&= !mayAddMore(over);
    return overlaid(evaluator, evaluator.force(previous), over);
  }

  function pythonFacts(attribute: string): Value {
    const digits = /^python(\d)(\d+)/.exec(attribute);
    const version = () =>
      digits === null
        ? (resolveVersion(context, attribute).version ?? '3').split('.').slice(0, 2).join('.')
        : `${digits[1]}.${digits[2]}`;
    return mkAttrs({
      pythonVersion: mkLazy(() => version()),
      sitePackages: mkLazy(() => `lib/python${version()}/site-packages`),
      libPrefix: mkLazy(() => `python${version()}`),
      executable: mkLazy(() => `python${version()}`),
    });
  }
}
