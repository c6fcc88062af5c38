import type { Certainty } from '../model/target';
import {
  Attrs,
  attrsFrom,
  decodeUtf8,
  type Evaluator,
  encodeUtf8,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  mkString,
  mkWritten,
  NixString,
  Opaque,
  type Slot,
  Thunk,
  updateAttrs,
  type Value,
} from '../nix';
import { callFlake } from './call-flake';
import { composite } from './composite';
import { declaredInputs } from './declared-inputs';
import { inputValues, lockAt } from './flake-inputs';
import { type FlakeRef, formatFlakeRef, refBranch, refNumber, refRevision, refText } from './flake-ref';
import { modelOf, modelSources, queryOf } from './inputs';
import { isLibraryFile } from './lib-mount';
import { lockSummary } from './locked-packages';
import { MARK, type Mark, markValue } from './mark';
import { systemConfiguration } from './modules/make';
import { DEPENDENCIES } from './nixpkgs/package';
import { openedTo } from './overlaid';
import { listSlots, memberAttrs, memberText, type Session } from './session';
import { type LockedSource, sourceInfo, sourcePath, unknownContents, unknownOutput } from './unknown-flake';
import { isStorePath } from './virtual-store';

const CERTAINTIES: ReadonlySet<string> = new Set(['exact', 'estimate', 'range', 'unknown']);

/** Models that tell all of their `lib`: another name in it is a mistake, with near names to say. */
const COMPLETE: ReadonlySet<string> = new Set(['flake-utils', 'nixpkgs-lib']);

/** The models of well-known flakes (`inputs/`), each called with what it may use. */
export class InputModels {
  /**
   * @param rootNixpkgs the nixpkgs that the flake itself uses, for models whose input has none of its own
   */
  constructor(
    private readonly session: Session,
    private readonly system: string,
    private readonly rootNixpkgs: () => Slot | undefined,
  ) {}

  /** The value of an input as a flake; undefined when there is no model of it. */
  find(source: LockedSource, inputs: Slot): Value | undefined {
    const name = modelOf(queryOf(source.input, source.original, source.locked));
    return name === undefined || !Object.hasOwn(modelSources, name) ? undefined : this.make(name, source, inputs);
  }

  private make(name: string, source: LockedSource, inputs: Slot): Value {
    const { session } = this;
    const { evaluator } = session;
    const outPath = sourcePath(session, source);
    const info = sourceInfo(source, outPath);
    const parts = new Map<string, Slot>();
    const part = (file: string): Slot => {
      let slot = parts.get(file);
      if (slot === undefined) {
        slot = mkLazy(() => {
          const text = Object.hasOwn(modelSources, file) ? modelSources[file]! : 'throw "no such part"';
          return evaluator.callFunction(evaluator.evalString(text, { file: `<lockstep/inputs/${file}.nix>` }), [
            argument,
          ]);
        });
        parts.set(file, slot);
      }
      return slot;
    };
    const outputs = mkLazy(() => evaluator.select(part(name), ['outputs']));
    const added: Readonly<Record<string, Slot>> = {
      ...info,
      inputs,
      outputs,
      sourceInfo: mkAttrs(info),
      _type: mkString('flake'),
    };
    // Of what the model does not tell nobody can say that it is missing.
    const unknown = unknownContents(source);
    const more = new LazyAttrs({
      names: () => Object.keys(added),
      get: (name) => (Object.hasOwn(added, name) ? added[name] : undefined),
      otherwise: (name) => (name.startsWith('_') ? undefined : unknownOutput(session, source.input, unknown, name)),
    });
    const self: Slot = mkLazy(() => {
      const value = evaluator.force(outputs);
      if (!(value instanceof Attrs)) {
        return value;
      }
      const own = value.get('lib');
      const lib =
        own === undefined || COMPLETE.has(name) ? {} : { lib: mkLazy(() => opened(evaluator, unknown, 'lib', own)) };
      return updateAttrs(updateAttrs(value, mkAttrs(lib)), more);
    });
    const argument = mkAttrs({
      self,
      inputs,
      lib: mkLazy(session.lib),
      lockstep: this.helpers(source, outPath, inputs, part),
    });
    session.store.registerPath(outPath, (rest) => {
      const file = rest === '' || rest === '/' ? 'default.nix' : rest.slice(1);
      const found = evaluator.selectOptional(part(name), ['files', encodeUtf8(file)]);
      return found ?? new Opaque(`the file ${file} of the input "${source.input}" is not on this machine`);
    });
    return evaluator.force(self);
  }

