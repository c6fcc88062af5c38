import { encodeUtf8, mkAttrs, mkLazy, mkString, NixPath, type Value } from '../../../nix';
import { listSlots, textOf } from '../../session';
import { isWithinRecords } from '../members';
import { ghcAbsence, ocamlAbsence, pythonSetOf } from '../names';
import { dateOf, type PackageContext, resolveVersion } from '../package';
import type { HelperKit, Helpers } from './kit';

/** What is told of a name, a path or a version. */
export function nameHelpers(kit: HelperKit): Helpers {
  const { context, evaluator, text, op } = kit;
  return {
    // A platform of its own that is not cross-compiled for.
    isNative: context.prefix === 'pkgsMusl.',
    ghcAbsence: op('ghcAbsence', 1, (name) => {
      const absence = ghcAbsence(text(name!), dateOf(context));
      return absence === undefined ? null : mkString(absence);
    }),
    ocamlAbsence: op('ocamlAbsence', 1, (name) => {
      const absence = ocamlAbsence(text(name!), dateOf(context), isWithinRecords(context));
      return absence === undefined ? null : mkString(absence);
    }),
    // Seconds since 1970; 0 where nobody knows of when this nixpkgs is.
    date: mkLazy(() => dateOf(context) ?? 0),
    path:
      context.source.outPath ??
      context.session.store.path(`nixpkgs:${context.source.pin.revision ?? context.source.input}`, 'source'),
    baseName: op('baseName', 1, (path) => {
      const value = evaluator.force(path!);
      const whole = value instanceof NixPath ? value.path : (textOf(value) ?? 'source');
      return whole.slice(whole.lastIndexOf('/') + 1) || 'source';
    }),
    scriptName: op('scriptName', 1, (name) => {
      const whole = textOf(evaluator.force(name!)) ?? 'script';
      return whole.slice(whole.lastIndexOf('/') + 1);
    }),
    versionOf: op('versionOf', 1, (path) => mkString(resolveVersion(context, text(path!)).version ?? '')),
    pythonSet: op('pythonSet', 1, (attribute) => pythonSetOf(text(attribute!))),
    pythonFacts: op('pythonFacts', 1, (attribute) => pythonFacts(context, text(attribute!))),
    versionParts: op('versionParts', 1, (attribute) => {
      const [major = '', minor = '', patch = ''] = (resolveVersion(context, text(attribute!)).version ?? '').split('.');
      return mkAttrs({ major, minor, patch, suffix: '' });
    }),
    searchPath: op('searchPath', 2, (below, list) =>
      encodeUtf8(
        listSlots(evaluator, list!)
          .map((item) => `${evaluator.toText(item) ?? ''}/${text(below!)}`)
          .join(':'),
      ),
    ),
  };
}

function pythonFacts(context: PackageContext, attribute: string): Value {
  const digits = /^python(\d)(\d+)/.exec(attribute);
  const version = () =>
    digits === null
      ? (resolveVersion(context, attribute).version ?? '3').split('.').slice(0, 2).join('.')
      : `${digits[1]}.${digits[2]}`;
  return mkAttrs({
    pythonVersion: mkLazy(() => version()),
    sitePackages: mkLazy(() => `lib/python${version()}/site-packages`),
    libPrefix: mkLazy(() => `python${version()}`),
    executable: mkLazy(() => `python${version()}`),
  });
}
