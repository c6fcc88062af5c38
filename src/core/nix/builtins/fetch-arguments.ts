import { Attrs } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { typeName } from '../describe';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectBool, expectPlainString, expectString } from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { nameProblem } from '../store/paths';
import { shownName } from '../syntax/show';
import { NixPath, NixString, Opaque, type Slot, type Value } from '../value';
import { anyHash } from './hash';
import { AS_IT_IS, baseName, coerceText } from './strings';

interface Call {
  readonly evaluator: Evaluator;
  readonly name: string;
  readonly pos: Pos | undefined;
}

/**
 * Refuses arguments that Nix refuses before it fetches anything, in its words. What is unknown passes.
 *
 * @throws NixError
 */
export function checkFetch(evaluator: Evaluator, name: string, slot: Slot, pos: Pos | undefined): void {
  const call = { evaluator, name, pos };
  const arg = force(slot);
  if (arg instanceof Opaque) {
    return;
  }
  switch (name) {
    case 'fetchurl':
    case 'fetchTarball':
      checkDownload(call, arg);
      return;
    case 'fetchMercurial':
      checkMercurial(call, arg);
      return;
    case 'fetchGit':
    case 'fetchTree':
      checkTree(call, arg);
      return;
    case 'fetchClosure':
      checkClosure(call, arg);
      return;
    default:
      // A path is a flake as well, since Nix 2.35.
      if (!(arg instanceof NixPath)) {
        expectPlainString(arg, pos, `while evaluating the argument passed to builtins.${name}`);
      }
  }
}

function refuse({ pos }: Call, message: string): never {
  throw new NixError('eval', message, pos);
}

/** The members that are known, in the order in which Nix looks at them. */
function known({ evaluator }: Call, attrs: Attrs): (readonly [name: string, slot: Slot, value: Value])[] {
  return evaluator.symbols.order(attrs.names()).flatMap((name) => {
    const slot = attrs.get(name)!;
    const value = force(slot);
    return value instanceof Opaque ? [] : [[name, slot, value] as const];
  });
}

function checkDownload(call: Call, arg: Value): void {
  const given = arg instanceof Attrs ? known(call, arg) : [['url', arg, arg] as const];
  let url: string | undefined;
  let name: string | undefined;
  for (const [key, slot] of given) {
    if (key === 'url') {
      url = member(call, arg, key, slot, 'while evaluating the url we should fetch');
    } else if (key === 'name') {
      name = member(call, arg, key, slot, 'while evaluating the name of the content we should fetch');
    } else if (key === 'sha256') {
      const hash = member(call, arg, key, slot, 'while evaluating the sha256 of the content we should fetch');
      if (hash !== '') {
        anyHash(call.evaluator, hash, 'sha256', call.pos);
      }
    } else {
      refuse(call, `unsupported argument '${decodeUtf8(key)}' to '${call.name}'`);
    }
  }
  if (url === undefined) {
    requireMember(call, arg, 'url', "'url' argument required");
    return;
  }
  const called = name || (call.name === 'fetchTarball' ? 'source' : baseName(url));
  const problem = nameProblem(called);
  if (problem !== undefined) {
    const instead =
      name !== undefined
        ? `change the value for the 'name' attribute passed to '${call.name}', so`
        : arg instanceof Attrs
          ? `add a valid 'name' attribute to the argument for '${call.name}', so`
          : `pass an attribute set with 'url' and 'name' attributes to '${call.name}',  so`;
    refuse(
      call,
      `invalid store path name when fetching URL '${decodeUtf8(url)}': ${decodeUtf8(problem)}. Please ${instead} that it can create a valid store path.`,
    );
  }
}

/** The text of a member, or of the whole argument; a member is told with its place. */
function member(call: Call, arg: Value, key: string, slot: Slot, message: string): string {
  const place = arg instanceof Attrs ? arg.positionOf(key) : undefined;
  return expectPlainString(slot, place ?? call.pos, place === undefined ? message : { message, pos: place });
}

function requireMember(call: Call, arg: Value, name: string, message: string): void {
  if (arg instanceof Attrs && !arg.has(name) && arg.rest === undefined) {
    refuse(call, message);
  }
}

