import { own } from '../../own';
import { outputOf } from '../shell/programs';
import { getText, setValue } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { bounded, boundedJoin, hole, isUnknown, nameOfCall } from '../shell/world';
import { FUNCTIONS, METHODS } from './functions';
import { type Expression, parseExpression } from './parse';
import {
  asText,
  expandPath,
  isList,
  joined,
  LISTS,
  MAX_ITEMS,
  pathParent,
  truth,
  type Value,
  variableOf,
  type Xonsh,
} from './values';

/** More than any value has. */
const LONGEST = 65_536;

/** The value of an expression; what is not known is a hole. */
export function evaluate(xonsh: Xonsh, expression: Expression): Value {
  const { scope } = xonsh;
  scope.world.fuel -= 1;
  const unknown = (what: string) => hole(scope.world, what);
  if (scope.world.fuel < 0) {
    return unknown('there is more to do than Lockstep follows');
  }
  switch (expression.kind) {
    case 'text': {
      const text = expression.isFormat ? formatted(xonsh, expression.text) : expression.text;
      return expression.isPath ? expandPath(scope, text) : text;
    }
    case 'number':
      return expression.value;
    case 'variable':
      return variableOf(scope, expression.name);
    case 'named-variable': {
      const name = evaluate(xonsh, expression.of);
      return typeof name === 'string' && !isUnknown(name) ? variableOf(scope, name) : unknown('the name of a variable');
    }
    case 'name':
      return nameOf(xonsh, expression.name);
    case 'list':
      return itemsOf(xonsh, expression.items);
    case 'star':
      return evaluate(xonsh, expression.of);
    case 'not': {
      const value = truth(evaluate(xonsh, expression.of));
      return value === undefined ? unknown('a condition') : !value;
    }
    case 'choice': {
      const test = truth(evaluate(xonsh, expression.test));
      return test === undefined
        ? unknown('a condition')
        : evaluate(xonsh, test ? expression.then : expression.otherwise);
    }
    case 'binary':
      return binary(xonsh, expression.operator, expression.left, expression.right);
    case 'index': {
      const [of, at] = [evaluate(xonsh, expression.of), evaluate(xonsh, expression.at)];
      if (dotted(expression.of) === 'os.environ' && typeof at === 'string') {
        return getText(scope, at) ?? unknown(`$${at}`);
      }
      const item = isList(of) && typeof at === 'number' ? of.at(at) : undefined;
      return item ?? unknown('an index');
    }
    case 'attribute': {
      const name = dotted(expression);
      return name === 'sys.platform'
        ? { linux: 'linux', darwin: 'darwin', windows: 'win32' }[scope.world.host.os]
        : expression.name === 'parent'
          ? pathParent(asText(xonsh, evaluate(xonsh, expression.of)))
          : unknown(`what ${name ?? 'an attribute'} is`);
    }
    case 'each': {
      const list = evaluate(xonsh, expression.of);
      if (!isList(list)) {
        return unknown('a list');
      }
      return list.flatMap((item) => {
        const inner = { scope, names: new Map(xonsh.names).set(expression.name, item) };
        const test = expression.test === undefined ? true : truth(evaluate(inner, expression.test));
        return test === undefined ? [unknown('a condition')] : test ? [evaluate(inner, expression.item)] : [];
      });
    }
    case 'call':
      return callOf(xonsh, expression);
    case 'command':
      return outputOfCommand(xonsh, expression.text);
    default:
      return unknown('an expression');
  }
}

/** Sets a variable as xonsh does: those that are called like lists of folders are such lists. */
export function setVariable(xonsh: Xonsh, name: string, value: Value): void {
  const { scope } = xonsh;
  const items = isList(value) ? value.map((item) => asText(xonsh, item)) : [];
  const text = isList(value)
    ? boundedJoin(
        scope.world,
        items.map((item) => expandPath(scope, item)),
        ':',
      )
    : asText(xonsh, value);
  setValue(scope, name, LISTS.test(name) && !isList(value) ? expandPath(scope, text) : text, true);
}

