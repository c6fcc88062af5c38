import { followFile, MAX_FOLLOWED } from '../shell/follow-file';
import { isSpent, placeOf, type Scope, setValue } from '../shell/scope';
import { bounded, boundedJoin, doubt, isUnknown } from '../shell/world';
import { type NuNode, type NuStage, type NuStatement, parseNu } from './parse';
import {
  asText,
  homely,
  isList,
  MAX_ITEMS,
  type Nu,
  type NuValue,
  nodeValue,
  pathOf,
  pipelineValue,
  truth,
} from './values';

const MAX_ROUNDS = 500;

interface Program extends Nu {
  readonly names: Map<string, NuValue>;
  /** Of `def --env`. */
  readonly functions: Map<string, NuNode & { readonly kind: 'block' }>;
}

/** Follows a file of Nushell: what it sets in `$env`, conditions, loops, and files that it reads. */
export function runNuFile(scope: Scope, path: string, outer?: Program): void {
  followFile(scope, path, (text) => {
    runAll(outer ?? { scope, names: new Map(), functions: new Map() }, parseNu(text));
  });
}

function runAll(program: Program, statements: readonly NuStatement[]): void {
  const { scope } = program;
  for (const statement of statements) {
    if (isSpent(scope)) {
      return;
    }
    scope.line = statement.line;
    runStatement(program, statement);
  }
}

function word(node: NuNode | undefined): string {
  return node?.kind === 'text' && node.isBare ? node.text : '';
}

function runStatement(program: Program, statement: NuStatement): void {
  const { scope } = program;
  const [stage = [], ...others] = statement.stages;
  const words = word(stage[0]) === 'export' ? stage.slice(1) : stage;
  const [first, second, third] = words;
  const operator = word(second);
  if (first?.kind === 'variable' && /^(?:\+\+|\+)?=$/.test(operator)) {
    const value = pipelineValue(program, [words.slice(2), ...others]);
    assign(program, first.path, operator === '=' ? value : joined(program, nodeValue(program, first), value));
    return;
  }
  switch (word(first)) {
    case 'let':
    case 'mut':
    case 'const': {
      const at = words.findIndex((node) => word(node) === '=');
      program.names.set(word(second).replace(/:.*$/, ''), pipelineValue(program, [words.slice(at + 1), ...others]));
      return;
    }
    case 'if':
      runIf(program, words.slice(1), statement);
      return;
    case 'for':
      runFor(program, words);
      return;
    case 'try':
    case 'do':
    case 'export-env':
      runBlock(
        program,
        words.find((node) => node.kind === 'block'),
      );
      return;
    case 'load-env':
      for (const [name, value] of second?.kind === 'record' ? second.entries : []) {
        assign(program, ['env', name], nodeValue(program, value));
      }
      return;
    case 'def': {
      const block = words.at(-1);
      const name = words.find((node, at) => at > 0 && node.kind === 'text' && !node.text.startsWith('--'));
      if (
        block?.kind === 'block' &&
        name?.kind === 'text' &&
        words.some((node) => /^--(?:env|wrapped)$/.test(word(node)))
      ) {
        const list = words.find((node) => node.kind === 'list');
        const parameters = (list?.kind === 'list' ? list.items : []).map((node) => word(node).replace(/[:?].*$/, ''));
        program.functions.set(name.text, { ...block, parameters });
      }
      return;
    }
    case 'source':
    case 'source-env':
      readSource(program, second);
      return;
    case 'use':
    case 'overlay':
      readModule(program, word(second) === 'use' ? third : second);
      return;
  }
  if (word(first) === 'path' && operator === 'add') {
    addPath(program, words.slice(2));
    return;
  }
  const own = program.functions.get(word(first));
  if (own !== undefined && scope.depth < MAX_FOLLOWED) {
    const names = new Map(program.names);
    for (const [index, name] of own.parameters.entries()) {
      names.set(name, words[index + 1] === undefined ? '' : nodeValue(program, words[index + 1]!));
    }
    scope.depth += 1;
    runAll({ ...program, names }, own.body);
    scope.depth -= 1;
  }
}

