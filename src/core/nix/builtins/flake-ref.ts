import { attrsFrom } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectPlainString } from '../expect';
import { featureOff } from '../features';
import { toHex } from '../store/hashes';
import type { Slot } from '../value';
import type { BuiltinGroup } from './define';
import { flakeRefText } from './flake-ref-text';
import {
  BadUrl,
  BRANCH,
  FLAKE_ID,
  type FlakeUrl,
  HOST_NAME,
  isGitRef,
  parseQuery,
  parseUrl,
  percentDecode,
  splitPath,
  transportOf,
  urlText,
} from './flake-url';
import { anyHash } from './hash';

const FORGES: ReadonlySet<string> = new Set(['github', 'gitlab', 'sourcehut']);
const REVISION = /^[0-9a-fA-F]{40}$/;
/** `nixpkgs`, `nixpkgs/branch`, `nixpkgs/branch/revision`. */
const SHORT = /^([a-zA-Z][a-zA-Z0-9_-]*(?:\/[a-zA-Z0-9@][a-zA-Z0-9_./@+-]*)?)(?:#(.*))?$/s;

/** What of a query is told to Nix, not to the server, and in which form. */
const GIT_TEXTS: ReadonlySet<string> = new Set(['rev', 'ref', 'keytype', 'publicKey', 'publicKeys']);
const GIT_SWITCHES: ReadonlySet<string> = new Set([
  'shallow',
  'submodules',
  'lfs',
  'exportIgnore',
  'allRefs',
  'verifyCommit',
]);
const VERIFIED: readonly string[] = ['verifyCommit', 'keytype', 'publicKey', 'publicKeys'];
const FETCHED: readonly string[] = ['type', 'url', 'narHash', 'name', 'unpack', 'rev', 'revCount', 'lastModified'];

type Members = Map<string, Slot>;

export const flakeRefBuiltins: BuiltinGroup = {
  parseFlakeRef: [
    1,
    (evaluator, [arg], pos) => {
      const text = expectPlainString(arg!, pos, 'while evaluating the argument passed to builtins.parseFlakeRef');
      try {
        return attrsFrom(parseFlakeRef(evaluator, text));
      } catch (error) {
        throw error instanceof BadUrl ? new NixError('eval', decodeUtf8(error.message), pos) : error;
      }
    },
  ],
  flakeRefToString: [
    1,
    (evaluator, [arg], pos) =>
      flakeRefText(
        evaluator,
        expectAttrs(arg!, pos, 'while evaluating the argument passed to builtins.flakeRefToString'),
        pos,
      ),
  ],
};

/**
 * A flake reference in URL form as attributes. Source of the forms: the Nix manual, `nix flake`, "Flake references".
 *
 * @throws BadUrl, NixError when it is none
 */
function parseFlakeRef(evaluator: Evaluator, text: string): Members {
  const { url, members } = read(evaluator, text);
  if (url.fragment) {
    throw refusal(`unexpected fragment '${url.fragment}' in flake reference '${text}'`);
  }
  const folder = url.query.get('dir');
  return folder ? members.set('dir', folder) : members;
}

function read(evaluator: Evaluator, text: string): { readonly url: FlakeUrl; readonly members: Members } {
  const warn = (message: string): void => evaluator.options.onTrace?.(decodeUtf8(message), 'notice');
  const short = SHORT.exec(text);
  if (short !== null) {
    const url: FlakeUrl = {
      scheme: 'flake',
      path: splitPath(short[1]!),
      query: new Map(),
      fragment: percentDecode(short[2] ?? ''),
    };
    return { url, members: ofUrl(evaluator, withoutFolder(url)) };
  }
  try {
    const url = parseUrl(text, warn);
    return { url, members: ofUrl(evaluator, withoutFolder(url)) };
  } catch (error) {
    if (!(error instanceof BadUrl)) {
      throw error;
    }
  }
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text)!;
  if (!path.startsWith('/')) {
    throw refusal(`flake reference '${text}' is not an absolute path`);
  }
  const url: FlakeUrl = {
    scheme: 'path',
    authority: '',
    path: splitPath(path),
    query: parseQuery(query, warn),
    fragment: percentDecode(fragment),
  };
  return { url, members: ofUrl(evaluator, withoutFolder(url)) };
}

