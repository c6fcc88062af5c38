import {
  Attrs,
  attrsFrom,
  decodeUtf8,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  NixError,
  NixString,
  Opaque,
  type Slot,
  type Value,
} from '../../nix';
import { attempt, type Session, textOf } from '../session';
import { type Collected, collectModules, type LostModule } from './collect';
import type { ConfigurationParts, Doubt, Effective, OptionPath } from './configuration-parts';
import {
  childrenOf,
  type Definition,
  isBranch,
  PLAIN,
  peel,
  type RawDefinition,
  wrapped,
  wrapperOf,
  writtenAs,
} from './definition';

interface Declaration {
  readonly file: string;
  readonly slot: Slot;
}

const TOOLS = { nixos: 'NixOS', home: 'Home Manager', darwin: 'nix-darwin' } as const;

/**
 * A configuration of the module system, of which only the user's own modules are here and those of NixOS, nix-darwin or
 * Home Manager are not. Options that the user declares have their types, defaults and merging; for all others the
 * definitions are laid over each other by their kind (sets by name, lists end to end, else the strongest), and what
 * nobody defines is unknown. Nothing is looked at before it is asked for, so that modules may depend on `config`.
 */
export class Configuration {
  private collected: Collected | 'collecting' | undefined;
  private readonly peeling = new Set<RawDefinition>();
  private readonly lostDefinitions: LostModule[] = [];
  private readonly definitionCache = new Map<string, readonly RawDefinition[]>();
  private readonly peeledCache = new Map<string, readonly Definition[]>();
  private readonly declarationCache = new Map<string, readonly Declaration[]>();
  private readonly optionCache = new Map<string, Value>();
  private readonly slots = new Map<string, Slot>();
  private root: Slot | undefined;
  private packages: Slot | undefined;

  constructor(readonly parts: ConfigurationParts) {}

  get session(): Session {
    return this.parts.session;
  }

  /** What the modules see as `config`. */
  get config(): Slot {
    this.root ??= this.branch([]);
    return this.root;
  }

  /** What the modules see as `pkgs`. */
  get pkgs(): Slot {
    this.packages ??= mkLazy(() => this.parts.pkgs(this));
    return this.packages;
  }

  /** Modules and definitions that take no part, with the reasons. */
  lost(): readonly LostModule[] {
    const { lost } = this.modules();
    this.peeled([]);
    return [...lost, ...this.lostDefinitions];
  }

  /** Names below an option, of definitions and of what the user declares. */
  names(path: OptionPath): readonly string[] {
    const found = new Set<string>();
    for (const { value } of this.peeled(path)) {
      if (value instanceof Attrs && isBranch(this.session, value)) {
        for (const name of value.names()) {
          found.add(name);
        }
      }
    }
    for (const { slot } of this.declarations(path)) {
      const value = this.session.evaluator.force(slot);
      for (const name of value instanceof Attrs ? value.names() : []) {
        found.add(name);
      }
    }
    return [...found].sort();
  }

  /** Whether anybody defines the option, whatever the conditions. */
  isDefined(path: OptionPath): boolean {
    return this.raw(path).length > 0;
  }

  /** The definitions of an option as they are written. */
  raw(path: OptionPath): readonly RawDefinition[] {
    const key = path.join('\0');
    const known = this.definitionCache.get(key);
    if (known !== undefined) {
      return known;
    }
    const found =
      path.length === 0
        ? this.modules().modules.map(({ config, file }) => ({ ...PLAIN, slot: config, file, pos: undefined }))
        : childrenOf(this.peeled(path.slice(0, -1)), path.at(-1)!);
    this.definitionCache.set(key, found);
    return found;
  }

  /** Definitions of an option that count. One that fails does not take the others with it. */
  effective(path: OptionPath): Effective {
    const active: Definition[] = [];
    const doubts: Doubt[] = [];
    for (const raw of this.raw(path)) {
      const read = attempt(() => peel(this.session, raw));
      if (!read.ok) {
        doubts.push({ definition: raw, reason: read.error.message, error: read.error });
        continue;
      }
      for (const definition of read.value) {
        const verdict = this.decide(definition);
        if (verdict === true) {
          active.push(definition);
        } else if (verdict !== false) {
          doubts.push({ definition, reason: verdict });
        }
      }
    }
    const strongest = Math.min(...active.map(({ priority }) => priority));
    const definitions = active.filter(({ priority }) => priority === strongest);
    return {
      definitions: definitions.some(({ order }) => order !== PLAIN.order)
        ? [...definitions].sort((a, b) => a.order - b.order)
        : definitions,
      doubts: doubts.filter(({ definition }) => definition.priority <= strongest),
    };
  }

  /** The value of an option, as the modules see it. */
  slot(path: OptionPath): Slot | undefined {
    const key = path.join('\0');
    let slot = this.slots.get(key);
    if (slot === undefined) {
      if (!this.isDefined(path) && this.declarations(path).length === 0) {
        const fallback = this.parts.fallback(this, path);
        if (fallback === undefined) {
          return undefined;
        }
        slot = fallback;
      } else {
        slot = mkLazy(() => this.value(path));
      }
      this.slots.set(key, slot);
    }
    return slot;
  }

