import type { Problem } from '../model/problem';
import { decodeUtf8, type Opaque } from '../nix';
import { markOf } from './mark';
import type { Session } from './session';

/** Modules of flakes that are not known: what they add to shells and outputs is missing, and nobody would see it. */
export function moduleFindings(session: Session): readonly Problem[] {
  return unknownModules(session).map((module) => ({
    code: 'module-unknown',
    message: `${module} is not known here: shells, packages and options that it brings are missing.`,
    hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
  }));
}

/** The unknown modules that were imported, each once, in words. */
export function unknownModules(session: Session): readonly string[] {
  return [...new Set([...session.unknownModules].map((module) => describe(session, module)))].sort();
}

function describe(session: Session, module: Opaque): string {
  const mark = markOf(session.evaluator, module);
  const path = module.path.map(decodeUtf8).join('.');
  return mark?.kind === 'unknown-flake'
    ? `The module \`${path || 'default'}\` of the input \`${mark.input}\``
    : `A module (${module.reason})`;
}
