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
