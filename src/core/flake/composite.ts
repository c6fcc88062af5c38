import { type Attrs, type Evaluator, mkAttrs, mkLazy, mkPrimOp, type Slot, updateAttrs } from '../nix';
import { MARK, markValue } from './mark';
import { listSlots } from './session';

/**
 * A derivation as several packages at once, as `python3.withPackages` is. What is changed of the whole (its name, whether
 * files may collide) leaves its parts as they are.
 *
 * @param base what it is besides its parts
 * @param items the list of its parts
 */
export function composite(evaluator: Evaluator, base: Attrs, items: Slot): Attrs {
  const mark = mkLazy(() => markValue({ kind: 'composite', items: listSlots(evaluator, items) }));
  const whole: Attrs = updateAttrs(
    base,
    mkAttrs({
      [MARK]: mark,
      override: mkPrimOp('override', 1, () => whole),
      overrideAttrs: mkPrimOp('overrideAttrs', 1, () => whole),
    }),
  );
  return whole;
}
