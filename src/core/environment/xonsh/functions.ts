import { getText, whichProgram } from '../shell/scope';
import { boundedJoin, hole, isUnknown } from '../shell/world';
import {
  asText,
  expandPath,
  isList,
  joined,
  MAX_ITEMS,
  pathParent,
  type Value,
  variableOf,
  type Xonsh,
} from './values';

type Call = (xonsh: Xonsh, args: readonly Value[]) => Value;

const stat =
  (kind: 'directory' | 'file' | undefined): Call =>
  (xonsh, [path]) => {
    const text = asText(xonsh, path);
    const found = xonsh.scope.world.host.fs.stat(text.startsWith('/') ? text : `${xonsh.scope.folder}/${text}`);
    return isUnknown(text)
      ? hole(xonsh.scope.world, 'which file is looked at')
      : found.ok && (kind === undefined || found.value.kind === kind);
  };

const homeOf: Call = ({ scope }) => getText(scope, 'HOME') ?? scope.world.host.home;
const same: Call = (_, [value = '']) => value;
const expanded: Call = (xonsh, [text]) => expandPath(xonsh.scope, asText(xonsh, text));
const environment: Call = ({ scope }, [name, fallback = null]) =>
  typeof name === 'string' ? (getText(scope, name) === undefined ? fallback : variableOf(scope, name)) : fallback;
const plainEnvironment: Call = ({ scope }, [name, fallback = null]) =>
  typeof name === 'string' ? (getText(scope, name) ?? fallback) : fallback;
const which: Call = ({ scope }, [name]) => {
  const found = typeof name === 'string' ? whichProgram(scope, name) : undefined;
  return found === undefined ? hole(scope.world, 'whether a program is there') : found;
};

/** Functions by their whole names, of Python's library and xonsh's own. */
export const FUNCTIONS: Readonly<Record<string, Call>> = {
  'os.path.join': (xonsh, args) => joined(args.map((arg) => asText(xonsh, arg))),
  'os.path.expanduser': expanded,
  'os.path.expandvars': expanded,
  'os.path.abspath': same,
  'os.path.normpath': same,
  'os.path.isdir': stat('directory'),
  'os.path.isfile': stat('file'),
  'os.path.exists': stat(undefined),
  'os.path.dirname': (xonsh, [path]) => pathParent(asText(xonsh, path)),
  'os.environ.get': plainEnvironment,
  'os.getenv': plainEnvironment,
  '__xonsh__.env.get': environment,
  'XSH.env.get': environment,
  'shutil.which': which,
  which,
  Path: expanded,
  'pathlib.Path': expanded,
  'Path.home': homeOf,
  'pathlib.Path.home': homeOf,
  str: same,
  list: same,
  len: (_, [list]) => (isList(list) ? list.length : null),
  reversed: (_, [list]) => (isList(list) ? [...list].reverse() : []),
  'platform.system': ({ scope }) => ({ linux: 'Linux', darwin: 'Darwin', windows: 'Windows' })[scope.world.host.os],
};

/** Methods of texts, paths and lists; the first argument is what they belong to. */
export const METHODS: Readonly<Record<string, Call>> = {
  exists: stat(undefined),
  is_dir: stat('directory'),
  is_file: stat('file'),
  expanduser: expanded,
  resolve: same,
  absolute: same,
  as_posix: same,
  joinpath: (xonsh, args) => joined(args.map((arg) => asText(xonsh, arg))),
  startswith: (xonsh, [text, part]) => asText(xonsh, text).startsWith(asText(xonsh, part)),
  endswith: (xonsh, [text, part]) => asText(xonsh, text).endsWith(asText(xonsh, part)),
  strip: (xonsh, [text]) => asText(xonsh, text).trim(),
  rstrip: (xonsh, [text]) => asText(xonsh, text).trimEnd(),
  lower: (xonsh, [text]) => asText(xonsh, text).toLowerCase(),
  split: (xonsh, [text, separator]) =>
    asText(xonsh, text)
      .split(separator === undefined ? /\s+/ : asText(xonsh, separator))
      .slice(0, MAX_ITEMS),
  splitlines: (xonsh, [text]) => asText(xonsh, text).split('\n').slice(0, MAX_ITEMS),
  replace: (xonsh, [text, from, to]) =>
    boundedJoin(xonsh.scope.world, asText(xonsh, text).split(asText(xonsh, from)), asText(xonsh, to)),
  join: (xonsh, [separator, list]) =>
    isList(list)
      ? boundedJoin(
          xonsh.scope.world,
          list.map((item) => asText(xonsh, item)),
          asText(xonsh, separator),
        )
      : hole(xonsh.scope.world, 'a list'),
};
