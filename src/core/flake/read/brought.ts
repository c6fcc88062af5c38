import type { Position } from '../../model/problem';
import { SHELL_HOOK, type TargetPackage } from '../../model/target';
import { Attrs, NixString, type Value } from '../../nix';
import { markOf } from '../mark';
import { attempt, listSlots, type Session, textOf } from '../session';
import { foldersOnPath } from './hook-path';
import { PackageReader } from './packages';
import type { Places } from './places';

/** Lists of a shell in the order in which they are shown. */
export const LISTS = [
  'nativeBuildInputs',
  'buildInputs',
  'propagatedNativeBuildInputs',
  'propagatedBuildInputs',
  'depsBuildBuild',
  'depsBuildTarget',
  'depsHostHost',
  'depsTargetTarget',
] as const;

/** A list as it is told: nobody but a model of a flake writes `depsHostHost`, for packages that hand on nothing. */
export function labelOf(output: string, list: string): string {
  return `${output}.${list === 'depsHostHost' ? 'packages' : list}`;
}

/** What a package hands on to whatever has it: a toolchain the compiler that links, a development kit its tools. */
const HANDED_ON = ['depsHostHostPropagated', 'propagatedBuildInputs'];

/** What packages of other flakes hand on to the shell, as far as that is known. */
export function broughtPackages(
  session: Session,
  shell: Attrs,
  output: string,
  system: string,
  places: Places,
  place: Position | undefined,
): readonly TargetPackage[] {
  const { evaluator } = session;
  const reader = new PackageReader(session, places, system);
  for (const list of LISTS) {
    const slot = shell.get(list);
    const items = slot === undefined ? undefined : attempt(() => listSlots(evaluator, slot));
    for (const item of items?.ok ? items.value : []) {
      const brought = attempt(() => {
        const value = evaluator.force(item);
        const isForeign = value instanceof Attrs && markOf(evaluator, value)?.kind === 'foreign';
        return isForeign ? HANDED_ON.map((name) => evaluator.force(value.get(name) ?? null)) : [];
      });
      for (const given of brought.ok ? brought.value.filter((each) => Array.isArray(each)) : []) {
        reader.readList(given, place, labelOf(output, list));
      }
    }
  }
  return reader.packages;
}

/**
 * Packages that the shell's hook puts on PATH: those whose folders its text names, and which Nix brings for it since the
 * text was made of them.
 */
export function hookedPackages(
  session: Session,
  shell: Attrs,
  system: string,
  places: Places,
  position: Position | undefined,
): readonly TargetPackage[] {
  const slot = shell.get(SHELL_HOOK);
  const forced = slot === undefined ? undefined : attempt(() => session.evaluator.force(slot));
  const hook = forced?.ok ? forced.value : undefined;
  if (!(hook instanceof NixString && hook.text.includes('PATH='))) {
    return [];
  }
  const reader = new PackageReader(session, places, system);
  const owners = ownersByPath(session, hook.context);
  reader.under(SHELL_HOOK, () => {
    for (const folder of foldersOnPath(hook.text)) {
      const owner = owners.get(folder.replace(/\/s?bin\/?$/, ''));
      if (owner !== undefined) {
        reader.readList(owner, position, SHELL_HOOK);
      }
    }
  });
  return reader.packages;
}

/** What the packages that a text was made of are called in it: store path → package. */
function ownersByPath(session: Session, context: ReadonlySet<string>): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const reference of context) {
    const owner = session.store.ownerOf(reference);
    if (owner === undefined) {
      continue;
    }
    const output = /^!(\w+)!/.exec(reference)?.[1] ?? 'out';
    for (const path of [[output, 'outPath'], ['outPath']]) {
      const text = attempt(() => session.evaluator.selectOptional(owner, path));
      const outPath = text.ok ? textOf(text.value ?? null) : undefined;
      if (outPath !== undefined) {
        found.set(outPath, owner);
      }
    }
  }
  return found;
}
