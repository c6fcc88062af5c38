import { editDistance } from '../../../edit-distance';
import { type Problem, ProblemError } from '../../../model/problem';
import type { EnvironmentKind, TargetEnvironment, TargetShell } from '../../../model/target';
import { type Attrs, decodeUtf8, encodeUtf8, type Slot } from '../../../nix';
import { isOwnProgram } from '../../lib-mount';
import { markOf } from '../../mark';
import { attempt, memberAttrs, type Session } from '../../session';
import { outputForms } from '../../shell-names';
import type { Places } from '../places';
import { readApp, readPackage } from './build';
import { readConfiguration } from './configuration';

/** Something of a flake that can be read like a dev shell. */
export interface FoundEnvironment extends TargetEnvironment {
  /** Its own name: `laptop`. */
  readonly name: string;
  readonly slot: Slot;
}

const CONFIGURATIONS: readonly (readonly [output: string, kind: EnvironmentKind])[] = [
  ['nixosConfigurations', 'nixos'],
  ['darwinConfigurations', 'darwin'],
  ['homeConfigurations', 'home'],
];
const BY_SYSTEM: readonly (readonly [output: string, kind: EnvironmentKind])[] = [
  ['packages', 'package'],
  ['apps', 'app'],
];
const MOST = 1_000;

/**
 * What a flake has besides dev shells that can be compared with: its configurations, whatever system they are for, and
 * the packages and apps of one system. Names only: nothing inside is evaluated.
 */
export function findEnvironments(session: Session, flake: Attrs, system: string): readonly FoundEnvironment[] {
  const members = (of: Attrs | undefined, before: string, kind: EnvironmentKind): readonly FoundEnvironment[] => {
    const names = of === undefined ? undefined : attempt(() => of.names());
    return (names?.ok ? names.value : []).slice(0, MOST).map((name) => ({
      output: `${before}.${decodeUtf8(name)}`,
      kind,
      name: decodeUtf8(name),
      slot: of!.get(name)!,
    }));
  };
  const set = (from: Attrs | undefined, name: string): Attrs | undefined => {
    const found = from === undefined ? undefined : attempt(() => memberAttrs(session, from, name));
    // A set that has whatever it is asked for has a package of that name, too.
    const value = found?.ok ? found.value : undefined;
    return value !== undefined && markOf(session.evaluator, value) === undefined ? value : undefined;
  };
  return [
    ...CONFIGURATIONS.flatMap(([output, kind]) => members(set(flake, output), output, kind)),
    ...BY_SYSTEM.flatMap(([output, kind]) =>
      members(set(set(flake, output), encodeUtf8(system)), `${output}.${system}`, kind),
    ),
    ...members(
      set(set(set(flake, 'legacyPackages'), encodeUtf8(system)), 'homeConfigurations'),
      `legacyPackages.${system}.homeConfigurations`,
      'home',
    ),
  ];
}

/**
 * The environment that a user means: an output as it is listed, with or without the system and quotes
 * (`packages.foo`, `homeConfigurations."alice@work"`), or just the name of a configuration.
 *
 * @param failureOf what keeps the output of a name (`nixosConfigurations`) from being looked into, if anything does
 * @throws ProblemError `shell-not-found`, or why nothing could be found in that output
 */
export function chooseEnvironment(
  found: readonly FoundEnvironment[],
  shells: readonly string[],
  asked: string,
  system: string,
  failureOf: (output: string) => Problem | undefined,
): FoundEnvironment {
  const forms = outputForms(asked, system);
  const wanted = forms[0] ?? asked;
  const named = found.filter(({ name, kind }) => name === wanted && kind !== 'package' && kind !== 'app');
  const chosen = found.find(({ output }) => forms.includes(output)) ?? (named.length === 1 ? named[0] : undefined);
  if (chosen === undefined) {
    const output = /^[\w-]+/.exec(wanted)?.[0] ?? wanted;
    throw new ProblemError(failureOf(output) ?? notFound(found, shells, wanted, system));
  }
  return chosen;
}

