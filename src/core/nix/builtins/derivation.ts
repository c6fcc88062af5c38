import { Attrs, attrsFrom } from '../attrs';
import { decodeUtf8 } from '../bytes';
import type { CoerceMode } from '../coerce';
import { DERIVATION_FILE } from '../derivation-file';
import { typeOf } from '../describe';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import {
  expectAttrs,
  expectBool,
  expectList,
  expectPlainString,
  expectString,
  framed,
  missingAttribute,
} from '../expect';
import { featureOff } from '../features';
import { force } from '../force';
import { jsonString, toJson } from '../json';
import { parseJson } from '../json-parse';
import type { Pos } from '../source';
import { type Derivation, hashModulo, type KnownDerivation, unparse } from '../store/derivation';
import type { HashAlgorithm } from '../store/hashes';
import {
  nameProblem,
  outputPath,
  placeholderPath,
  STORE_DIR,
  sha256Hex,
  textPath,
  validStorePath,
} from '../store/paths';
import { NixString, type Slot, type Value } from '../value';
import { parseNeed } from './context';
import type { BuiltinGroup } from './define';
import derivationSource from './derivation.nix?raw';
import { addFixedOutput, inputsOf, isRecursiveMode, warnOfAttributes } from './derivation-outputs';
import { algorithmNamed } from './hash';
import { coerceText } from './strings';

/** As `toString`, but paths are copied to the store. */
const COPIED: CoerceMode = { more: true, copy: true };
const UNDECLARED = 'undeclaredPlaceholderOutputs';

export const derivationBuiltins: BuiltinGroup = {
  derivationStrict: [
    1,
    (evaluator, [arg], pos) =>
      derivationStrict(
        evaluator,
        expectAttrs(arg!, pos, 'while evaluating the argument passed to builtins.derivationStrict'),
        pos,
      ),
  ],
  placeholder: [
    1,
    (evaluator, [arg], pos) => {
      const output = expectPlainString(arg!, pos, 'while evaluating the first argument passed to builtins.placeholder');
      const path = placeholderPath(output);
      if (evaluator.lintLevel(UNDECLARED) !== 'ignore') {
        evaluator.store.placeholders.set(path, output);
      }
      return path;
    },
  ],
  toFile: [
    2,
    (evaluator, [nameArg, textArg], pos) => {
      const name = expectPlainString(nameArg!, pos, 'while evaluating the first argument passed to builtins.toFile');
      const text = expectString(textArg!, pos, 'while evaluating the second argument passed to builtins.toFile');
      const value = force(textArg!);
      const references = value instanceof NixString ? [...value.context] : [];
      const built = references.find((reference) => parseNeed(reference).kind !== 'path');
      if (built !== undefined) {
        const shown = built.replace(`${STORE_DIR}/`, '');
        throw new NixError(
          'eval',
          `files created by builtins.toFile may not reference derivations, but ${decodeUtf8(name)} references ${shown}`,
          pos,
        );
      }
      const path = evaluator.store.toFile(name, text, references, pos);
      return new NixString(path, new Set([path]));
    },
  ],
};

/** The function `derivation`, which wraps {@link derivationStrict} lazily. */
export function derivationFunction(evaluator: Evaluator): Value {
  return evaluator.load(DERIVATION_FILE, '/', undefined, () => derivationSource)();
}

/** Each output is in texts that are hashed several times, and in the derivation that is kept. */
/** A derivation's text is written, escaped and hashed with its outputs' paths and without: so many are there at once. */
const TEXTS_OF_ONE = 16;
const BYTES_AN_OUTPUT = 4096;
const STEPS_AN_OUTPUT = 32;

/** What the attributes say, before paths are known. */
interface Draft {
  readonly name: string;
  readonly args: string[];
  readonly env: Map<string, string>;
  readonly json: string[] | undefined;
  readonly context: Set<string>;
  outputs: readonly string[];
  system: string | undefined;
  builder: string | undefined;
  hash: string | undefined;
  hashAlgorithm: HashAlgorithm | undefined;
  recursive: boolean;
}

function derivationStrict(evaluator: Evaluator, attrs: Attrs, pos: Pos | undefined): Value {
  const name = derivationName(attrs, pos);
  try {
    return instantiate(evaluator, name, attrs, pos);
  } catch (error) {
    const place = attrs.positionOf('name');
    const located = place === undefined ? '' : `\n  whose name attribute is located at ${place}`;
    throw framed(error, `while evaluating derivation '${decodeUtf8(name)}'${located}`);
  }
}