  /** An option that nobody here defines. */
  unknown(path: OptionPath): Opaque {
    return new UnknownOption(this, path);
  }

  /** Whether the user's own modules declare the option. */
  isDeclared(path: OptionPath): boolean {
    return this.declarations(path).length > 0;
  }

  private value(path: OptionPath): Value {
    const { session } = this;
    const declared = this.declarations(path);
    const options = declared.filter(({ slot }) => this.isOption(slot));
    if (options.length > 0) {
      const option = this.option(path, options);
      return option instanceof Attrs ? session.evaluator.force(option.get('value') ?? null) : option;
    }
    if (declared.length > 0) {
      return this.branch(path);
    }
    const { definitions, doubts } = this.effective(path);
    const [doubt] = doubts;
    if (doubt?.error !== undefined) {
      throw doubt.error;
    }
    if (definitions.length === 0) {
      const fallback = doubt === undefined ? this.parts.fallback(this, path) : new Opaque(doubt.reason);
      return session.evaluator.force(fallback ?? this.unknown(path));
    }
    if (definitions.some(({ value }) => isBranch(session, value))) {
      return this.branch(path);
    }
    return this.merged(definitions);
  }

  /** Values of an option whose type is not known, as one: lists end to end, texts line by line, else the last. */
  private merged(definitions: readonly Definition[]): Value {
    const values = definitions.map(({ value }) => value);
    const unknown = values.find((value) => value instanceof Opaque);
    if (values.length === 1 || unknown !== undefined) {
      return unknown ?? values[0]!;
    }
    if (values.every((value) => Array.isArray(value))) {
      return values.flat() as readonly Slot[];
    }
    const texts = values.map(textOf);
    if (texts.every((text) => text !== undefined) && new Set(texts).size > 1) {
      const context = new Set(values.flatMap((value) => (value instanceof NixString ? [...value.context] : [])));
      const text = texts.join('\n');
      return context.size === 0 ? text : new NixString(text, context);
    }
    return values.at(-1)!;
  }

  /** The set of all options below a path. */
  private branch(path: OptionPath): Attrs {
    return new LazyAttrs({
      names: () => this.names(path),
      get: (name) => this.slot([...path, name]),
      otherwise: (name) => this.unknown([...path, name]),
      positionOf: (name) => this.raw([...path, name])[0]?.pos,
    });
  }

  /** An option that the user declares, evaluated by the library's rules; a set with `value`, `isDefined` … */
  private option(path: OptionPath, declared: readonly Declaration[]): Value {
    const key = path.join('\0');
    const known = this.optionCache.get(key);
    if (known !== undefined) {
      return known;
    }
    const { evaluator } = this.session;
    const merge = evaluator.select(this.session.lib(), ['__parts', 'module-merge']);
    const loc = [...path];
    const declarations = declared.map(({ file, slot }) => mkAttrs({ _file: file, pos: null, options: slot }));
    const definitions = this.raw(path).map((raw) => mkAttrs({ file: raw.file, value: wrapped(raw) }));
    const call = (name: string, ...args: Slot[]) => evaluator.callFunction(evaluator.select(merge, [name]), args);
    const option = call('fixupOptionType', loc, call('mergeOptionDecls', loc, declarations));
    const value = call('evalOptionValue', loc, option, definitions);
    this.optionCache.set(key, value);
    return value;
  }

  private isOption(slot: Slot): boolean {
    const value = this.session.evaluator.force(slot);
    return value instanceof Attrs && wrapperOf(this.session, value) === 'option';
  }

  /** What the user's modules declare at a path. */
  private declarations(path: OptionPath): readonly Declaration[] {
    const key = path.join('\0');
    const known = this.declarationCache.get(key);
    if (known !== undefined) {
      return known;
    }
    let found: readonly Declaration[];
    if (path.length === 0) {
      found = this.modules().modules.flatMap(({ options, file }) =>
        options === undefined ? [] : [{ file, slot: options }],
      );
    } else {
      const name = path.at(-1)!;
      found = this.declarations(path.slice(0, -1)).flatMap(({ file, slot }) => {
        const value = this.session.evaluator.force(slot);
        const child =
          value instanceof Attrs && wrapperOf(this.session, value) === undefined ? value.get(name) : undefined;
        return child === undefined ? [] : [{ file, slot: child }];
      });
    }
    this.declarationCache.set(key, found);
    return found;
  }

