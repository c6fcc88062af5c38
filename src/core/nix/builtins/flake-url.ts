/**
 * URLs as Nix reads them in references to flakes: RFC 3986, with spaces and quotes in the query. Texts are byte strings.
 */
export interface FlakeUrl {
  readonly scheme: string;
  readonly authority?: string | undefined;
  /** Decoded between its slashes. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  readonly fragment?: string | undefined;
}

/** Why a text is no URL. Nix then takes it for a path. */
export class BadUrl extends Error {}

/** What Nix takes for the name of a flake, of a host, and of a branch on one. */
export const FLAKE_ID = /^[a-zA-Z][a-zA-Z0-9_-]*$/;
export const HOST_NAME = /^[a-zA-Z0-9.-]*$/;
export const BRANCH = /^[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*$/;

const URL = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY =
  /^(?:(?:[\w.~!$&'()*+,;=:-]|%[\da-fA-F]{2})*@)?(?:\[[\da-fA-F:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-fA-F]{2})*)(?::\d*)?$/;
const PATH = /^(?:[\w.~!$&'"()*+,;=:@/-]|%[\da-fA-F]{2})*$/;
const QUERY = /^(?:[\w.~!$&'"()*+,;=:@/?^ -]|%[\da-fA-F]{2})*$/;

/** Whether Git takes a name for a branch or tag (`git help check-ref-format`). */
export function isGitRef(name: string): boolean {
  return !/^$|^@$|^[./]|[/.]$|\/\/|\/\.|\.\.|@\{|\.lock(?:$|\/)|[\0-\x20\x7f:?^~[\\*]/.test(name);
}

/** @throws BadUrl */
export function parseUrl(text: string, warn: (message: string) => void): FlakeUrl {
  const match = URL.exec(text);
  if (match === null) {
    throw new BadUrl(
      /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) ? `'${text}' is not a valid URL` : `'${text}' doesn't have a scheme`,
    );
  }
  const [, scheme = '', authority, path = '', query = '', fragment] = match;
  const isFile = transportOf(scheme) === 'file';
  if (
    !AUTHORITY.test(authority ?? '') ||
    !PATH.test(path) ||
    !QUERY.test(query) ||
    !QUERY.test(fragment ?? '') ||
    (isFile && authority !== undefined && authority !== '')
  ) {
    throw new BadUrl(`'${text}' is not a valid URL`);
  }
  return {
    scheme,
    authority,
    path: splitPath(path === '' && (isFile || scheme === 'path') ? '/' : path).map(percentDecode),
    query: parseQuery(query, warn),
    fragment: fragment === undefined ? undefined : percentDecode(fragment),
  };
}

/** `file` in `tarball+file`. */
export function transportOf(scheme: string): string {
  return scheme.slice(scheme.indexOf('+') + 1);
}

export function splitPath(path: string): readonly string[] {
  return path.split('/');
}

/** What stands behind the question mark; of what is told twice the first counts. */
export function parseQuery(text: string, warn: (message: string) => void): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      warn(`dubious URI query '${pair}' is missing equal sign '=', ignoring`);
      continue;
    }
    const name = percentDecode(pair.slice(0, equals));
    if (!query.has(name)) {
      query.set(name, percentDecode(pair.slice(equals + 1)));
    }
  }
  return query;
}

/** @throws BadUrl for what is no byte, or the byte that no string may have */
export function percentDecode(text: string): string {
  return text.replace(/%(.{0,2})/gs, (_, digits: string) => {
    const code = /^[\da-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
    if (code === 0) {
      throw new BadUrl(`invalid URI parameter '${text}'`);
    }
    return String.fromCharCode(code);
  });
}

/** The URL as text, its query sorted by name. */
export function urlText({ scheme, authority, path, query, fragment }: FlakeUrl): string {
  const parameters = [...query]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name, ':@/?')}=${encode(value, ':@/?')}`)
    .join('&');
  return [
    `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path.map((segment) => encode(segment, "!$&'()*+,;=:@")).join('/'),
    parameters === '' ? '' : `?${parameters}`,
    fragment ? `#${encode(fragment, '')}` : '',
  ].join('');
}

function encode(text: string, kept: string): string {
  return text.replace(/[^a-zA-Z0-9._~-]/gs, (char) =>
    kept.includes(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
