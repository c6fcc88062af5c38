import { categories } from '../../core/catalog/categories';

const titles = new Map(categories.map(({ id, title }) => [id, title]));
const order = new Map(categories.map(({ id }, index) => [id, index]));

/** The name of a catalog category; one that is not in the catalog gets its id as a sentence. */
export function categoryTitle(id: string): string {
  const words = id.replaceAll('-', ' ');
  return titles.get(id) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Sorts category ids as the catalog lists them, unknown ones last. */
export function compareCategories(a: string, b: string): number {
  return (order.get(a) ?? order.size) - (order.get(b) ?? order.size) || (a < b ? -1 : a > b ? 1 : 0);
}
