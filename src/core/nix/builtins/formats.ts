import { expectPlainString } from '../expect';
import { hasFeature } from '../features';
import { toJson } from '../json';
import { parseJson } from '../json-parse';
import { parseToml } from '../toml-parse';
import { toXml } from '../xml';
import type { BuiltinGroup } from './define';
import { stringValue } from './strings';

export const formatBuiltins: BuiltinGroup = {
  toJSON: [
    1,
    (evaluator, [arg]) => {
      const context = new Set<string>();
      return stringValue(toJson(evaluator, arg!, context), context);
    },
  ],
  fromJSON: [
    1,
    (evaluator, [arg], pos) =>
      parseJson(
        expectPlainString(arg!, pos, 'while evaluating the first argument passed to builtins.fromJSON'),
        pos,
        evaluator,
      ),
  ],
  toXML: [
    1,
    (evaluator, [arg]) => {
      const context = new Set<string>();
      return stringValue(toXml(evaluator, arg!, false, true, context), context);
    },
  ],
  fromTOML: [
    1,
    (evaluator, [arg], pos) =>
      parseToml(expectPlainString(arg!, pos, 'while evaluating the argument passed to builtins.fromTOML'), {
        pos,
        timestamps: hasFeature('parse-toml-timestamps', evaluator.options),
        meter: evaluator,
      }),
  ],
};