  private helpers(source: LockedSource, outPath: string, inputs: Slot, part: (file: string) => Slot): Attrs {
    const { evaluator } = this.session;
    const text = (slot: Slot | undefined) => decodeUtf8(evaluator.toText(slot!) ?? '');
    return mkAttrs({
      input: mkAttrs(entryOf(source)),
      package: mkPrimOp('package', 1, ([given]) => this.package(source, outPath, evaluator.force(given!))),
      unresolved: mkPrimOp('unresolved', 1, ([given]) => {
        const what = evaluator.selectOptional(given!, ['what']);
        const reason = evaluator.selectOptional(given!, ['reason']);
        const name = text(what ?? 'package');
        return this.derivation(source, name, name, { kind: 'unresolved', what: name, reason: text(reason ?? '') });
      }),
      composite: mkPrimOp('composite', 2, ([base, items]) => {
        const of = evaluator.force(base!);
        const whole = of instanceof Attrs ? of : this.derivation(source, 'env', 'env', { kind: 'built', how: 'env' });
        return composite(evaluator, whole, items!);
      }),
      lockSummary: mkPrimOp('lockSummary', 1, ([path]) => lockSummary(evaluator, path!)),
      isUnknown: mkPrimOp('isUnknown', 1, ([value]) => evaluator.force(value!) instanceof Opaque),
      configuration: mkPrimOp('configuration', 2, ([kind, args]) =>
        this.configuration(text(kind) === 'darwin' ? 'darwin' : 'home', inputs, evaluator.force(args!)),
      ),
      flakeAt: mkPrimOp('flakeAt', 1, ([folder]) => this.flakeAt(folder!)),
      unknown: unknownContents(source),
      open: mkPrimOp('open', 2, ([member, set]) => opened(evaluator, unknownContents(source), text(member), set!)),
      opaque: mkPrimOp('opaque', 1, ([reason]) => new Opaque(text(reason))),
      pkgsFor: mkPrimOp('pkgsFor', 1, ([system]) => this.packagesFor(inputs, evaluator.force(system!))),
      memberAs: mkPrimOp('memberAs', 3, ([as, set, name]) => {
        const from = evaluator.force(set!);
        const bytes = encodeUtf8(text(name));
        const slot = from instanceof Attrs ? from.get(bytes) : undefined;
        const member: [string, Slot][] = slot === undefined ? [] : [[encodeUtf8(text(as)), slot]];
        return attrsFrom(member, () => (from as Attrs).positionOf(bytes)?.asDerived());
      }),
      placed: mkPrimOp('placed', 4, ([what, set, name, list]) =>
        placed(evaluator, text(what), set!, text(name), list!),
      ),
      part: mkPrimOp('part', 1, ([file]) => evaluator.force(part(text(file)))),
      anyOther: mkPrimOp('anyOther', 2, ([make, set]) => {
        const known = evaluator.force(set!);
        const rest = new LazyAttrs({
          names: () => [],
          get: () => undefined,
          otherwise: (name) => (name.startsWith('_') ? undefined : mkLazy(() => evaluator.callFunction(make!, [name]))),
        });
        return known instanceof Attrs ? updateAttrs(known, rest) : known;
      }),
      anyName: mkPrimOp(
        'anyName',
        1,
        ([make]) =>
          new LazyAttrs({
            names: () => [],
            has: (name) => !name.startsWith('_'),
            get: (name) => (name.startsWith('_') ? undefined : mkLazy(() => evaluator.callFunction(make!, [name]))),
          }),
      ),
    });
  }