function derivationName(attrs: Attrs, pos: Pos | undefined): string {
  const slot = attrs.get('name');
  if (slot === undefined) {
    throw missingAttribute(attrs, 'name', pos).within(
      'in the attrset passed as argument to builtins.derivationStrict',
      undefined,
    );
  }
  const place = attrs.positionOf('name') ?? pos;
  const purpose = 'while evaluating the `name` attribute passed to builtins.derivationStrict';
  try {
    return expectPlainString(slot, pos, purpose);
  } catch (error) {
    throw framed(error, { message: "while evaluating the derivation attribute 'name'", pos: place });
  }
}

function instantiate(evaluator: Evaluator, name: string, attrs: Attrs, pos: Pos | undefined): Value {
  const draft = readDraft(evaluator, name, attrs, pos);
  warnOfAttributes(evaluator, name, attrs, draft.json !== undefined);
  const { outputs, builder, system } = draft;
  if (builder === undefined || builder === '') {
    throw new NixError('eval', "required attribute 'builder' missing", pos);
  }
  if (system === undefined || system === '') {
    throw new NixError('eval', "required attribute 'system' missing", pos);
  }
  if (name.endsWith('.drv')) {
    throw new NixError(
      'eval',
      "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
      pos,
    );
  }
  evaluator.steps(outputs.length * STEPS_AN_OUTPUT, pos);
  evaluator.charge(outputs.length * BYTES_AN_OUTPUT, pos);
  evaluator.charge(textSize(draft) * TEXTS_OF_ONE, pos);
  lintPlaceholders(evaluator, draft);
  const known = (path: string): KnownDerivation | undefined => evaluator.store.derivations.get(path);
  const derivation: Derivation = {
    outputs: new Map(),
    ...inputsOf(draft.context, known),
    system,
    builder,
    args: draft.args,
    env: draft.env,
  };
  if (draft.hash !== undefined) {
    addFixedOutput(evaluator, derivation, { ...draft, hash: draft.hash, algorithm: draft.hashAlgorithm }, pos);
  } else {
    for (const output of outputs) {
      derivation.outputs.set(output, { path: '', method: '', hash: '' });
      derivation.env.set(output, '');
    }
    const hashes = hashModulo(derivation, true, known);
    for (const [output, entry] of derivation.outputs) {
      entry.path = validStorePath(outputPath(output, hashes.get(output)!, name), pos);
      derivation.env.set(output, entry.path);
    }
  }
  const references = [...derivation.inputSrcs, ...derivation.inputDrvs.keys()];
  const text = unparse(derivation, false);
  evaluator.charge(text.length, pos);
  const drvPath = validStorePath(textPath(`${name}.drv`, sha256Hex(text), references), pos);
  evaluator.store.derivations.set(drvPath, { derivation, hashes: hashModulo(derivation, false, known) });
  const members: [string, Slot][] = [['drvPath', new NixString(drvPath, new Set([`=${drvPath}`]))]];
  for (const [output, { path }] of derivation.outputs) {
    members.push([output, new NixString(path, new Set([`!${output}!${drvPath}`]))]);
  }
  return attrsFrom(members);
}

/** Characters of what a derivation says. */
function textSize({ args, env }: Draft): number {
  let size = 0;
  for (const text of args) {
    size += text.length;
  }
  for (const text of env.values()) {
    size += text.length;
  }
  return size;
}

/** Nix's `lint-undeclared-placeholder-outputs`: a placeholder of an output that there is not is never replaced. */
function lintPlaceholders(evaluator: Evaluator, draft: Draft): void {
  const { placeholders } = evaluator.store;
  if (placeholders.size === 0) {
    return;
  }
  const told = new Set<string>();
  for (const text of [...draft.args, ...draft.env.values()]) {
    for (const [path] of text.matchAll(/\/[0-9a-z]{52}/g)) {
      const output = placeholders.get(path);
      if (output !== undefined && !draft.outputs.includes(output) && !told.has(output)) {
        told.add(output);
        evaluator.lint(
          UNDECLARED,
          `derivation '${draft.name}' references its own output '${output}' via placeholder, but this output is not declared (lint-undeclared-placeholder-outputs)`,
          undefined,
        );
      }
    }
  }
}

