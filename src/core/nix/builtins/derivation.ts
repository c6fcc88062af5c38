import type { Evaluator } from '../evaluator';
import type { Value } from '../value';
import type { BuiltinGroup } from './define';

export const derivationBuiltins: BuiltinGroup = {};
export function derivationFunction(_evaluator: Evaluator): Value {
  return null;
}
