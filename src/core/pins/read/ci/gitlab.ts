import type { PinContext, PinReader } from '../../context';
import { type DocEntry, type DocNode, entriesOf, itemsOf, textOf, valueAt } from '../../format/document';
import { readFilledScript } from '../commands/filled-script';
import { addImage } from '../images/add-image';
import { expandVariables } from '../images/variables';
import { INPUT, type Pipeline, readPipeline } from './gitlab-pipeline';
import { jobGroup, MOST_VALUES, type Value } from './values';

/** Top-level keys that are no jobs. Source: GitLab CI/CD YAML reference. */
const NOT_JOBS = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'before_script',
  'after_script',
  'cache',
  'spec',
]);

/** `extends` may name a job that extends another; GitLab stops at eleven. */
const MOST_EXTENDS = 11;

type Variables = ReadonlyMap<string, readonly Value[]>;

/**
 * `.gitlab-ci.yml`: the images, services and scripts of jobs, with `default`, `extends`, `!reference`, variables,
 * `parallel: matrix` and the files of the project that it includes.
 */
export const readGitlab: PinReader = (context) => {
  readJobs(readPipeline(context));
};

function readJobs(pipeline: Pipeline): void {
  const { context, root } = pipeline;
  const everywhere = variablesOf(pipeline.value(valueAt(root, 'variables')), new Map());
  const fallback = [valueAt(root, 'default'), root];
  const jobs = entriesOf(root).filter((entry) => !NOT_JOBS.has(entry.key) && entry.value.kind === 'map');
  const extended = new Set<DocNode>();
  for (const job of jobs.filter((entry) => !entry.key.startsWith('.'))) {
    const ancestry = ancestryOf(job.value, root);
    for (const ancestor of ancestry) {
      extended.add(ancestor);
    }
    readJob(pipeline, job, ancestry, fallback, everywhere);
    // A child pipeline is one of its own.
    for (const item of itemsOf(valueAt(job.value, 'trigger', 'include'))) {
      const local = valueAt(item, 'local') ?? item;
      const path = textOf(local);
      if (path !== undefined && !/[$*]|:\/\//.test(path)) {
        context.also(path.replace(/^\/+/, ''), local.offset, readGitlab);
      }
    }
  }
  // The jobs may all be in included files: what holds for them is read in any case.
  readImage(context, undefined, firstOf(pipeline, fallback, 'image'), 'image', everywhere);
  for (const service of pipeline.items(firstOf(pipeline, fallback, 'services'))) {
    readImage(context, undefined, service, 'services', everywhere);
  }
  // Templates that only included files extend are read as they stand.
  const isUsed = (template: DocNode) => extended.has(template) || pipeline.referenced.has(template);
  for (const template of jobs.filter((entry) => entry.key.startsWith('.') && !isUsed(entry.value))) {
    const ancestry = ancestryOf(template.value, root);
    readJob(pipeline, template, ancestry, [], everywhere);
  }
}

/** The job and what it extends, the nearest first; a later name in the list wins over an earlier one. */
function ancestryOf(job: DocNode, root: DocNode | undefined): readonly DocNode[] {
  const ancestry: DocNode[] = [];
  const visit = (node: DocNode | undefined, depth: number) => {
    if (node === undefined || depth > MOST_EXTENDS || ancestry.includes(node)) {
      return;
    }
    ancestry.push(node);
    for (const parent of [...itemsOf(valueAt(node, 'extends'))].reverse()) {
      visit(valueAt(root, textOf(parent) ?? ''), depth + 1);
    }
  };
  visit(job, 0);
  return ancestry;
}

/**
 * @param ancestry the job and what it extends: the first that has a key decides
 * @param fallback where keys are looked up that none of them has
 */
function readJob(
  pipeline: Pipeline,
  job: DocEntry,
  ancestry: readonly DocNode[],
  fallback: readonly (DocNode | undefined)[],
  everywhere: Variables,
): void {
  const { context } = pipeline;
  let variables = everywhere;
  for (const place of [...ancestry].reverse()) {
    variables = variablesOf(pipeline.value(valueAt(place, 'variables')), variables);
  }
  variables = matrixVariables(firstOf(pipeline, ancestry, 'parallel', 'matrix'), variables);
  const name = (key: string) => (firstOf(pipeline, ancestry, key) === undefined ? undefined : job.key);
  const places = [...ancestry, ...fallback];
  readImage(context, name('image'), firstOf(pipeline, places, 'image'), 'image', variables);
  for (const service of pipeline.items(firstOf(pipeline, places, 'services'))) {
    readImage(context, name('services'), service, 'services', variables);
  }
  for (const key of ['before_script', 'script', 'after_script']) {
    const lines = pipeline.items(firstOf(pipeline, places, key));
    readCommandList(pipeline, name(key), lines, { label: key, variables });
  }
}

