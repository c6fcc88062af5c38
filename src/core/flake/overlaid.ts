import { Attrs, type Evaluator, LazyAttrs, Opaque, type Slot, updateAttrs, type Value } from '../nix';
import { markOf, markValue } from './mark';

/** The member of an overlay's result that stands for names which nobody knows: part of it is of an unknown flake. */
const REST = '__rest';

/**
 * `under // over`, where `over` is what an overlay gives. What an unknown overlay replaces is unknown: names that were
 * there before are taken to be as they were, any other is the overlay's, and so is what the flake is called itself.
 */
export function overlaid(evaluator: Evaluator, under: Value, over: Value): Value {
  const rest = over instanceof Attrs ? (over.rest ?? evaluator.force(over.get(REST) ?? null)) : over;
  if (!(rest instanceof Opaque && under instanceof Attrs)) {
    return under instanceof Attrs && over instanceof Attrs ? updateAttrs(under, over) : over;
  }
  const mixed = new LazyAttrs({
    names: () => under.names(),
    has: (name) => under.has(name),
    get: (name) => {
      const before = under.get(name);
      const own = rest.member(name);
      const isOwn = before === undefined || isNamesake(evaluator, rest, name) || isGuessed(evaluator, before);
      return isOwn ? own : ofEither(evaluator, name, before, own);
    },
    rest,
  });
  return over instanceof Attrs ? updateAttrs(mixed, over) : mixed;
}

/** What one of two unknown overlays adds: nobody knows which, unless it is named after the first. */
function ofEither(evaluator: Evaluator, name: string, before: Slot, after: Opaque): Slot {
  if (!(before instanceof Opaque && before.path.at(-2) === Opaque.CALL) || isNamesake(evaluator, before, name)) {
    return before;
  }
  const [first, second] = [markOf(evaluator, before), markOf(evaluator, after)];
  if (first?.kind !== 'unknown-flake' || second?.kind !== 'unknown-flake' || first.input === second.input) {
    return before;
  }
  const mark = { ...first, others: [...(first.others ?? []), second.input] };
  return before.path.reduce((value, name) => value.member(name), markValue(mark, before.reason));
}

/** Whether an overlay may add names that nobody knows. */
export function mayAddMore(over: Value): boolean {
  return over instanceof Opaque || (over instanceof Attrs && (over.rest !== undefined || over.has(REST)));
}

/**
 * A set of which only a part is known: a selection finds any other name in what nobody knows.
 *
 * @param unknownOf what stands for the whole of which a name is a member
 */
export function openedTo(known: Attrs, unknownOf: (name: string) => Opaque): Attrs {
  const rest = new LazyAttrs({
    names: () => [],
    get: () => undefined,
    otherwise: (name) => (name.startsWith('_') ? undefined : unknownOf(name).member(name)),
  });
  return updateAttrs(known, rest);
}

/**
 * Which of several unknown modules an option may be of: the one whose flake is named like it (`fourmolu` of
 * `fourmolu-nix`); where none is, nobody can tell, and the reason names them all.
 */
export function oneOf(evaluator: Evaluator, modules: readonly Opaque[], name: string): Opaque {
  const named = new Map<string, Opaque>();
  for (const module of modules) {
    const mark = markOf(evaluator, module);
    if (mark?.kind === 'unknown-flake') {
      named.set(mark.input, module);
    }
  }
  if (named.size < 2) {
    return modules[0]!;
  }
  const like = [...named].find(([input]) => input.replace(/-(?:nix|flake)$/, '') === name);
  const inputs = [...named.keys()].sort().map((input) => `\`${input}\``);
  return (
    like?.[1] ?? new Opaque(`a module of one of the inputs ${inputs.join(', ')} brings it, and none is known here`)
  );
}

/** Whether a flake of which something unknown is has a name itself: `hello` of `owner/hello` or `owner/hello-flake`, or of the input `hello`. */
function isNamesake(evaluator: Evaluator, unknown: Opaque, name: string): boolean {
  const mark = markOf(evaluator, unknown);
  const flake = mark?.kind === 'unknown-flake' ? (repositoryOf(mark.url)?.toLowerCase() ?? mark.input) : undefined;
  return flake === name || flake?.replace(/-flake$/, '') === name;
}

/** `hello` of `github:owner/hello/v1` or `git+https://host/owner/hello.git?ref=v1`. */
function repositoryOf(url: string): string | undefined {
  const forge = /^(?:github|gitlab|sourcehut):[^/]+\/([^/?]+)/.exec(url);
  return (forge ?? /\/([^/?]+?)(?:\.git)?(?:\?.*)?$/.exec(url))?.[1];
}

/** Whether nothing but its name's shape speaks for a package. */
export function isGuessed(evaluator: Evaluator, slot: Slot): boolean {
  const mark = slot instanceof Attrs ? markOf(evaluator, slot) : undefined;
  return mark?.kind === 'package' && mark.guessed === true;
}
