import type { PinContext } from '../../context';
import type { DocNode } from '../../format/document';
import type { Value } from '../ci/values';
import { expandVariables } from '../images/variables';
import { type GivenVariable, readCommands, type Script, scriptOf } from './read-commands';

/** What a pipeline fills into its scripts. */
export interface Fillings {
  /** What its references look like, such as `${{ … }}`; global, the first group is the reference. */
  readonly references?: RegExp;
  readonly resolve?: (reference: string) => readonly Value[];
  /** The values of a variable that it sets for the script. */
  readonly variable: (name: string) => readonly Value[];
  /** Which pins are alternatives of one another, where a script is run with several values. */
  readonly group: (alternatives: number) => string | undefined;
}

/** More references than a script has. */
const MOST_REFERENCES = 100;

/**
 * The versions that a script of a pipeline installs, with what the pipeline fills in. Where that has several values, the
 * script is read once with each: of the first reference that has them, as one axis of a matrix is all that a version has.
 */
export function readFilledScript(
  context: PinContext,
  node: DocNode | undefined,
  script: Omit<Script, 'group' | 'lookUp'>,
  { references, resolve, variable, group }: Fillings,
): void {
  const found = scriptOf(context, node);
  if (found === undefined) {
    return;
  }
  const { text: written, offset } = found;
  const values = new Map<string, readonly Value[]>();
  // A reference becomes a variable of the same length, so that all else keeps its place.
  const text =
    references === undefined
      ? written
      : written.replace(references, (whole: string, reference: string) => {
          const name = `__${values.size}`.padEnd(whole.length - 3, '_');
          const given = values.size < MOST_REFERENCES && name.length + 3 === whole.length ? resolve?.(reference) : [];
          if (given === undefined || given.length === 0) {
            return whole;
          }
          values.set(name, given);
          return `\${${name}}`;
        });
  const valuesOf = (name: string) => values.get(name) ?? variable(name);
  const names = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].slice(0, MOST_REFERENCES).map((match) => match[1]!);
  const axis = names.find((name) => valuesOf(name).length > 1);
  const cells = axis === undefined ? [undefined] : valuesOf(axis);
  for (const cell of cells) {
    const cellOf = (name: string) => (cell !== undefined && name === axis ? cell : valuesOf(name)[0]);
    const lookUp = (name: string): GivenVariable | undefined => {
      const value = cellOf(name);
      if (value === undefined) {
        return undefined;
      }
      // A variable may hold another one.
      const filled = expandVariables(value.text, (inner) => (inner === name ? undefined : cellOf(inner)?.text));
      return filled.missing.length > 0 ? undefined : { value: filled.text, ...placeOf(value.node) };
    };
    readCommands(context, text, offset, { ...script, group: group(cells.length), lookUp });
  }
}

function placeOf({ offset, end }: DocNode) {
  return { offset, end, from: offset };
}
