import { type DocNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { fillIn, MOST_VALUES, type Value, type Values } from './values';

/** Where a workflow's expressions are looked up: the nearest `env` first. */
export interface Scope {
  /** `env` maps: step, job, workflow. */
  readonly env: readonly (DocNode | undefined)[];
  /** `strategy.matrix` of the job. */
  readonly matrix: DocNode | undefined;
  /** Inputs of the workflow or action, each with its `default`. */
  readonly inputs: readonly (DocNode | undefined)[];
  /** Inputs whose defaults are never taken, and steps (`steps.id`) that hand on what files say. */
  readonly unused: ReadonlySet<string>;
}

/** `${{ … }}`. */
export const EXPRESSION = /\$\{\{((?:(?!\}\}).)*)\}\}/g;

/** Values that name other values: `env` of `env`. */
const MOST_STEPS = 3;

/** What a setting of a workflow may be. */
export function resolveSetting(setting: DocNode, scope: Scope, steps = 0): Values {
  return fillIn(setting, EXPRESSION, (expression) => evaluate(expression, setting, scope, steps));
}

/**
 * The values of an expression: references, literals, `a || b` and `condition && a || b`, which may be either; of functions only `fromJSON` over a
 * literal.
 */
export function evaluate(expression: string, at: DocNode, scope: Scope, steps = 0): Values {
  const values: Value[] = [];
  let unknown: string | undefined;
  for (const part of expression.split('||')) {
    const operands = part.split('&&');
    const found = steps > MOST_STEPS ? { values: [] } : evaluatePart(operands.at(-1)!.trim(), at, scope, steps);
    values.push(...found.values);
    unknown ??= found.unknown;
    if (operands.length === 1 && found.values.length > 0) {
      break;
    }
  }
  return { values, unknown: unknown ?? `${expression} is known only when it runs` };
}

function evaluatePart(part: string, at: DocNode, scope: Scope, steps: number): Values {
  const literal = /^'([^']*)'$|^(\d+(?:\.\d+)*)$/.exec(part);
  if (literal !== null) {
    return { values: [{ text: literal[1] ?? literal[2]!, node: at }] };
  }
  const json = /^fromJSON\(\s*'([^']*)'\s*\)$/i.exec(part);
  if (json !== null) {
    return { values: jsonValues(json[1]!, at) };
  }
  if (!/^[\w-]+(?:\.[\w-]+|\[\s*'[^']+'\s*\])*$/.test(part)) {
    return { values: [] };
  }
  const [context, ...keys] = part.replace(/\[\s*'([^']+)'\s*\]/g, '.$1').split('.');
  switch (context?.toLowerCase()) {
    case 'matrix':
      return matrixValues(scope, keys, steps);
    case 'env':
      return firstSetting(
        scope.env.map((env) => valueAt(env, keys[0] ?? '')),
        part,
        scope,
        steps,
      );
    case 'inputs':
      if (scope.unused.has(keys[0] ?? '')) {
        return { values: [], unknown: `${part} is what its callers give` };
      }
      return firstSetting(
        scope.inputs.map((inputs) => valueAt(inputs, keys[0] ?? '', 'default')),
        part,
        scope,
        steps,
      );
    case 'github':
      return part.startsWith('github.event.inputs.')
        ? evaluatePart(`inputs.${keys[2]}`, at, scope, steps)
        : { values: [] };
    default:
      return { values: [] };
  }
}

function firstSetting(nodes: readonly (DocNode | undefined)[], part: string, scope: Scope, steps: number): Values {
  const node = nodes.find((found) => found !== undefined);
  return node === undefined
    ? { values: [], unknown: `${part} is set elsewhere` }
    : resolveSetting(node, scope, steps + 1);
}

/** A JSON list, number or string of an expression; `[]` when it is none. */
function jsonValues(text: string, node: DocNode): readonly Value[] {
  const items = /^\s*\[([^\]]*)\]\s*$/.exec(text)?.[1]?.split(',') ?? [text];
  return items
    .map((item) => item.trim().replace(/^"(.*)"$/, '$1'))
    .filter((item) => /^[\w.*^~<>=/ -]+$/.test(item))
    .slice(0, MOST_VALUES)
    .map((item) => ({ text: item, node }));
}

/** The cells of one axis, with those that `include` adds and without those that `exclude` takes away whole. */
function matrixValues(scope: Scope, keys: readonly string[], steps: number): Values {
  const { matrix } = scope;
  const [axis = '', ...rest] = keys;
  if (matrix?.kind === 'scalar') {
    const computed = fillIn(matrix, EXPRESSION, (expression) => evaluate(expression, matrix, scope, steps + 1));
    return { values: [], unknown: computed.unknown ?? 'the matrix is computed when it runs' };
  }
  const excluded = new Set(
    itemsOf(valueAt(matrix, 'exclude')).flatMap((item) => {
      const entries = entriesOf(item);
      return entries.length === 1 && entries[0]!.key === axis ? (textOf(entries[0]!.value) ?? []) : [];
    }),
  );
  const listed = valueAt(matrix, axis);
  const cells = [
    ...itemsOf(listed),
    ...itemsOf(valueAt(matrix, 'include')).flatMap((item) => entryOf(item, axis)?.value ?? []),
  ];
  const values: Value[] = [];
  let unknown: string | undefined;
  for (const cell of cells.slice(0, MOST_VALUES)) {
    const node = rest.length === 0 ? cell : valueAt(cell, ...rest);
    const found = node === undefined ? { values: [] } : resolveSetting(node, scope, steps + 1);
    values.push(...found.values.filter((value) => value.text !== '' && !excluded.has(value.text)));
    unknown ??= found.unknown;
  }
  return { values, unknown: unknown ?? `the matrix has no ${axis}` };
}
