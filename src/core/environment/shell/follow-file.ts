import type { Scope } from './scope';
import { ShellSyntaxError } from './syntax';
import { doubt, doubtCut } from './world';

/** Files and functions under way at once that are followed. */
export const MAX_FOLLOWED = 24;

/**
 * Follows a startup file: notes that it was read, or why it was not, and what its language says of a text that it cannot read.
 *
 * @param isOptional whether the file need not be there
 * @returns whether it was read
 */
export function followFile(scope: Scope, path: string, follow: (text: string) => void, isOptional = false): boolean {
  const { world, file, line } = scope;
  const read = world.files > 0 && scope.depth < MAX_FOLLOWED ? world.readText(path) : undefined;
  if (read?.ok !== true) {
    if (!isOptional || (read?.code !== 'not-found' && read?.code !== 'is-a-directory')) {
      doubt(world, path, `${path} is not read (${read?.code ?? 'too many files'})`);
    }
    return false;
  }
  doubtCut(world, path, read.value);
  world.files -= 1;
  world.sources.add(path);
  scope.file = path;
  scope.depth += 1;
  try {
    follow(read.value);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) {
      throw error;
    }
    doubt(world, path, `${path} cannot be read (${error.message})`);
  }
  scope.depth -= 1;
  Object.assign(scope, { file, line });
  return true;
}
