import { Attrs } from './attrs';
import { encodeUtf8 } from './bytes';
import { describe } from './describe';
import { opaqueError } from './expect';
import type { Meter } from './meter';
import { Pieces } from './pieces';
import { showFloat } from './show-number';
import { identifier, quote } from './syntax/show';
import { BLACK_HOLE, Lambda, NixFloat, NixPath, NixString, Opaque, PrimOp, PrimOpApp, type Slot, Thunk } from './value';

const REPEATED = encodeUtf8('«repeated»');
const RECURSION = encodeUtf8('«potential infinite recursion»');

/**
 * A value as `nix-instantiate --eval` prints it (printAmbiguous): what is not evaluated is `<CODE>`, a set or list that
 * was printed before is `«repeated»`.
 *
 * @param meter bounds the depth
 * @param opaque whether unknown values are shown, else they are errors
 * @returns byte string
 */
export function printValue(slot: Slot, opaque = true, meter?: Meter): string {
  const out = new Pieces();
  // The outermost value is a copy: a list that contains itself is shown once more.
  print(slot, out, { seen: new Set(), opaque, meter }, {});
  return out.toString();
}

interface State {
  /** Sets, and the cells of lists. */
  readonly seen: Set<unknown>;
  readonly opaque: boolean;
  readonly meter: Meter | undefined;
}

function printScalar(text: string, out: Pieces, { meter }: State): void {
  out.push(text);
  meter?.checkWritten(out.length, undefined);
}

function print(slot: Slot, out: Pieces, state: State, cell: unknown = slot): void {
  const { seen } = state;
  if (slot instanceof Thunk) {
    if (slot.value !== undefined) {
      print(slot.value, out, state, slot.cell);
    } else {
      out.push(slot.env === BLACK_HOLE ? RECURSION : '<CODE>');
    }
    return;
  }
  if (slot === null || typeof slot !== 'object') {
    printScalar(typeof slot === 'string' ? quote(slot) : String(slot), out, state);
  } else if (slot instanceof NixString) {
    printScalar(quote(slot.text), out, state);
  } else if (slot instanceof NixFloat) {
    out.push(showFloat(slot));
  } else if (slot instanceof NixPath) {
    out.push(slot.path);
  } else if (slot instanceof Attrs) {
    if (!slot.isEmpty() && seen.has(slot)) {
      out.push(REPEATED);
      return;
    }
    seen.add(slot);
    state.meter?.enter(undefined);
    out.push('{ ');
    for (const name of slot.names()) {
      state.meter?.step(undefined);
      printScalar(identifier(name), out, state);
      out.push(' = ');
      print(slot.get(name)!, out, state);
      out.push('; ');
    }
    out.push('}');
    state.meter?.leave();
  } else if (slot instanceof Lambda) {
    out.push('<LAMBDA>');
  } else if (slot instanceof PrimOp) {
    out.push('<PRIMOP>');
  } else if (slot instanceof PrimOpApp) {
    out.push('<PRIMOP-APP>');
  } else if (slot instanceof Opaque) {
    if (!state.opaque) {
      throw opaqueError(slot, slot.pos);
    }
    out.push(encodeUtf8(describe(slot)));
  } else {
    if (slot.length > 0 && seen.has(cell)) {
      out.push(REPEATED);
      return;
    }
    seen.add(cell);
    state.meter?.enter(undefined);
    out.push('[ ');
    for (const item of slot) {
      state.meter?.step(undefined);
      print(item, out, state);
      out.push(' ');
    }
    out.push(']');
    state.meter?.leave();
  }
}
