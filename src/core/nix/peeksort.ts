/** Shorter stretches are sorted by insertion, as Nix does. */
const INSERTION_LIMIT = 16;

/**
 * Sorts in place, stably, as Nix has since 2.29: by merging the runs that it finds around the middle ("peeksort", Munro
 * and Wild, Nearly-Optimal Mergesorts, ESA 2018). What a comparator that contradicts itself gives is thereby the same.
 *
 * @param less whether the first comes before the second
 */
export function peeksort<T>(items: T[], less: (left: T, right: T) => boolean): void {
  if (items.length === 2) {
    if (less(items[1]!, items[0]!)) {
      items.reverse();
    }
  } else if (items.length > 2) {
    new Peeksort(items, less).sort(0, items.length, 0, items.length);
  }
}

class Peeksort<T> {
  constructor(
    private readonly items: T[],
    private readonly less: (left: T, right: T) => boolean,
  ) {}

  /** Sorts from `begin` to before `end`, where all before `leftEnd` and all from `rightBegin` on is in order. */
  sort(begin: number, end: number, leftEnd: number, rightBegin: number): void {
    if (leftEnd === end || rightBegin === begin) {
      return;
    }
    if (end - begin <= INSERTION_LIMIT) {
      this.insert(begin, end);
      return;
    }
    const middle = begin + ((end - begin) >> 1);
    if (middle <= leftEnd) {
      this.sort(leftEnd, end, leftEnd + 1, rightBegin);
      this.merge(begin, leftEnd, end);
      return;
    }
    if (middle >= rightBegin) {
      this.sort(begin, rightBegin, leftEnd, rightBegin - 1);
      this.merge(begin, rightBegin, end);
      return;
    }
    const [runBegin, runEnd] = this.runAround(middle, leftEnd, rightBegin);
    if (runBegin === begin && runEnd === end) {
      return;
    }
    if (middle - runBegin < runEnd - middle) {
      this.sort(begin, runBegin, leftEnd, runBegin - 1);
      this.sort(runBegin, end, runEnd, rightBegin);
      this.merge(begin, runBegin, end);
    } else {
      this.sort(begin, runEnd, leftEnd, runBegin);
      this.sort(runEnd, end, runEnd + 1, rightBegin);
      this.merge(begin, runEnd, end);
    }
  }

  /** The stretch around a place that is in order already; one that is in strictly falling order is turned round. */
  private runAround(middle: number, from: number, to: number): readonly [number, number] {
    const { items } = this;
    const falls = this.less(items[middle]!, items[middle - 1]!);
    const goesOn = (i: number): boolean => this.less(items[i]!, items[i - 1]!) === falls;
    let begin = middle - 1;
    while (begin > from && goesOn(begin)) {
      begin--;
    }
    let end = middle;
    while (end < to && goesOn(end)) {
      end++;
    }
    if (falls) {
      for (let i = begin, k = end - 1; i < k; i++, k--) {
        [items[i], items[k]] = [items[k]!, items[i]!];
      }
    }
    return [begin, end];
  }

  private insert(begin: number, end: number): void {
    const { items } = this;
    for (let current = begin + 1; current < end; current++) {
      for (let i = current; i > begin && this.less(items[i]!, items[i - 1]!); i--) {
        [items[i - 1], items[i]] = [items[i]!, items[i - 1]!];
      }
    }
  }

  private merge(begin: number, middle: number, end: number): void {
    const { items } = this;
    const left = items.slice(begin, middle);
    const right = items.slice(middle, end);
    let out = begin;
    let l = 0;
    let r = 0;
    while (l < left.length && r < right.length) {
      items[out++] = this.less(right[r]!, left[l]!) ? right[r++]! : left[l++]!;
    }
    while (l < left.length) {
      items[out++] = left[l++]!;
    }
    while (r < right.length) {
      items[out++] = right[r++]!;
    }
  }
}
