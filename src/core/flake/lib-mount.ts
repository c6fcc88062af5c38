import {
  Attrs,
  attrsFrom,
  type EvalIo,
  type Evaluator,
  encodeUtf8,
  mkAttrs,
  mkPrimOp,
  Opaque,
  type Slot,
  toOctets,
  type Value,
} from '../nix';
import { LIB_ENTRY, libSources } from './lib';
import { oneOf, openedTo, overlaid } from './overlaid';
import { attempt, listSlots } from './session';

/** Where the library's files stand among those that a program sees; no real file system has it. */
const MOUNT = '/«lockstep»/lib';
const ABSENT = { ok: false, code: 'not-found' } as const;

/** Whether a path is one of the library's files. */
export function isLibraryFile(path: string): boolean {
  return path.startsWith(`${MOUNT}/`);
}

/** Whether a file is a part of Lockstep: of a model, of the virtual nixpkgs, or of the library. */
export function isOwnProgram(file: string): boolean {
  return file.startsWith('<lockstep/') || isLibraryFile(file);
}

/** The text of one of the library's files. */
export function librarySource(path: string): string | undefined {
  const name = isLibraryFile(path) ? path.slice(MOUNT.length + 1) : '';
  return Object.hasOwn(libSources, name) ? libSources[name] : undefined;
}

/** The flake's files, and the library of nixpkgs beside them. */
export function withLibrary(io: EvalIo): EvalIo {
  return {
    readFile: (path) => {
      const text = librarySource(path);
      if (text !== undefined) {
        return { ok: true, value: toOctets(encodeUtf8(text)) };
      }
      return path.startsWith(MOUNT) ? ABSENT : io.readFile(path);
    },
    lstat: (path) => {
      if (!path.startsWith(MOUNT)) {
        return io.lstat(path);
      }
      const text = librarySource(path);
      return text === undefined
        ? ABSENT
        : { ok: true, value: { kind: 'file', size: text.length, modifiedAt: 0, mode: 0o444 } };
    },
    readDir: (path) => (path.startsWith(MOUNT) ? ABSENT : io.readDir(path)),
    readLink: (path) => (path.startsWith(MOUNT) ? ABSENT : io.readLink(path)),
  };
}

/**
 * The members of `made`, each with the place where `written` has it: an option stands where it is set, not where it is
 * declared. `written` is not looked at before a place is asked for, since it may depend on what `made` is a part of.
 */
function withPlaces(evaluator: Evaluator, made: Attrs, written: Slot): Attrs {
  const place = (name: string) => {
    const from = attempt(() => evaluator.force(written));
    return from.ok && from.value instanceof Attrs ? from.value.positionOf(name) : undefined;
  };
  return attrsFrom(
    made.names().map((name): [string, Slot] => [name, made.get(name)!]),
    (name) => place(name) ?? made.positionOf(name),
  );
}

/**
 * The library's value.
 *
 * @param people what answers for any maintainer
 * @param onUnknownModule told of every module that is imported and not known
 */
export function loadLibrary(evaluator: Evaluator, people: Value, onUnknownModule: (module: Opaque) => void): Value {
  const entry = evaluator.evalFile(encodeUtf8(`${MOUNT}/${LIB_ENTRY}`));
  const isUnknown = mkPrimOp('isUnknown', 1, ([value]) => evaluator.force(value!) instanceof Opaque);
  const isBroken = mkPrimOp('isBroken', 1, ([value]) => !attempt(() => evaluator.force(value!)).ok);
  const overlay = mkPrimOp('overlay', 2, ([under, over]) =>
    overlaid(evaluator, evaluator.force(under!), evaluator.force(over!)),
  );
  const isUnknownModule = mkPrimOp('isUnknownModule', 1, ([module]) => {
    const value = evaluator.force(module!);
    if (value instanceof Opaque) {
      onUnknownModule(value);
    }
    return value instanceof Opaque;
  });
  const keepPlaces = mkPrimOp('keepPlaces', 2, ([written, made]) => {
    const value = evaluator.force(made!);
    return value instanceof Attrs ? withPlaces(evaluator, value, written!) : value;
  });
  const openTo = mkPrimOp('openTo', 2, ([unknown, known]) => {
    const rest = listSlots(evaluator, unknown!).map((slot) => evaluator.force(slot));
    const value = evaluator.force(known!);
    const modules = rest.filter((each) => each instanceof Opaque);
    return modules.length > 0 && value instanceof Attrs
      ? openedTo(value, (name) => oneOf(evaluator, modules, name))
      : value;
  });
  return evaluator.callFunction(entry, [
    mkAttrs({ maintainers: people, teams: people, isUnknown, isUnknownModule, isBroken, keepPlaces, openTo, overlay }),
  ]);
}

/** The `nixpkgs` module of NixOS, for a nixpkgs: `importer` is what importing it gives. */
export function nixpkgsModule(evaluator: Evaluator, importer: Slot): Value {
  return evaluator.callFunction(evaluator.evalFile(encodeUtf8(`${MOUNT}/nixpkgs-module.nix`)), [importer]);
}
