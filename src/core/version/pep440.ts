import { compare, valid } from '@renovatebot/pep440';
import { type Order, order } from './scheme';

/**
 * Orders two versions by PEP 440.
 *
 * @returns `undefined` when one is not such a version
 */
export function comparePep440(a: string, b: string): Order | undefined {
  return valid(a) === null || valid(b) === null ? undefined : order(compare(a, b), 0);
}