  /** A flake in a folder of the project, with the lock that stands beside it. */
  private flakeAt(path: Slot): Value {
    const { evaluator } = this.session;
    const bytes = evaluator.toText(path);
    if (bytes === undefined || isStorePath(bytes)) {
      return new Opaque('a flake that is not below the project');
    }
    const folder = decodeUtf8(bytes);
    const flake = evaluator.evalFile(encodeUtf8(`${folder}/flake.nix`));
    if (!(flake instanceof Attrs)) {
      return new Opaque(`${folder}/flake.nix is no flake`);
    }
    const inputs = inputValues({
      session: this.session,
      folder,
      declared: declaredInputs(evaluator, flake),
      lock: lockAt(this.session, folder),
      system: this.system,
      model: (source, own) => this.find(source, own),
    });
    return callFlake(this.session, flake, folder, inputs);
  }

  /** What `darwinSystem` and `homeManagerConfiguration` give. */
  private configuration(kind: 'darwin' | 'home', inputs: Slot, args: Value): Value {
    const { session } = this;
    const { evaluator } = session;
    const nixpkgs = memberAttrs(session, evaluator.force(inputs), 'nixpkgs') ?? this.rootNixpkgs();
    if (!(args instanceof Attrs)) {
      return new Opaque('a configuration was asked for with no set of arguments');
    }
    return systemConfiguration(session, {
      kind,
      args,
      ...(nixpkgs === undefined
        ? {}
        : { importer: mkLazy(() => evaluator.callFunction(evaluator.builtins.get('import')!, [nixpkgs])) }),
      lib: nixpkgs === undefined ? session.lib() : mkLazy(() => evaluator.select(nixpkgs, ['lib'])),
      system: this.system,
    });
  }

  /** The virtual nixpkgs that an input stands on. */
  private packagesFor(inputs: Slot, system: Value): Value {
    const { evaluator } = this.session;
    const own = memberAttrs(this.session, evaluator.force(inputs), 'nixpkgs');
    const nixpkgs = own ?? this.rootNixpkgs();
    if (nixpkgs === undefined) {
      return new Opaque('the flake has no nixpkgs');
    }
    return evaluator.select(nixpkgs, ['legacyPackages', evaluator.toText(system) ?? this.system]);
  }

  private package(source: LockedSource, _outPath: string, given: Value): Value {
    const { session } = this;
    if (!(given instanceof Attrs)) {
      return new Opaque('a model of Lockstep is wrong');
    }
    const text = (name: string) => {
      const found = memberText(session, given, name);
      return found === undefined || found === '' ? undefined : decodeUtf8(found);
    };
    const pname = text('pname') ?? text('attribute') ?? source.input;
    const version = text('version');
    const certainty = text('certainty') ?? (version === undefined ? 'unknown' : 'exact');
    const reason = text('reason');
    const mark: Mark = {
      kind: 'foreign',
      input: source.input,
      attribute: text('attribute') ?? pname,
      certainty: (CERTAINTIES.has(certainty) ? certainty : 'unknown') as Certainty,
      ...(reason === undefined ? {} : { reason }),
    };
    const name = version === undefined ? pname : `${pname}-${version}`;
    const passthru = memberAttrs(session, given, 'passthru') ?? attrsFrom([]);
    const base = this.derivation(source, name, pname, mark, version, text('mainProgram') ?? pname);
    const same = (member: string) => mkPrimOp(member, 1, () => whole);
    const dependencies = markValue(
      { kind: 'dependencies', of: mark.attribute, input: source.input },
      `what ${mark.attribute} is built with only the flake "${source.input}" knows`,
    );
    const own = {
      ...Object.fromEntries([...DEPENDENCIES].map((list) => [list, [dependencies]])),
      override: same('override'),
      overrideAttrs: same('overrideAttrs'),
      overrideDerivation: same('overrideDerivation'),
    };
    const whole: Attrs = updateAttrs(
      updateAttrs(updateAttrs(base, mkAttrs(own)), passthru),
      mkAttrs({ passthru, [MARK]: markValue(mark) }),
    );
    session.store.own(derivationPath(session, source, mark, name), whole);
    return whole;
  }

