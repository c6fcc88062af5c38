import { type Attrs, mkAttrs } from '../../../nix';
import type { PackageContext } from '../package';
import { callHelpers } from './calls';
import { helperKit } from './kit';
import { nameHelpers } from './names';
import { packageHelpers } from './packages';
import { setHelpers } from './sets';

/**
 * The functions that the Nix side of the virtual nixpkgs stands on, as the set `lockstep`. Whatever can fail on the
 * flake's account (an overlay, an item of `inputsFrom`) is contained here, so that one bad package does not take the
 * shell with it.
 */
export function nixpkgsHelpers(context: PackageContext): Attrs {
  const kit = helperKit(context);
  return mkAttrs({ ...setHelpers(kit), ...packageHelpers(kit), ...nameHelpers(kit), ...callHelpers(kit) });
}
