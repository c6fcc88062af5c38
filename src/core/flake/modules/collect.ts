import {
  Attrs,
  attrsFrom,
  decodeUtf8,
  EMPTY_ATTRS,
  NixError,
  NixPath,
  Opaque,
  type Pos,
  type Slot,
  type Value,
} from '../../nix';
import { attempt, listSlots, memberText, type Session, textOf } from '../session';
import { writtenAs } from './definition';

/** A module, whatever way it was written. */
interface Module {
  readonly file: string;
  /** Definitions, with their wrappers. */
  readonly config: Slot;
  /** Declarations of options; absent when it has none. */
  readonly options?: Attrs;
}

/** A module that takes no part, and why. */
export interface LostModule {
  /** How it is written: `inputs.disko.nixosModules.disko`. */
  readonly what: string;
  readonly reason: string;
  readonly pos?: Pos | undefined;
  readonly error?: NixError;
}

export interface Collected {
  readonly modules: readonly Module[];
  readonly lost: readonly LostModule[];
}

interface Collector {
  readonly session: Session;
  /** What a module's function is called with: names of its formal arguments → the set. */
  readonly argsFor: (formals: readonly string[]) => Attrs;
  /** Whether a module that cannot be read is known to bring no packages. */
  readonly isHarmless: (path: string) => boolean;
}

interface Loaded {
  readonly module: Module;
  readonly imports?: Slot;
  readonly importsAt?: Pos | undefined;
}

const MOST_MODULES = 5_000;
const MOST_DEPTH = 200;

/** Names that say what a module is, and are no definitions. */
const SHORTHAND_META = [
  '_class',
  '_file',
  'key',
  'disabledModules',
  'imports',
  'options',
  'config',
  'meta',
  'freeformType',
];

/**
 * Every module that a list of them leads to, each file once. One that fails, or that another flake holds, is noted, and
 * the rest goes on.
 */
export function collectModules(collector: Collector, initial: Slot): Collected {
  const { session, argsFor, isHarmless } = collector;
  const { evaluator } = session;
  const modules: Module[] = [];
  const lost: LostModule[] = [];
  const seen = new Set<string>();

  const lose = (slot: Slot, importedAt: Pos | undefined, reason: string, error?: NixError) => {
    const origin = writtenAs(slot);
    const pos = origin?.pos ?? importedAt ?? error?.pos;
    lost.push({
      what: origin === undefined || origin.text === '' ? nameOf(session, slot) : decodeUtf8(origin.text),
      reason,
      ...(pos === undefined ? {} : { pos }),
      ...(error === undefined ? {} : { error }),
    });
  };

  const visitAll = (list: Slot, file: string, at: Pos | undefined, depth: number): void => {
    const slots = attempt(() => listSlots(evaluator, list));
    if (!slots.ok) {
      lose(list, at, slots.error.message, slots.error);
      return;
    }
    for (const slot of slots.value) {
      visit(slot, file, at, depth);
    }
  };

  const visit = (slot: Slot, file: string, at: Pos | undefined, depth: number): void => {
    if (modules.length >= MOST_MODULES || depth > MOST_DEPTH) {
      throw new NixError('limit', 'the modules of this configuration import each other without an end');
    }
    const read = attempt(() => load(slot, file));
    if (!read.ok) {
      lose(slot, at, read.error.message, read.error);
    } else if (read.value instanceof Opaque) {
      lose(slot, at, read.value.reason);
    } else if (read.value !== undefined) {
      const { module, imports, importsAt } = read.value;
      modules.push(module);
      if (imports !== undefined) {
        visitAll(imports, module.file, importsAt, depth + 1);
      }
    }
  };

  const load = (slot: Slot, file: string): Loaded | Opaque | undefined => {
    let value = evaluator.force(slot);
    let from = file;
    const path = pathOf(value);
    if (path !== undefined) {
      if (seen.has(path) || isHarmless(path)) {
        return undefined;
      }
      seen.add(path);
      from = path;
      value = evaluator.callFunction(evaluator.builtins.get('import')!, [slot]);
    }
    for (let calls = 0; isFunction(session, value) && calls < 4; calls++) {
      value = evaluator.callFunction(value, [argsFor(formalsOf(session, value))]);
    }
    if (value instanceof Opaque) {
      return value;
    }
    if (!(value instanceof Attrs)) {
      throw new NixError('type', 'it is not a module');
    }
    return unify(value, from);
  };

  const unify = (value: Attrs, file: string): Loaded | undefined => {
    const key = value.has('key') ? memberText(session, value, 'key') : undefined;
    if (key !== undefined) {
      if (seen.has(`key:${key}`)) {
        return undefined;
      }
      seen.add(`key:${key}`);
    }
    const type = value.has('_type') ? memberText(session, value, '_type') : undefined;
    const own = value.has('_file') ? attempt(() => evaluator.toText(value.get('_file')!)) : undefined;
    const name = own?.ok && own.value !== undefined ? own.value : file;
    const imports = value.get('imports');
    if (type === 'if' || type === 'merge' || type === 'override') {
      return { module: { file: name, config: value } };
    }
    const options = value.has('options') ? evaluator.force(value.get('options')!) : undefined;
    const isLong = value.has('config') || value.has('options');
    const config = isLong ? (value.get('config') ?? EMPTY_ATTRS) : without(value, SHORTHAND_META);
    return {
      module: { file: name, config, ...(options instanceof Attrs ? { options } : {}) },
      ...(imports === undefined ? {} : { imports, importsAt: value.positionOf('imports') }),
    };
  };

  visitAll(initial, '', undefined, 0);
  return { modules, lost };
}

/** What to call a module that is not written as an expression of its own: its file's name. */
function nameOf({ evaluator, folder }: Session, slot: Slot): string {
  const found = attempt(() => pathOf(evaluator.force(slot)));
  const path = found.ok ? found.value : undefined;
  return path === undefined ? 'a module' : decodeUtf8(path).replace(`${folder}/`, './');
}

function isFunction({ evaluator }: Session, value: Value): boolean {
  if (value instanceof Opaque) {
    return false;
  }
  return value instanceof Attrs
    ? value.has('__functor')
    : evaluator.callFunction(evaluator.builtins.get('isFunction')!, [value]) === true;
}

/** Names of a function's formal arguments; none for `x: …`. */
function formalsOf(session: Session, value: Value): readonly string[] {
  const { evaluator } = session;
  if (value instanceof Attrs) {
    const given = value.get('__functionArgs');
    const args = given === undefined ? undefined : evaluator.force(given);
    return args instanceof Attrs ? args.names() : [];
  }
  const found = attempt(() => evaluator.callFunction(evaluator.builtins.get('functionArgs')!, [value]));
  return found.ok && found.value instanceof Attrs ? found.value.names() : [];
}

function pathOf(value: Value): string | undefined {
  if (value instanceof NixPath) {
    return value.path;
  }
  if (value instanceof Attrs || value instanceof Opaque) {
    return undefined;
  }
  return textOf(value);
}

/** A set without some names; what is left keeps its places. */
function without(value: Attrs, names: readonly string[]): Attrs {
  const kept = value.names().filter((name) => !names.includes(name));
  return kept.length === value.size
    ? value
    : attrsFrom(
        kept.map((name): [string, Slot] => [name, value.get(name)!]),
        (name) => value.positionOf(name),
      );
}
