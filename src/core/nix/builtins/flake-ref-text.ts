import type { Attrs } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { typeName } from '../describe';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { featureOff } from '../features';
import { force } from '../force';
import { jsonString } from '../json';
import type { Pos } from '../source';
import { formatHash, toHex, zeroHash } from '../store/hashes';
import { NixString, type Value } from '../value';
import {
  BadUrl,
  BRANCH,
  FLAKE_ID,
  type FlakeUrl,
  HOST_NAME,
  isGitRef,
  parseUrl,
  splitPath,
  urlText,
} from './flake-url';
import { anyHash } from './hash';

type Setting = string | number | bigint | boolean;
type Settings = ReadonlyMap<string, Setting>;

const FORGE = 'owner repo ref rev narHash lastModified host treeHash';
const DOWNLOAD = 'url narHash name unpack rev revCount lastModified';
/** What may be told of each type of source, besides `type` and `dir`. */
const ALLOWED: Readonly<Record<string, string>> = {
  github: FORGE,
  gitlab: FORGE,
  sourcehut: FORGE,
  indirect: 'id ref rev narHash',
  path: 'path rev revCount lastModified narHash',
  git: 'url ref rev shallow submodules lfs exportIgnore lastModified revCount narHash allRefs name dirtyRev dirtyShortRev verifyCommit keytype publicKey publicKeys',
  hg: 'url ref rev revCount narHash name',
  tarball: DOWNLOAD,
  file: DOWNLOAD,
};

/**
 * A flake reference in attributes as URL, as `builtins.flakeRefToString` gives it.
 *
 * @throws NixError for one that Nix refuses, in its words
 */
export function flakeRefText(evaluator: Evaluator, attrs: Attrs, pos: Pos | undefined): string {
  const all = new Map<string, Setting>();
  for (const name of evaluator.symbols.order(attrs.names())) {
    all.set(name, settingOf(name, force(attrs.get(name)!), pos));
  }
  const folder = textOf(all, 'dir', all);
  all.delete('dir');
  try {
    const url = new Reference(evaluator, all, pos).url();
    return urlText(folder ? { ...url, query: new Map([...url.query, ['dir', folder]]) } : url);
  } catch (error) {
    throw error instanceof BadUrl ? refusal(error.message) : error;
  }
}

function settingOf(name: string, value: Value, pos: Pos | undefined): Setting {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (value instanceof NixString) {
    return value.text;
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value < 0) {
      throw new NixError('eval', `negative value given for flake ref attr ${decodeUtf8(name)}: ${value}`, pos);
    }
    return value;
  }
  throw refusal(
    `flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '${name}' is ${typeName(value)}`,
  );
}

/** A text among the settings; `shown` are those that an error tells. */
function textOf(settings: Settings, name: string, shown: Settings): string | undefined {
  const value = settings.get(name);
  if (value !== undefined && typeof value !== 'string') {
    throw refusal(`input attribute '${name}' is not a string ${jsonOf(shown)}`);
  }
  return value;
}

