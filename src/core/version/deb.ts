import { type Order, order, orderDigits } from './scheme';

/**
 * Orders two Debian versions, `[epoch:]upstream[-revision]`, as `dpkg --compare-versions` does
 * (Debian Policy 5.6.12): alternating runs of other characters and digits; `~` before everything, even the end;
 * letters before other characters.
 */
export function compareDeb(a: string, b: string): Order {
  const left = split(a);
  const right = split(b);
  return (
    orderDigits(left.epoch, right.epoch) ||
    compareRuns(left.upstream, right.upstream) ||
    compareRuns(left.revision, right.revision)
  );
}

function split(version: string): { epoch: string; upstream: string; revision: string } {
  const epoch = /^(\d+):/.exec(version)?.[1];
  const rest = epoch === undefined ? version : version.slice(epoch.length + 1);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: epoch ?? '0',
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

function compareRuns(a: string, b: string): Order {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const found = order(weight(a, i), weight(b, j));
      if (found !== 0) {
        return found;
      }
      i++;
      j++;
    }
    const [numberA, numberB] = [digitsAt(a, i), digitsAt(b, j)];
    const found = orderDigits(numberA || '0', numberB || '0');
    if (found !== 0) {
      return found;
    }
    i += numberA.length;
    j += numberB.length;
  }
  return 0;
}

/** `~` -1, the end or a digit 0, letters by code, the rest after them. */
function weight(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (Number.isNaN(unit) || isDigit(text, at)) {
    return 0;
  }
  if (text[at] === '~') {
    return -1;
  }
  return /[A-Za-z]/.test(text[at] as string) ? unit : unit + 0x10000;
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}

function digitsAt(text: string, at: number): string {
  let end = at;
  while (isDigit(text, end)) {
    end++;
  }
  return text.slice(at, end);
}
