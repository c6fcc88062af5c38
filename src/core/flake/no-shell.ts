import type { Problem } from '../model/problem';
import type { TargetEnvironment } from '../model/target';
import { Attrs, decodeUtf8, encodeUtf8, Opaque } from '../nix';
import { unknownModules } from './module-findings';
import { attempt, memberAttrs, type Session } from './session';
import { shellSystems } from './shells';

/** Members that every flake has, which say nothing of what it offers. */
const NOT_OUTPUTS: ReadonlySet<string> = new Set([
  '_type',
  'inputs',
  'lastModified',
  'lastModifiedDate',
  'narHash',
  'outPath',
  'outputs',
  'sourceInfo',
]);

const ONLY_NIX = 'only Nix itself can tell: add `--evaluator nix` where it is installed.';

/**
 * Why there is no shell to show for a system, and what the flake has instead.
 *
 * @param environments what else could be read
 */
export function noShell(
  session: Session,
  flake: Attrs,
  system: string,
  file: string,
  environments: readonly TargetEnvironment[] = [],
): Problem {
  const position = { file, line: 1, column: 1 };
  const shells = attempt(() => session.evaluator.selectOptional(flake, ['devShells', system]));
  if (shells.ok && shells.value instanceof Opaque) {
    return {
      code: 'outputs-unknown',
      message: `Which dev shells this flake has cannot be known: ${shells.value.reason}.`,
      hint: `Another flake makes its outputs; ${ONLY_NIX}`,
      position,
    };
  }
  const systems = attempt(() => shellSystems(session, flake));
  const elsewhere = systems.ok
    ? systems.value.filter((name) => name !== system && hasShells(session, flake, name))
    : [];
  if (elsewhere.length > 0) {
    return {
      code: 'no-dev-shell',
      message: `This flake has no dev shell for ${system}; it has dev shells for ${elsewhere.join(', ')}.`,
      hint: `Add --system ${elsewhere[0]} to read one of those.`,
      position,
    };
  }
  const modules = unknownModules(session);
  if (modules.length > 0) {
    return {
      code: 'outputs-unknown',
      message: `Which dev shells this flake has cannot be known. ${modules.join('. ')} is not known here.`,
      hint: `The outputs of this flake are made by modules of others; ${ONLY_NIX}`,
      position,
    };
  }
  const offered = flake
    .names()
    .filter((name) => !NOT_OUTPUTS.has(name))
    .flatMap((name) => describe(session, flake, name) ?? []);
  return {
    code: 'no-dev-shell',
    message:
      offered.length === 0
        ? 'This flake has no outputs, so no dev shell either.'
        : `This flake has no dev shell; it has ${offered.join(', ')}.`,
    hint:
      environments[0] === undefined
        ? 'Add `devShells.<system>.default = pkgs.mkShell { packages = [ … ]; };` to its outputs.'
        : `Choose one of its outputs with --shell, such as --shell ${environments[0].output}.`,
    position,
  };
}

/** Whether a system's set of shells has any; one that fails may have. */
function hasShells(session: Session, flake: Attrs, system: string): boolean {
  const found = attempt(() => session.evaluator.selectOptional(flake, ['devShells', encodeUtf8(system)]));
  const size = found.ok && found.value instanceof Attrs ? attempt(() => (found.value as Attrs).size) : undefined;
  return size === undefined || !size.ok || size.value > 0;
}

/** Whether a system's set of an output has nothing: `devShells.x86_64-linux = { }`. */
function isEmpty(session: Session, output: Attrs, system: string): boolean {
  if (!/-(?:linux|darwin)$/.test(system)) {
    return false;
  }
  const size = attempt(() => memberAttrs(session, output, system)?.size);
  return size.ok && size.value === 0;
}

/** `nixosConfigurations (laptop, server)`; undefined when there is nothing for any system. */
function describe(session: Session, flake: Attrs, output: string): string | undefined {
  const found = attempt(() => {
    const members = memberAttrs(session, flake, output);
    const all = members?.names() ?? [];
    return { all, some: members === undefined ? [] : all.filter((name) => !isEmpty(session, members, name)) };
  });
  if (found.ok && found.value.all.length > 0 && found.value.some.length === 0) {
    return undefined;
  }
  const names = found.ok ? found.value.some.slice(0, 4).map(decodeUtf8) : [];
  const more = found.ok && found.value.some.length > 4 ? ' …' : '';
  return names.length === 0 ? decodeUtf8(output) : `${decodeUtf8(output)} (${names.join(', ')}${more})`;
}
