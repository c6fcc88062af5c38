import { escapePattern } from '../escape-pattern';
import { PRIVATE_NETWORK, replaceAccounts, replaceAddresses, replaceEmails } from './addresses';
import { replaceAssigned } from './assignments';
import { replaceInCommandLines } from './command-lines';
import { type Identity, isServiceAccount } from './identity';
import { type Note, type RedactionKind, replacements } from './kinds';
import { replaceIdentifiers, replaceRandom } from './random';
import { hasOne } from './signs';
import { shortNameOf, spellingsOf } from './spellings';
import { PRIVATE_KEY, privateKeySigns, SHORTEST_TOKEN, TOKEN } from './tokens';

/** Redacts one text. */
export type RedactText = (text: string, note: Note) => string;

/** `scheme://user:password@` and `scheme://token@`. */
const URL_CREDENTIALS = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/@:'"<>]*(?::[^\s@/'"<>]*)?)@/gi;
/** `user:password@machine` where no scheme stands before it. */
const BARE_CREDENTIALS =
  /(?<![\w/:@.%-])(?!(?:mailto|xmpp|sips?|acct|e-?mail|from|to|cc|bcc|by|author|maintainer|contact|npm|pipx?|git|docker|image):)([a-z][\w.-]{0,63}:[^\s:@/'"`,;<>(){}[\]$]{3,128})@(?=(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}|localhost)(?:[:/\s"'`,;)]|$))/gi;
/** What was taken out already, and variables, which tell nothing themselves. */
const PLACEHOLDER = /^(?:<\w+>|\$\{?\w+\}?(?::\$\{?\w+\}?)?)$/;

/** A name or path: it says nothing about another. */
const PLAIN_WORD = /^[\w./+-]*$/;

/**
 * For names and versions: takes out what has the shape of a token, private key, identifier or address or is random, and
 * what is given to a secret's name; names of people and machines stay, since tools are called as they are.
 */
export const redactTokens: RedactText = (text, note) => {
  const take = (kind: RedactionKind) => (original: string) => {
    note(kind, original);
    return replacements[kind];
  };
  let result = replaceKeys(text, take('secret'));
  if (!PLAIN_WORD.test(result)) {
    result = withoutCredentials(result, take('credentials'));
  }
  result = replaceTokens(result, take('token'));
  if (!PLAIN_WORD.test(result)) {
    result = replaceInCommandLines(result, take('credentials'));
    result = replaceAssigned(result, () => false, take('secret'));
  }
  if (!PLAIN_WORD.test(result) || PRIVATE_NETWORK.test(result)) {
    result = replaceAddresses(
      result,
      () => true,
      (kind, original) => take(kind)(original),
    );
  }
  result = replaceRandom(replaceEmails(result, take('e-mail address')), take('secret'));
  return result.length < 36 ? result : result.replace(UUID, take('identifier'));
};

function replaceKeys(text: string, take: (key: string) => string): string {
  return hasOne(text, privateKeySigns) ? text.replace(PRIVATE_KEY, take) : text;
}

function replaceTokens(text: string, take: (token: string) => string): string {
  return text.length < SHORTEST_TOKEN ? text : text.replace(TOKEN, take);
}

/** 32 digits without dashes are a checksum as often, where a name or version is. */
const UUID = /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi;

function withoutCredentials(text: string, take: (account: string) => string): string {
  if (!text.includes('@')) {
    return text;
  }
  return text
    .replace(URL_CREDENTIALS, (found, scheme: string, account: string) =>
      isServiceAccount(account) || PLACEHOLDER.test(account) ? found : `${scheme}${take(account)}@`,
    )
    .replace(BARE_CREDENTIALS, (_, account: string) => `${take(account)}@`);
}

/**
 * A function that redacts texts for an identity.
 *
 * @param versions texts that look like addresses and are versions (`1.2.3.4`)
 */
export function textRedactor(identity: Identity, versions: ReadonlySet<string>): RedactText {
  const home = alternatives(
    identity.homes,
    '(?<![\\w.\\\\-](?<!%[2-5][0-9A-F]))(?<!(?<!/)/)',
    '(?=$|[\\\\/\\s"\'`:;,)\\]}&?]|%2F|%5C)',
    'g',
  );
  const host = alternatives(identity.hosts, '(?<![\\w-])', '(?![\\w-])', 'gi');
  // A long name is nobody's word: it goes from inside of others, too (`hopperg-laptop`, `HOPPERG_BACKUP`).
  const isLong = (name: string) => name.length >= 6;
  const long = alternatives(
    identity.users.filter(isLong),
    '(?<![A-Za-z0-9](?<!%[2-5][0-9A-F]))',
    '(?![A-Za-z0-9])',
    'gi',
  );
  const shortNames = identity.users.flatMap((name) => shortNameOf(name)?.source ?? []);
  const windows = shortNames.length === 0 ? undefined : new RegExp(`(?<!\\w)(?:${shortNames.join('|')})(?!\\w)`, 'gi');
  const short = alternatives(
    identity.users.filter((name) => !isLong(name)),
    '(?<![\\w-](?<!%[2-5][0-9A-F]))',
    '(?![\\w-])',
    'g',
  );
  const isVersion = (text: string) => versions.has(text);
  return (text, note) => {
    const take = (kind: RedactionKind, original: string): string => {
      note(kind, original);
      return replacements[kind];
    };
    const replaceAll = (input: string, pattern: RegExp | undefined, kind: RedactionKind): string =>
      pattern === undefined ? input : input.replace(pattern, (found) => take(kind, found));

    let result = replaceKeys(text, (found) => take('secret', found));
    result = withoutCredentials(result, (account) => take('credentials', account));
    result = replaceTokens(result, (found) => take('token', found));
    if (!PLAIN_WORD.test(result)) {
      result = replaceInCommandLines(result, (found) => take('credentials', found));
      result = replaceAssigned(result, isVersion, (found) => take('secret', found));
      result = replaceAccounts(result, take);
    }
    result = replaceAll(result, home, 'home path');
    result = replaceRandom(result, (found) => take('secret', found));
    result = replaceIdentifiers(result, (found) => take('identifier', found));
    result = replaceAddresses(result, isVersion, take);
    result = replaceAll(result, host, 'host name');
    result = replaceAll(result, windows, 'user name');
    result = replaceAll(result, long, 'user name');
    return replaceAll(result, short, 'user name');
  };
}

function alternatives(names: readonly string[], before: string, after: string, flags: string): RegExp | undefined {
  const sources = names
    .flatMap(spellingsOf)
    .sort((one, other) => other.length - one.length)
    .map(escapePattern);
  return sources.length === 0 ? undefined : new RegExp(`${before}(?:${sources.join('|')})${after}`, flags);
}
