import type { Position, Problem } from '../../model/problem';
import { SHELL_HOOK, type TargetPackage, type TargetShell, type Unresolved } from '../../model/target';
import { Attrs, decodeUtf8, Opaque, type Slot } from '../../nix';
import { sentence } from '../../sentence';
import { isOwnProgram } from '../lib-mount';
import { attempt, listed, memberText, type Session, textOf } from '../session';
import { maskStorePaths } from '../virtual-store';
import { broughtPackages, hookedPackages, LISTS, labelOf } from './brought';
import { PackageReader } from './packages';
import type { Places } from './places';
import { calledName, givenArguments } from './unknown-call';
import { readVariables } from './variables';

/** What the maker of a shell was given, as our nixpkgs keeps it. */
const ARGUMENTS = '__arguments';

const UNKNOWN_HINT = 'Only Nix itself can tell: add `--evaluator nix` where it is installed.';
const INVALID_HINT = 'A dev shell is what `pkgs.mkShell { … }` gives.';

/**
 * Reads one shell. Nothing that is wrong with it throws: it becomes an entry of `unresolved`.
 *
 * @param slot the shell's derivation
 * @param output where it stands: `devShells.x86_64-linux.default`
 * @param place where it is written, for what it brings without a place of its own
 */
export function readShell(
  session: Session,
  slot: Slot,
  output: string,
  system: string,
  places: Places,
  place?: Position,
): TargetShell {
  const forced = attempt(() => session.evaluator.force(slot));
  if (!forced.ok) {
    return failed(output, forced.error.toProblem(isOwnProgram), places.ofError(forced.error) ?? place);
  }
  const shell = forced.value;
  if (shell instanceof Opaque) {
    const message = `This shell cannot be known: ${shell.reason}.`;
    const problem: Problem = { code: 'shell-unknown', message, hint: UNKNOWN_HINT };
    const nothing = failed(output, problem, places.of(shell.pos) ?? place);
    const packages = givenPackages(session, shell, output, system, places);
    return packages === undefined ? nothing : withGiven(nothing, packages, shell);
  }
  if (!(shell instanceof Attrs && mayBeDerivation(session, shell))) {
    const message = `${output} is not a derivation.`;
    return failed(output, { code: 'shell-invalid', message, hint: INVALID_HINT }, place);
  }
  const reader = new PackageReader(session, places, system);
  for (const list of LISTS) {
    const position = places.of(shell.positionOf(list)) ?? argumentPosition(session, shell, list, places) ?? place;
    reader.readList(shell.get(list), position, labelOf(output, list));
  }
  const implied = impliedPackages(session, shell, output, system, places, place);
  const { variables, unresolved } = readVariables(session, shell, places, place);
  const hook = attempt(() => listed(session, memberText(session, shell, SHELL_HOOK), shell.positionOf(SHELL_HOOK)));
  const unreadable = hook.ok ? unknownHook(session, shell) : hook.error.message;
  const hooked = hook.ok
    ? hookedPackages(session, shell, system, places, hookPlace(session, shell, places) ?? place)
    : [];
  const shellHook = hook.ok && hook.value !== undefined ? maskStorePaths(decodeUtf8(hook.value)) : '';
  const told = [...joinedLists(reader.unresolved, output), ...implied.unresolved, ...unresolved];
  const unread = unreadable === undefined ? [] : [unreadHook(unreadable, hookPlace(session, shell, places) ?? place)];
  return {
    packages: reader.packages,
    variables,
    unresolved: [...told, ...unread.filter((one) => !told.some((other) => isOneCause(one, other)))],
    ...(shellHook === '' ? {} : { shellHook }),
    output,
    ...withImplied(
      reader.packages,
      implied.packages,
      broughtPackages(session, shell, output, system, places, place),
      hooked,
    ),
  };
}

/** What is not known of all arguments of a shell is told once. */
function isOneCause(one: Unresolved, other: Unresolved): boolean {
  const { position: at } = one;
  const { position: to } = other;
  return one.reason === other.reason && at?.file === to?.file && at?.line === to?.line && at?.column === to?.column;
}

/** What stands among the packages that are asked for, or comes with the compiler, is told there. */
function withImplied(
  asked: readonly TargetPackage[],
  implied: readonly TargetPackage[],
  brought: readonly TargetPackage[],
  hooked: readonly TargetPackage[],
): Pick<TargetShell, 'implied'> {
  const key = ({ input, attribute }: TargetPackage) => `${input} ${attribute}`;
  const told = new Set([...asked, ...implied].map(key));
  const more = [...brought, ...hooked].filter((each) => {
    const isNew = !told.has(key(each));
    told.add(key(each));
    return isNew;
  });
  const all = [...implied, ...more];
  return all.length === 0 ? {} : { implied: all };
}

