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
} from '../../nix';
import { nixpkgsModule } from '../lib-mount';
import type { NixpkgsSource } from '../mark';
import type { Session } from '../session';
import { type LockedSource, sourceInfo, sourcePath } from '../unknown-flake';
import { importNixpkgs, nixpkgsInstance } from './instance';

/**
 * nixpkgs as a flake: `legacyPackages`, `lib`, and a folder that can be imported.
 *
 * @param system the system that is read, for an `import nixpkgs` that names none
 */
export function nixpkgsFlake(session: Session, locked: LockedSource, source: NixpkgsSource, system: string): Attrs {
  const importer = importNixpkgs(session, source, system);
  const outPath = sourcePath(session, locked);
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
      default:
        return rest.startsWith('/nixos')
          ? new Opaque('NixOS configurations are not read here')
          : new Opaque(`the file ${rest.slice(1)} of nixpkgs is not on this machine`);
    }
  });
  const info = sourceInfo(locked, outPath);
  const lib: Slot = mkLazy(() => {
    const base = session.lib();
    const configuration = new Opaque('NixOS configurations are not read here');
    return base instanceof Attrs
      ? updateAttrs(
          base,
          mkAttrs({ nixosSystem: mkPrimOp('nixosSystem', 1, () => configuration), nixos: configuration }),
        )
      : base;
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
