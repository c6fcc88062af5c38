import { Attrs, attrsFrom } from './attrs';
import { builtinTable, globalNames } from './builtins/table';
import { decodeUtf8 } from './bytes';
import { coerce } from './coerce';
import { Compiler } from './compile/compiler';
import { memberThunk } from './compile/select';
import { describe, typeName } from './describe';
import { isStackOverflow, NixError, placeLines } from './errors';
import { expectAttrs, framed } from './expect';
import { Files } from './files';
import { force, runThunk } from './force';
import { Meter } from './meter';
import { nearNames } from './near-names';
import { DEFAULT_LIMITS, type EvaluatorOptions, type Limits, type LintLevel, type Lints } from './options';
import { printValue } from './print';
import { RegexCache } from './regex/cache';
import type { Pos } from './source';
import { Store } from './store/store';
import { Symbols } from './symbols';
import { type Program, parseText } from './syntax/parse';
import { showExpr, shownName } from './syntax/show';
import {
  AliasThunk,
  CallThunk,
  type Env,
  type Formals,
  Lambda,
  type NixPath,
  Opaque,
  PrimOp,
  PrimOpApp,
  type Slot,
  Thunk,
  type Value,
} from './value';

/** What the syntax tree takes for each token, about; the clock is looked at along with the memory. */
const BYTES_A_TOKEN = 128;

/** What Nix says of questionable literals. */
const LINTS = {
  urlLiterals: (text: string, fatal: boolean) =>
    `URL literals are ${fatal ? 'disallowed' : 'discouraged'}. Consider using a string literal "${text}" instead (lint-url-literals)`,
  absolutePathLiterals: (text: string) =>
    `${text.startsWith('~') ? 'home' : 'absolute'} path literals are not portable. Consider replacing path literal '${text}' by a string, relative path, or parameter (lint-absolute-path-literals)`,
  shortPathLiterals: (text: string) =>
    `relative path literal '${text}' should be prefixed with '.' for clarity: './${text}' (lint-short-path-literals)`,
} as const;

export interface EvalStringOptions {
  /** Name shown in positions; default `«string»`. */
  readonly file?: string;
  /** Folder that relative paths start from; default `/`. */
  readonly basePath?: string;
  /** More global variables, over the builtins. */
  readonly scope?: Attrs;
}

/**
 * Evaluates Nix programs. One evaluator keeps its imports; it is used by one caller at a time.
 *
 * The methods throw {@link NixError}; a stack overflow of the host shows as one of kind `limit`.
 */
export class Evaluator extends Meter {
  limits: Limits;
  files = new Files(this);
  store = new Store(this);
  regexes = new RegexCache();
  symbols = new Symbols();
  /** The `builtins` set. */
  readonly builtins: Attrs;
  private readonly globals: ReadonlyMap<string, Slot>;
  /** Programs that are {@link EvaluatorOptions.knownRight}, by name. */
  private readonly compiled = new Map<string, () => Value>();
  private told = 0;

