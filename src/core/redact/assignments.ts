import { isHarmlessValue, isPasswordName, isSecretName, looksLikeCode, mayNameSecret } from './secret-names';

/**
 * A name with what links it to its value: `NAME=`, `"name": `; and, since a blank links too after them, `--name value`,
 * `setx NAME value`, `set -gx NAME value`. Last, a name that a part of a path begins with: `/opt/NAME=value/bin`.
 */
const NAMED =
  /(?:--|\b(?:setx|setenv|config(?:ure)? set|set(?=\s+-))\s{1,8}(?:-{1,2}\w+\s{1,8}){0,4})([A-Za-z_][\w.-]{1,60})((?:\\?["'])?)(\s{0,8}(?:=>|:=|[=:])\s{0,8}|\s{1,8})|(?<![A-Za-z0-9_/])([A-Za-z_][\w.-]{1,60})((?:\\?["'])?)(\]?\s{0,8}(?:=>|:=|[=:])\s{0,8}|(?<=[A-Z]["'])\s{0,4},\s{0,4}(?=["']))|(?<=\/)([A-Za-z_][\w.-]{1,60})()(=)/g;

/**
 * One word of a shell or one string, or several that touch: `hun"ter"2`, `'hun''ter2'`; a string of JSON inside of a
 * string; ODBC's braces. One that was cut off ends its line.
 */
const valuePattern = (characters: string, parts: string) =>
  new RegExp(
    String.raw`(?:\\"(?:[^"\\\n]|\\[^"\n])*\\"|\{[^{}\s:"'=]*\}|"(?:[^"\\]|\\.)*"|"[^"\n]*|'[^']*'|'[^'\n]*|\\.|[^\s"'\`;&|,)}\]\\]${characters})${parts}`,
    'y',
  );
const VALUE = valuePattern('+', '+');
/** Its beginning, by which it is judged: where every word of a long text is a name, each one's value is the rest. */
const VALUE_START = valuePattern('{1,1024}', '{1,8}');

/** The same where slashes part it from the rest of a path, and colons that from another one. */
const VALUE_IN_PATH = /[^\s"'`;&|,)}\]\\/:]+/y;

/** The end of what one name was given. */
const END = /^[ \t]{0,8}(?:[\r\n;,}\]]|$)/;

/**
 * Replaces the values of variables, options, keys and parameters whose names say that they are secret.
 *
 * @param isVersion what is a version, whatever its name is
 */
export function replaceAssigned(
  text: string,
  isVersion: (value: string) => boolean,
  replacement: (secret: string) => string,
): string {
  if (!mayNameSecret(text)) {
    return text;
  }
  let result = '';
  let done = 0;
  NAMED.lastIndex = 0;
  for (let found = NAMED.exec(text); found !== null; found = NAMED.exec(text)) {
    const isOption = found[1] !== undefined;
    const isInPath = found[7] !== undefined;
    const [name = '', quote = '', link = ''] = found.slice(isOption ? 1 : isInPath ? 7 : 4);
    const start = NAMED.lastIndex;
    if (!isSecretName(name)) {
      // What follows may be a name itself: `https://host/?token=…`, `env:TOKEN=…`.
      NAMED.lastIndex = start - link.trimStart().length;
      continue;
    }
    const value = matchAt(isInPath ? VALUE_IN_PATH : VALUE_START, text, start);
    if (value === undefined) {
      continue;
    }
    const end = start + value.length;
    const [, mark = ''] = /^(?:(\\"|")(?:(?!\1)(?:[^\\]|\\.))*\1|(')[^']*')$/s.exec(value)?.filter(Boolean) ?? [];
    const bare = value.slice(mark.length, value.length - mark.length);
    if (isPlainPair(name, mark, bare)) {
      NAMED.lastIndex = end;
      continue;
    }
    const isTelling =
      isOption ||
      /[=,]/.test(link) ||
      quote !== '' ||
      mark !== '' ||
      // Headers have dashes in their names.
      (bare.length >= (name.includes('-') ? 6 : 8) && /\d/.test(bare) && !isVersion(bare)) ||
      (bare.length >= 6 && isPasswordName(name) && END.test(text.slice(end, end + 10)));
    // What a shell is given is no code, nor is a password in quotes or braces: `DB_PASSWORD=winter.summer`.
    const isText =
      (link === '=' && /^[A-Z][A-Z0-9_]*$/.test(name)) ||
      (isPasswordName(name) && (mark !== '' || bare.startsWith('{')));
    const isCode = !isText && looksLikeCode(bare);
    if (isTelling && !isCode && !isHarmlessValue(bare) && !/<\w+>/.test(bare)) {
      const whole = isInPath ? value : (matchAt(VALUE, text, start) ?? value);
      const secret = whole.slice(mark.length, whole.length - mark.length);
      result += `${text.slice(done, start)}${mark}${replacement(secret)}${mark}`;
      done = start + whole.length;
      NAMED.lastIndex = done;
    }
  }
  return result + text.slice(done);
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** Words of grammars and of what people explain: `key=value`, `token = next`. */
function isPlainPair(name: string, mark: string, value: string): boolean {
  return mark === '' && /^(?:keys?|tokens?|sig|salt)$/.test(name) && /^[a-z]{1,7}$/.test(value);
}
