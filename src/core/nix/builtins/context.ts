import { type Attrs, attrsFrom } from '../attrs';
import { NixError } from '../errors';
import { expectAttrs, expectBool, expectList, expectString, framed, type Purpose, wrongType } from '../expect';
import { force } from '../force';
import type { Pos } from '../source';
import { isStorePath } from '../store/paths';
import { shownName } from '../syntax/show';
import { NixString, type Slot, type Value } from '../value';
import type { BuiltinGroup } from './define';
import { coerceText, stringValue } from './strings';

/** What a string needs of one store path. */
interface Need {
  path: boolean;
  allOutputs: boolean;
  outputs: string[];
}

/** A string with its context, nothing coerced. */
function parts(slot: Slot, pos: Pos | undefined, purpose: Purpose): { text: string; context: ReadonlySet<string> } {
  let value: Value;
  try {
    value = force(slot);
  } catch (error) {
    throw framed(error, purpose);
  }
  if (value instanceof NixString) {
    return value;
  }
  if (typeof value === 'string') {
    return { text: value, context: new Set() };
  }
  throw wrongType('a string', value, pos, purpose);
}

export const contextBuiltins: BuiltinGroup = {
  unsafeDiscardStringContext: [
    1,
    (evaluator, [arg], pos) =>
      coerceText(
        evaluator,
        arg!,
        new Set(),
        pos,
        'while evaluating the argument passed to builtins.unsafeDiscardStringContext',
      ),
  ],
  hasContext: [
    1,
    (_, [arg], pos) => parts(arg!, pos, 'while evaluating the argument passed to builtins.hasContext').context.size > 0,
  ],
  getContext: [
    1,
    (_, [arg], pos) =>
      getContext(parts(arg!, pos, 'while evaluating the argument passed to builtins.getContext').context),
  ],
  appendContext: [
    2,
    (_, [text, context], pos) =>
      appendContext(
        parts(text!, pos, 'while evaluating the first argument passed to builtins.appendContext'),
        expectAttrs(context!, pos, 'while evaluating the second argument passed to builtins.appendContext'),
      ),
  ],
  addDrvOutputDependencies: [
    1,
    (evaluator, [arg], pos) => {
      const context = new Set<string>();
      const purpose = 'while evaluating the argument passed to builtins.addDrvOutputDependencies';
      return addDrvOutputDependencies({ text: coerceText(evaluator, arg!, context, pos, purpose), context }, pos);
    },
  ],
  unsafeDiscardOutputDependency: [
    1,
    (evaluator, [arg], pos) => {
      const context = new Set<string>();
      const text = coerceText(
        evaluator,
        arg!,
        context,
        pos,
        'while evaluating the argument passed to builtins.unsafeDiscardOutputDependency',
      );
      return stringValue(text, new Set([...context].map((need) => need.replace(/^=/, ''))));
    },
  ],
};

/** Splits an element of a context: `/p`, `=/p.drv`, `!out!/p.drv`. */
export function parseNeed(element: string): { path: string; kind: 'path' | 'all' | 'output'; output: string } {
  if (element.startsWith('=')) {
    return { path: element.slice(1), kind: 'all', output: '' };
  }
  if (element.startsWith('!')) {
    const end = element.indexOf('!', 1);
    return { path: element.slice(end + 1), kind: 'output', output: element.slice(1, end) };
  }
  return { path: element, kind: 'path', output: '' };
}

function getContext(context: ReadonlySet<string>): Value {
  const needs = new Map<string, Need>();
  for (const element of context) {
    const { path, kind, output } = parseNeed(element);
    const need = needs.get(path) ?? { path: false, allOutputs: false, outputs: [] };
    needs.set(path, need);
    if (kind === 'path') {
      need.path = true;
    } else if (kind === 'all') {
      need.allOutputs = true;
    } else {
      need.outputs.push(output);
    }
  }
  return attrsFrom([...needs].map(([path, need]) => [path, needAttrs(need)] as const));
}

function needAttrs(need: Need): Attrs {
  const members: [string, Slot][] = [];
  if (need.path) {
    members.push(['path', true]);
  }
  if (need.allOutputs) {
    members.push(['allOutputs', true]);
  }
  if (need.outputs.length > 0) {
    members.push(['outputs', need.outputs.sort()]);
  }
  return attrsFrom(members);
}

function appendContext({ text, context }: { text: string; context: ReadonlySet<string> }, added: Attrs): Value {
  const all = new Set(context);
  for (const path of added.names()) {
    const place = added.positionOf(path);
    if (!isStorePath(path)) {
      throw new NixError('eval', `context key '${shownName(path)}' is not a store path`, place);
    }
    const need = expectAttrs(added.get(path)!, place, {
      message: 'while evaluating the value of a string context',
      pos: place,
    });
    const member = (name: string) => ({
      slot: need.get(name),
      pos: need.positionOf(name),
      purpose: {
        message: `while evaluating the \`${name}\` attribute of a string context`,
        pos: need.positionOf(name),
      },
    });
    const flag = (name: string): boolean => {
      const { slot, pos, purpose } = member(name);
      return slot !== undefined && expectBool(slot, pos, purpose);
    };
    if (flag('path')) {
      all.add(path);
    }
    if (flag('allOutputs')) {
      requireDrv(path, 'all outputs', place);
      all.add(`=${path}`);
    }
    const outputs = member('outputs');
    const names = outputs.slot === undefined ? [] : expectList(outputs.slot, outputs.pos, outputs.purpose);
    if (names.length > 0) {
      requireDrv(path, 'derivation outputs', place);
    }
    const naming = { message: 'while evaluating an output name within a string context', pos: outputs.pos };
    for (const name of names) {
      all.add(`!${expectString(name, outputs.pos, naming)}!${path}`);
    }
  }
  return stringValue(text, all);
}

function requireDrv(path: string, what: string, pos: Pos | undefined): void {
  if (!path.endsWith('.drv')) {
    const article =
      what === 'all outputs' ? 'tried to add all-outputs context' : 'tried to add derivation output context';
    throw new NixError('eval', `${article} of "${path}", which is not a derivation, to a string`, pos);
  }
}

function addDrvOutputDependencies(
  { text, context }: { text: string; context: ReadonlySet<string> },
  pos: Pos | undefined,
): Value {
  if (context.size !== 1) {
    throw new NixError(
      'eval',
      `context of string '${text}' must have exactly one element, but has ${context.size}`,
      pos,
    );
  }
  const [element] = context as Set<string>;
  const { path, kind, output } = parseNeed(element!);
  if (kind === 'output') {
    throw new NixError(
      'eval',
      `\`addDrvOutputDependencies\` can only act on derivations, not on a derivation output such as '${output}'`,
      pos,
    );
  }
  if (!path.endsWith('.drv')) {
    throw new NixError('eval', `path '${path}' is not a derivation`, pos);
  }
  return stringValue(text, new Set([`=${path}`]));
}
