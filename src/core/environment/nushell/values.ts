import { outputOf } from '../shell/programs';
import { getText, type Scope, whichProgram } from '../shell/scope';
import { bounded, boundedJoin, hole, isUnknown, nameOfCall } from '../shell/world';
import type { NuNode, NuStage } from './parse';

/** A value; a text may be a hole. */
export type NuValue = string | boolean | readonly NuValue[];

/** The variables of the environment are the scope's; these are those of `let` and of blocks. */
export interface Nu {
  readonly scope: Scope;
  readonly names: ReadonlyMap<string, NuValue>;
}

/** Items of one list. */
export const MAX_ITEMS = 2_000;

export function isList(value: NuValue | undefined): value is readonly NuValue[] {
  return Array.isArray(value);
}

export function asText({ scope }: Nu, value: NuValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'boolean' ? `${value}` : hole(scope.world, 'a list');
}

/** Whether a value is true; undefined where it is not known. */
export function truth(value: NuValue): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** `~` at the beginning of a path. */
export function homely(scope: Scope, path: string): string {
  return path.replace(/^~(?=\/|$)/, getText(scope, 'HOME') ?? scope.world.host.home);
}

/** The folders of PATH. */
export function pathOf(scope: Scope): readonly string[] {
  return (getText(scope, 'PATH') ?? '').split(':').filter((entry) => entry !== '');
}

/** The value of a pipeline. */
export function pipelineValue(nu: Nu, stages: readonly NuStage[]): NuValue {
  let value: NuValue | undefined;
  for (const stage of stages) {
    nu.scope.world.fuel -= 1;
    if (nu.scope.world.fuel < 0) {
      return hole(nu.scope.world, 'there is more to do than Lockstep follows');
    }
    value = stageValue(nu, stage, value);
  }
  return value ?? hole(nu.scope.world, 'nothing');
}

/** The value of one word. */
export function nodeValue(nu: Nu, node: NuNode): NuValue {
  const { scope } = nu;
  switch (node.kind) {
    case 'text':
      return node.isBare && /^(?:true|false)$/.test(node.text)
        ? node.text === 'true'
        : node.isBare
          ? homely(scope, node.text)
          : node.text;
    case 'joined':
      return boundedJoin(scope.world, textsOf(nu, node.parts), '');
    case 'variable':
      return variableValue(nu, node.path);
    case 'list':
      scope.world.fuel -= node.items.length;
      return node.items
        .flatMap((item): readonly NuValue[] => {
          const value = nodeValue(nu, item.kind === 'spread' ? item.of : item);
          return item.kind === 'spread' && isList(value) ? value : [value];
        })
        .slice(0, MAX_ITEMS);
    case 'spread':
      return nodeValue(nu, node.of);
    case 'pipeline':
      return pipelineValue(nu, node.stages);
    default:
      return hole(scope.world, 'a record');
  }
}

function* textsOf(nu: Nu, nodes: readonly NuNode[]): Generator<string> {
  for (const node of nodes) {
    yield asText(nu, nodeValue(nu, node));
  }
}

function variableValue({ scope, names }: Nu, [first = '', ...rest]: readonly string[]): NuValue {
  const { host } = scope.world;
  const [name = ''] = rest;
  if (first === 'env') {
    if (name === '') {
      return [...scope.vars].flatMap(([variable, { exported }]) => (exported ? [variable] : []));
    }
    const text = getText(scope, name);
    return name === 'PATH' ? pathOf(scope) : (text ?? hole(scope.world, `$env.${name}`));
  }
  if (first === 'nu') {
    const config = `${getText(scope, 'XDG_CONFIG_HOME') || `${host.home}/.config`}/nushell`;
    const known: Readonly<Record<string, string>> = {
      'os-info.name': { linux: 'linux', darwin: 'macos', windows: 'windows' }[host.os],
      'os-info.arch': host.arch,
      'home-path': host.home,
      'home-dir': host.home,
      'default-config-dir': config,
    };
    const key = rest.join('.');
    return Object.hasOwn(known, key) ? known[key]! : hole(scope.world, `$nu.${key}`);
  }
  return (rest.length === 0 ? names.get(first) : undefined) ?? hole(scope.world, `$${first}`);
}

function bare(node: NuNode | undefined): string {
  return node?.kind === 'text' && node.isBare ? node.text : '';
}

