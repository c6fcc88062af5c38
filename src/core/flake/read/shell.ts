import type { Position } from '../../model/problem';
import type { TargetShell } from '../../model/target';
import { Attrs, decodeUtf8, type NixError, Opaque, type Slot } from '../../nix';
import { attempt, memberText, type Session } from '../session';
import { maskStorePaths } from '../virtual-store';
import { PackageReader } from './packages';
import type { Places } from './places';
import { readVariables } from './variables';

/** Lists of a shell in the order in which they are shown. */
const LISTS = [
  'nativeBuildInputs',
  'buildInputs',
  'propagatedNativeBuildInputs',
  'propagatedBuildInputs',
  'depsBuildBuild',
  'depsBuildTarget',
  'depsHostHost',
  'depsTargetTarget',
] as const;

/**
 * Reads one shell. Nothing that is wrong with it throws: it becomes an entry of `unresolved`.
 *
 * @param slot the shell's derivation
 * @param output where it stands: `devShells.x86_64-linux.default`
 */
export function readShell(session: Session, slot: Slot, output: string, system: string, places: Places): TargetShell {
  const forced = attempt(() => session.evaluator.force(slot));
  if (!forced.ok) {
    return failed(output, describeError(forced.error), places.ofError(forced.error));
  }
  const shell = forced.value;
  if (shell instanceof Opaque) {
    return failed(output, shell.reason, places.of(shell.pos));
  }
  if (!(shell instanceof Attrs)) {
    return failed(output, 'It is not a derivation.', undefined);
  }
  const reader = new PackageReader(session, places, system);
  for (const list of LISTS) {
    const position = places.of(shell.positionOf(list)) ?? argumentPosition(session, shell, list, places);
    reader.readList(shell.get(list), position, `${output}.${list}`);
  }
  const { variables, unresolved } = readVariables(session, shell, places);
  const hook = attempt(() => memberText(session, shell, 'shellHook'));
  const shellHook = hook.ok && hook.value !== undefined ? maskStorePaths(decodeUtf8(hook.value)) : '';
  return {
    packages: reader.packages,
    variables,
    unresolved: [...reader.unresolved, ...unresolved],
    ...(shellHook === '' ? {} : { shellHook }),
    output,
  };
}

/** Where the flake writes a list, for elements that have no place of their own. */
function argumentPosition(session: Session, shell: Attrs, list: string, places: Places): Position | undefined {
  const wanted = list === 'nativeBuildInputs' ? ['packages', list] : [list];
  for (const source of ['__arguments', 'drvAttrs']) {
    const slot = shell.get(source);
    const given = slot === undefined ? undefined : attempt(() => session.evaluator.force(slot));
    const attrs = given?.ok && given.value instanceof Attrs ? given.value : undefined;
    for (const name of [...wanted, 'inputsFrom']) {
      const position = places.of(attrs?.positionOf(name));
      if (position !== undefined) {
        return position;
      }
    }
  }
  return undefined;
}

function describeError(error: NixError): string {
  const hint = error.suggestion();
  return hint === undefined ? error.message : `${error.message}. ${hint}`;
}

function failed(output: string, reason: string, position: Position | undefined): TargetShell {
  return {
    packages: [],
    variables: [],
    unresolved: [{ what: output, reason, ...(position === undefined ? {} : { position }) }],
    output,
  };
}