/** The folder within the tree is told apart, and so is what is selected from the flake. */
function withoutFolder(url: FlakeUrl): FlakeUrl {
  return { ...url, query: without(url.query, ['dir']), fragment: undefined };
}

function without(query: ReadonlyMap<string, string>, names: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...query].filter(([name]) => !names.includes(name)));
}

function ofUrl(evaluator: Evaluator, url: FlakeUrl): Members {
  const { scheme } = url;
  if (FORGES.has(scheme)) {
    return onForge(evaluator, url);
  }
  if (scheme === 'flake') {
    return indirect(url);
  }
  if (scheme === 'path') {
    return local(url);
  }
  if (scheme === 'git' || scheme.startsWith('git+')) {
    return git(url);
  }
  if (['hg+http', 'hg+https', 'hg+ssh', 'hg+file'].includes(scheme)) {
    return repository('hg', url, (name) => (name === 'rev' || name === 'ref' ? 'text' : undefined));
  }
  const plus = scheme.indexOf('+');
  const type = plus < 0 ? 'tarball' : scheme.slice(0, plus);
  if (['file', 'http', 'https'].includes(transportOf(scheme)) && (type === 'tarball' || type === 'file')) {
    return download(type, url);
  }
  throw refusal(`input '${urlText(url)}' is unsupported`);
}

function onForge(evaluator: Evaluator, url: FlakeUrl): Members {
  const [owner, repo, ...rest] = url.path.filter(Boolean);
  if (owner === undefined || repo === undefined) {
    throw new BadUrl(`URL '${urlText(url)}' is invalid`);
  }
  const members: Members = new Map([
    ['type', url.scheme],
    ['owner', owner],
    ['repo', repo],
  ]);
  const told = rest.join('/');
  if (rest.length === 1 && REVISION.test(told)) {
    members.set('rev', told.toLowerCase());
  } else if (rest.length > 0) {
    members.set('ref', branch(told, url));
  }
  const { query } = url;
  if (members.size > 3 ? query.has('ref') || query.has('rev') : query.has('ref') && query.has('rev')) {
    throw new BadUrl(`URL '${urlText(url)}' contains multiple commit hashes or branch/tag names`);
  }
  const [host, ref, rev, hash] = ['host', 'ref', 'rev', 'narHash'].map((name) => query.get(name));
  if (host !== undefined) {
    if (!HOST_NAME.test(host)) {
      throw new BadUrl(`URL '${urlText(url)}' contains an invalid instance host`);
    }
    members.set('host', host);
  }
  if (ref !== undefined) {
    members.set('ref', branch(ref, url));
  }
  if (rev !== undefined) {
    members.set('rev', toHex(anyHash(evaluator, rev, 'sha1', undefined).hash));
  }
  if (hash !== undefined) {
    members.set('narHash', hash);
  }
  return members;
}

function branch(name: string, url: FlakeUrl): string {
  if (!BRANCH.test(name)) {
    throw new BadUrl(`in URL '${urlText(url)}', '${name}' is not a commit hash or branch/tag name`);
  }
  return name;
}

