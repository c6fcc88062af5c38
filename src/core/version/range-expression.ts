import { MAX_VERSION_LENGTH } from './scheme';

/** One condition on a version. A version with fewer numbers than usual stands for all that begin with it. */
export interface Condition {
  readonly operator: '<' | '<=' | '>' | '>=' | '=' | '!=' | '~' | '^' | '~>' | '~=';
  readonly version: string;
}

/** Alternatives of conditions that must all hold. */
type RangeExpression = readonly (readonly Condition[])[];

const CONDITION = /^(~>|~=|>=|<=|==?|!=|[<>^~])?v?((?:go)?\d[\w.+*-]*|[*xX])$/;

/** Interval of Maven and NuGet: `[17,22)`. */
const INTERVAL = /^([[(])\s*([^,\s]*)\s*,\s*([^,\s]*)\s*([\])])$/;

/**
 * Whether a text is a range of versions as people of any ecosystem write it: npm's `>=20.11 <21`, `^20`, `20.x || 22.x`
 * and `1.2 - 1.4`, Python's `>=3.11,<3.13` and `~=3.11`, Ruby's and Terraform's `~> 1.5`, Maven's `[17,22)`.
 */
export function isVersionRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** A range, read; `undefined` when it is none. */
export function parseRange(text: string): RangeExpression | undefined {
  if (text.length > MAX_VERSION_LENGTH) {
    return undefined;
  }
  const alternatives = text.split('||').map((part) => conditionsOf(part.trim()));
  return alternatives.every((conditions) => conditions !== undefined) ? alternatives : undefined;
}

function conditionsOf(text: string): readonly Condition[] | undefined {
  const interval = INTERVAL.exec(text);
  if (interval !== null) {
    const [, open, low = '', high = '', close] = interval;
    return conditionList([
      ...(low === '' ? [] : [`${open === '[' ? '>=' : '>'}${low}`]),
      ...(high === '' ? [] : [`${close === ']' ? '<=' : '<'}${high}`]),
    ]);
  }
  const [, from, to] = /^(\S+) +- +(\S+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    return conditionList([`>=${from}`, `<=${to}`]);
  }
  // An operator may stand apart from its version.
  return conditionList(text.replace(/([<>=~^!]) +(?=[v\d])/g, '$1').split(/\s*,\s*|\s+/));
}

function conditionList(words: readonly string[]): readonly Condition[] | undefined {
  const conditions = words.map((word): Condition | undefined => {
    const [, sign = '=', version] = CONDITION.exec(word) ?? [];
    const operator = (sign === '==' ? '=' : sign) as Condition['operator'];
    return version === undefined ? undefined : { operator, version: version.replace(/(?:\.[xX*])+$/, '') };
  });
  return words.length > 0 && conditions.every((condition) => condition !== undefined) ? conditions : undefined;
}
