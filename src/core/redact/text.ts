import type { Identity } from './identity';
import { type Note, type RedactionKind, replacements } from './kinds';
import { replaceIdentifiers, replaceRandom } from './random';
import { isHarmlessValue, isSecretName } from './secret-names';
import { AUTHORIZATION, LOGIN, PRIVATE_KEY, TOKEN } from './tokens';

/** Redacts one text. */
export type RedactText = (text: string, note: Note) => string;

/** `scheme://user:password@` and `scheme://token@`. */
const URL_CREDENTIALS = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/@:'"<>]*(?::[^\s@/'"<>]*)?)@/gi;
const URL_ACCOUNTS = /^(?:git|hg|svn|anonymous|anon|ftp)$/;

/** `NAME=value`, `"name": "value"`, `--name value`; what the name means is asked of `isSecretName`. */
const ASSIGNMENT =
  /(--)?\b([A-Za-z][\w.-]{1,60})(["']?)(\s*=\s*|\s*:\s*|(?=\s)(?<=--[\w.-]{1,64})\s{1,8})("[^"]*"|'[^']*'|[^\s"'`;&|,)}\]]+)/g;

const EMAIL = /(?<![\w.+-])([\w.+-]{1,64})@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?![\w-])/gi;
const MAC = /(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])/g;
const IPV4 = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g;
const IPV6 = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\w+)?(?![\w:])/g;

/** For names and versions: takes out what has the shape of a token, private key or address or is random, and nothing else. */
export const redactTokens: RedactText = (text, note) => {
  const take = (kind: RedactionKind) => (original: string) => {
    note(kind, original);
    return replacements[kind];
  };
  const shaped = text
    .replace(PRIVATE_KEY, take('secret'))
    .replace(TOKEN, take('token'))
    .replace(EMAIL, take('e-mail address'));
  return replaceRandom(shaped, take('secret'));
};

/**
 * A function that redacts texts for an identity.
 *
 * @param versions texts that look like addresses and are versions (`1.2.3.4`)
 */
export function textRedactor(identity: Identity, versions: ReadonlySet<string>): RedactText {
  const home = alternatives(identity.homes, '(?<![\\w./\\\\-])', '(?=$|[\\\\/\\s"\'`:;,)\\]}])', 'g');
  const host = alternatives(identity.hosts, '(?<![\\w-])', '(?![\\w-])', 'gi');
  // A long name is nobody's word: it goes from inside of others, too (`hopperg-laptop`, `HOPPERG_BACKUP`).
  const isLong = (name: string) => name.length >= 6;
  const long = alternatives(identity.users.filter(isLong), '(?<![A-Za-z0-9])', '(?![A-Za-z0-9])', 'gi');
  const short = alternatives(
    identity.users.filter((name) => !isLong(name)),
    '(?<![\\w-])',
    '(?![\\w-])',
    'g',
  );
  return (text, note) => {
    const take = (kind: RedactionKind, original: string): string => {
      note(kind, original);
      return replacements[kind];
    };
    const replaceAll = (input: string, pattern: RegExp | undefined, kind: RedactionKind): string =>
      pattern === undefined ? input : input.replace(pattern, (found) => take(kind, found));

    let result = replaceAll(text, PRIVATE_KEY, 'secret');
    result = result.replace(URL_CREDENTIALS, (found, scheme: string, account: string) =>
      URL_ACCOUNTS.test(account) || /^<\w+>$/.test(account) ? found : `${scheme}${take('credentials', account)}@`,
    );
    result = replaceAll(result, TOKEN, 'token');
    result = result.replace(
      LOGIN,
      (_, before: string, password: string) => `${before}${take('credentials', password)}`,
    );
    result = result.replace(AUTHORIZATION, (_, scheme: string, value: string) => `${scheme} ${take('token', value)}`);
    result = result.replace(ASSIGNMENT, (found, dashes, name: string, quote: string, link: string, value: string) => {
      const bare = value.replace(/^["']|["']$/g, '');
      const isAssigned = link.includes('=') || dashes !== undefined || quote !== '' || value !== bare;
      const isTelling = isAssigned || (bare.length >= 8 && /\d/.test(bare) && !versions.has(bare));
      if (!isTelling || !isSecretName(name) || isHarmlessValue(bare) || /<\w+>/.test(bare)) {
        return found;
      }
      const mark = /^["']/.test(value) ? value.slice(0, 1) : '';
      return `${dashes ?? ''}${name}${quote}${link}${mark}${take('secret', bare)}${mark}`;
    });
    result = result.replace(EMAIL, (found, account: string) =>
      account === 'git' ? found : take('e-mail address', found),
    );
    result = replaceAll(result, home, 'home path');
    result = replaceRandom(result, (found) => take('secret', found));
    result = replaceIdentifiers(result, (found) => take('identifier', found));
    result = replaceAll(result, MAC, 'MAC address');
    result = result.replace(IPV6, (found) => (isIpv6(found) ? take('IP address', found) : found));
    result = result.replace(IPV4, (found) =>
      versions.has(found) || /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.)/.test(found) ? found : take('IP address', found),
    );
    result = replaceAll(result, host, 'host name');
    result = replaceAll(result, long, 'user name');
    return replaceAll(result, short, 'user name');
  };
}

function isIpv6(text: string): boolean {
  const [address = ''] = text.split('%');
  const groups = address.split(':');
  const isShort =
    address.includes('::') && address.indexOf('::') === address.lastIndexOf('::') && !address.includes(':::');
  return (
    /[0-9A-Fa-f]/.test(address) &&
    address !== '::1' &&
    address !== '::' &&
    (isShort ? groups.length <= 8 : groups.length === 8 && !groups.includes(''))
  );
}

function alternatives(names: readonly string[], before: string, after: string, flags: string): RegExp | undefined {
  const sources = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return sources.length === 0 ? undefined : new RegExp(`${before}(?:${sources.join('|')})${after}`, flags);
}
