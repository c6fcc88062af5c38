import { NixError } from './errors';
import type { EvaluatorOptions } from './options';
import type { Pos } from './source';

/**
 * Refuses what needs one of Nix's experimental features where that is off.
 *
 * @throws NixError in Nix's words
 */
export function requireFeature(feature: string, options: EvaluatorOptions, pos: Pos | undefined): void {
  if (!hasFeature(feature, options)) {
    throw featureOff(feature, '', pos);
  }
}

/** Whether one of Nix's experimental features is on. */
export function hasFeature(feature: string, options: EvaluatorOptions): boolean {
  return options.features?.includes(feature) ?? false;
}

/** One of Nix's experimental features is asked for, and is off. */
export function featureOff(feature: string, reason: string, pos: Pos | undefined): NixError {
  return new NixError(
    'eval',
    `experimental Nix feature '${feature}' is disabled${reason}; add '--extra-experimental-features ${feature}' to enable it`,
    pos,
  );
}
