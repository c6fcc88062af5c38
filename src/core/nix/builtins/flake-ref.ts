import { type Attrs, attrsFrom } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import { expectAttrs, expectPlainString, wrongType } from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import type { Slot, Value } from '../value';
import type { BuiltinGroup } from './define';

const HOSTS = ['github', 'gitlab', 'sourcehut'];
const REVISION = /^[0-9a-f]{40}$/;
const ARCHIVE = /\.(?:zip|tar|tgz|tar\.gz|tar\.xz|tar\.bz2|tar\.zst)$/;

type Members = Map<string, Slot>;

export const flakeRefBuiltins: BuiltinGroup = {
  parseFlakeRef: [
    1,
    (_, [arg], pos) => {
      const text = expectPlainString(arg!, pos, 'while evaluating the argument passed to builtins.parseFlakeRef');
      const members = parseFlakeRef(text);
      if (members === undefined) {
        throw new NixError('eval', `'${decodeUtf8(text)}' is not a valid URL`, pos);
      }
      return attrsFrom(members);
    },
  ],
  flakeRefToString: [
    1,
    (_, [arg], pos) =>
      flakeRefToString(
        expectAttrs(arg!, pos, 'while evaluating the argument passed to builtins.flakeRefToString'),
        pos,
      ),
  ],
};

/**
 * A flake reference in URL form as attributes (nix flake's "flake references").
 *
 * @returns undefined when it is none
 */
function parseFlakeRef(text: string): Members | undefined {
  const [location, query = ''] = splitOnce(text.split('#')[0]!, '?');
  const members: Members = new Map();
  for (const pair of query.split('&').filter(Boolean)) {
    const [name, value = ''] = splitOnce(pair, '=');
    setParameter(members, name, decode(value));
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(location);
  if (scheme === null) {
    return parseIndirectOrPath(location, members);
  }
  const [, kind, rest] = scheme as unknown as [string, string, string];
  if (HOSTS.includes(kind)) {
    return parseHosted(kind, rest, members);
  }
  if (kind === 'path') {
    members.set('type', 'path').set('path', decode(rest.replace(/^\/\/(?=\/)/, '')));
    return members;
  }
  if (kind === 'flake') {
    return parseIndirectOrPath(rest, members);
  }
  if (kind === 'git' || kind.startsWith('git+')) {
    members.set('type', 'git').set('url', `${kind.replace(/^git\+/, '')}:${rest}`);
    return members;
  }
  if (kind === 'hg' || kind.startsWith('hg+')) {
    members.set('type', 'hg').set('url', `${kind.replace(/^hg\+/, '')}:${rest}`);
    return members;
  }
  const transport = kind.replace(/^(?:tarball|file)\+/, '');
  if (!['http', 'https', 'file'].includes(transport)) {
    return undefined;
  }
  const isTarball = kind.startsWith('tarball+') || (!kind.startsWith('file+') && ARCHIVE.test(rest));
  const parameters = query === '' ? '' : `?${query}`;
  return new Map<string, Slot>([
    ['type', isTarball ? 'tarball' : 'file'],
    ['url', `${transport}:${rest}${parameters}`],
  ]);
}

function parseIndirectOrPath(location: string, members: Members): Members | undefined {
  if (location.startsWith('/') || location.startsWith('.')) {
    return members.set('type', 'path').set('path', location);
  }
  const [id, ...parts] = location.split('/');
  if (!/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(id!) || parts.length > 2) {
    return undefined;
  }
  members.set('type', 'indirect').set('id', id!);
  setRefs(members, parts);
  return members;
}

function parseHosted(kind: string, rest: string, members: Members): Members | undefined {
  const [owner, repo, ...parts] = rest.split('/').map(decode);
  if (!owner || !repo) {
    return undefined;
  }
  members.set('type', kind).set('owner', owner).set('repo', repo);
  setRefs(members, kind === 'indirect' ? parts : [parts.join('/')].filter(Boolean));
  return members;
}

function setRefs(members: Members, parts: readonly string[]): void {
  for (const part of parts) {
    members.set(REVISION.test(part) ? 'rev' : 'ref', part);
  }
}

function setParameter(members: Members, name: string, value: string): void {
  if (name === 'lastModified' || name === 'revCount') {
    members.set(name, Number(value));
  } else if (['shallow', 'submodules', 'allRefs', 'exportIgnore', 'lfs', 'verifyCommit'].includes(name)) {
    members.set(name, value === '1');
  } else {
    members.set(name, value);
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const i = text.indexOf(separator);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}

function decode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function encode(text: string): string {
  return text.replace(/[^a-zA-Z0-9\-._~!$&'()*+,;=:@/]/g, (char) => {
    return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

function flakeRefToString(attrs: Attrs, pos: Pos | undefined): Value {
  const values = new Map<string, string>();
  for (const name of attrs.names()) {
    values.set(name, parameterText(name, force(attrs.get(name)!), pos));
  }
  const take = (name: string): string | undefined => {
    const value = values.get(name);
    values.delete(name);
    return value;
  };
  const type = take('type');
  let location: string;
  if (type !== undefined && HOSTS.includes(type)) {
    const owner = needed(take('owner'), 'owner', pos);
    const repo = needed(take('repo'), 'repo', pos);
    const ref = take('rev') ?? take('ref');
    location = `${type}:${[owner, repo, ...(ref === undefined ? [] : [ref])].map(encode).join('/')}`;
  } else if (type === 'indirect') {
    const parts = [needed(take('id'), 'id', pos), take('ref'), take('rev')];
    location = `flake:${parts.filter((part) => part !== undefined).join('/')}`;
  } else if (type === 'path') {
    location = `path:${encode(needed(take('path'), 'path', pos))}`;
  } else if (type === 'git' || type === 'hg') {
    const url = needed(take('url'), 'url', pos);
    location = url.startsWith(`${type}:`) || url.startsWith(`${type}+`) ? url : `${type}+${url}`;
  } else if (type === 'tarball' || type === 'file') {
    const url = needed(take('url'), 'url', pos);
    location = (type === 'tarball') === ARCHIVE.test(url.split('?')[0]!) ? url : `${type}+${url}`;
  } else {
    throw new NixError(
      'eval',
      type === undefined
        ? "'type' attribute to specify input scheme is required but not provided"
        : `input '${type}' is unsupported`,
      pos,
    );
  }
  const query = [...values].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return query === '' ? location : `${location}${location.includes('?') ? '&' : '?'}${query}`;
}

function parameterText(name: string, value: Value, pos: Pos | undefined): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? '1' : '0';
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value < 0) {
      throw new NixError('eval', `negative value given for flake ref attr ${name}: ${value}`, pos);
    }
    return String(value);
  }
  throw wrongType(`a string, a Boolean, or an integer for flake reference attribute '${name}'`, value, pos);
}

function needed(value: string | undefined, name: string, pos: Pos | undefined): string {
  if (value === undefined) {
    throw new NixError('eval', `input attribute '${name}' is missing`, pos);
  }
  return value;
}
