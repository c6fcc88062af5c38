import type { Problem } from '../model/problem';
import type { TargetShell } from '../model/target';
import { Attrs, decodeUtf8, Opaque, type Pos, type Slot } from '../nix';
import type { Places } from './read/places';
import { readShell } from './read/shell';
import { attempt, memberAttrs, memberText, type Session } from './session';

/** A dev shell that a flake offers. */
export interface FoundShell {
  readonly name: string;
  /** `devShells.x86_64-linux.default`. */
  readonly output: string;
  readonly slot: Slot;
  /** Where the flake may have it, the nearest place first: for what it brings without a place of its own. */
  readonly places: readonly (Pos | undefined)[];
}

/** Outputs by system that hold one shell or package instead of a set of them, in Nix's order of preference. */
const FALLBACKS = [['devShell'], ['packages', 'default'], ['defaultPackage']] as const;

/**
 * The shells of a system: all of `devShells`; where none is the `default`, the old `devShell` or what else `nix develop`
 * falls back to is.
 */
export function findShells(session: Session, flake: Attrs, system: string): readonly FoundShell[] {
  const shells = bySystem(session, flake, 'devShells', system);
  const around = outputPlaces(session, flake, 'devShells', system);
  const found: FoundShell[] = (shells === undefined || isDerivation(session, shells) ? [] : shells.names())
    .filter((name) => mayBeShell(session, shells!.get(name)!))
    .map((name) => ({
      name: decodeUtf8(name),
      output: `devShells.${system}.${decodeUtf8(name)}`,
      slot: shells!.get(name)!,
      places: [shells!.positionOf(name), ...around],
    }));
  if (found.some(({ name }) => name === 'default')) {
    return found;
  }
  for (const [output, member] of FALLBACKS) {
    const last = fallback(session, flake, output, member, system);
    if (last !== undefined) {
      const path = member === undefined ? `${output}.${system}` : `${output}.${system}.${member}`;
      return [...found, { name: 'default', output: path, ...last }];
    }
  }
  return found;
}

/**
 * Reads every shell; progress is told by its name.
 *
 * @param outputs where the flake says what it gives: the place of what a module of somebody else brings
 */
export function readShells(
  session: Session,
  found: readonly FoundShell[],
  system: string,
  places: Places,
  outputs: Pos | undefined,
  onShell: (name: string) => void,
): Readonly<Record<string, TargetShell>> {
  const sorted = [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ name, output, slot, places: near }, i) => {
      onShell(name);
      if (i > 0) {
        session.renewTime();
      }
      return [name, readShell(session, slot, output, system, places, places.first([...near, outputs]))];
    }),
  );
}

/** Systems for which the flake has shells, sorted. */
export function shellSystems(session: Session, flake: Attrs): readonly string[] {
  const names = ['devShells', 'devShell'].flatMap((output) => memberAttrs(session, flake, output)?.names() ?? []);
  return [...new Set(names.map(decodeUtf8))].sort();
}

/** A derivation where Nix wants a set of them: `devShells.<system> = pkgs.mkShell { … }`. */
export function misplacedShell(session: Session, flake: Attrs, system: string): Problem | undefined {
  const shells = bySystem(session, flake, 'devShells', system);
  if (shells === undefined || !isDerivation(session, shells)) {
    return undefined;
  }
  return {
    code: 'shell-misplaced',
    message: `devShells.${system} is a shell, where Nix wants a set of shells: \`nix develop\` does not find it.`,
    hint: `Call it devShells.${system}.default.`,
  };
}

function isDerivation(session: Session, attrs: Attrs): boolean {
  return attrs.has('type') && memberText(session, attrs, 'type') === 'derivation';
}

/** Functions and the like among the shells are what `callPackage` leaves there. */
function mayBeShell(session: Session, slot: Slot): boolean {
  const value = attempt(() => session.evaluator.force(slot));
  return !value.ok || value.value instanceof Attrs || value.value instanceof Opaque;
}

function fallback(
  session: Session,
  flake: Attrs,
  output: string,
  member: string | undefined,
  system: string,
): Pick<FoundShell, 'slot' | 'places'> | undefined {
  const slot = flake.has(output) ? memberAttrs(session, flake, output)?.get(system) : undefined;
  if (slot === undefined) {
    return undefined;
  }
  const places = outputPlaces(session, flake, output, system);
  if (member === undefined) {
    return { slot, places };
  }
  const value = session.evaluator.force(slot);
  const found = value instanceof Attrs ? value.get(member) : undefined;
  return found === undefined ? undefined : { slot: found, places: [(value as Attrs).positionOf(member), ...places] };
}

/** Where an output's part for a system may be written, or the output. */
function outputPlaces(session: Session, flake: Attrs, output: string, system: string): readonly (Pos | undefined)[] {
  const all = flake.has(output) ? memberAttrs(session, flake, output) : undefined;
  return [all?.positionOf(system), flake.positionOf(output)];
}

function bySystem(session: Session, flake: Attrs, output: string, system: string): Attrs | undefined {
  const all = flake.has(output) ? memberAttrs(session, flake, output) : undefined;
  return all === undefined ? undefined : memberAttrs(session, all, system);
}
