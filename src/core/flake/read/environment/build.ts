import type { EnvironmentKind, TargetPackage, TargetShell } from '../../../model/target';
import { Attrs, decodeUtf8, NixString, Opaque, type Slot, type Value } from '../../../nix';
import { markOf } from '../../mark';
import { attempt, type Session } from '../../session';
import { PackageReader } from '../packages';
import type { Places } from '../places';
import { readShell } from '../shell';

/**
 * A package as an environment: its own name and version, and what it is built with; of an environment of packages
 * (`buildEnv`, `symlinkJoin`, `withPackages`) what is in it, and of a script (`writeShellApplication`) what it has on PATH.
 */
export function readPackage(session: Session, slot: Slot, output: string, system: string, places: Places): TargetShell {
  const { evaluator } = session;
  const found = attempt(() => {
    const value = evaluator.force(slot);
    return { value, mark: markOf(evaluator, value) };
  });
  if (!found.ok || found.value.value instanceof Opaque) {
    // Both are told as those of a shell are.
    return { ...readShell(session, slot, output, system, places), kind: 'package' };
  }
  const { value, mark } = found.value;
  const held = mark?.kind === 'built' && mark.how === 'script' ? 'runtimeInputs' : 'paths';
  const paths = value instanceof Attrs ? value.get(held) : undefined;
  if (mark?.kind === 'composite' || mark?.kind === 'foreign' || (mark?.kind === 'built' && paths !== undefined)) {
    const reader = new PackageReader(session, places, system);
    const position = value instanceof Attrs ? places.of(value.positionOf(held)) : undefined;
    reader.readList(mark.kind === 'built' ? paths : slot, position, `${output}.${held}`);
    const builds = mark.kind === 'built' ? ownOf(session, slot, system, places) : undefined;
    return environment(output, 'package', reader, builds);
  }
  const shell = readShell(session, slot, output, system, places);
  const builds = shell.problem === undefined ? ownOf(session, slot, system, places) : undefined;
  const { shellHook: _, ...rest } = shell;
  return { ...rest, kind: 'package', ...(builds === undefined ? {} : { builds }) };
}

/** An app: the package whose program it starts. */
export function readApp(session: Session, slot: Slot, output: string, system: string, places: Places): TargetShell {
  const reader = new PackageReader(session, places, system);
  const { evaluator } = session;
  const found = attempt(() => {
    const app = evaluator.force(slot);
    const program = app instanceof Attrs ? app.get('program') : undefined;
    const position = app instanceof Attrs ? places.of(app.positionOf('program')) : undefined;
    const value: Value = program === undefined ? app : evaluator.force(program);
    return { value, position, isApp: program !== undefined || app instanceof Opaque };
  });
  if (!found.ok) {
    reader.readUnreadable(output, found.error.message, places.ofError(found.error));
  } else if (!found.value.isApp) {
    reader.readUnreadable(output, 'It is no app: it has no `program`', undefined);
  } else {
    const { value, position } = found.value;
    const own = ownProgram(session, value);
    if (own === undefined) {
      reader.readList(value, position, `${output}.program`);
    } else {
      reader.readOther(own, position);
    }
  }
  return environment(output, 'app', reader, undefined);
}

/** The package behind the path of a program that the flake itself builds. */
function ownProgram(session: Session, value: Value): TargetPackage | undefined {
  const [context, ...others] = value instanceof NixString ? value.context : [];
  if (context === undefined || others.length > 0 || session.store.ownerOf(context) !== undefined) {
    return undefined;
  }
  const [, name, version] = /\/nix\/store\/[^-]*-(.+?)(?:-([^a-zA-Z].*?))?(?:\.drv)?$/.exec(decodeUtf8(context)) ?? [];
  if (name === undefined) {
    return undefined;
  }
  return {
    attribute: name,
    name,
    input: 'self',
    ...(version === undefined
      ? { certainty: 'unknown', reason: 'The flake makes it itself and gives it no version.' }
      : { version, certainty: 'exact', reason: 'The flake itself sets this version.' }),
  };
}

/** The package that a derivation is, read as one of a list would be. */
function ownOf(session: Session, slot: Slot, system: string, places: Places): TargetPackage | undefined {
  const reader = new PackageReader(session, places, system);
  reader.readList(slot, undefined, 'package');
  return reader.packages[0];
}

function environment(
  output: string,
  kind: EnvironmentKind,
  reader: PackageReader,
  builds: TargetPackage | undefined,
): TargetShell {
  return {
    packages: reader.packages,
    variables: [],
    unresolved: reader.unresolved,
    output,
    kind,
    ...(builds === undefined ? {} : { builds }),
  };
}
