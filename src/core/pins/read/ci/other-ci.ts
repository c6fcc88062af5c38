import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { linesOf } from '../../format/source-text';
import { parseYaml } from '../../format/yaml';
import { ruleFor } from '../../range/tool-rules';
import { readScripts } from '../commands/read-commands';
import { addImageOf, addValues, type Value, valuesIn } from './values';

/** Travis's languages: a version or a list of them, each tried in turn. */
const TRAVIS: Readonly<Record<string, string>> = {
  node_js: 'node',
  python: 'python',
  go: 'go',
  jdk: 'java',
  rvm: 'ruby',
  ruby: 'ruby',
  rust: 'rust',
  php: 'php',
  elixir: 'elixir',
};

/** `.travis.yml`. */
export const readTravis: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  for (const [key, tool] of Object.entries(TRAVIS)) {
    for (const node of itemsOf(valueAt(root, key))) {
      const text = textOf(node);
      if (text !== undefined) {
        const facts = { tool, rule: ruleFor(tool), declaredBy: key, group: `${context.source.path} ${key}` };
        addValues(context, node, { values: [{ text, node }] }, facts);
      }
    }
  }
  for (const key of ['before_install', 'install', 'before_script', 'script', 'after_script']) {
    readScripts(context, valueAt(root, key), { source: 'ci', label: key, scope: 'job job' });
  }
};

/** Deeper than pipelines, branches and parallel steps nest. */
const MOST_DEPTH = 8;

/** `bitbucket-pipelines.yml`: `image` for all, for a step, and of services. */
export const readBitbucket: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  readImage(context, 'pipeline', valueAt(root, 'image'));
  for (const service of entriesOf(valueAt(root, 'definitions', 'services'))) {
    readImage(context, service.key, valueAt(service.value, 'image'));
  }
  visit(context, valueAt(root, 'pipelines'), 0);
};

/**
 * Woodpecker's, Drone's and Buildkite's pipelines: the `image` of every step, service and plugin, with the values of a
 * matrix, and what steps run. Source: woodpecker-ci.org, "Matrix workflows".
 */
export const readStepImages: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const matrix = valueAt(root, 'matrix');
  const [axes, cells] = [valuesIn(matrix), itemsOf(valueAt(matrix, 'include')).map(valuesIn)];
  const valuesOf = (name: string) => [...axes(name), ...cells.flatMap((cell) => cell(name))];
  visitImages(context, root, { job: 'pipeline', valuesOf }, 0);
};

interface Around {
  readonly job: string;
  readonly valuesOf: (name: string) => readonly Value[];
}

function visitImages(context: PinContext, node: DocNode | undefined, around: Around, depth: number): void {
  if (node === undefined || depth > MOST_DEPTH) {
    return;
  }
  for (const item of node.kind === 'list' ? node.items : []) {
    visitImages(context, item, { ...around, job: textAt(item, 'name') ?? around.job }, depth + 1);
  }
  for (const { key, value } of entriesOf(node)) {
    if (key === 'image') {
      readImage(context, around.job, value, around.valuesOf);
    } else if (key === 'commands' || key === 'command') {
      readScripts(context, value, { source: 'ci', label: key, scope: `job ${around.job}` });
    } else {
      const job = value.kind === 'map' && depth < 2 ? key : around.job;
      visitImages(context, value, { ...around, job }, depth + 1);
    }
  }
}

/** Jenkins' pipelines: `image 'node:20'` of agents, `docker.image('node:20')`. */
export const readJenkinsfile: PinReader = (context) => {
  for (const line of linesOf(context.source.text)) {
    for (const match of line.text.replace(/^\s*(?:\/\/|\*).*$/, '').matchAll(/\bimage[\s(:]+["']([^"'$]+)["']/g)) {
      const offset = line.offset + match.index + match[0].lastIndexOf(match[1]!);
      const node = {
        kind: 'scalar',
        value: match[1]!,
        raw: match[1]!,
        offset,
        end: offset + match[1]!.length,
      } as const;
      readImage(context, 'pipeline', node);
    }
  }
};

function visit(context: PinContext, node: DocNode | undefined, depth: number): void {
  if (node === undefined || depth > MOST_DEPTH) {
    return;
  }
  for (const item of node.kind === 'list' ? node.items : []) {
    visit(context, item, depth + 1);
  }
  for (const { key, value } of entriesOf(node)) {
    if (key === 'step') {
      const job = textOf(valueAt(value, 'name')) ?? 'step';
      readImage(context, job, valueAt(value, 'image'));
      for (const label of ['script', 'after-script']) {
        readScripts(context, valueAt(value, label), { source: 'ci', label, scope: `job ${job}` });
      }
    } else {
      visit(context, value, depth + 1);
    }
  }
}

function readImage(
  context: PinContext,
  job: string,
  setting: DocNode | undefined,
  valuesOf?: (name: string) => readonly Value[],
): void {
  const node = setting?.kind === 'map' ? valueAt(setting, 'name') : setting;
  addImageOf(context, node, { declaredBy: 'image', job }, valuesOf);
}
