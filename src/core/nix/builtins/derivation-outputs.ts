import type { Attrs } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { NixError, placeLines } from '../errors';
import type { Evaluator } from '../evaluator';
import { featureOff } from '../features';
import { force } from '../force';
import type { Pos } from '../source';
import type { Derivation, KnownDerivation } from '../store/derivation';
import { type HashAlgorithm, toHex } from '../store/hashes';
import { fixedPath, validStorePath } from '../store/paths';
import { NixString, type Slot } from '../value';
import { parseNeed } from './context';
import { anyHash, hashOrZeros } from './hash';

/** The inputs that a context asks for. */
export function inputsOf(
  context: ReadonlySet<string>,
  known: (path: string) => KnownDerivation | undefined,
): Pick<Derivation, 'inputDrvs' | 'inputSrcs'> {
  const inputDrvs = new Map<string, Set<string>>();
  const inputSrcs = new Set<string>();
  const use = (path: string, outputs: Iterable<string>): void => {
    const set = inputDrvs.get(path) ?? new Set();
    for (const output of outputs) {
      set.add(output);
    }
    inputDrvs.set(path, set);
  };
  for (const element of context) {
    const { kind, path, output } = parseNeed(element);
    if (kind === 'path') {
      inputSrcs.add(path);
    } else if (kind === 'output') {
      use(path, [output]);
    } else {
      // The derivation itself and all that it is made from.
      const work = [path];
      for (let next = work.pop(); next !== undefined; next = work.pop()) {
        if (inputSrcs.has(next)) {
          continue;
        }
        inputSrcs.add(next);
        const found = known(next)?.derivation;
        if (found !== undefined) {
          use(next, found.outputs.keys());
          work.push(...found.inputDrvs.keys(), ...found.inputSrcs);
        }
      }
    }
  }
  return { inputDrvs, inputSrcs };
}

/** What a derivation says of the hash that its output must have. */
export interface FixedOutput {
  readonly name: string;
  readonly outputs: readonly string[];
  readonly hash: string;
  readonly algorithm: HashAlgorithm | undefined;
  readonly recursive: boolean;
}

/** Gives the derivation its one output, whose path follows from the hash. */
export function addFixedOutput(
  evaluator: Evaluator,
  derivation: Derivation,
  fixed: FixedOutput,
  pos: Pos | undefined,
): void {
  const { name, outputs, recursive } = fixed;
  if (outputs.length !== 1 || outputs[0] !== 'out') {
    throw new NixError('eval', 'multiple outputs are not supported in fixed-output derivations', pos);
  }
  const { algorithm, hash } = fixedHash(evaluator, fixed, pos);
  const hex = toHex(hash);
  const path = validStorePath(fixedPath(name, algorithm, hex, recursive), pos);
  derivation.outputs.set('out', { path, method: `${recursive ? 'r:' : ''}${algorithm}`, hash: hex });
  derivation.env.set('out', path);
}

function fixedHash(
  evaluator: Evaluator,
  fixed: FixedOutput,
  pos: Pos | undefined,
): { readonly algorithm: HashAlgorithm; readonly hash: Uint8Array } {
  const { hash, algorithm } = fixed;
  if (hash !== '') {
    return anyHash(evaluator, hash, algorithm, pos);
  }
  if (algorithm === undefined) {
    throw new NixError('eval', 'empty hash requires explicit hash algorithm', pos);
  }
  return { algorithm, hash: hashOrZeros(evaluator, '', algorithm, pos) };
}

/** How an output's hash can be told; the others belong to experimental features, which are off. */
export function isRecursiveMode(name: string, mode: string, pos: Pos | undefined): boolean {
  switch (mode) {
    case 'flat':
      return false;
    case 'recursive':
    case 'nar':
      return true;
    case 'text':
      throw featureOff(
        'dynamic-derivations',
        ` (text-hashed derivation '${decodeUtf8(name)}', outputHashMode = "text")`,
        pos,
      );
    case 'git':
      throw featureOff('git-hashing', '', pos);
    default:
      throw new NixError('eval', `invalid value '${decodeUtf8(mode)}' for 'outputHashMode' attribute`, pos);
  }
}

/** Attributes that structured ones replace by members of `outputChecks`. */
const OUTPUT_CHECKS: readonly string[] = [
  'allowedReferences',
  'allowedRequisites',
  'disallowedReferences',
  'disallowedRequisites',
  'maxClosureSize',
  'maxSize',
];

/** Warns of attributes that do not do what they seem to. */
export function warnOfAttributes(evaluator: Evaluator, name: string, attrs: Attrs, isStructured: boolean): void {
  const warn = (text: string): void => evaluator.options.onTrace?.(decodeUtf8(text), 'notice');
  if (!isStructured) {
    featuresToSplit(attrs).forEach((item) => {
      evaluator.options.onTrace?.(splitWarning(decodeUtf8(name), attrs, decodeUtf8(item)), 'notice');
    });
    return;
  }
  for (const check of OUTPUT_CHECKS) {
    if (attrs.has(check)) {
      warn(
        `In a derivation named '${name}', 'structuredAttrs' disables the effect of the derivation attribute '${check}'; use 'outputChecks.<output>.${check}' instead`,
      );
    }
  }
}

const SYSTEM_FEATURES = 'requiredSystemFeatures';
const SEVERAL_WORDS = /[^ \t\n\r][ \t\n\r]+[^ \t\n\r]/;

/** Items of the list of system features that are several words: the list becomes one text, which is split at blanks. */
function featuresToSplit(attrs: Attrs): readonly string[] {
  const slot = attrs.get(SYSTEM_FEATURES);
  const features = slot === undefined ? undefined : force(slot);
  const items = (Array.isArray(features) ? features : []).map((item: Slot) => force(item));
  const texts = items.map((item) => (item instanceof NixString ? item.text : item));
  return texts.filter((text) => typeof text === 'string').filter((text) => SEVERAL_WORDS.test(text));
}

/** As Nix 2.36 prints a warning that has a trace: it begins on the next line. */
function splitWarning(name: string, attrs: Attrs, item: string): string {
  const indent = ' '.repeat(9);
  return [
    '',
    `${indent}… while evaluating derivation '${name}'`,
    '',
    `${indent}… while evaluating the derivation attribute '${SYSTEM_FEATURES}'`,
    ...placeLines(attrs.positionOf(SYSTEM_FEATURES), 11, ' '.repeat(10)),
    '',
    `${indent}warning: the item '${item}' in the '${SYSTEM_FEATURES}' attribute list will be split into multiple elements. This behaviour is deprecated, and may change in a future version of Nix; split into separate list items instead.`,
  ].join('\n');
}
