import {
  Attrs,
  EMPTY_ATTRS,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkPrimOp,
  mkString,
  Opaque,
  type Slot,
  updateAttrs,
  type Value,
} from '../../nix';
import { nixpkgsModule } from '../lib-mount';
import type { NixpkgsSource } from '../mark';
import { systemConfiguration } from '../modules/make';
import type { Session } from '../session';
import { type LockedSource, sourceInfo, sourcePath } from '../unknown-flake';
import { importNixpkgs, nixpkgsInstance } from './instance';

/**
 * nixpkgs as a flake: `legacyPackages`, `lib`, and a folder that can be imported.
 *
 * @param system the system that is read, for an `import nixpkgs` that names none
 */
export function nixpkgsFlake(session: Session, locked: LockedSource, from: NixpkgsSource, system: string): Attrs {
  const outPath = sourcePath(session, locked);
  const source: NixpkgsSource = { ...from, outPath };
  const importer = importNixpkgs(session, source, system);
  session.store.registerPath(outPath, (rest) => {
    switch (rest) {
      case '':
      case '/':
      case '/default.nix':
        return importer;
      case '/lib':
      case '/lib/default.nix':
        return session.lib();
      case '/nixos/modules/misc/nixpkgs.nix':
        return nixpkgsModule(session.evaluator, importer);
      case '/nixos/lib/eval-config.nix':
      case '/nixos/lib/eval-config':
        return nixosSystem;
      default:
        return rest.startsWith('/nixos')
          ? new Opaque(`the file ${rest.slice(1)} of NixOS is not on this machine`)
          : new Opaque(`the file ${rest.slice(1)} of nixpkgs is not on this machine`);
    }
  });
  const info = sourceInfo(locked, outPath);
  const lib: Slot = mkLazy(() => withSystems(session, session.lib(), nixosSystem));
  const nixosSystem = mkPrimOp('nixosSystem', 1, ([given]) => {
    const args = session.evaluator.force(given!);
    return args instanceof Attrs
      ? systemConfiguration(session, {
          kind: 'nixos',
          args,
          importer,
          lib,
          system,
          modulesPath: `${outPath}/nixos/modules`,
        })
      : new Opaque('nixosSystem was called with no set');
  });
  const self: Attrs = mkAttrs({
    ...info,
    _type: mkString('flake'),
    outputs: mkLazy(() => self),
    sourceInfo: mkAttrs(info),
    inputs: EMPTY_ATTRS,
    lib,
    legacyPackages: legacyPackages(session, source),
    nixosModules: new Opaque('the NixOS modules of nixpkgs are not read here'),
    htmlDocs: new Opaque('the documentation of nixpkgs is not read here'),
    checks: EMPTY_ATTRS,
  });
  return self;
}

/** The library as a flake has it: with `nixosSystem`, which stays when the library is extended. */
function withSystems(session: Session, base: Value, nixosSystem: Value): Value {
  if (!(base instanceof Attrs)) {
    return base;
  }
  const extend = base.get('extend');
  const members: Record<string, Slot> = {
    nixosSystem,
    nixos: mkAttrs({ evalModules: nixosSystem, runTest: new Opaque('tests of NixOS are not read here') }),
  };
  if (extend !== undefined) {
    members['extend'] = mkPrimOp('extend', 1, ([overlay]) =>
      withSystems(session, session.evaluator.callFunction(extend, [overlay!]), nixosSystem),
    );
  }
  return updateAttrs(base, mkAttrs(members));
}

/** Systems that nixpkgs offers to flakes. */
const SYSTEMS = [
  'aarch64-darwin',
  'aarch64-linux',
  'armv6l-linux',
  'armv7l-linux',
  'i686-linux',
  'powerpc64le-linux',
  'riscv64-linux',
  'x86_64-darwin',
  'x86_64-freebsd',
  'x86_64-linux',
];
const SYSTEM = /^\w+-\w+$/;

function legacyPackages(session: Session, source: NixpkgsSource): Attrs {
  return new LazyAttrs({
    names: () => SYSTEMS,
    has: (system) => SYSTEM.test(system),
    get: (system) =>
      SYSTEM.test(system)
        ? mkLazy(() =>
            nixpkgsInstance(session, source, {
              prefix: '',
              system,
              crossSystem: null,
              config: EMPTY_ATTRS,
              overlays: [],
            }),
          )
        : undefined,
  });
}
