import type { Tool } from '../../catalog';
import { cargoRelease } from './from-rust-toolchain';

const LIMIT = 80;

/**
 * A version as it is kept: without `v`, `go` or quotes before it; undefined when the text is none (it has no digit, is
 * too long, or holds spaces).
 */
export function cleanVersion(text: string | undefined): string | undefined {
  const bare = text
    ?.trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^(?:v|go|jdk-?|release-|version |build )(?=\d)/i, '');
  return bare !== undefined && bare.length <= LIMIT && /^\d[^\s/\\<>"']*$/.test(bare) ? bare : undefined;
}

/**
 * A tool's version in what a package manager calls it, by what the catalog knows of the difference; undefined when the
 * package's version says nothing of the tool's.
 */
export function versionInPackage({ id, packageVersion }: Tool, text: string | undefined): string | undefined {
  const parts =
    text === undefined || packageVersion === undefined ? [text] : (packageVersion.exec(text)?.slice(1) ?? []);
  const version = cleanVersion(parts.filter(Boolean).join('-'));
  return id === 'cargo' ? version?.replace(/^0\.\d+(?=\.)/, cargoRelease) : version;
}

/** The version that a program is called by beside others of its tool: `python3.8`, `php83`. */
export function versionInName({ programs }: Tool, name: string): string {
  return programs.includes(name) ? '' : (/\d+(?:\.\d+)*$/.exec(name)?.[0] ?? '');
}

/** Whether a version is the one of a name, which may leave out its dots. */
export function isOfVersion(version: string, asked: string): boolean {
  return asked.includes('.') ? `${version}.`.startsWith(`${asked}.`) : version.replace(/\./g, '').startsWith(asked);
}
