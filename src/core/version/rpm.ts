import { type Order, order, orderDigits } from './scheme';

/**
 * Orders two rpm versions, `[epoch:]version[-release]`, as rpm does (`rpmvercmp`, rpm-version(7)): runs of digits by
 * value, runs of letters by code, other characters only separate; a number is later than letters; `~` is before
 * everything, `^` after the end but before anything else. A missing release is before every release (rpm takes it to match
 * any, which would be no order).
 */
export function compareRpm(a: string, b: string): Order {
  return compareParts(a, b, compareRpmPart);
}

/**
 * Orders two pacman versions, `[epoch:]version[-release]`, as `vercmp` does (vercmp(8)): like rpm's of old, without
 * `~` and `^`; letters at the end are before it (`1.0beta`, then `1.0`), unless a separator stands before them.
 */
export function comparePacman(a: string, b: string): Order {
  return compareParts(a, b, comparePacmanPart);
}

function compareParts(a: string, b: string, compare: (a: string, b: string) => Order): Order {
  const left = split(a);
  const right = split(b);
  return (
    orderDigits(left.epoch, right.epoch) ||
    compare(left.version, right.version) ||
    order(left.release === undefined ? 0 : 1, right.release === undefined ? 0 : 1) ||
    compare(left.release ?? '', right.release ?? '')
  );
}

function split(text: string): { epoch: string; version: string; release: string | undefined } {
  const epoch = /^(\d+):/.exec(text)?.[1];
  const rest = epoch === undefined ? text : text.slice(epoch.length + 1);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: epoch ?? '0',
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? undefined : rest.slice(dash + 1),
  };
}

const RPM_TOKEN = /\d+|[A-Za-z]+|[~^]/g;

function compareRpmPart(a: string, b: string): Order {
  const left = a.match(RPM_TOKEN) ?? [];
  const right = b.match(RPM_TOKEN) ?? [];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [partA, partB] = [left[i], right[i]];
    const found = order(rank(partA), rank(partB)) || compareSame(partA, partB);
    if (found !== 0) {
      return found;
    }
  }
  return 0;
}

/** `~` < the end < `^` < letters < digits. */
function rank(part: string | undefined): number {
  if (part === undefined) {
    return 1;
  }
  return part === '~' ? 0 : part === '^' ? 2 : /^\d/.test(part) ? 4 : 3;
}

function compareSame(a: string | undefined, b: string | undefined): Order {
  if (a === undefined || b === undefined) {
    return 0;
  }
  return /^\d/.test(a) ? orderDigits(a, b) : order(a, b);
}

interface Segment {
  readonly text: string;
  /** How many separators stand before it. */
  readonly separators: number;
}

function segments(text: string): { readonly all: readonly Segment[]; readonly trailing: number } {
  const all: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(/\d+|[A-Za-z]+/g)) {
    all.push({ text: match[0], separators: match.index - end });
    end = match.index + match[0].length;
  }
  return { all, trailing: text.length - end };
}

function comparePacmanPart(a: string, b: string): Order {
  const [left, right] = [segments(a), segments(b)];
  for (let i = 0; i < Math.max(left.all.length, right.all.length); i++) {
    const [partA, partB] = [left.all[i], right.all[i]];
    if (partA === undefined || partB === undefined) {
      return partB === undefined ? ending(partA as Segment) : (-ending(partB) as Order);
    }
    const found = order(partA.separators, partB.separators) || order(rank(partA.text), rank(partB.text));
    const result = found || compareSame(partA.text, partB.text);
    if (result !== 0) {
      return result;
    }
  }
  return order(left.trailing, right.trailing);
}

/** How a version with one more segment compares with the same one without it. */
function ending(segment: Segment): Order {
  return segment.separators === 0 && !/^\d/.test(segment.text) ? -1 : 1;
}