function nameOf({ scope, names }: Xonsh, name: string): Value {
  const { os } = scope.world.host;
  const known: Readonly<Record<string, Value>> = {
    True: true,
    False: false,
    None: null,
    ON_LINUX: os === 'linux',
    ON_DARWIN: os === 'darwin',
    ON_WINDOWS: os === 'windows',
    ON_POSIX: os !== 'windows',
  };
  return names.get(name) ?? own(known, name) ?? hole(scope.world, `what ${name} is`);
}

function itemsOf(xonsh: Xonsh, items: readonly Expression[]): readonly Value[] {
  return items
    .flatMap((item): readonly Value[] => {
      const value = evaluate(xonsh, item);
      return item.kind === 'star' && isList(value) ? value : [value];
    })
    .slice(0, MAX_ITEMS);
}

function binary(xonsh: Xonsh, operator: string, left: Expression, right: Expression): Value {
  const { scope } = xonsh;
  const first = evaluate(xonsh, left);
  if (operator === 'and' || operator === 'or') {
    const known = truth(first);
    return known === undefined || known === (operator === 'or') ? first : evaluate(xonsh, right);
  }
  if (operator === 'in' && /^(?:__xonsh__\.env|XSH\.env|os\.environ)$/.test(dotted(right) ?? '')) {
    return scope.vars.get(asText(xonsh, first))?.exported === true;
  }
  const second = evaluate(xonsh, right);
  if (isList(first) && isList(second) && operator === '+') {
    return [...first, ...second].slice(0, MAX_ITEMS);
  }
  if (operator === 'in' && isList(second)) {
    return second.includes(first);
  }
  const [a, b] = [asText(xonsh, first), asText(xonsh, second)];
  if (operator === '+') {
    return typeof first === 'number' && typeof second === 'number' ? first + second : bounded(scope.world, a + b);
  }
  if (operator === '/') {
    return bounded(scope.world, joined([a, b]));
  }
  if (isUnknown(a + b) && !(first === null || second === null)) {
    return hole(scope.world, 'what is compared');
  }
  switch (operator) {
    case 'in':
      return b.includes(a);
    case '==':
      return first === second;
    case '!=':
      return first !== second;
    default:
      return hole(scope.world, `what ${operator} gives`);
  }
}

/** `os.path.join` as it is written; undefined for everything else. */
function dotted(expression: Expression): string | undefined {
  if (expression.kind === 'name') {
    return expression.name;
  }
  const of = expression.kind === 'attribute' ? dotted(expression.of) : undefined;
  return of === undefined || expression.kind !== 'attribute' ? undefined : `${of}.${expression.name}`;
}

function callOf(xonsh: Xonsh, { of, args }: Expression & { readonly kind: 'call' }): Value {
  const { world } = xonsh.scope;
  const values = itemsOf(
    xonsh,
    args.filter(({ name }) => name === undefined).map(({ value }) => value),
  );
  const name = dotted(of);
  const call = name === undefined ? undefined : own(FUNCTIONS, name);
  if (call !== undefined) {
    return call(xonsh, values);
  }
  const method = of.kind === 'attribute' ? own(METHODS, of.name) : undefined;
  if (method === undefined || of.kind !== 'attribute') {
    return hole(world, `what ${name ?? 'a function'} gives`);
  }
  const owner = evaluate(xonsh, of.of);
  return typeof owner === 'string' && isUnknown(owner) ? owner : method(xonsh, [owner, ...values]);
}

/** `f"{$HOME}/bin"`. */
function formatted(xonsh: Xonsh, text: string): string {
  let length = 0;
  const filled = text.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, inner: string | undefined) => {
    if (inner === undefined) {
      return whole[0]!;
    }
    try {
      const value = length > LONGEST ? '' : asText(xonsh, evaluate(xonsh, parseExpression(inner)));
      length += value.length;
      return value;
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) {
        throw error;
      }
      return hole(xonsh.scope.world, 'an expression');
    }
  });
  return bounded(xonsh.scope.world, filled);
}

/** What `$(brew --prefix)` prints. */
function outputOfCommand({ scope }: Xonsh, text: string): string {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const [name = '', ...args] = words;
  const isPlain = !/[|&;<>@$`(]/.test(text);
  const known = isPlain ? outputOf(scope, name, args) : undefined;
  return known?.out !== undefined
    ? known.out.replace(/\n$/, '')
    : hole(scope.world, `what ${nameOfCall(name, args)} prints`);
}
