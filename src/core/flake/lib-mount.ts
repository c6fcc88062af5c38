import {
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

/** Where the library's files stand among those that a program sees; no real file system has it. */
const MOUNT = '/«lockstep»/lib';
const ABSENT = { ok: false, code: 'not-found' } as const;

/** Whether a path is one of the library's files. */
export function isLibraryFile(path: string): boolean {
  return path.startsWith(`${MOUNT}/`);
}

/** The flake's files, and the library of nixpkgs beside them. */
export function withLibrary(io: EvalIo): EvalIo {
  const source = (path: string) => {
    const name = path.slice(MOUNT.length + 1);
    return Object.hasOwn(libSources, name) ? libSources[name] : undefined;
  };
  return {
    readFile: (path) => {
      const text = path.startsWith(MOUNT) ? source(path) : undefined;
      if (text !== undefined) {
        return { ok: true, value: toOctets(encodeUtf8(text)) };
      }
      return path.startsWith(MOUNT) ? ABSENT : io.readFile(path);
    },
    lstat: (path) => {
      if (!path.startsWith(MOUNT)) {
        return io.lstat(path);
      }
      const text = source(path);
      return text === undefined
        ? ABSENT
        : { ok: true, value: { kind: 'file', size: text.length, modifiedAt: 0, mode: 0o444 } };
    },
    readDir: (path) => (path.startsWith(MOUNT) ? ABSENT : io.readDir(path)),
    readLink: (path) => (path.startsWith(MOUNT) ? ABSENT : io.readLink(path)),
  };
}

/** The library's value. `people`: what answers for any maintainer. */
export function loadLibrary(evaluator: Evaluator, people: Value): Value {
  const entry = evaluator.evalFile(encodeUtf8(`${MOUNT}/${LIB_ENTRY}`));
  const isUnknown = mkPrimOp('isUnknown', 1, ([value]) => evaluator.force(value!) instanceof Opaque);
  return evaluator.callFunction(entry, [mkAttrs({ maintainers: people, teams: people, isUnknown })]);
}

/** The `nixpkgs` module of NixOS, for a nixpkgs: `importer` is what importing it gives. */
export function nixpkgsModule(evaluator: Evaluator, importer: Slot): Value {
  return evaluator.callFunction(evaluator.evalFile(encodeUtf8(`${MOUNT}/nixpkgs-module.nix`)), [importer]);
}
