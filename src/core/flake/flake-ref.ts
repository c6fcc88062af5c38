/**
 * References to flakes, as Nix writes them: URLs (`github:NixOS/nixpkgs/nixos-24.05`) and attribute sets
 * (`{ type = "github"; owner = "NixOS"; … }`). Source of the forms: the Nix manual, `nix flake`, "Flake references".
 */

export type RefAttribute = string | number | boolean;

/** `type` and what goes with it: `owner`, `repo`, `url`, `path`, `id`, `ref`, `rev`, `dir`, `host`, `narHash` … */
export interface FlakeRef {
  readonly type: string;
  readonly attributes: Readonly<Record<string, RefAttribute>>;
}

const FORGES: ReadonlySet<string> = new Set(['github', 'gitlab', 'sourcehut']);
const REVISION = /^[0-9a-f]{40}$/;
const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|tar\.xz|tar\.bz2|tar\.zst)$/;

/** A string attribute of a reference; `undefined` when it is missing or not a string. */
export function refText(ref: FlakeRef | undefined, key: string): string | undefined {
  const value = ref?.attributes[key];
  return typeof value === 'string' ? value : undefined;
}

/** An integer attribute of a reference. */
export function refNumber(ref: FlakeRef | undefined, key: string): number | undefined {
  const value = ref?.attributes[key];
  return typeof value === 'number' ? value : undefined;
}

/**
 * Reads a flake URL.
 *
 * @returns the reference; `undefined` when the text has no form that Nix knows
 */
export function parseFlakeUrl(url: string): FlakeRef | undefined {
  const [beforeFragment = ''] = url.split('#', 1);
  const question = beforeFragment.indexOf('?');
  const base = question === -1 ? beforeFragment : beforeFragment.slice(0, question);
  const query = question === -1 ? {} : parseQuery(beforeFragment.slice(question + 1));
  const colon = base.indexOf(':');
  const scheme = /^[a-z][a-z0-9+.-]*$/i.test(base.slice(0, Math.max(colon, 0))) ? base.slice(0, colon) : undefined;
  if (scheme === undefined) {
    return parseBare(base, query);
  }
  const rest = base.slice(colon + 1);
  if (FORGES.has(scheme)) {
    return parseForge(scheme, rest, query);
  }
  if (scheme === 'path') {
    return { type: 'path', attributes: { ...query, path: decode(rest) } };
  }
  if (scheme === 'flake') {
    return parseIndirect(rest, query);
  }
  return parseTransport(scheme, base, query);
}

/** The reference as a URL, in the form that Nix prints. */
export function formatFlakeRef(ref: FlakeRef): string {
  const text = (key: string) => refText(ref, key);
  const version = text('rev') ?? text('ref');
  switch (ref.type) {
    case 'github':
    case 'gitlab':
    case 'sourcehut': {
      const path = [text('owner') ?? '?', text('repo') ?? '?', ...(version === undefined ? [] : [version])];
      return `${ref.type}:${path.join('/')}${formatQuery(ref, ['dir', 'host'])}`;
    }
    case 'indirect':
      return ['flake:', text('id') ?? '?', ...(version === undefined ? [] : ['/', version])].join('');
    case 'path':
      return `path:${text('path') ?? ''}${formatQuery(ref, ['dir'])}`;
    case 'git':
    case 'hg':
      return `${ref.type}+${text('url') ?? ''}${formatQuery(ref, ['dir', 'ref', 'rev'])}`;
    default:
      return `${text('url') ?? ref.type}${formatQuery(ref, ['dir'])}`;
  }
}

/** Branch or tag that a reference asks for: `ref`, unless it is a revision. */
export function refBranch(ref: FlakeRef | undefined): string | undefined {
  const name = refText(ref, 'ref');
  return name === undefined || REVISION.test(name) ? undefined : name.replace(/^refs\/heads\//, '');
}

/** Full revision (40 hex digits) that a reference names, in `rev` or inside its URL. */
export function refRevision(ref: FlakeRef | undefined): string | undefined {
  const explicit = refText(ref, 'rev') ?? refText(ref, 'ref');
  if (explicit !== undefined && REVISION.test(explicit)) {
    return explicit;
  }
  return refText(ref, 'url')?.match(/(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/)?.[0];
}

function parseForge(type: string, rest: string, query: Record<string, string>): FlakeRef | undefined {
  const parts = rest.replace(/^\/+/, '').split('/').map(decode);
  const [owner, repo, ...version] = parts;
  if (owner === undefined || owner === '' || repo === undefined || repo === '') {
    return undefined;
  }
  return { type, attributes: { ...query, owner, repo, ...versionOf(version.filter((part) => part !== '').join('/')) } };
}

function parseIndirect(rest: string, query: Record<string, string>): FlakeRef | undefined {
  const [id = '', ...version] = rest.split('/');
  if (!/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(id)) {
    return undefined;
  }
  const ref: Record<string, string> = {};
  for (const part of version) {
    Object.assign(ref, versionOf(part));
  }
  return { type: 'indirect', attributes: { ...query, id, ...ref } };
}

function parseBare(base: string, query: Record<string, string>): FlakeRef | undefined {
  if (/^(\.|\/)/.test(base) || base === '') {
    return { type: 'path', attributes: { ...query, path: base === '' ? '.' : base } };
  }
  return parseIndirect(base, query);
}

function parseTransport(scheme: string, base: string, query: Record<string, string>): FlakeRef {
  const [kind = '', transport] = scheme.split('+');
  const url = transport === undefined ? base : base.slice(kind.length + 1);
  if (kind === 'git' || kind === 'hg') {
    return { type: kind, attributes: { ...query, url } };
  }
  if ((kind === 'tarball' || kind === 'file') && transport !== undefined) {
    return { type: kind, attributes: { url: url + formatParameters(query) } };
  }
  const { dir, ...others } = query;
  const type = ARCHIVE.test(base) || /^https?$/.test(scheme) ? 'tarball' : 'file';
  return { type, attributes: { ...(dir === undefined ? {} : { dir }), url: url + formatParameters(others) } };
}

function versionOf(text: string): Record<string, string> {
  if (text === '') {
    return {};
  }
  return REVISION.test(text) ? { rev: text } : { ref: text };
}

function parseQuery(text: string): Record<string, string> {
  const entries = text.split('&').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at <= 0 ? [] : [[decode(pair.slice(0, at)), decode(pair.slice(at + 1))]];
  });
  return Object.fromEntries(entries);
}

function formatParameters(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function formatQuery(ref: FlakeRef, keys: readonly string[]): string {
  const present = keys.flatMap((key) => {
    const value = refText(ref, key);
    return value === undefined || value === '' ? [] : [[key, value] as const];
  });
  return formatParameters(Object.fromEntries(present));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
