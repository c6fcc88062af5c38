import type { TargetOutput } from '../../model/target';
import { type Attrs, decodeUtf8 } from '../../nix';
import { attempt, memberAttrs, type Session } from '../session';

/** Members that Nix adds to every flake. */
const ADDED: ReadonlySet<string> = new Set([
  '_type',
  'inputs',
  'lastModified',
  'lastModifiedDate',
  'narHash',
  'outPath',
  'outputs',
  'rev',
  'shortRev',
  'sourceInfo',
]);
/** Outputs with a set of things for each system; of `legacyPackages` and `lib` nobody wants a list. */
const SETS_BY_SYSTEM: ReadonlySet<string> = new Set([
  'packages',
  'devShells',
  'apps',
  'checks',
  'bundlers',
  'hydraJobs',
]);
const ONE_BY_SYSTEM: ReadonlySet<string> = new Set(['formatter', 'defaultPackage', 'devShell', 'defaultApp']);
const UNLISTED: ReadonlySet<string> = new Set(['legacyPackages', 'lib']);
const MAX_MEMBERS = 1_000;

/**
 * What a flake offers, as `nix flake show` lists it: names only, nothing inside is evaluated. Outputs that fail are
 * listed without members.
 *
 * @param system whose members are listed
 */
export function readOutputs(session: Session, flake: Attrs, system: string): readonly TargetOutput[] {
  const names = attempt(() => flake.names());
  return (names.ok ? names.value : [])
    .filter((name) => !ADDED.has(name))
    .map((name) => {
      const attrs = attempt(() => memberAttrs(session, flake, name));
      const inside = attrs.ok ? attrs.value : undefined;
      const output = decodeUtf8(name);
      if (inside === undefined || UNLISTED.has(name)) {
        return { name: output, members: [] };
      }
      if (!SETS_BY_SYSTEM.has(name) && !ONE_BY_SYSTEM.has(name)) {
        return { name: output, members: list(inside) };
      }
      const ofSystem = SETS_BY_SYSTEM.has(name) ? attempt(() => memberAttrs(session, inside, system)) : undefined;
      return {
        name: output,
        systems: list(inside),
        members: ofSystem?.ok && ofSystem.value !== undefined ? list(ofSystem.value) : [],
      };
    });
}

function list(attrs: Attrs): readonly string[] {
  const names = attempt(() => attrs.names());
  return names.ok ? names.value.slice(0, MAX_MEMBERS).map(decodeUtf8) : [];
}
