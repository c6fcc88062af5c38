import {
  Attrs,
  decodeUtf8,
  type Evaluator,
  mkLazy,
  mkWritten,
  type NixError,
  NixString,
  Opaque,
  type Slot,
  Thunk,
  type Value,
} from '../../nix';
import { isOwnProgram } from '../lib-mount';
import { markOf } from '../mark';
import { attempt, listSlots, textOf } from '../session';

/** What an item of `inputsFrom` brings takes, about, with the place that it is given. */
const BYTES_A_DEPENDENCY = 128;

/** The member by which a package of one platform knows its twin of another. */
export const TWIN = '__spliced';

/** What the items of `inputsFrom` bring to a list of a shell's dependencies, each where it is asked for. */
export function dependenciesOf(evaluator: Evaluator, attribute: string, from: Slot): Slot[] {
  const found: Slot[] = [];
  const seen = new Set<Slot>();
  const items = listSlots(evaluator, from);
  // What `inputsFrom` lists is built in the shell: where one item needs another, that is left out.
  const listed = items.length > 1 ? wholes(evaluator, items) : new Set<Value>();
  for (const item of items) {
    for (const each of dependenciesOfItem(evaluator, attribute, item)) {
      // Shells of shells of shells: what is in a list twice is one package.
      if (!seen.has(each) && !(listed.size > 0 && isOneOf(evaluator, listed, each))) {
        seen.add(each);
        found.push(each);
      }
    }
    evaluator.step(undefined);
  }
  evaluator.charge(found.length * BYTES_A_DEPENDENCY, undefined);
  return found;
}

/** Packages of the flake itself among some, of which a list of dependencies holds the whole and not an output. */
function wholes(evaluator: Evaluator, items: readonly Slot[]): ReadonlySet<Value> {
  const built = items.flatMap((item) => {
    const found = contained(() => evaluator.force(item));
    const isWhole = found.ok && found.value instanceof Attrs && !found.value.has('dev');
    return isWhole && markOf(evaluator, found.value)?.kind === 'built' ? [found.value] : [];
  });
  return new Set(built);
}

function isOneOf(evaluator: Evaluator, some: ReadonlySet<Value>, slot: Slot): boolean {
  const found = contained(() => evaluator.force(slot));
  return found.ok && some.has(found.value);
}

function dependenciesOfItem(evaluator: Evaluator, attribute: string, item: Slot): readonly Slot[] {
  const found = contained(() => evaluator.force(item));
  if (!found.ok) {
    // Kept where it is, to fail again where the reader can say so; once is enough.
    return attribute === 'nativeBuildInputs' ? [item] : [];
  }
  if (Array.isArray(found.value)) {
    return dependenciesOf(evaluator, attribute, found.value as readonly Slot[]);
  }
  if (found.value instanceof Opaque) {
    return attribute === 'nativeBuildInputs' ? [unknownDependencies(found.value)] : [];
  }
  const slot = found.value instanceof Attrs ? found.value.get(attribute) : undefined;
  const list = slot === undefined ? undefined : contained(() => listSlots(evaluator, slot));
  if (list === undefined) {
    return [];
  }
  if (!list.ok) {
    return [list.error.kind === 'infinite-recursion' ? writtenAt(failing(list.error), item) : slot!];
  }
  // That only nixpkgs knows what a package of its own is built with is said once; what the flake adds counts.
  const isMark = (each: Slot) => each instanceof Opaque && markOf(evaluator, each)?.kind === 'dependencies';
  const taken = attribute === 'nativeBuildInputs' ? list.value : list.value.filter((each) => !isMark(each));
  return taken.map((each) => writtenAt(each, item));
}

/** Of a package that `callPackage` gives for another platform the one for this; anything else as it is. */
export function forBuilding(evaluator: Evaluator, slot: Slot): Slot {
  const found = contained(() => evaluator.force(slot));
  const twin = found.ok && found.value instanceof Attrs ? found.value.get(TWIN) : undefined;
  return twin === undefined ? slot : writtenAt(twin, slot);
}

/**
 * Hooks of the items of `inputsFrom`, the last first, and then the shell's own, with what they were made of.
 *
 * @throws NixError when its own fails; those of others are left out then
 */
export function hooksOf(evaluator: Evaluator, from: Slot, own: Slot): Value {
  const context = new Set<string>();
  const hookOf = (item: Slot): readonly string[] => {
    const value = evaluator.selectOptional(item, ['shellHook']);
    for (const reference of value instanceof NixString ? value.context : []) {
      context.add(reference);
    }
    const hook = value === undefined ? undefined : textOf(value);
    return hook === undefined || hook === '' ? [] : [hook];
  };
  const others = [...listSlots(evaluator, from)].reverse().flatMap((item) => {
    const found = contained(() => hookOf(item));
    return found.ok ? found.value : [];
  });
  const hooks = [...others, ...hookOf(own)].join('\n');
  return context.size === 0 ? hooks : new NixString(hooks, context);
}

/**
 * {@link attempt}, but time or memory that ran out ends all: shells of shells would each go on with the rest of theirs.
 * A recursion that is too deep is its item's own.
 */
export function contained<T>(run: () => T): ReturnType<typeof attempt<T>> {
  const result = attempt(run);
  if (!result.ok && result.error.kind === 'limit' && !result.error.message.startsWith('stack overflow')) {
    throw result.error;
  }
  return result;
}

/**
 * Fails as it did when it was asked for: a shell that gets its dependencies from itself would find them half made, the
 * next time.
 */
function failing(error: NixError): Slot {
  return mkLazy(() => {
    throw error.again();
  });
}

/** A dependency that no flake wrote (the compiler that a builder adds) stands where what brings it is asked for. */
function writtenAt(slot: Slot, bringer: Slot): Slot {
  const originOf = (each: Slot) => {
    const origin = each instanceof Thunk ? each.origin : undefined;
    return origin === undefined || isOwnProgram(origin.pos.file) ? undefined : origin;
  };
  const origin = originOf(slot) === undefined ? originOf(bringer) : undefined;
  return origin === undefined ? slot : mkWritten(slot, origin.pos, decodeUtf8(origin.text));
}

function unknownDependencies(of: Opaque): Opaque {
  return new Opaque(`what is behind inputsFrom is not known: ${of.reason}`, of.pos);
}