const OPERATORS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', 'in', 'not-in', '=~', '!~'],
  ['++', '+'],
];

function stageValue(nu: Nu, stage: NuStage, input: NuValue | undefined): NuValue {
  const { scope } = nu;
  const [first, second] = stage;
  if (first === undefined) {
    return input ?? hole(scope.world, 'nothing');
  }
  const two = `${bare(first)} ${bare(second)}`;
  const command = Object.hasOwn(COMMANDS, two) ? COMMANDS[two] : undefined;
  if (command !== undefined) {
    return command(nu, stage.slice(2), input);
  }
  const one = bare(first).replace(/^\^/, '');
  if (Object.hasOwn(COMMANDS, one)) {
    return COMMANDS[one]!(nu, stage.slice(1), input);
  }
  for (const operators of OPERATORS) {
    const at = stage.findIndex((node, index) => index > 0 && operators.includes(bare(node)));
    if (at > 0 && at < stage.length - 1) {
      const left = stageValue(nu, stage.slice(0, at), input);
      return operation(nu, bare(stage[at]), left, () => stageValue(nu, stage.slice(at + 1), input));
    }
  }
  if (bare(first) === 'not') {
    const known = truth(stageValue(nu, stage.slice(1), input));
    return known === undefined ? hole(scope.world, 'a condition') : !known;
  }
  if (stage.length === 1 && (first.kind !== 'text' || !first.isBare || /^[/~\d.]|^(?:true|false)$/.test(first.text))) {
    return nodeValue(nu, first);
  }
  return ran(
    nu,
    one,
    stage.slice(1).map((node) => asText(nu, nodeValue(nu, node))),
  );
}

function ran({ scope }: Nu, name: string, args: readonly string[]): NuValue {
  const known = outputOf(scope, name, args);
  return known?.out !== undefined
    ? known.out.replace(/\n$/, '')
    : hole(scope.world, `what ${nameOfCall(name, args)} prints`);
}

function operation(nu: Nu, operator: string, left: NuValue, right: () => NuValue): NuValue {
  const { world } = nu.scope;
  const known = truth(left);
  if (operator === 'and' || operator === 'or') {
    return known === undefined || known === (operator === 'or') ? left : right();
  }
  const other = right();
  if (operator === '++' || operator === '+') {
    return isList(left) || isList(other)
      ? [...(isList(left) ? left : [left]), ...(isList(other) ? other : [other])].slice(0, MAX_ITEMS)
      : bounded(world, asText(nu, left) + asText(nu, other));
  }
  const negated = /^(?:!=|not-in|!~)$/.test(operator);
  if (isList(other) && /in$/.test(operator)) {
    return other.includes(left) !== negated;
  }
  const [a, b] = [asText(nu, left), asText(nu, other)];
  if (isUnknown(a + b)) {
    return hole(world, 'what is compared');
  }
  if (/in$/.test(operator) || /^[\w ./-]*$/.test(b)) {
    return (/in$/.test(operator) ? b.includes(a) : /~/.test(operator) ? a.includes(b) : a === b) !== negated;
  }
  return /~/.test(operator) ? hole(world, 'a pattern') : (a === b) !== negated;
}

type Command = (nu: Nu, args: readonly NuNode[], input: NuValue | undefined) => NuValue;

const onList =
  (work: (nu: Nu, list: readonly NuValue[], args: readonly NuValue[]) => NuValue): Command =>
  (nu, args, input) => {
    const given = args.filter((node) => !bare(node).startsWith('-')).map((node) => nodeValue(nu, node));
    return input === undefined ? hole(nu.scope.world, 'a list') : work(nu, isList(input) ? input : [input], given);
  };

function limited(nu: Nu, value: NuValue): NuValue {
  return typeof value === 'string' ? bounded(nu.scope.world, value) : value;
}

const onText =
  (work: (nu: Nu, text: string, args: readonly string[]) => NuValue): Command =>
  (nu, args, input) => {
    const given = args.filter((node) => !bare(node).startsWith('-')).map((node) => asText(nu, nodeValue(nu, node)));
    const one = (value: NuValue) =>
      typeof value === 'string' && isUnknown(value) ? value : limited(nu, work(nu, asText(nu, value), given));
    return input === undefined ? hole(nu.scope.world, 'a text') : isList(input) ? input.map(one) : one(input);
  };