function checkMercurial(call: Call, arg: Value): void {
  if (!(arg instanceof Attrs)) {
    text(call, arg, 'while evaluating the first argument passed to builtins.fetchMercurial');
    return;
  }
  for (const [key, slot] of known(call, arg)) {
    if (key === 'url') {
      text(call, slot, 'while evaluating the `url` attribute passed to builtins.fetchMercurial');
    } else if (key === 'rev' || key === 'name') {
      expectString(slot, call.pos, `while evaluating the \`${key}\` attribute passed to builtins.fetchMercurial`);
    } else {
      refuse(call, `unsupported argument '${decodeUtf8(key)}' to 'fetchMercurial'`);
    }
  }
  requireMember(call, arg, 'url', "'url' argument required");
}

function text({ evaluator, pos }: Call, slot: Slot, purpose: string): string {
  return coerceText(evaluator, slot, new Set(), pos, purpose, AS_IT_IS);
}

/** What each kind of tree cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[] | undefined>> = {
  file: ['url'],
  git: ['url'],
  github: ['owner', 'repo'],
  gitlab: ['owner', 'repo'],
  path: ['path'],
  sourcehut: ['owner', 'repo'],
  tarball: ['url'],
};
/** A file's address without a slash at its start. */
const RELATIVE_FILE = /^(?:tarball\+|file\+)?file:(?!\/)/;

function checkTree(call: Call, arg: Value): void {
  const { name, pos } = call;
  if (!(arg instanceof Attrs)) {
    const address = text(call, arg, `while evaluating the first argument passed to '${name}'`);
    if (name === 'fetchTree' && RELATIVE_FILE.test(address)) {
      const shown = decodeUtf8(address);
      throw new NixError(
        'eval',
        `tarball '${shown}' must use an absolute path. The 'file' scheme does not support relative paths.`,
        pos,
      ).within(`while fetching the input '${shown}'`, undefined);
    }
    return;
  }
  let type: string | undefined = 'git';
  if (name === 'fetchTree') {
    requireMember(call, arg, 'type', "argument 'type' is missing in call to 'fetchTree'");
    const given = arg.get('type');
    type =
      given === undefined || force(given) instanceof Opaque
        ? undefined
        : member(call, arg, 'type', given, "while evaluating the `type` argument passed to 'fetchTree'");
  }
  for (const [key, , value] of known(call, arg)) {
    if (key !== 'type') {
      checkTreeArgument(call, key, value);
    }
  }
  if (name === 'fetchTree' && arg.has('name')) {
    refuse(call, "argument 'name' isn’t supported in call to 'fetchTree'");
  }
  for (const needed of NEEDED[type ?? ''] ?? []) {
    requireMember(call, arg, needed, `input attribute '${needed}' is missing`);
  }
}

/** A revision: of SHA-1, or of SHA-256. */
const REVISION = /^(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/;

function checkTreeArgument(call: Call, key: string, value: Value): void {
  const { name } = call;
  if (key === 'rev' && typeof value === 'string' && !REVISION.test(value)) {
    refuse(call, `hash '${decodeUtf8(value)}' has wrong length for hash algorithm 'sha1'`);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value < 0) {
      refuse(call, `negative value given for '${name}' argument '${shownName(key)}': ${value}`);
    }
  } else if (
    !(
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      value instanceof NixString ||
      value instanceof NixPath ||
      (key === 'publicKeys' && Array.isArray(value))
    )
  ) {
    refuse(
      call,
      `argument '${shownName(key)}' to '${name}' is ${typeName(value)} while a string, Boolean or integer is expected`,
    );
  }
}

function checkClosure(call: Call, arg: Value): void {
  const attrs = expectAttrs(arg, call.pos, 'while evaluating the argument passed to builtins.fetchClosure');
  for (const [key, slot] of known(call, attrs)) {
    const purpose = `while evaluating the attribute '${shownName(key)}' passed to builtins.fetchClosure`;
    if (key === 'fromPath' || key === 'toPath') {
      text(call, slot, purpose);
    } else if (key === 'fromStore') {
      expectPlainString(slot, call.pos, purpose);
    } else if (key === 'inputAddressed') {
      expectBool(slot, call.pos, purpose);
    } else {
      refuse(call, `attribute '${shownName(key)}' isn't supported in call to 'fetchClosure'`);
    }
  }
  for (const needed of ['fromPath', 'fromStore']) {
    requireMember(call, attrs, needed, `attribute '${needed}' is missing in call to 'fetchClosure'`);
  }
}
