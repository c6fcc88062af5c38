/** Text with its variables filled in, and the names of those that were not to be had. */
export interface Expanded {
  readonly text: string;
  readonly missing: readonly string[];
  /** Names of those that were filled in from outside, in order. */
  readonly used: readonly string[];
}

/** A variable, with the word after `:-`, `-`, `:+`, `+`, `:?` or `?`. */
const VARIABLE = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^{}]*))?\})/g;

/** A missing variable leaves this, which no image name has. */
export const MISSING = '\u0001';

/** No image is longer once it is filled in; variables that double one another are cut off here. */
const LONGEST = 1_000;

/**
 * Fills variables in as shells, Dockerfiles, Compose and GitLab do: `$NAME`, `${NAME}`, `${NAME:-word}`,
 * `${NAME:+word}`. `$$` is a dollar sign. A word's own variables are filled in once.
 *
 * @param lookUp undefined for what is not known
 */
export function expandVariables(text: string, lookUp: (name: string) => string | undefined): Expanded {
  const missing: string[] = [];
  const used: string[] = [];
  const fill = (template: string, depth: number): string =>
    template.replace(
      VARIABLE,
      (whole, plain: string | undefined, braced: string | undefined, operator = '', word = '') => {
        const name = plain ?? braced;
        if (name === undefined) {
          return whole === '$$' ? '$' : whole;
        }
        const value = lookUp(name);
        const given = value !== undefined && !(operator.startsWith(':') && value === '');
        if (operator.endsWith('+')) {
          return given ? word : '';
        }
        if (given) {
          used.push(name);
          return value;
        }
        if (operator.endsWith('-')) {
          return depth === 0 ? fill(word, 1) : word;
        }
        missing.push(name);
        return MISSING;
      },
    );
  const filled = fill(text, 0);
  return filled.length > LONGEST
    ? { text: MISSING, missing: [...missing, ...used], used: [] }
    : { text: filled, missing, used };
}
