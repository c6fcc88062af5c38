/**
 * The Nix language, as of 2.3x: `syntax/` turns text into a tree and finds its variables, `compile/` turns the tree into
 * closures over scopes (arrays), `builtins/` are the functions, `store/` names what would be in a store, `regex/` matches
 * as libstdc++ does, in a bounded time. Values are in value.ts and attrs.ts; what is not evaluated yet is a Thunk. Everything outside
 * comes in through {@link EvaluatorOptions}; everything that goes wrong is a {@link NixError}.
 */
export { Attrs, attrsFrom, EMPTY_ATTRS, LazyAttrs, type LazyMembers, updateAttrs } from './attrs';
export { decodeUtf8, encodeUtf8, fromOctets, isUtf8, toOctets } from './bytes';
export { NixError } from './errors';
export { type EvalStringOptions, Evaluator } from './evaluator';
export { type EvalIo, emptyIo } from './io';
export { mkAttrs, mkLazy, mkPrimOp, mkString, mkWritten } from './make';
export type {
  EvaluatorOptions,
  Limits,
  LintLevel,
  Lints,
} from './options';
export { Pos } from './source';
export {
  NixFloat,
  NixPath,
  NixString,
  Opaque,
  type Slot,
  Thunk,
  UnknownResult,
  type Value,
} from './value';
