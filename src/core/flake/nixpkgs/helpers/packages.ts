import { Attrs, decodeUtf8, mkAttrs, mkLazy, mkString, NixString, updateAttrs, type Value } from '../../../nix';
import { composite } from '../../composite';
import { lockSummary } from '../../locked-packages';
import { MARK, markOf, markValue } from '../../mark';
import { attempt, listSlots, textOf } from '../../session';
import { dependenciesOf, forBuilding, hooksOf } from '../inputs-from';
import { nestedMember, symbolicPackage } from '../package';
import type { HelperKit, Helpers } from './kit';

/** What is a package, or is built of some. */
export function packageHelpers(kit: HelperKit): Helpers {
  const { context, evaluator, text, op } = kit;
  const { store } = context.session;
  const built = (name: string) =>
    mkAttrs({
      type: 'derivation',
      name,
      pname: name,
      system: context.system,
      outputName: 'out',
      outPath: outPath(name, ''),
      drvPath: outPath(`${name}.drv`, ''),
      [MARK]: markValue({ kind: 'built', how: 'derivation' }),
    });
  const outPath = (name: string, output: string): Value => {
    const path = store.path('self', output === '' ? name : `${name}-${output}`);
    return new NixString(path, new Set([`!${output || 'out'}!${store.path('self', `${name}.drv`)}`]));
  };
  return {
    package: op('package', 1, (path) => symbolicPackage(context, text(path!))),
    // Where a package of nixpkgs stands; null for anything else.
    pathOf: op('pathOf', 1, (value) => {
      const mark = markOf(evaluator, evaluator.force(value!));
      return mark?.kind === 'package' ? mkString(mark.path) : null;
    }),
    derivation: op('derivation', 1, (name) => built(text(name!))),
    built: op('built', 1, (how) => markValue({ kind: 'built', how: text(how!) })),
    stdenv: op('stdenv', 1, (name) => markValue({ kind: 'stdenv', name: text(name!) })),
    composite: op('composite', 2, (base, items) => {
      const of = evaluator.force(base!);
      return composite(evaluator, of instanceof Attrs ? of : built('env'), items!);
    }),
    // What a lock file of the project tells, or null.
    lockSummary: op('lockSummary', 1, (path) => lockSummary(evaluator, path!)),
    // A compiler as `stdenv.cc` has it: the wrapped one, and inside it the compiler proper.
    compiler: op('compiler', 2, (path, program) =>
      updateAttrs(
        symbolicPackage(context, text(path!)),
        mkAttrs({
          cc: mkLazy(() => symbolicPackage(context, `${text(path!)}.cc`)),
          isGNU: text(program!) === 'gcc',
          isClang: text(program!) === 'clang',
          libc: mkLazy(() =>
            context.system.endsWith('-darwin')
              ? nestedMember(context, 'darwin.libSystem')
              : symbolicPackage(context, 'glibc'),
          ),
          bintools: mkLazy(() => symbolicPackage(context, 'binutils')),
          targetPrefix: '',
          libcxx: null,
        }),
      ),
    ),
    storePath: op('storePath', 2, (name, output) => {
      const found = attempt(() => textOf(evaluator.force(name!)));
      return outPath((found.ok ? found.value : undefined) ?? 'unnamed', text(output!));
    }),
    // Something that is asked for by name and is no attribute of nixpkgs.
    unresolved: op('unresolved', 2, (what, reason) =>
      markValue({ kind: 'unresolved', what: decodeUtf8(text(what!)), reason: decodeUtf8(text(reason!)) }),
    ),
    forBuilding: op('forBuilding', 1, (list) =>
      listSlots(evaluator, list!).map((slot) => forBuilding(evaluator, slot)),
    ),
    dependenciesOf: op('dependenciesOf', 2, (attribute, from) => dependenciesOf(evaluator, text(attribute!), from!)),
    hooksOf: op('hooksOf', 2, (from, own) => hooksOf(evaluator, from!, own!)),
  };
}
