import { Attrs } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { force } from '../force';
import { canonicalPath } from '../path';
import type { Pos } from '../source';
import { STORE_DIR } from '../store/paths';
import { NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinFn, BuiltinGroup } from './define';
import { checkFetch } from './fetch-arguments';
import { reading } from './files';
import { flakeRefBuiltins } from './flake-ref';
import { AS_IT_IS, coerceText } from './strings';

/** What would need the network or the store: the host decides, and else it is unknown. */
function fetcher(name: string): readonly [number, BuiltinFn] {
  return [
    1,
    (evaluator, [arg], pos) => {
      checkFetch(evaluator, name, arg!, pos);
      return fetch(evaluator, name, arg!, pos);
    },
  ];
}

function fetch(evaluator: Evaluator, name: string, arg: Slot, pos: Pos | undefined): Value {
  const given = evaluator.options.fetch?.(name, arg);
  return given === undefined ? new Opaque(`${name} ${subject(arg)} is not fetched`, pos) : force(given);
}

function subject(arg: Slot): string {
  const value = force(arg);
  const source = value instanceof Attrs ? (value.get('url') ?? value.get('repo')) : value;
  const text = source === undefined ? undefined : force(source);
  if (typeof text === 'string') {
    return `of ${decodeUtf8(text)}`;
  }
  return text instanceof NixString ? `of ${decodeUtf8(text.text)}` : 'of something';
}

export const fetchBuiltins: BuiltinGroup = {
  fetchClosure: fetcher('fetchClosure'),
  fetchGit: fetcher('fetchGit'),
  fetchMercurial: fetcher('fetchMercurial'),
  fetchTarball: fetcher('fetchTarball'),
  fetchTree: fetcher('fetchTree'),
  fetchurl: fetcher('fetchurl'),
  getFlake: fetcher('getFlake'),
  storePath: reading((evaluator, [arg], pos) => {
    const purpose = "while evaluating the first argument passed to 'builtins.storePath'";
    const path = coerceText(evaluator, arg!, new Set(), pos, purpose, AS_IT_IS);
    if (path.startsWith('/') && !path.startsWith(`${STORE_DIR}/`)) {
      throw new NixError('eval', `path '${decodeUtf8(path)}' is not in the Nix store`, pos);
    }
    const place = canonicalPath(path);
    return evaluator.store.has(place)
      ? new NixString(place, new Set([place]))
      : fetch(evaluator, 'storePath', path, pos);
  }),
  ...flakeRefBuiltins,
};
