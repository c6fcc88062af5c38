import { categories } from '../../core/catalog/categories';

const order = new Map(categories.map(({ id }, index) => [id, index]));

/** Sorts category ids as the catalog lists them, unknown ones last. */
export function compareCategories(a: string, b: string): number {
  return (order.get(a) ?? order.size) - (order.get(b) ?? order.size) || (a < b ? -1 : a > b ? 1 : 0);
}
