import { own } from '../../../own';
import type { PinReader } from '../../context';
import { type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import { ruleFor } from '../../range/tool-rules';
import { readScripts } from '../commands/read-commands';
import { addImageOf, addValues, type Value, valuesIn } from './values';

/** Deeper than tasks, matrices and blocks nest. */
const MOST_DEPTH = 8;
type ValuesOf = (name: string) => readonly Value[];

/**
 * `.cirrus.yml`: the images of containers and virtual machines, and what `…_script` runs. Source: cirrus-ci.org, "Writing
 * Tasks", "Docker Builder VM".
 */
export const readCirrus: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const visit = (node: DocNode | undefined, job: string, outer: ValuesOf, depth: number): void => {
    if (node === undefined || depth > MOST_DEPTH) {
      return;
    }
    for (const item of node.kind === 'list' ? node.items : []) {
      visit(item, job, outer, depth + 1);
    }
    const name = textAt(node, 'name') ?? job;
    const inner = valuesIn(valueAt(node, 'env'));
    const here: ValuesOf = (variable) => (inner(variable).length > 0 ? inner(variable) : outer(variable));
    for (const { key, value } of entriesOf(node)) {
      if (key === 'image' || key === 'docker_image') {
        addImageOf(context, value, { declaredBy: key, job: name }, here);
      } else if (/(?:^|_)script$/.test(key)) {
        readScripts(context, value, { source: 'ci', label: key, scope: `job ${name}` });
      } else {
        visit(value, /_?task$/.test(key) && key !== 'task' ? key.replace(/_task$/, '') : name, here, depth + 1);
      }
    }
  };
  visit(root, 'task', () => [], 0);
};

/**
 * Google's `cloudbuild.yaml`: every step is an image. Source: cloud.google.com, "Build configuration file schema",
 * "Substituting variable values".
 */
export const readCloudBuild: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const given = valuesIn(valueAt(root, 'substitutions'));
  for (const [at, step] of itemsOf(valueAt(root, 'steps')).entries()) {
    const job = textAt(step, 'id') ?? `step ${at + 1}`;
    addImageOf(context, valueAt(step, 'name'), { declaredBy: 'steps.name', job }, given);
    readScripts(context, valueAt(step, 'script'), { source: 'ci', label: 'script', scope: `job ${job}` });
  }
};

/** Semaphore's `.semaphore/*.yml`: images of containers, and commands. Source: docs.semaphore.io, "Pipeline YAML". */
export const readSemaphore: PinReader = (context) => {
  const visit = (node: DocNode | undefined, job: string, depth: number): void => {
    if (node === undefined || depth > MOST_DEPTH) {
      return;
    }
    for (const item of node.kind === 'list' ? node.items : []) {
      visit(item, textAt(item, 'name') ?? job, depth + 1);
    }
    for (const { key, value } of entriesOf(node)) {
      if (key === 'commands') {
        readScripts(context, value, { source: 'ci', label: key, scope: `job ${job}` });
      } else if (key === 'containers') {
        for (const container of itemsOf(value)) {
          addImageOf(context, valueAt(container, 'image'), { declaredBy: 'image', job });
        }
      } else {
        visit(value, job, depth + 1);
      }
    }
  };
  visit(context.document(parseYaml(context.source.text)), 'pipeline', 0);
};

/** AppVeyor's names in `stack` and in variables of `environment`. */
const APPVEYOR: Readonly<Record<string, string>> = {
  node: 'node',
  nodejs: 'node',
  python: 'python',
  ruby: 'ruby',
  go: 'go',
  java: 'java',
  jdk: 'java',
  php: 'php',
};

/**
 * `appveyor.yml`: `stack: node 20, python 3.12`, `environment` with `nodejs_version`, one or a list of them, and commands.
 * Source: appveyor.com, "appveyor.yml reference", "Linux build environment".
 */
export const readAppveyor: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const stack = valueAt(root, 'stack');
  for (const word of (textOf(stack) ?? '').split(',')) {
    const [, name = '', version] = /^\s*([a-z]+)\s+(\d[\w.]*)\s*$/.exec(word) ?? [];
    const tool = own(APPVEYOR, name);
    if (stack !== undefined && tool !== undefined && version !== undefined) {
      const facts = { tool, rule: ruleFor(tool), declaredBy: 'stack' };
      addValues(context, stack, { values: [{ text: version, node: stack }] }, facts);
    }
  }
  const environment = valueAt(root, 'environment');
  for (const variables of [environment, ...itemsOf(valueAt(environment, 'matrix'))]) {
    for (const { key, value } of entriesOf(variables)) {
      const tool = own(APPVEYOR, /^([a-z]+)_version$/.exec(key.toLowerCase())?.[1] ?? '');
      const text = textOf(value);
      if (tool !== undefined && text !== undefined) {
        const facts = { tool, rule: ruleFor(tool), declaredBy: key, group: `${context.source.path} ${key}` };
        addValues(context, value, { values: [{ text, node: value }] }, facts);
      }
    }
  }
  for (const key of ['init', 'install', 'before_build', 'build_script', 'before_test', 'test_script']) {
    for (const line of itemsOf(valueAt(root, key))) {
      const command = line.kind === 'map' ? (entriesOf(line)[0]?.value ?? line) : line;
      readScripts(context, command, { source: 'ci', label: key, scope: 'job build' });
    }
  }
};
