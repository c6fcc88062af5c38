import { decodeUtf8, Opaque } from '../../../nix';
import { listSlots } from '../../session';
import { contained } from '../inputs-from';
import type { HelperKit, Helpers } from './kit';

/** How values of the flake are called and decided about. */
export function callHelpers(kit: HelperKit): Helpers {
  const { evaluator, text, call, op } = kit;
  return {
    opaque: op('opaque', 1, (reason) => new Opaque(decodeUtf8(text(reason!)))),
    isOpaque: op('isOpaque', 1, (value) => evaluator.force(value!) instanceof Opaque),
    call: op('call', 2, (fn, argument) => call(fn!, argument!)),
    // `or fallback value`: the value, unless it is unknown or null.
    or: op('or', 2, (fallback, value) => {
      const found = contained(() => evaluator.force(value!));
      return !found.ok || found.value instanceof Opaque || found.value === null
        ? evaluator.force(fallback!)
        : found.value;
    }),
    asList: op('asList', 1, (value) => {
      const found = contained(() => listSlots(evaluator, value!));
      return found.ok ? found.value : [value!];
    }),
    choose: op('choose', 2, (choose, from) => {
      const chosen = evaluator.force(choose!);
      return Array.isArray(chosen) ? chosen : evaluator.callFunction(chosen, [from!]);
    }),
  };
}
