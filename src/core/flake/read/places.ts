import type { Position } from '../../model/problem';
import { decodeUtf8, type NixError, type Pos, type Slot, Thunk } from '../../nix';

/** Tells places in the flake's own files, with paths relative to its folder, from places in what we brought along. */
export class Places {
  private readonly prefix: string;

  constructor(folder: string) {
    this.prefix = folder.endsWith('/') ? folder : `${folder}/`;
  }

  /** The place, when it is in the flake. */
  of(pos: Pos | undefined): Position | undefined {
    if (pos === undefined || !pos.file.startsWith(this.prefix)) {
      return undefined;
    }
    return { ...pos.toPosition(), file: decodeUtf8(pos.file.slice(this.prefix.length)) };
  }

  /** The first place that is in the flake. */
  first(candidates: readonly (Pos | undefined)[]): Position | undefined {
    return candidates.map((pos) => this.of(pos)).find((found) => found !== undefined);
  }

  /** Where an element of a list is written. */
  ofSlot(slot: Slot): Position | undefined {
    return this.originOf(slot)?.position;
  }

  /** The same, with the text. A function of the library that lists its argument (`optional`) leads on to the argument. */
  originOf(slot: Slot): { readonly position: Position; readonly text: string } | undefined {
    for (const each of slot instanceof Thunk ? [slot, slot.cell] : []) {
      const origin = each instanceof Thunk ? each.origin : undefined;
      const position = this.of(origin?.pos);
      if (position !== undefined) {
        return { position, text: decodeUtf8(origin?.text ?? '') };
      }
    }
    return undefined;
  }

  /** Where an evaluation failed: the innermost place that is in the flake. */
  ofError(error: NixError): Position | undefined {
    return this.first([error.pos, ...error.trace.map((frame) => frame.pos)]);
  }
}
