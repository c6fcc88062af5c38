import type { Catalog, Tool } from '../catalog';
import { defineTools } from '../catalog/define-tools';
import type { Expected } from '../model/diff';
import type { Target } from '../model/target';
import { isSeenByProgram } from './not-to-be-seen';
import { type Requirement, requirementsOf } from './requirements';

/** The category of what the catalog does not know: libraries, packages of languages. */
export const OTHER_CATEGORY = 'other';

/**
 * A tool for an attribute that the catalog does not know: most packages have a program of their own name. What is found
 * by such a guess can be compared; what is not found proves nothing.
 *
 * @returns `undefined` where a program is not to be expected (libraries, packages of a language, what is `self`'s own)
 */
export function guessTool(requirement: Requirement): Tool | undefined {
  const { expected, unresolved, input } = requirement;
  if (unresolved || input === 'self' || !isSeenByProgram(requirement)) {
    return undefined;
  }
  const programs = programNames(expected);
  const [tool] = defineTools(OTHER_CATEGORY, [
    { id: expected.attribute, title: expected.name, programs, nixpkgs: [expected.attribute], scheme: 'loose' },
  ]);
  return programs.length === 0 ? undefined : tool;
}

/** A tool for everything that the shells of a target ask for and the catalog does not know, by attribute. */
export function guessedTools(target: Target, catalog: Catalog): readonly Tool[] {
  const tools = new Map<string, Tool>();
  for (const shell of Object.values(target.shells)) {
    for (const requirement of requirementsOf(shell, catalog)) {
      const tool = requirement.tool === undefined ? guessTool(requirement) : undefined;
      if (tool !== undefined) {
        tools.set(tool.id, tool);
      }
    }
  }
  return [...tools.values()];
}

function programNames({ name, attribute }: Expected): readonly string[] {
  const last = attribute.split('.').slice(-1)[0] ?? attribute;
  const names = [name, last, last.replace(/(?:[-_]?\d+)+$|-unwrapped$/, '')];
  return [...new Set(names)].filter((program) => /^[A-Za-z][\w.+-]{1,60}$/.test(program));
}
