import {
  Attrs,
  decodeUtf8,
  EMPTY_ATTRS,
  encodeUtf8,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkString,
  NixError,
  Opaque,
  type Slot,
} from '../nix';
import type { Session } from './session';
import { lastModifiedDate } from './unknown-flake';

/** Flakes whose outputs are those of another one, one behind the other. */
const CHAIN = 50;

/**
 * A flake as its users see it: the outputs of its `flake.nix`, called with its inputs and itself, and what Nix adds
 * (`outPath`, `inputs`, `sourceInfo` …). What is added can be asked for before the outputs exist.
 *
 * @param flake the value of `flake.nix`
 * @param folder its folder, absolute
 * @param inputs a set: name → value
 */
export function callFlake(session: Session, flake: Attrs, folder: string, inputs: Slot): Attrs {
  const { evaluator } = session;
  const info: Readonly<Record<string, Slot>> = {
    outPath: encodeUtf8(folder),
    lastModified: 0,
    lastModifiedDate: lastModifiedDate(0),
    narHash: '',
  };
  const outputs: Slot = mkLazy(() => {
    const given = evaluator.force(inputs);
    const all = given instanceof Attrs ? given : EMPTY_ATTRS;
    const members = Object.fromEntries(all.names().map((name) => [decodeUtf8(name), all.get(name)!]));
    return evaluator.callFunction(evaluator.select(flake, ['outputs']), [mkAttrs({ ...members, self })]);
  });
  const added: Readonly<Record<string, Slot>> = {
    ...info,
    inputs,
    outputs,
    sourceInfo: mkAttrs(info),
    _type: mkString('flake'),
  };
  const declared = (): Attrs => {
    const value = evaluator.force(outputs);
    if (value instanceof Opaque) {
      return new LazyAttrs({ names: () => [], has: () => true, get: (name) => value.member(name) });
    }
    return value instanceof Attrs ? value : EMPTY_ATTRS;
  };
  let nested = 0;
  /** Asks the outputs: of a flake whose outputs are, in the end, itself nothing can be told. */
  const ask = <T>(question: (outputs: Attrs) => T): T => {
    if (nested >= CHAIN) {
      throw new NixError('infinite-recursion', 'infinite recursion encountered: the outputs of the flake are itself');
    }
    nested++;
    try {
      return question(declared());
    } finally {
      nested--;
    }
  };
  const self: Attrs = new LazyAttrs({
    names: () => [...Object.keys(added), ...ask((all) => all.names())],
    has: (name) => Object.hasOwn(added, name) || ask((all) => all.has(name)),
    get: (name) => (Object.hasOwn(added, name) ? added[name] : ask((all) => all.get(name))),
    positionOf: (name) => (Object.hasOwn(added, name) ? undefined : ask((all) => all.positionOf(name))),
  });
  return self;
}