  /** Definitions without their wrappers; one that fails is noted once and takes no part. */
  private peeled(path: OptionPath): readonly Definition[] {
    const key = path.join('\0');
    const known = this.peeledCache.get(key);
    if (known !== undefined) {
      return known;
    }
    const found: Definition[] = [];
    for (const raw of this.raw(path)) {
      const isInside = this.peeling.has(raw);
      this.peeling.add(raw);
      const read = attempt(() => peel(this.session, raw));
      if (!isInside) {
        this.peeling.delete(raw);
      }
      if (read.ok) {
        for (const definition of read.value) {
          // An unknown value at the top says nothing of any option: it is noted, not asked again for each of them.
          if (path.length === 0 && definition.value instanceof Opaque) {
            this.lose(raw, definition.value.reason);
          } else {
            found.push(definition);
          }
        }
      } else if (path.length > 0 || read.error.kind === 'limit' || isInside) {
        // A module that needs `config` to say what it defines has failed where that began, further out.
        throw read.error;
      } else {
        this.lose(raw, read.error.message, read.error);
      }
    }
    this.peeledCache.set(key, found);
    return found;
  }

  private lose({ slot, file, pos }: RawDefinition, reason: string, error?: NixError): void {
    const origin = writtenAs(slot);
    const place = origin?.pos ?? error?.pos ?? pos;
    this.lostDefinitions.push({
      what: file === '' ? 'a module' : decodeUtf8(file.slice(file.lastIndexOf('/') + 1)),
      reason,
      ...(place === undefined ? {} : { pos: place }),
      ...(error === undefined ? {} : { error }),
    });
  }

  /** Whether a definition's conditions hold; a reason when that cannot be known. */
  private decide({ conditions }: Definition): boolean | string {
    let reason: string | undefined;
    for (const condition of conditions) {
      const found = attempt(() => this.session.evaluator.force(condition));
      if (found.ok && found.value === false) {
        return false;
      }
      if (!found.ok) {
        reason ??= found.error.message;
      } else if (found.value instanceof Opaque) {
        reason ??= found.value.reason;
      }
    }
    return reason ?? true;
  }

  private modules(): Collected {
    if (this.collected === 'collecting') {
      throw new NixError('infinite-recursion', 'which modules are imported depends on what they define');
    }
    if (this.collected !== undefined) {
      return this.collected;
    }
    const { session, modules, isHarmless } = this.parts;
    let found: Collected | undefined;
    this.collected = 'collecting';
    try {
      found = collectModules({ session, argsFor: (formals) => this.args(formals), isHarmless }, modules);
    } finally {
      this.collected = found;
    }
    return found;
  }

  /** What a module is called with. */
  private args(formals: readonly string[]): Attrs {
    const { lib, specialArgs, modulesPath } = this.parts;
    const members = new Map<string, Slot>([
      ['lib', lib],
      ['config', mkLazy(() => this.session.evaluator.force(this.config))],
      ['options', mkLazy(() => this.options([]))],
      ['pkgs', mkLazy(() => this.argument('pkgs'))],
      ['modulesPath', modulesPath],
    ]);
    for (const name of specialArgs.names()) {
      members.set(name, specialArgs.get(name)!);
    }
    for (const name of formals) {
      if (!members.has(name)) {
        members.set(
          name,
          mkLazy(() => this.argument(name)),
        );
      }
    }
    return attrsFrom(members);
  }

  /** An argument that modules give each other, in `_module.args`. */
  private argument(name: string): Value {
    const given = this.slot(['_module', 'args', name]);
    if (given !== undefined) {
      return this.session.evaluator.force(given);
    }
    return name === 'pkgs'
      ? this.session.evaluator.force(this.pkgs)
      : new Opaque(`the module argument "${decodeUtf8(name)}" is given by nobody here`);
  }

  /** What the modules see as `options`: those that the user declares; of others only that they are not here. */
  private options(path: OptionPath): Value {
    const declared = this.declarations(path);
    const own = declared.filter(({ slot }) => this.isOption(slot));
    if (own.length > 0) {
      return this.option(path, own);
    }
    const unknown = new Opaque(`which options ${TOOLS[this.parts.kind]} has is not known here`);
    return new LazyAttrs({
      names: () => this.names(path),
      get: (name) => {
        const below = [...path, name];
        return this.declarations(below).length > 0 ? mkLazy(() => this.options(below)) : undefined;
      },
      has: (name) => {
        if (this.declarations([...path, name]).length > 0) {
          return true;
        }
        throw Object.assign(new NixError('opaque', unknown.reason), { opaque: unknown });
      },
      otherwise: () => unknown,
    });
  }
}

/** An option that nobody here defines, of a tool whose modules are not here. Options below it may be known. */
class UnknownOption extends Opaque {
  constructor(
    private readonly configuration: Configuration,
    private readonly option: OptionPath,
  ) {
    const name = option.map(decodeUtf8).join('.');
    super(
      configuration.parts.isOwnOption(option)
        ? `what the option ${name} is when nobody sets it only ${TOOLS[configuration.parts.kind]} knows`
        : `the option ${name} is of a module that is not here`,
    );
  }

  override member(name: string): Opaque {
    const below = [...this.option, name];
    const known = this.option.length < 16 ? this.configuration.slot(below) : this;
    // What is selected may be anything: the evaluator takes it as the value that it is.
    return known === undefined
      ? new UnknownOption(this.configuration, below)
      : (this.configuration.session.evaluator.force(known) as Opaque);
  }
}
