/**
 * A table's own member: names of strangers such as `__proto__` and `constructor` are no members of any table.
 *
 * @returns undefined when there is none
 */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