function jsonOf(settings: Settings): string {
  const members = [...settings].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, value]) => `${jsonString(name)}:${typeof value === 'string' ? jsonString(value) : value}`).join(',')}}`;
}

class Reference {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly settings: Settings,
    private readonly pos: Pos | undefined,
  ) {}

  url(): FlakeUrl {
    const type = this.text('type');
    if (type === undefined) {
      throw refusal("'type' attribute to specify input scheme is required but not provided");
    }
    const allowed = Object.hasOwn(ALLOWED, type) ? ALLOWED[type]!.split(' ') : undefined;
    if (allowed === undefined) {
      throw refusal(`cannot show unsupported input '${jsonOf(this.settings)}'`);
    }
    for (const name of [...this.settings.keys()].sort()) {
      if (name !== 'type' && name !== '__final' && !allowed.includes(name)) {
        throw refusal(`input attribute '${name}' not supported by scheme '${type}'`);
      }
    }
    switch (type) {
      case 'indirect':
        return this.indirect();
      case 'path':
        return this.local();
      case 'git':
        return this.git();
      case 'hg':
        return this.repository('hg', this.needed('url'), []);
      case 'tarball':
      case 'file':
        return this.download();
      default:
        return this.onForge(type);
    }
  }

  private text(name: string): string | undefined {
    return textOf(this.settings, name, this.settings);
  }

  private needed(name: string): string {
    const text = this.text(name);
    if (text === undefined) {
      throw refusal(`input attribute '${name}' is missing`);
    }
    return text;
  }

  private revision(): string | undefined {
    const rev = this.text('rev');
    return rev === undefined ? undefined : toHex(anyHash(this.evaluator, rev, 'sha1', this.pos).hash);
  }

  /** What every type may have. */
  private checkCommon(): void {
    this.text('ref');
    for (const name of ['revCount', 'lastModified']) {
      const value = this.settings.get(name);
      if (value !== undefined && typeof value !== 'number' && typeof value !== 'bigint') {
        throw refusal(`input attribute '${name}' is not an integer`);
      }
    }
  }

  private narHash(): readonly (readonly [string, string])[] {
    const hash = this.text('narHash');
    if (hash === undefined) {
      return [];
    }
    if (hash === '') {
      return [['narHash', formatHash('sha256', zeroHash('sha256'), 'sri')]];
    }
    if (!/^[^:-]*-/.test(hash)) {
      throw refusal(`hash '${hash}' is not SRI`);
    }
    const { algorithm, hash: octets } = anyHash(this.evaluator, hash, undefined, this.pos);
    return [['narHash', formatHash(algorithm, octets, 'sri')]];
  }

  private onForge(scheme: string): FlakeUrl {
    const owner = this.needed('owner');
    const repo = this.needed('repo');
    const ref = this.text('ref');
    const rev = this.text('rev');
    const host = this.text('host');
    const bad = (problem: string) => refusal(`input ${jsonOf(this.settings)} contains ${problem}`);
    if (ref !== undefined && !BRANCH.test(ref)) {
      throw bad('an invalid branch/tag name');
    }
    if (ref !== undefined && rev !== undefined) {
      throw bad(`both a commit hash ('${rev}') and a branch/tag name ('${ref}')`);
    }
    if (host !== undefined && !HOST_NAME.test(host)) {
      throw bad('an invalid instance host');
    }
    this.checkCommon();
    const told = ref ?? this.revision();
    return {
      scheme,
      path: told === undefined ? [owner, repo] : [owner, repo, told],
      query: new Map([...(host === undefined ? [] : [['host', host] as const]), ...this.narHash()]),
    };
  }

  private indirect(): FlakeUrl {
    const id = this.needed('id');
    if (!FLAKE_ID.test(id)) {
      throw refusal(`'${id}' is not a valid flake ID`);
    }
    this.checkCommon();
    const path = [id, this.text('ref'), this.revision()].filter((part) => part !== undefined);
    return { scheme: 'flake', path: path.flatMap(splitPath), query: new Map() };
  }

  private local(): FlakeUrl {
    const path = this.needed('path');
    this.checkCommon();
    const query = [...this.settings]
      .filter(([name]) => name !== 'path' && name !== 'type' && name !== '__final')
      .map(([name, value]) => [name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value)] as const);
    return { scheme: 'path', path: splitPath(path), query: new Map(query) };
  }

  private git(): FlakeUrl {
    const verified = ['verifyCommit', 'keytype', 'publicKey', 'publicKeys'].find((name) => this.settings.has(name));
    if (verified !== undefined) {
      throw featureOff('verified-fetches', '', this.pos);
    }
    const ref = this.text('ref');
    if (ref !== undefined && !isGitRef(ref)) {
      throw refusal(`invalid Git branch/tag name '${ref}'`);
    }
    const url = gitUrl(this.needed('url'));
    const switches = ['shallow', 'submodules', 'allRefs', 'lfs', 'exportIgnore'].filter((name) => {
      const value = this.settings.get(name);
      if (value !== undefined && typeof value !== 'boolean') {
        throw refusal(`input attribute '${name}' is not a Boolean`);
      }
      return value === true && name !== 'allRefs';
    });
    return this.repository('git', url, switches);
  }

  private repository(type: 'git' | 'hg', location: string, switches: readonly string[]): FlakeUrl {
    const url = parseUrl(location, () => undefined);
    this.checkCommon();
    const rev = this.revision();
    const ref = this.text('ref');
    const query = new Map(url.query);
    for (const name of switches) {
      query.set(name, '1');
    }
    if (rev !== undefined) {
      query.set('rev', rev);
    }
    if (ref !== undefined) {
      query.set('ref', ref);
    }
    const { scheme } = url;
    return { ...url, scheme: scheme === type || scheme.startsWith(`${type}+`) ? scheme : `${type}+${scheme}`, query };
  }

  private download(): FlakeUrl {
    const location = this.needed('url');
    this.checkCommon();
    const url = parseUrl(location, () => undefined);
    return { ...url, query: new Map([...url.query, ...this.narHash()]) };
  }
}

/** What Git takes for a repository besides URLs: `user@host:path` and paths. */
function gitUrl(location: string): string {
  const remote = /^([^/]*@[^:]*|[a-zA-Z0-9.-]+):(?!\/\/)(.*)$/s.exec(location);
  if (remote !== null && !location.startsWith('file:')) {
    return `ssh://${remote[1]}/${remote[2]!.replace(/^\//, '')}`;
  }
  if (location.startsWith('file:') || location.includes('://')) {
    return location;
  }
  return urlText({
    scheme: 'file',
    authority: location.startsWith('/') ? '' : undefined,
    path: splitPath(location),
    query: new Map(),
  });
}

function refusal(message: string): NixError {
  return new NixError('eval', decodeUtf8(message));
}