/** Why the names of an output cannot be told, where evaluating it fails; nothing where the flake does not have it. */
export function outputFailure(session: Session, flake: Attrs, output: string, places: Places): Problem | undefined {
  const read = attempt(() => memberAttrs(session, flake, output)?.names());
  if (read.ok) {
    return undefined;
  }
  const position = places.ofError(read.error);
  const { position: _, message, hint, ...problem } = read.error.toProblem(isOwnProgram);
  return {
    ...problem,
    message: `${output} of this flake cannot be read: ${message}`,
    hint: hint ?? 'Correct what it is made of.',
    ...(position === undefined ? {} : { position }),
  };
}

/**
 * The configuration that is meant when nothing else is there: the only one, or the one that is named as preferred.
 *
 * @param orAny then the first one for the kind of system that is read
 */
export function onlyConfiguration(
  found: readonly FoundEnvironment[],
  preferred: readonly string[],
  orAny: false | { readonly system: string },
): FoundEnvironment | undefined {
  const configurations = found.filter(({ kind }) => kind !== 'package' && kind !== 'app');
  const other = orAny !== false && orAny.system.endsWith('darwin') ? 'nixos' : 'darwin';
  const any = orAny === false ? undefined : (configurations.find(({ kind }) => kind !== other) ?? configurations[0]);
  return configurations.length === 1
    ? configurations[0]
    : (preferred
        .map((name) => configurations.find((each) => each.name === name))
        .find((configuration) => configuration !== undefined) ?? any);
}

/** Reads one of them; what is wrong with it is told in it. */
export function readEnvironment(
  session: Session,
  { slot, output, kind }: FoundEnvironment,
  system: string,
  places: Places,
): TargetShell {
  if (kind === 'package') {
    return readPackage(session, slot, output, system, places);
  }
  if (kind === 'app') {
    return readApp(session, slot, output, system, places);
  }
  const read = attempt(() => {
    const value = session.evaluator.force(slot);
    const mark = markOf(session.evaluator, value);
    return mark?.kind === 'configuration'
      ? readConfiguration(mark.configuration, output, places)
      : unreadable(output, kind, {
          code: 'configuration-unknown',
          message: `${output} is not made by a function that Lockstep knows: what it installs cannot be read.`,
          hint: 'Only Nix itself can tell.',
        });
  });
  if (read.ok) {
    return read.value;
  }
  const position = places.ofError(read.error);
  const { position: _, ...problem } = read.error.toProblem(isOwnProgram);
  const hint = problem.hint ?? 'Correct the flake at that place.';
  return unreadable(output, kind, { ...problem, hint, ...(position === undefined ? {} : { position }) });
}

function unreadable(output: string, kind: EnvironmentKind, problem: Problem): TargetShell {
  const position = problem.position === undefined ? {} : { position: problem.position };
  return {
    packages: [],
    variables: [],
    unresolved: [{ what: output, reason: problem.message, ...position }],
    output,
    kind,
    problem,
  };
}

function notFound(
  found: readonly FoundEnvironment[],
  shells: readonly string[],
  wanted: string,
  system: string,
): Problem {
  const names = [...shells, ...found.map(({ output }) => output)];
  const close = [...names, ...found.map(({ name }) => name)]
    .map((name) => ({ name, distance: editDistance(wanted, name, 2) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)[0]?.name;
  const offered = names.length === 0 ? 'It offers nothing to compare with.' : `It has ${listed(names)}.`;
  return {
    code: 'shell-not-found',
    message: `This flake has no dev shell \`${wanted}\` for ${system}, and no output that is called so.`,
    hint: close === undefined ? offered : `Did you mean ${close}? ${offered}`,
  };
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} … (${names.length} in all)` : names.join(', ');
}
