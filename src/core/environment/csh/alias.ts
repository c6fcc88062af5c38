/**
 * The text that an alias stands for: with what it is given in the place of `\!*`, `\!^`, `\!$` and `\!:2`, or
 * behind it where it has none of these (csh(1), "Aliases").
 *
 * @param given the words as they are written
 */
export function textOfAlias(alias: string, given: readonly string[]): string {
  const all = given.join(' ');
  if (!alias.includes('!')) {
    return `${alias} ${all}`;
  }
  return alias.replace(/\\?!(?:\*|:\*|:(\d+)|\^|\$)/g, (found, number: string | undefined) => {
    if (number !== undefined) {
      return given[Number(number) - 1] ?? '';
    }
    return found.endsWith('*') ? all : ((found.endsWith('^') ? given[0] : given.at(-1)) ?? '');
  });
}
