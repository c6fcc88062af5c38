import { arch } from 'node:os';
import * as v from 'valibot';
import { nixArch } from './local-host';

/** What an image is for, in Go's words (OCI image specification, "Image Index"). */
export const platform = v.object({ architecture: v.string(), os: v.string(), variant: v.optional(v.string()) });

export type Platform = v.InferOutput<typeof platform>;

/** `linux/arm/v7`, as docker writes it. */
export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/** The words by which a platform may be asked for: `arm64`, `aarch64`, `linux/arm64`, `linux/arm64/v8`. */
export function spellingsOf({ os, architecture, variant = '' }: Platform): readonly string[] {
  const whole = `${os}/${architecture}`;
  return [architecture, imageArch(architecture), whole, `${whole}/${variant}`];
}

/** Attestations of BuildKit lie beside images as images of an unknown platform. */
export function isKnown({ architecture }: Platform): boolean {
  return architecture !== 'unknown';
}

/** Whether this machine would run it. */
export function isOurs({ os, architecture }: Platform): boolean {
  return os === 'linux' && imageArch(architecture) === nixArch(arch());
}

const ARCHITECTURES = new Map([
  ['amd64', 'x86_64'],
  ['arm64', 'aarch64'],
  ['386', 'i686'],
  ['arm', 'armv7l'],
  ['ppc64le', 'powerpc64le'],
  ['loong64', 'loongarch64'],
]);

/** Go's word for a processor as Nix says it. */
export function imageArch(architecture: string): string {
  return ARCHITECTURES.get(architecture) ?? architecture;
}
