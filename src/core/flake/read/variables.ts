import type { Position } from '../../model/problem';
import type { TargetVariable, Unresolved } from '../../model/target';
import { type Attrs, decodeUtf8, NixFloat, Opaque, type Slot, type Value } from '../../nix';
import { sentence } from '../../sentence';
import { attempt, bearable, listed, memberAttrs, type Session } from '../session';
import { maskStorePaths } from '../virtual-store';
import type { Places } from './places';

/**
 * Arguments of mkDerivation and mkShell that say how to build and are not meant for the environment, though Nix puts
 * some of them there. Everything else that has a value of a simple kind becomes a variable.
 */
const STRUCTURAL: ReadonlySet<string> = new Set(
  `name pname version src srcs sourceRoot stdenv system builder args outputs meta passthru env packages inputsFrom
  nativeBuildInputs buildInputs propagatedBuildInputs propagatedNativeBuildInputs depsBuildBuild depsBuildBuildPropagated
  depsBuildTarget depsBuildTargetPropagated depsHostHost depsHostHostPropagated depsTargetTarget
  depsTargetTargetPropagated checkInputs nativeCheckInputs installCheckInputs nativeInstallCheckInputs shellHook phases
  prePhases preConfigurePhases preBuildPhases preInstallPhases preFixupPhases preDistPhases postPhases unpackPhase
  patchPhase configurePhase buildPhase checkPhase installPhase fixupPhase installCheckPhase distPhase preUnpack postUnpack
  prePatch postPatch preConfigure postConfigure preBuild postBuild preCheck postCheck preInstall postInstall preFixup
  postFixup preInstallCheck postInstallCheck preDist postDist preShellHook postShellHook patches patchFlags configureFlags
  configureScript cmakeFlags mesonFlags makeFlags buildFlags checkFlags installFlags doCheck doInstallCheck doDist dontUnpack
  dontPatch dontConfigure dontBuild dontInstall dontFixup dontStrip dontPatchELF dontPatchShebangs dontWrapQtApps
  dontWrapGApps dontUseCmakeConfigure dontAddPrefix strictDeps hardeningDisable hardeningEnable enableParallelBuilding
  enableParallelChecking enableParallelInstalling allowSubstitutes preferLocalBuild impureEnvVars outputHash outputHashAlgo
  outputHashMode allowedReferences allowedRequisites disallowedReferences disallowedRequisites requiredSystemFeatures
  separateDebugInfo pos realBuilder position extraCmds profile cargoLock cargoHash cargoSha256 vendorHash vendorSha256
  ldflags tags subPackages buildFeatures buildNoDefaultFeatures buildAndTestSubdir pyproject format dependencies
  build-system optional-dependencies pythonImportsCheck propagatedUserEnvPkgs userHook finalPackage overrideAttrs
  shellAliases inputDerivation __structuredAttrs __impureHostDeps __propagatedImpureHostDeps __sandboxProfile
  __darwinAllowLocalNetworking __contentAddressed __ignoreNulls __brings __arguments __lockstep exitHook shell nobuildPhase paths pathsToLink ignoreCollisions
  extraOutputsToInstall makeWrapperArgs targetPkgs multiPkgs runScript runtimeInputs text checkPhase postBuild`.split(
    /\s+/,
  ),
);

/** The names that are no variables, for those who ask Nix itself. */
export function structuralAttributes(): readonly string[] {
  return [...STRUCTURAL];
}

/** Variables of one shell that are read. */
const MAX_VARIABLES = 5_000;

export interface ReadVariables {
  readonly variables: readonly TargetVariable[];
  readonly unresolved: readonly Unresolved[];
}

/**
 * Environment variables that a shell sets: its simple arguments and its `env`, by the rules of derivations (true is `1`,
 * false is empty, null is left out, lists are joined by spaces).
 *
 * @param shell the shell's value; its `drvAttrs` are what mkShell was given
 * @param shellPlace where the shell is written, for what a model adds and nobody can tell
 */
export function readVariables(session: Session, shell: Attrs, places: Places, shellPlace?: Position): ReadVariables {
  const given = attempt(() => memberAttrs(session, shell, 'drvAttrs'));
  const attrs = given.ok ? given.value : undefined;
  const found = new Map<string, TargetVariable>();
  const unresolved: Unresolved[] = [];
  let looks = 0;
  const read = (from: Attrs, name: string) => {
    if (++looks > MAX_VARIABLES) {
      return;
    }
    const place = places.of(from.positionOf(name));
    const position = place === undefined ? {} : { position: place };
    const text = attempt(() => {
      const pos = from.positionOf(name);
      return listed(session, bearable(variableText(session, from.get(name)!), pos), pos);
    });
    const label = decodeUtf8(name);
    const told = place ?? places.ofSlot(from.get(name)!) ?? shellPlace;
    const at = told === undefined ? {} : { position: told };
    if (!text.ok) {
      unresolved.push({ what: `$${label}`, reason: sentence(text.error.message), ...at });
    } else if (text.value instanceof Opaque) {
      unresolved.push({ what: `$${label}`, reason: sentence(text.value.reason), ...at });
    } else if (text.value !== undefined) {
      found.set(label, { name: label, value: maskStorePaths(text.value), ...position });
    }
  };
  for (const name of attrs?.names() ?? []) {
    if (!STRUCTURAL.has(name)) {
      read(attrs!, name);
    }
  }
  const whole = attrs?.get('env');
  const forced = whole === undefined ? undefined : attempt(() => session.evaluator.force(whole));
  if (forced?.ok && forced.value instanceof Opaque) {
    const place = places.of(attrs?.positionOf('env')) ?? shellPlace;
    const { reason } = forced.value;
    unresolved.push({ what: 'env', reason: sentence(reason), ...(place === undefined ? {} : { position: place }) });
  }
  const env = attrs && attempt(() => memberAttrs(session, attrs, 'env'));
  if (env?.ok && env.value !== undefined) {
    for (const name of env.value.names()) {
      read(env.value, name);
    }
  }
  if (looks > MAX_VARIABLES) {
    unresolved.push({
      what: 'environment',
      reason: `Not all variables are read: there are more than ${MAX_VARIABLES}.`,
      ...(shellPlace === undefined ? {} : { position: shellPlace }),
    });
  }
  const variables = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { variables, unresolved };
}

/** A value as Nix passes it to a builder, as Unicode; undefined when it passes nothing. */
function variableText(session: Session, slot: Slot): string | Opaque | undefined {
  const { evaluator } = session;
  const value: Value = evaluator.force(slot);
  if (value instanceof Opaque) {
    return value;
  }
  if (value === null || typeof value === 'function') {
    return undefined;
  }
  if (typeof value === 'boolean') {
    return value ? '1' : '';
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return value.toString();
  }
  if (value instanceof NixFloat) {
    return value.value.toFixed(6);
  }
  if (Array.isArray(value)) {
    const parts: string[] = [];
    for (const item of value as readonly Slot[]) {
      const text = variableText(session, item);
      if (text instanceof Opaque) {
        return text;
      }
      if (text !== undefined) {
        parts.push(text);
      }
    }
    return parts.join(' ');
  }
  return evaluator.toText(value);
}
