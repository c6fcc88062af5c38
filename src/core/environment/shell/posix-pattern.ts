/**
 * A basic or extended regular expression of POSIX as the source of one of JavaScript; undefined for classes, counts and
 * back references, which configuration files have no use for.
 */
export function posixPattern(pattern: string, isExtended: boolean): string | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\') {
      const next = pattern[++at] ?? '';
      if (/[1-9wWbB<>`'{}]/.test(next)) {
        return undefined;
      }
      source += !isExtended && /[()|+?]/.test(next) ? next : `\\${next}`;
    } else if (character === '[') {
      const end = pattern.indexOf(']', at + (/^\[\^?\]/.test(pattern.slice(at)) ? 3 : 2));
      const set = pattern.slice(at, end + 1);
      if (end < 0 || set.includes('[:') || set.includes('\\')) {
        return undefined;
      }
      source += `[${set
        .slice(1, -1)
        .replace(/^(\^?)\]/, '$1\\]')
        .replace(/\[/g, '\\[')}]`;
      at = end;
    } else if (/[{}]/.test(character)) {
      return undefined;
    } else {
      source += !isExtended && /[()|+?]/.test(character) ? `\\${character}` : character;
    }
  }
  try {
    new RegExp(source);
  } catch {
    return undefined;
  }
  return source;
}
