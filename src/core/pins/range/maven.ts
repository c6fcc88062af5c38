import type { Bound, Interval } from './interval';
import { parseRelease } from './release';
import { minimum, type Rule } from './rules';

/** Longer specifications are not read. */
const MOST_CHARACTERS = 200;
const RANGE = /^([[(])([^,[\]()]*)(?:(,)([^,[\]()]*))?([\])])(?:,|$)/;

/**
 * Maven's ranges as its Enforcer reads them: `[17,)`, `(,1.8]`, `[1.8,9),[11,)`, `[17]`; a bare version is the lowest.
 * Source: Maven Enforcer Plugin, "Version Range Specification".
 */
export const maven: Rule = (constraint) => {
  const text = constraint.replace(/\s+/g, '');
  if (!/^[[(]/.test(text) || text.length > MOST_CHARACTERS) {
    return minimum(text);
  }
  const allowed: Interval[] = [];
  for (let rest = text; rest !== ''; ) {
    const [whole, open, low = '', comma, high = '', close] = RANGE.exec(rest) ?? [];
    const min = boundOf(low, open === '[');
    const max = comma === undefined ? min : boundOf(high, close === ']');
    if (whole === undefined || min === undefined || max === undefined) {
      return { scheme: 'unknown' };
    }
    allowed.push({ ...(min === 'open' ? {} : { min }), ...(max === 'open' ? {} : { max }) });
    rest = rest.slice(whole.length);
  }
  return { scheme: 'maven', allowed };
};

/** Undefined for what is no version. */
function boundOf(text: string, inclusive: boolean): Bound | 'open' | undefined {
  const release = parseRelease(text);
  return text === '' ? 'open' : release && { release, inclusive };
}

/** The same for Java, which was numbered `1.8` up to 8. */
export const mavenJava: Rule = (constraint) => maven(constraint.replace(/(?<![\d.])1\.(?=[5-8](?!\d))/g, ''));