  constructor(public options: EvaluatorOptions) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    super(limits, options);
    this.limits = limits;
    const itself = new Thunk(() => this.builtins, []);
    this.builtins = attrsFrom([...builtinTable(this), ['builtins', itself]]);
    // Messages show what is known by now, and the set always is.
    force(itself);
    this.globals = globalNames(this.builtins);
  }

  /**
   * Begins another evaluation. Nothing is left of the last one, whose values must not be used any more, but the programs
   * that are {@link EvaluatorOptions.knownRight}, compiled.
   *
   * @param options with the `system`, `time` and `searchPath` that it has
   */
  restart(options: EvaluatorOptions): void {
    this.options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.reset(this.limits, options);
    this.files = new Files(this);
    this.store = new Store(this);
    this.regexes = new RegexCache();
    this.symbols = new Symbols();
    this.told = 0;
  }

  /** The value of a program text, in weak head normal form. */
  evalString(text: string | Uint8Array, options: EvalStringOptions = {}): Value {
    const { file = '«string»', basePath = '/', scope } = options;
    return this.guarded(() => this.load(file, basePath, scope, () => text)());
  }

  /** The value of a file; a folder means its `default.nix`. As `import`: each file is evaluated once. */
  evalFile(path: string): Value {
    return this.guarded(() => this.files.importProgram(path));
  }

  /** Weak head normal form. */
  force(slot: Slot): Value {
    return this.guarded(() => force(slot));
  }

  /** Forces everything inside. */
  deepForce(slot: Slot): Value {
    return this.guarded(() => {
      this.forceDeep(slot, new Set());
      return force(slot);
    });
  }

  /** Calls a function (lambda, builtin, `__functor` set) with arguments one after the other. */
  callFunction(fn: Slot, args: readonly Slot[], pos?: Pos): Value {
    return this.guarded(() => args.reduce<Value>((f, arg) => this.call(f, arg, pos), force(fn)));
  }

  /** `value.a.b`; errors as the expression would. Names are byte strings. */
  select(slot: Slot, path: readonly string[], pos?: Pos): Value {
    return this.guarded(() => path.reduce<Value>((value, name) => this.member(value, name, pos), force(slot)));
  }

  /** As {@link select}; undefined when an attribute is absent or something on the way is no set. */
  selectOptional(slot: Slot, path: readonly string[]): Value | undefined {
    return this.guarded(() => {
      let value = force(slot);
      for (const name of path) {
        if (value instanceof Opaque) {
          return value.member(name);
        }
        const member: Slot | undefined = value instanceof Attrs ? value.get(name) : undefined;
        if (member === undefined) {
          return undefined;
        }
        value = force(member);
      }
      return value;
    });
  }

  /** Text (Unicode) of a string, path, derivation … as `toString` gives it; undefined for {@link Opaque}. */
  toText(slot: Slot): string | undefined {
    return this.guarded(() => {
      const text = coerce(this, force(slot), { more: true, copy: false }, new Set(), undefined);
      return text instanceof Opaque ? undefined : decodeUtf8(text);
    });
  }

  /**
   * A value as `nix-instantiate --eval` prints it; byte string. Unknown values are errors unless `opaque` is set.
   */
  print(slot: Slot, options: { readonly opaque?: boolean } = {}): string {
    return this.guarded(() => printValue(slot, options.opaque ?? false, this));
  }

  /** A file's syntax tree as `nix-instantiate --parse` prints it; byte string. */
  showFile(path: string): string {
    return this.guarded(() => showExpr(this.files.parse(path).expr));
  }

  /** A text's syntax tree, in the same way. */
  showString(text: string | Uint8Array, options: EvalStringOptions = {}): string {
    return this.guarded(() => {
      return showExpr(this.parse(text, options.file ?? '«string»', options.basePath ?? '/', options.scope).expr);
    });
  }

  /** Parses and binds a text for this evaluator's builtins. */
  parse(text: string | Uint8Array, file: string, basePath: string, scope?: Attrs): Program {
    try {
      return this.parsed(text, file, basePath, scope);
    } catch (error) {
      if (error instanceof NixError && error.overflow) {
        this.options.onOverflow?.();
      }
      throw error;
    }
  }

  private parsed(text: string | Uint8Array, file: string, basePath: string, scope: Attrs | undefined): Program {
    if (this.isKnownRight(file, scope)) {
      return parseText(text, file, { basePath, knownRight: true, outer: { global: (name) => this.globals.has(name) } });
    }
    return parseText(text, file, {
      basePath,
      symbols: this.symbols,
      spend: (tokens, pos) => this.charge(tokens * BYTES_A_TOKEN, pos),
      ...(this.options.home === undefined ? {} : { home: this.options.home }),
      notice: (message) => this.options.onTrace?.(message, 'notice'),
      ...(this.options.lints === undefined
        ? {}
        : {
            lint: (kind, pos, text) =>
              this.lint(kind, LINTS[kind](decodeUtf8(text), this.lintLevel(kind) === 'fatal'), pos),
          }),
      outer: {
        global: (name) => this.globals.has(name),
        ...(scope === undefined ? {} : { imported: (name: string) => scope.has(name) }),
      },
    });
  }

  /**
   * A program, ready to run.
   *
   * @param file its name
   * @param text asked for unless the program is known
   */
  load(file: string, basePath: string, scope: Attrs | undefined, text: () => string | Uint8Array): () => Value {
    if (!this.isKnownRight(file, scope)) {
      return this.compile(this.parse(text(), file, basePath, scope), this.symbols, scope);
    }
    let program = this.compiled.get(file);
    if (program === undefined) {
      // It will serve other evaluations: the names of this one mean nothing to it.
      program = this.compile(this.parse(text(), file, basePath), new Symbols());
      this.compiled.set(file, program);
    }
    return program;
  }

  private compile({ source, expr }: Program, symbols: Symbols, scope?: Attrs): () => Value {
    const code = new Compiler(this, source, symbols, scope).compile(expr);
    return () => code([]);
  }

  private isKnownRight(file: string, scope: Attrs | undefined): boolean {
    return scope === undefined && this.options.knownRight?.(file) === true;
  }

  override get watchesFunctions(): boolean {
    return this.lintLevel('functionComparison') !== 'ignore';
  }

  override compareFunctions(pos: Pos | undefined): void {
    this.lint(
      'functionComparison',
      'function comparison is unreliable; it may return true or false depending on structure and evaluation order (lint-function-comparison)',
      pos,
    );
  }

  /** What is done about a kind of questionable writing. */
  lintLevel(kind: keyof Lints): LintLevel {
    return this.options.lints?.[kind] ?? 'ignore';
  }

  /** Tells of questionable writing at its level: not at all, as a warning, or as a {@link NixError}. */
  lint(kind: keyof Lints, message: string, pos: Pos | undefined): void {
    const level = this.lintLevel(kind);
    if (level === 'fatal') {
      throw new NixError(kind in LINTS ? 'parse' : 'eval', message, pos);
    }
    if (level === 'warn') {
      this.options.onTrace?.([message, ...placeLines(pos, 9, ' '.repeat(10))].join('\n'), 'notice');
    }
  }

  /** What a program says on its way; all of it together has the bound of one string. */
  tell(text: string, kind: 'trace' | 'warning', pos: Pos | undefined): void {
    this.told += text.length;
    if (this.told > this.limits.stringLength) {
      throw new NixError('limit', `more than ${this.limits.stringLength} bytes are traced`, pos);
    }
    this.options.onTrace?.(text, kind);
  }

  /** A global variable: `map`, `builtins`, `__add` … */
  global(name: string): Slot | undefined {
    return this.globals.get(name);
  }

  callLambda(lambda: Lambda, arg: Slot, pos: Pos | undefined): Value {
    const { depth } = this;
    const { info } = lambda;
    this.enter(pos ?? info.pos);
    this.step(pos ?? info.pos);
    const env = info.formals === undefined ? [lambda.env, arg] : this.bindFormals(lambda, info.formals, arg, pos);
    try {
      return info.body(env);
    } catch (error) {
      throw this.calling(error, lambda, pos);
    } finally {
      this.depth = depth;
    }
  }

  call(fn: Value, arg: Slot, pos: Pos | undefined): Value {
    if (fn instanceof Lambda) {
      return this.callLambda(fn, arg, pos);
    }
    if (fn instanceof PrimOp) {
      return fn.arity === 1 ? this.runPrimOp(fn, [arg], pos) : new PrimOpApp(fn, [arg]);
    }
    if (fn instanceof PrimOpApp) {
      const args = [...fn.args, arg];
      return args.length === fn.primOp.arity ? this.runPrimOp(fn.primOp, args, pos) : new PrimOpApp(fn.primOp, args);
    }
    if (fn instanceof Opaque) {
      return fn.called(arg);
    }
    if (fn instanceof Attrs) {
      const functor = fn.get('__functor');
      if (functor !== undefined) {
        return this.callFunctor(functor, fn, arg, pos);
      }
    }
    throw new NixError(
      'type',
      `attempt to call something which is not a function but ${typeName(fn)}: ${describe(fn)}`,
      pos,
    );
  }

  /** Calls a set: its `__functor` with the set itself, then with the argument. */
  private callFunctor(functor: Slot, attrs: Attrs, arg: Slot, pos: Pos | undefined): Value {
    const { depth } = this;
    this.enter(pos);
    this.step(pos);
    try {
      const place = attrs.positionOf('__functor');
      return this.call(this.call(force(functor), attrs, place), arg, place);
    } catch (error) {
      throw framed(error, { message: "while calling a functor (an attribute set with a '__functor' attribute)", pos });
    } finally {
      this.depth = depth;
    }
  }

  /** Runs a builtin that has all its arguments. What hangs on an unknown value is unknown itself. */
  runPrimOp(primOp: PrimOp, args: readonly Slot[], pos: Pos | undefined): Value {
    const { depth } = this;
    this.enter(pos);
    this.step(pos);
    try {
      return primOp.fn(args, pos);
    } catch (error) {
      if (error instanceof NixError) {
        if (error.opaque !== undefined) {
          return error.opaque;
        }
        if (WITHOUT_FRAME.has(primOp.name)) {
          throw error;
        }
        if (!error.inBuiltin) {
          error.pos ??= pos;
        }
        throw error.within(`while calling the '${primOp.name}' builtin`, pos, 'builtin');
      }
      throw this.asNixError(error, pos);
    } finally {
      this.depth = depth;
    }
  }

  /** The member of a set, forced; errors as `value.name` would. */
  member(value: Value, name: string, namePos: Pos | undefined, pos: Pos | undefined = namePos): Value {
    if (value instanceof Attrs) {
      const slot = value.get(name);
      if (slot instanceof Thunk) {
        return slot.value !== undefined ? slot.value : memberThunk(slot, name, value, namePos);
      }
      if (slot !== undefined) {
        return slot;
      }
    } else if (value instanceof Opaque) {
      return value.member(name);
    }
    return this.missing(value, name, pos);
  }

  /** What stands for a member that is not there: what the set has instead, or an error. */
  missing(value: Value, name: string, pos: Pos | undefined): Value {
    const attrs = expectAttrs(value, undefined, { message: 'while selecting an attribute', pos });
    const instead = attrs.otherwise(name);
    if (instead !== undefined) {
      return force(instead);
    }
    const error = new NixError('missing-attribute', `attribute '${shownName(name)}' missing`, pos);
    error.suggest = () => attrs.suggest(name) ?? nearNames(attrs.names(), name);
    throw error;
  }

  /** Names in these scopes that are near to a misspelt one. */
  nearNames(scopes: readonly Slot[], name: string): readonly string[] {
    const sets = scopes
      .map((scope) => (scope instanceof Thunk ? scope.value : scope))
      .filter((value): value is Attrs => value instanceof Attrs);
    const suggested = sets.flatMap((set) => set.suggest(name) ?? []);
    return suggested.length > 0
      ? suggested
      : nearNames(
          sets.flatMap((set) => set.names()),
          name,
        );
  }

  /** The store path of a file or folder, which is also added to the context. */
  copyToStore(path: NixPath, context: Set<string>, pos: Pos | undefined): string | Opaque {
    return this.store.copyPath(path, context, pos);
  }

  forceDeep(slot: Slot, seen: Set<Value>): void {
    this.enter(undefined);
    const value = slot instanceof CallThunk && slot.value === undefined ? runThunk(slot, slot.callee) : force(slot);
    this.forceInside(value, seen);
    this.leave();
  }

  private forceInside(value: Value, seen: Set<Value>): void {
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      return;
    }
    if (Array.isArray(value)) {
      seen.add(value);
      const list: readonly Slot[] = value;
      for (let i = 0; i < list.length; i++) {
        this.step(undefined);
        try {
          this.forceDeep(list[i]!, seen);
        } catch (error) {
          throw framed(error, `while evaluating list element at index ${i}`);
        }
      }
    } else if (value instanceof Attrs) {
      seen.add(value);
      for (const name of this.symbols.order(value.names())) {
        this.step(undefined);
        const member = value.get(name)!;
        try {
          this.forceDeep(member, seen);
        } catch (error) {
          throw framed(error, {
            message: `while evaluating the attribute '${shownName(name)}'`,
            pos: value.positionOf(name),
          });
        }
      }
    }
  }

  /** Any error as a {@link NixError}; the host's stack overflow becomes one. */
  asNixError(error: unknown, pos: Pos | undefined): unknown {
    if (isStackOverflow(error)) {
      const overflow = new NixError('limit', 'stack overflow (possible infinite recursion)', pos ?? this.place);
      overflow.overflow = true;
      this.options.onOverflow?.();
      return overflow;
    }
    return error instanceof RangeError ? new NixError('limit', 'a value is too large', pos ?? this.place) : error;
  }

  /** Does work with values; when the host's stack ends, that is a {@link NixError} like any other. */
  guarded<T>(work: () => T): T {
    const { depth } = this;
    try {
      return work();
    } catch (error) {
      throw this.asNixError(error, undefined);
    } finally {
      this.depth = depth;
    }
  }

  private calling(error: unknown, lambda: Lambda, pos: Pos | undefined): unknown {
    if (!(error instanceof NixError)) {
      return this.asNixError(error, pos);
    }
    const { name } = lambda.info;
    const called = name === undefined ? 'anonymous lambda' : `'${decodeUtf8(name)}'`;
    error.within(`while calling ${called}`, lambda.info.pos, 'call');
    return pos === undefined ? error : error.within(CALL_SITE, pos, 'call');
  }

  /** The set that a function takes apart, or an unknown value. */
  private formalArgument(arg: Slot, lambdaPos: Pos, pos: Pos | undefined): Attrs | Opaque {
    try {
      const value = arg instanceof Thunk ? (arg.value !== undefined ? arg.value : runThunk(arg, pos)) : arg;
      return value instanceof Opaque
        ? value
        : expectAttrs(value, undefined, {
            message: 'while evaluating the value passed for the lambda argument',
            pos: lambdaPos,
          });
    } catch (error) {
      throw pos === undefined ? error : framed(error, { message: CALL_SITE, pos });
    }
  }

  private bindFormals(lambda: Lambda, formals: Formals, arg: Slot, pos: Pos | undefined): Env {
    const { info } = lambda;
    const value = this.formalArgument(arg, info.pos, pos);
    const { names, first, defaults } = formals;
    const env: Env = new Array(first + names.length);
    env[0] = lambda.env;
    if (first === 2) {
      env[1] = value;
    }
    if (value instanceof Opaque) {
      names.forEach((name, i) => {
        env[first + i] = value.member(name);
      });
      return env;
    }
    let matched = 0;
    for (let i = 0; i < names.length; i++) {
      const slot = value.get(names[i]!);
      if (slot !== undefined) {
        env[first + i] = slot;
        matched++;
        continue;
      }
      const fallback = defaults[i];
      if (fallback === undefined) {
        const error = new NixError(
          'missing-argument',
          `function '${lambdaName(lambda)}' called without required argument '${names[i]}'`,
          info.pos,
        );
        throw error.within(CALL_SITE, pos);
      }
      env[first + i] = fallback(env);
    }
    for (const { own, other, code } of formals.aliases) {
      if (!value.has(names[own]!)) {
        env[first + own] = new AliasThunk(code, env, env[other] as Slot);
      }
    }
    if (!formals.ellipsis && matched < value.size) {
      const extra = this.symbols.order(value.names()).find((name) => !formals.index.has(name));
      if (extra !== undefined) {
        const error = new NixError(
          'eval',
          `function '${lambdaName(lambda)}' called with unexpected argument '${shownName(extra)}'`,
          info.pos,
        );
        error.suggest = () => nearNames(names, extra);
        throw error.within(CALL_SITE, pos);
      }
    }
    return env;
  }
}

/** Builtins that are not in a trace: the one says what it is for by itself, the other hands on its argument as it is. */
const WITHOUT_FRAME: ReadonlySet<string> = new Set(['addErrorContext', 'break']);
const CALL_SITE = 'from call site';

function lambdaName(lambda: Lambda): string {
  return lambda.info.name ?? 'anonymous lambda';
}
