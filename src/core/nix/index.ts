export { Attrs, attrsFrom, EMPTY_ATTRS, LazyAttrs, updateAttrs } from './attrs';
export { decodeUtf8, encodeUtf8, fromOctets, toOctets } from './bytes';
export { NixError } from './errors';
export { Evaluator } from './evaluator';
export { type EvalIo, emptyIo } from './io';
export { mkAttrs, mkLazy, mkPrimOp, mkString } from './make';
export type {
  EvaluatorOptions,
  Limits,
  LintLevel,
  Lints,
  ProgramCache,
} from './options';
export { Pos } from './source';
export {
  NixFloat,
  NixPath,
  NixString,
  Opaque,
  type Slot,
  Thunk,
  type Value,
} from './value';
