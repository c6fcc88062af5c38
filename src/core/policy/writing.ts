/** How the language of a policy writes what hints show. */
export interface Writing {
  readonly pair: (key: string, value: string) => string;
  readonly list: (...items: readonly string[]) => string;
  readonly table: (key: string) => string;
  readonly day: string;
}

/** As in `lockstep.toml`. */
export const TOML: Writing = {
  pair: (key, value) => `${key} = ${value}`,
  list: (...items) => `[${items.join(', ')}]`,
  table: (key) => `[${key}] on a line of its own, and its keys below.`,
  day: '2027-01-31',
};

/** As in the flake's output `lockstep`. */
export const NIX: Writing = {
  pair: (key, value) => `${/^[A-Za-z_][\w'-]*$/.test(key) ? key : JSON.stringify(key)} = ${value};`,
  list: (...items) => `[ ${items.join(' ')} ]`,
  table: (key) => `${key} = { … };`,
  day: '"2027-01-31"',
};