/** The lines of a script. */
function readCommandList(
  { context, input }: Pipeline,
  job: string | undefined,
  lines: readonly DocNode[],
  { label, variables }: { readonly label: string; readonly variables: Variables },
): void {
  for (const line of lines) {
    const script = { source: 'ci', label, scope: job === undefined ? undefined : `job ${job}` } as const;
    readFilledScript(context, line, script, {
      references: INPUT,
      resolve: (name) => valuesOf(input(name, line.offset)),
      variable: (name) => variables.get(name) ?? [],
      group: (alternatives) => (job === undefined ? undefined : jobGroup(context, job, alternatives)),
    });
  }
}

function firstOf(
  pipeline: Pipeline,
  places: readonly (DocNode | undefined)[],
  ...keys: readonly string[]
): DocNode | undefined {
  for (const place of places) {
    const found = pipeline.value(valueAt(place, ...keys));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Variables over those that they hide; `value` is the long form of one. */
function variablesOf(node: DocNode | undefined, outer: Variables): Variables {
  const variables = new Map(outer);
  for (const entry of entriesOf(node)) {
    const value = entry.value.kind === 'map' ? valueAt(entry.value, 'value') : entry.value;
    variables.set(entry.key, valuesOf(value));
  }
  return variables;
}

/** The variables of `parallel: matrix`: a list of cells, each with one or several values a variable. */
function matrixVariables(node: DocNode | undefined, outer: Variables): Variables {
  const cells = new Map<string, readonly Value[]>();
  for (const entry of itemsOf(node).flatMap(entriesOf)) {
    const values = itemsOf(entry.value).flatMap(valuesOf);
    cells.set(entry.key, [...(cells.get(entry.key) ?? []), ...values].slice(0, MOST_VALUES));
  }
  return new Map([...outer, ...cells]);
}

function valuesOf(node: DocNode | undefined): readonly Value[] {
  const text = textOf(node);
  return node === undefined || text === undefined ? [] : [{ text, node }];
}

/** @param job undefined for the image of all jobs that name none: their variables make it alternatives of one */
function readImage(
  context: PinContext,
  job: string | undefined,
  setting: DocNode | undefined,
  declaredBy: string,
  variables: Variables,
): void {
  const node = setting?.kind === 'map' ? valueAt(setting, 'name') : setting;
  const text = textOf(node);
  if (node === undefined || text === undefined) {
    return;
  }
  // The variable with several values is the axis; the others are filled in as they are.
  const { used } = expandVariables(text, (name) => variables.get(name)?.[0]?.text);
  const axis = used.find((name) => (variables.get(name)?.length ?? 0) > 1);
  const cells = axis === undefined ? [undefined] : variables.get(axis)!;
  const group = job === undefined ? `${context.source.path} ${declaredBy}` : jobGroup(context, job, cells.length);
  for (const cell of cells) {
    const valueFor = (name: string) => (cell !== undefined && name === axis ? cell : variables.get(name)?.[0]);
    const once = expandVariables(text, (name) => valueFor(name)?.text);
    // A variable may hold another one.
    const twice = expandVariables(once.text, (name) => valueFor(name)?.text);
    const image = {
      text: twice.text,
      used: [...once.used, ...twice.used],
      missing: [...once.missing, ...twice.missing],
    };
    const place = {
      source: 'ci',
      declaredBy,
      scope: job === undefined ? undefined : `job ${job}`,
      group,
      offset: node.offset,
      end: node.end,
    } as const;
    addImage(context, image, place, (constraint) => {
      const deciding = image.used.map(valueFor).find((value) => value?.text.includes(constraint));
      return deciding === undefined ? undefined : { offset: deciding.node.offset, end: deciding.node.end };
    });
  }
}