function flat(values: readonly NuValue[]): readonly NuValue[] {
  const items: NuValue[] = [];
  for (const value of values) {
    items.push(...(isList(value) ? value.slice(0, MAX_ITEMS - items.length) : [value]));
    if (items.length >= MAX_ITEMS) {
      break;
    }
  }
  return items;
}

/** The items for which a closure, or a condition on `$it`, holds. */
const kept: Command = (nu, args, input) => {
  const [block] = args;
  const list = isList(input) ? input : [];
  return list.flatMap((item): readonly NuValue[] => {
    const name = block?.kind === 'block' ? (block.parameters[0] ?? 'it') : 'it';
    const inner = { ...nu, names: new Map(nu.names).set(name, item).set('it', item).set('in', item) };
    const value =
      block?.kind === 'block' ? pipelineValue(inner, block.body[0]?.stages ?? []) : pipelineValue(inner, [args]);
    const isKept = truth(value);
    return isKept === undefined ? [hole(nu.scope.world, 'which entries are left out')] : isKept ? [item] : [];
  });
};

/** What is made of values. Source: nushell.sh, "Command Reference". */
const COMMANDS: Readonly<Record<string, Command>> = {
  'split row': (nu, args, input) =>
    isList(input)
      ? input
      : onText((_, text, [separator = ':']) => text.split(separator).slice(0, MAX_ITEMS))(nu, args, input),
  'str join': onList((nu, list, [separator = '']) =>
    boundedJoin(
      nu.scope.world,
      list.map((item) => asText(nu, item)),
      asText(nu, separator),
    ),
  ),
  'str trim': onText((_, text) => text.trim()),
  'str downcase': onText((_, text) => text.toLowerCase()),
  'str contains': onText((_, text, [part = '']) => text.includes(part)),
  'str starts-with': onText((_, text, [part = '']) => text.startsWith(part)),
  'str ends-with': onText((_, text, [part = '']) => text.endsWith(part)),
  'path join': onText((_, text, parts) => [text.replace(/\/$/, ''), ...parts].join('/')),
  'path expand': onText(({ scope }, text) => homely(scope, text)),
  'path exists': onText(({ scope }, text) => scope.world.host.fs.stat(homely(scope, text)).ok),
  'path type': onText(({ scope }, text) => {
    const stat = scope.world.host.fs.stat(homely(scope, text));
    return stat.ok ? (stat.value.kind === 'directory' ? 'dir' : stat.value.kind) : '';
  }),
  'path dirname': onText((_, text) => text.replace(/\/[^/]*$/, '') || '/'),
  prepend: onList((_, list, args) => [...flat(args), ...list].slice(0, MAX_ITEMS)),
  append: onList((_, list, args) => [...list, ...flat(args)].slice(0, MAX_ITEMS)),
  uniq: onList((_, list) => [...new Set(list)]),
  reverse: onList((_, list) => [...list].reverse()),
  flatten: onList((_, list) => flat(list)),
  compact: onList((_, list) => list),
  first: onList((nu, list) => list[0] ?? hole(nu.scope.world, 'an item')),
  last: onList((nu, list) => list.at(-1) ?? hole(nu.scope.world, 'an item')),
  where: kept,
  filter: kept,
  'is-empty': onList((_, list) => list.length === 0 || list.every((item) => item === '')),
  'is-not-empty': onList((_, list) => list.some((item) => item !== '')),
  default: (nu, args, input) =>
    input !== undefined && !(typeof input === 'string' && isUnknown(input)) ? input : nodeValue(nu, args[0] ?? NOTHING),
  char: (nu, [name]) =>
    ({ esep: ':', env_sep: ':', path_sep: '/', sep: '/', psep: '/' })[bare(name)] ?? hole(nu.scope.world, 'a sign'),
  echo: (nu, args) => (args[0] === undefined ? '' : nodeValue(nu, args[0])),
  which: (nu, [name]) => {
    const found = whichProgram(nu.scope, asText(nu, nodeValue(nu, name ?? NOTHING)));
    return found === undefined ? hole(nu.scope.world, 'whether a program is there') : found === null ? [] : [found];
  },
};

const NOTHING: NuNode = { kind: 'text', text: '', isBare: false };