function assign(program: Program, [first = '', name = '']: readonly string[], value: NuValue): void {
  const { scope } = program;
  if (first !== 'env') {
    program.names.set(first, value);
  } else if (name === 'PATH') {
    const entries = isList(value) ? value : asText(program, value).split(':');
    const folders = entries.slice(0, MAX_ITEMS).map((entry) => homely(scope, asText(program, entry)));
    setValue(scope, 'PATH', boundedJoin(scope.world, folders, ':'), true);
  } else if (typeof value === 'string') {
    setValue(scope, name, value, true);
  }
}

function joined(program: Program, before: NuValue, value: NuValue): NuValue {
  return isList(before)
    ? [...before, ...(isList(value) ? value : [value])].slice(0, MAX_ITEMS)
    : bounded(program.scope.world, asText(program, before) + asText(program, value));
}

function runBlock(program: Program, block: NuNode | undefined): void {
  if (block?.kind === 'block' && program.scope.depth < MAX_FOLLOWED) {
    program.scope.depth += 1;
    runAll(program, block.body);
    program.scope.depth -= 1;
  }
}

function runIf(program: Program, words: NuStage, statement: NuStatement): void {
  const at = words.findIndex((node) => node.kind === 'block');
  if (at < 0) {
    return;
  }
  const test = truth(pipelineValue(program, [words.slice(0, at)]));
  const rest = words.slice(at + 1);
  if (test === undefined) {
    undecided(program, statement);
  } else if (test) {
    runBlock(program, words[at]);
  } else if (word(rest[0]) === 'else') {
    if (word(rest[1]) === 'if') {
      runIf(program, rest.slice(2), statement);
    } else {
      runBlock(program, rest[1]);
    }
  }
}

function runFor(program: Program, words: NuStage): void {
  const at = words.findIndex((node) => node.kind === 'block');
  const list = pipelineValue(program, [words.slice(3, at)]);
  for (const item of isList(list) ? list.slice(0, MAX_ROUNDS) : []) {
    program.names.set(word(words[1]).replace(/^\$/, ''), item);
    runBlock(program, words[at]);
  }
}

/** A part of which files do not tell whether it is run: it is not, and that is said where it would change PATH. */
function undecided({ scope }: Program, part: unknown): void {
  if (/"(?:PATH|path|source)"/.test(JSON.stringify(part))) {
    doubt(scope.world, placeOf(scope), 'whether a test succeeds is not known, and PATH depends on it');
  }
}

/** `path add [--append] …` of the standard library. */
function addPath(program: Program, words: NuStage): void {
  const { scope } = program;
  const isBehind = words.some((node) => /^(?:-a|--append)$/.test(word(node)));
  const added = words
    .filter((node) => !word(node).startsWith('-'))
    .map((node) => nodeValue(program, node))
    .flatMap((value) => (isList(value) ? value : [value]))
    .map((value) => homely(scope, asText(program, value)));
  const path = pathOf(scope);
  const all = new Set(isBehind ? [...path, ...added] : [...added, ...path]);
  setValue(scope, 'PATH', boundedJoin(scope.world, all, ':'), true);
}

/** The file that a word names; undefined where that is not known. */
function fileOf(program: Program, node: NuNode | undefined): string | undefined {
  const { scope } = program;
  const path = node === undefined ? '' : homely(scope, asText(program, nodeValue(program, node)));
  const folder = scope.file.slice(0, scope.file.lastIndexOf('/'));
  return isUnknown(path) ? undefined : path.startsWith('/') ? path : `${folder}/${path}`;
}

function readSource(program: Program, node: NuNode | undefined): void {
  const { scope } = program;
  const path = fileOf(program, node);
  if (path === undefined) {
    doubt(scope.world, placeOf(scope), 'which file is read is not known');
  } else if (!path.endsWith('/null') && /\bPATH\b|path add/.test(textOf(scope, path))) {
    runNuFile(scope, path, program);
  }
}

/** Modules bring commands; only what their `export-env` does matters here. */
function readModule(program: Program, node: NuNode | undefined): void {
  const path = fileOf(program, node);
  if (path?.endsWith('.nu') === true && /export-env[\s\S]*\bPATH\b/.test(textOf(program.scope, path))) {
    runNuFile(program.scope, path, program);
  }
}

function textOf({ world }: Scope, path: string): string {
  const read = world.readText(path);
  return read.ok ? read.value : '';
}
