/** What `printf` prints: `%s` and `%b` only; the rest stays as it is. */
export function formatted(args: readonly string[]): string {
  const [format = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  let next = 0;
  const once = () => format.replace(/\\n/g, '\n').replace(/%[sbq]/g, () => rest[next++] ?? '');
  let out = once();
  for (let round = 0; next > 0 && next < rest.length && round < 200; round++) {
    out += once();
  }
  return out;
}