function readDraft(evaluator: Evaluator, name: string, attrs: Attrs, pos: Pos | undefined): Draft {
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new NixError('eval', `invalid derivation name: ${decodeUtf8(problem)}. Please pass a different 'name'.`, pos);
  }
  const flag = (key: string): boolean => {
    const slot = attrs.get(key);
    const purpose = `while evaluating the \`${key}\` attribute passed to builtins.derivationStrict`;
    return slot !== undefined && expectBool(slot, pos, purpose);
  };
  const draft: Draft = {
    name,
    args: [],
    env: new Map(),
    json: flag('__structuredAttrs') ? [] : undefined,
    context: new Set(),
    outputs: ['out'],
    system: undefined,
    builder: undefined,
    hash: undefined,
    hashAlgorithm: undefined,
    recursive: false,
  };
  const ignoreNulls = flag('__ignoreNulls');
  for (const key of attrs.names()) {
    const slot = attrs.get(key)!;
    if (key === '__ignoreNulls') {
      continue;
    }
    try {
      if (ignoreNulls && force(slot) === null) {
        continue;
      }
      readAttribute(evaluator, draft, key, slot, pos);
    } catch (error) {
      throw error instanceof NixError
        ? error.within(
            `while evaluating attribute '${decodeUtf8(key)}' of derivation '${name}'`,
            attrs.positionOf(key) ?? pos,
          )
        : error;
    }
  }
  if (draft.json !== undefined) {
    draft.env.set('__json', `{${draft.json.join(',')}}`);
  }
  return draft;
}

function readAttribute(evaluator: Evaluator, draft: Draft, key: string, slot: Slot, pos: Pos | undefined): void {
  const { context } = draft;
  if (key === 'args') {
    for (const arg of expectList(slot, pos)) {
      draft.args.push(
        coerceText(evaluator, arg, context, pos, 'while evaluating an element of the argument list', COPIED),
      );
    }
    return;
  }
  if (key === '__contentAddressed' || key === '__impure') {
    if (expectBool(slot, pos)) {
      throw featureOff(key === '__impure' ? 'impure-derivations' : 'ca-derivations', '', pos);
    }
    return;
  }
  if (draft.json !== undefined) {
    if (key === '__structuredAttrs') {
      return;
    }
    draft.json.push(`${jsonString(key)}:${toJson(evaluator, slot, context)}`);
    if (key === 'outputs') {
      setOutputs(
        draft,
        expectList(slot, pos).map((output) => expectPlainString(output, pos)),
        pos,
      );
    } else if (SPECIAL.has(key)) {
      setSpecial(evaluator, draft, key, expectString(slot, pos), pos);
    }
    return;
  }
  const text = coerceText(evaluator, slot, context, pos, undefined, COPIED);
  draft.env.set(key, text);
  if (key === '__json') {
    const warning = `In derivation '${draft.name}': setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.`;
    evaluator.options.onTrace?.(decodeUtf8(warning), 'notice');
    checkJson(evaluator, text, pos);
  } else if (key === 'outputs') {
    setOutputs(draft, text.split(/[ \t\n\r]+/).filter(Boolean), pos);
  } else if (SPECIAL.has(key)) {
    setSpecial(evaluator, draft, key, text, pos);
  }
}

/** What a derivation says of itself in `__json` must be an object. */
function checkJson(evaluator: Evaluator, text: string, pos: Pos | undefined): void {
  let problem: string | undefined;
  try {
    const value = parseJson(text, pos, evaluator);
    if (!(value instanceof Attrs)) {
      problem = `[json.exception.type_error.302] type must be object, but is ${jsonType(value)}`;
    }
  } catch (error) {
    if (!(error instanceof NixError) || error.kind === 'limit') {
      throw error;
    }
    problem = error.message;
  }
  if (problem !== undefined) {
    throw new NixError('eval', `cannot process __json attribute: ${problem}`, pos);
  }
}

function jsonType(value: Value): string {
  const type = typeOf(value);
  return { bool: 'boolean', int: 'number', float: 'number', list: 'array' }[type] ?? type;
}

const SPECIAL: ReadonlySet<string> = new Set(['builder', 'system', 'outputHash', 'outputHashAlgo', 'outputHashMode']);

function setSpecial(evaluator: Evaluator, draft: Draft, key: string, text: string, pos: Pos | undefined): void {
  switch (key) {
    case 'builder':
      draft.builder = text;
      break;
    case 'system':
      draft.system = text;
      break;
    case 'outputHash':
      draft.hash = text;
      break;
    case 'outputHashAlgo':
      // An algorithm that nobody knows is as good as none: the hash may name its own.
      draft.hashAlgorithm = algorithmNamed(evaluator, text, pos);
      break;
    default:
      draft.recursive = isRecursiveMode(draft.name, text, pos);
  }
}

function setOutputs(draft: Draft, outputs: readonly string[], pos: Pos | undefined): void {
  const seen = new Set<string>();
  for (const output of outputs) {
    if (seen.has(output)) {
      throw new NixError('eval', `duplicate derivation output '${output}'`, pos);
    }
    if (output === 'drvPath') {
      // drvPath is already what the result says of the derivation itself.
      throw new NixError('eval', `invalid derivation output name '${output}'`, pos);
    }
    seen.add(output);
  }
  if (outputs.length === 0) {
    throw new NixError('eval', 'derivation cannot have an empty set of outputs', pos);
  }
  draft.outputs = outputs;
}
