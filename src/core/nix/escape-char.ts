/** A character behind a backslash, as Nix writes it in strings and in derivations. */
export function escapeChar(char: string): string {
  switch (char) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return `\\${char}`;
  }
}