  private derivation(
    source: LockedSource,
    name: string,
    pname: string,
    mark: Mark,
    version?: string,
    mainProgram = pname,
  ): Attrs {
    const { store } = this.session;
    const key = derivationKey(source, mark, name);
    const drv = derivationPath(this.session, source, mark, name);
    const output = (suffix: string): Slot =>
      new NixString(encodeUtf8(store.path(key, `${name}${suffix}`)), new Set([`!out!${drv}`]));
    const self: Attrs = new LazyAttrs({
      names: () => Object.keys(members),
      get: (member) => (Object.hasOwn(members, member) ? members[member] : undefined),
    });
    const members: Readonly<Record<string, Slot>> = {
      type: 'derivation',
      name: mkString(name),
      pname: mkString(pname),
      version: mkString(version ?? ''),
      system: this.system,
      outputName: 'out',
      outputs: ['out'],
      outPath: output(''),
      drvPath: output('.drv'),
      out: self,
      dev: self,
      lib: self,
      bin: self,
      all: [self],
      meta: mkAttrs({
        name: mkString(name),
        mainProgram: mkString(mainProgram),
        available: true,
        platforms: [this.system],
      }),
      override: mkPrimOp('override', 1, () => self),
      overrideAttrs: mkPrimOp('overrideAttrs', 1, () => self),
      overrideDerivation: mkPrimOp('overrideDerivation', 1, () => self),
      [MARK]: markValue(mark),
    };
    return self;
  }
}

/** What tells a derivation of an input apart from others of its name. */
function derivationKey(source: LockedSource, mark: Mark, name: string): string {
  return `${source.input}:${refRevision(source.locked) ?? ''}:${mark.kind === 'foreign' ? mark.attribute : name}`;
}

function derivationPath(session: Session, source: LockedSource, mark: Mark, name: string): string {
  return session.store.path(derivationKey(source, mark, name), `${name}.drv`);
}

/** A member of a flake of which its model tells only a part: what is not in it is unknown, not missing. */
function opened(evaluator: Evaluator, unknown: Opaque, member: string, set: Slot): Value {
  const value = evaluator.force(set);
  if (!(value instanceof Attrs)) {
    return value;
  }
  return openedTo(value, () => unknown.member(member));
}

/**
 * The elements of a list, as if each were written where a set has a member: what an option brings is asked for where the
 * option is set. An element that the flake itself wrote keeps its place.
 *
 * @param what the option, as it is told where an element cannot be read
 */
function placed(evaluator: Evaluator, what: string, set: Slot, name: string, list: Slot): Value {
  const items = listSlots(evaluator, list);
  const from = evaluator.force(set);
  const pos = from instanceof Attrs ? from.positionOf(encodeUtf8(name)) : undefined;
  if (pos === undefined || isOurs(pos.file)) {
    return [...items];
  }
  const isWritten = (slot: Slot) => slot instanceof Thunk && slot.origin !== undefined && !isOurs(slot.origin.pos.file);
  return items.map((slot) => (isWritten(slot) ? slot : mkWritten(slot, pos, what)));
}

/** Whether a file is one of a model or of the library. */
function isOurs(file: string): boolean {
  return file.startsWith('<') || isLibraryFile(file);
}

/** The lock entry as models see it. */
function entryOf(source: LockedSource): Record<string, Slot> {
  const { locked, original } = source;
  const ref: FlakeRef | undefined = original ?? locked;
  const lastModified = refNumber(locked, 'lastModified');
  const members: Record<string, string | undefined> = {
    name: source.input,
    type: locked?.type ?? ref?.type,
    owner: refText(locked, 'owner') ?? refText(ref, 'owner'),
    repo: refText(locked, 'repo') ?? refText(ref, 'repo'),
    url: ref === undefined ? undefined : formatFlakeRef(ref),
    ref: refBranch(original) ?? refBranch(locked),
    rev: refRevision(locked),
    narHash: refText(locked, 'narHash'),
  };
  const texts = Object.entries(members).flatMap(([name, value]): [string, Slot][] =>
    value === undefined ? [] : [[name, mkString(value)]],
  );
  return { ...Object.fromEntries(texts), ...(lastModified === undefined ? {} : { lastModified }) };
}
