import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectPlainString, expectString } from '../expect';
import { force } from '../force';
import { type Captures, Matcher } from '../regex/match';
import type { Program } from '../regex/program';
import { RegexError } from '../regex/syntax';
import type { Pos } from '../source';
import type { Slot, Value } from '../value';
import type { BuiltinGroup } from './define';

/** What the texts before a match and of its groups take, about. */
const BYTES_A_MATCH = 64;
const BYTES_A_CAPTURE = 16;

function compiled(evaluator: Evaluator, text: string, pos: Pos | undefined): Program {
  try {
    return evaluator.regexes.get(text);
  } catch (error) {
    if (error instanceof RegexError) {
      throw new NixError('eval', `invalid regular expression '${decodeUtf8(text)}'`, pos);
    }
    throw error;
  }
}

export const regexBuiltins: BuiltinGroup = {
  match: [
    2,
    (evaluator, [regex, arg], pos) => {
      const program = compiled(
        evaluator,
        expectPlainString(regex!, pos, 'while evaluating the first argument passed to builtins.match'),
        pos,
      );
      const text = expectString(arg!, pos, 'while evaluating the second argument passed to builtins.match');
      const found = new Matcher(program, text).find({
        from: 0,
        anchored: true,
        whole: true,
        notEmpty: false,
        spend: (steps) => evaluator.steps(steps, pos),
      });
      return found === undefined ? null : groupsOf(found, text);
    },
  ],
  split: [
    2,
    (evaluator, [regex, arg], pos) => {
      const program = compiled(
        evaluator,
        expectPlainString(regex!, pos, 'while evaluating the first argument passed to builtins.split'),
        pos,
      );
      return split(
        evaluator,
        program,
        arg!,
        expectString(arg!, pos, 'while evaluating the second argument passed to builtins.split'),
        pos,
      );
    },
  ],
};

function groupsOf(captures: Captures, text: string): Value {
  const groups: Slot[] = [];
  for (let i = 2; i < captures.length; i += 2) {
    const start = captures[i]!;
    const end = captures[i + 1]!;
    groups.push(start < 0 || end < 0 ? null : text.slice(start, end));
  }
  return groups;
}

/** Texts between matches and the matches' groups, in turn. Walks as std::sregex_iterator does. */
function split(evaluator: Evaluator, program: Program, arg: Slot, text: string, pos: Pos | undefined): Value {
  const out: Slot[] = [];
  const spend = (steps: number): void => evaluator.steps(steps, pos);
  const matcher = new Matcher(program, text);
  let done = 0;
  let found = matcher.find({ from: 0, anchored: false, whole: false, notEmpty: false, spend });
  while (found !== undefined) {
    const start = found[0]!;
    const end = found[1]!;
    evaluator.charge(BYTES_A_MATCH + found.length * BYTES_A_CAPTURE, pos);
    out.push(text.slice(done, start), groupsOf(found, text));
    done = end;
    found = undefined;
    if (start === end) {
      // After an empty match one that is not is tried in the same place.
      found = matcher.find({ from: end, anchored: true, whole: false, notEmpty: true, spend });
      if (found === undefined && end < text.length) {
        found = matcher.find({ from: end + 1, anchored: false, whole: false, notEmpty: false, spend });
      }
    } else {
      found = matcher.find({ from: end, anchored: false, whole: false, notEmpty: false, spend });
    }
  }
  if (done === 0 && out.length === 0) {
    // What has no match stays what it was, with its context.
    return [force(arg)];
  }
  out.push(text.slice(done));
  return out;
}
