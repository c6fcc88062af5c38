export { Attrs, attrsFrom, EMPTY_ATTRS, LazyAttrs, type LazyMembers, updateAttrs } from './attrs';
export { decodeUtf8, encodeUtf8, fromOctets, toOctets } from './bytes';
export { formatNixError, NixError, type NixErrorKind, type TraceFrame } from './errors';
export { type EvalStringOptions, Evaluator } from './evaluator';
export { type EvalIo, emptyIo } from './io';
export { mkAttrs, mkFloat, mkLazy, mkPrimOp, mkString } from './make';
export {
  DEFAULT_LIMITS,
  type EvaluatorOptions,
  type Limits,
  type LintLevel,
  type Lints,
  type ProgramCache,
} from './options';
export { printValue } from './print';
export { Pos, Source } from './source';
export { showExpr } from './syntax/show';
export {
  type Env,
  Lambda,
  NixFloat,
  type NixList,
  NixPath,
  NixString,
  Opaque,
  type Origin,
  PrimOp,
  PrimOpApp,
  type PrimOpFn,
  type Slot,
  Thunk,
  type Value,
} from './value';