/** Nix takes what says that it is a derivation; where that cannot be read, reading on tells why. */
function mayBeDerivation(session: Session, shell: Attrs): boolean {
  const type = attempt(() => session.evaluator.selectOptional(shell, ['type']));
  const isUnknown = !type.ok || type.value instanceof Opaque || (type.value === undefined && shell.rest !== undefined);
  return isUnknown || textOf(type.value ?? null) === 'derivation';
}

/**
 * What a function of a flake that is not known was given to make a shell of: what else the shell has, only that flake
 * knows.
 *
 * @returns undefined where no function of that name was given any list
 */
function givenPackages(
  session: Session,
  shell: Opaque,
  output: string,
  system: string,
  places: Places,
): PackageReader | undefined {
  const args = /shell/i.test(calledName(shell)) ? givenArguments(session, shell) : undefined;
  if (args === undefined) {
    return undefined;
  }
  const reader = new PackageReader(session, places, system);
  let isGiven = false;
  for (const list of ['packages', ...LISTS]) {
    const slot = args.get(list);
    const value = slot === undefined ? undefined : attempt(() => session.evaluator.force(slot));
    if (slot !== undefined && value?.ok && Array.isArray(value.value)) {
      isGiven = true;
      reader.readList(slot, places.of(args.positionOf(list)), `${output}.${list}`);
    }
  }
  return isGiven ? reader : undefined;
}

/** A shell that is not known, with what it was given. */
function withGiven(failure: TargetShell, given: PackageReader, shell: Opaque): TargetShell {
  const { problem: _, ...rest } = failure;
  const reason = `What the function ${calledName(shell)} adds to the shell cannot be known`;
  return {
    ...rest,
    packages: given.packages,
    unresolved: [
      ...given.unresolved,
      ...failure.unresolved.map((item) => ({
        ...item,
        reason: item.reason.replace('This shell cannot be known', reason),
      })),
    ],
  };
}

/** What is told of a part of a list before its cause. */
const UNDECIDED = /^Whether it is there is not known: /;

/** Lists that are unknown for one reason at one place, as those of a shell with unknown arguments, are one item. */
function joinedLists(unresolved: readonly Unresolved[], output: string): readonly Unresolved[] {
  const lists = new Set<string>(LISTS.map((list) => labelOf(output, list)));
  const told = new Set<string>();
  return unresolved.filter(({ what, reason, position }) => {
    const cause = reason.replace(UNDECIDED, '').toLowerCase();
    const key = `${position?.file}:${position?.line}:${position?.column} ${cause}`;
    const isRepeated = lists.has(what) && told.has(key);
    if (lists.has(what)) {
      told.add(key);
    }
    return !isRepeated;
  });
}

/** What nobody asked for: the compiler of the shell's stdenv. */
function impliedPackages(
  session: Session,
  shell: Attrs,
  output: string,
  system: string,
  places: Places,
  place: Position | undefined,
): PackageReader {
  const reader = new PackageReader(session, places, system);
  const compiler = attempt(() => session.evaluator.selectOptional(shell, ['stdenv', 'cc']));
  if (compiler.ok) {
    reader.readList(compiler.value, undefined, `${output}.stdenv.cc`);
  } else {
    reader.readUnreadable(
      `${output}.stdenv.cc`,
      compiler.error.toProblem(isOwnProgram).message,
      places.ofError(compiler.error) ?? place,
    );
  }
  return reader;
}

/** Where the flake writes a list, for elements that have no place of their own. */
function argumentPosition(session: Session, shell: Attrs, list: string, places: Places): Position | undefined {
  const wanted = list === 'nativeBuildInputs' ? ['packages', list] : [list];
  for (const source of [ARGUMENTS, 'drvAttrs']) {
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

function hookPlace(session: Session, shell: Attrs, places: Places): Position | undefined {
  return places.of(shell.positionOf(SHELL_HOOK)) ?? argumentPosition(session, shell, SHELL_HOOK, places);
}

/** Why a hook cannot be shown, or not all of it: its own text is not known, whatever others add to it. */
function unknownHook(session: Session, shell: Attrs): string | undefined {
  for (const path of [[SHELL_HOOK], [ARGUMENTS, SHELL_HOOK]]) {
    const found = attempt(() => session.evaluator.selectOptional(shell, path));
    if (found.ok && found.value instanceof Opaque) {
      return found.value.reason;
    }
  }
  return undefined;
}

function unreadHook(message: string, position: Position | undefined): Unresolved {
  return { what: SHELL_HOOK, reason: sentence(message), ...(position === undefined ? {} : { position }) };
}

function failed(output: string, problem: Problem, position: Position | undefined): TargetShell {
  const place = position === undefined ? {} : { position };
  const { position: _, ...rest } = problem;
  return {
    packages: [],
    variables: [],
    unresolved: [{ what: output, reason: problem.message, ...place }],
    output,
    problem: { ...rest, ...place },
  };
}
