import type { Problem } from '../model/problem';
import { decodeUtf8, Opaque } from '../nix';
import { markOf } from './mark';
import type { Session } from './session';

/** How many names are told before the rest is counted. */
const SHOWN = 5;

/** Modules of flakes that are not known: what they add to shells and outputs is missing, and nobody would see it. */
export function moduleFindings(session: Session): readonly Problem[] {
  return unknownModules(session).map((module) => ({
    code: 'module-unknown',
    message: `${module} is not known here: shells, packages and options that it brings are missing.`,
    hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
  }));
}

/** Overlays of flakes that are not known: a package that they replace is shown as nixpkgs has it, and nobody would see it. */
export function overlayFindings(session: Session): readonly Problem[] {
  const overlays = new Set([...session.unknownOverlays].map((overlay) => describeOverlay(session, overlay)));
  const kept = [...session.keptDefaults].sort();
  const shown = kept.slice(0, SHOWN).map((name) => `\`${name}\``);
  const more = kept.length > SHOWN ? ` and ${kept.length - SHOWN} more` : '';
  const defaults =
    kept.length === 0
      ? ''
      : `, and what it may give files that have a default for it is left out: ${shown.join(', ')}${more}`;
  return [...overlays].sort().map((overlay) => ({
    code: 'overlay-unknown',
    message: `${overlay} is not known here: packages that it replaces are shown as nixpkgs has them${defaults}.`,
    hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
  }));
}

/** Flakes that are not known which a flake asks for their systems. */
export function systemFindings(session: Session): readonly Problem[] {
  return [...session.guessedSystems].sort().map((input) => ({
    code: 'systems-unknown',
    message: `Which systems the input \`${input}\` has is not known here: ${session.system} is taken to be one of them, and no other is listed.`,
    hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
  }));
}

/** The unknown modules that were imported, each once, in words. */
export function unknownModules(session: Session): readonly string[] {
  return [...new Set([...session.unknownModules].map((module) => describe(session, module)))].sort();
}

function describeOverlay(session: Session, given: Opaque): string {
  const mark = markOf(session.evaluator, given);
  const call = given.path.indexOf(Opaque.CALL);
  const path = (call === -1 ? given.path : given.path.slice(0, call)).map(decodeUtf8);
  const name = path[0] === 'overlays' ? path.slice(1).join('.') : path.join('.');
  return mark?.kind === 'unknown-flake'
    ? `The overlay \`${name || 'default'}\` of the input \`${mark.input}\``
    : `An overlay (${given.reason})`;
}

function describe(session: Session, module: Opaque): string {
  const mark = markOf(session.evaluator, module);
  const path = module.path.map(decodeUtf8).join('.');
  return mark?.kind === 'unknown-flake'
    ? `The module \`${path || 'default'}\` of the input \`${mark.input}\``
    : `A module (${module.reason})`;
}