function indirect(url: FlakeUrl): Members {
  const [id = '', ref, rev, ...rest] = url.path.filter(Boolean);
  const bad = (message: string) => new BadUrl(`in flake URL '${urlText(url)}', ${message}`);
  if (rest.length > 0) {
    throw new BadUrl(`GitHub URL '${urlText(url)}' is invalid`);
  }
  const members: Members = new Map([['type', 'indirect']]);
  if (ref !== undefined && rev === undefined && REVISION.test(ref)) {
    members.set('rev', ref.toLowerCase());
  } else if (ref !== undefined) {
    if (!BRANCH.test(ref)) {
      throw bad(`'${ref}' is not a ${rev === undefined ? 'commit hash or ' : ''}branch/tag name`);
    }
    members.set('ref', ref);
  }
  if (rev !== undefined) {
    if (!REVISION.test(rev)) {
      throw bad(`'${rev}' is not a commit hash`);
    }
    members.set('rev', rev.toLowerCase());
  }
  if (!FLAKE_ID.test(id)) {
    throw new BadUrl(`'${id}' is not a valid flake ID`);
  }
  return members.set('id', id);
}

function local(url: FlakeUrl): Members {
  if (url.authority) {
    throw refusal(`path URL '${urlText(url)}' should not have an authority ('${url.authority}')`);
  }
  const members: Members = new Map([
    ['type', 'path'],
    ['path', url.path.join('/')],
  ]);
  for (const [name, value] of [...url.query].sort()) {
    if (name === 'rev' || name === 'narHash') {
      members.set(name, value);
    } else if (name === 'revCount' || name === 'lastModified') {
      const count = countOf(value);
      if (count === undefined) {
        throw refusal(`path URL '${urlText(url)}' has invalid parameter '${name}'`);
      }
      members.set(name, count);
    } else {
      throw refusal(`path URL '${urlText(url)}' has unsupported parameter '${name}'`);
    }
  }
  return members;
}

function countOf(text: string): number | bigint | undefined {
  if (!/^\d{1,19}$/.test(text) || BigInt(text) >= 2n ** 63n) {
    return undefined;
  }
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : BigInt(text);
}

function git(url: FlakeUrl): Members {
  if (url.scheme === 'git' && url.authority === undefined) {
    throw new BadUrl(`'${urlText(url)}' is not a valid URL`);
  }
  const verified = VERIFIED.find((name) => url.query.has(name));
  if (verified !== undefined) {
    throw featureOff('verified-fetches', '', undefined);
  }
  const ref = url.query.get('ref');
  if (ref !== undefined && !isGitRef(ref)) {
    throw new BadUrl(`invalid Git branch/tag name '${ref}'`);
  }
  return repository('git', url, (name) =>
    GIT_TEXTS.has(name) ? 'text' : GIT_SWITCHES.has(name) ? 'switch' : undefined,
  );
}

/** A repository by its URL, from whose query is taken what is Nix's own. */
function repository(
  type: 'git' | 'hg',
  url: FlakeUrl,
  kindOf: (name: string) => 'text' | 'switch' | undefined,
): Members {
  const members: Members = new Map([['type', type]]);
  const query = new Map<string, string>();
  for (const [name, value] of url.query) {
    const kind = kindOf(name);
    if (kind === undefined) {
      query.set(name, value);
    } else {
      members.set(name, kind === 'text' ? value : value === '1');
    }
  }
  const prefix = `${type}+`;
  const scheme = url.scheme.startsWith(prefix) ? url.scheme.slice(prefix.length) : url.scheme;
  return members.set('url', urlText({ ...url, scheme, query }));
}

function download(type: 'tarball' | 'file', url: FlakeUrl): Members {
  const members: Members = new Map([['type', type]]);
  for (const name of ['narHash', 'rev']) {
    const value = url.query.get(name);
    if (value !== undefined) {
      members.set(name, value);
    }
  }
  for (const name of ['revCount', 'lastModified']) {
    const count = countOf(url.query.get(name) ?? '');
    if (count !== undefined) {
      members.set(name, count);
    }
  }
  const location = { ...url, scheme: transportOf(url.scheme), query: without(url.query, FETCHED) };
  return members.set('url', urlText(location));
}

function refusal(message: string): NixError {
  return new NixError('eval', decodeUtf8(message));
}
