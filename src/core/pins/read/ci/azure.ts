import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import { ruleFor } from '../../range/tool-rules';
import { readFilledScript } from '../commands/filled-script';
import { addImages, addValues, fillIn, jobGroup, type Value, type Values } from './values';

interface AzureTask {
  readonly tool: string;
  readonly input: string;
  readonly file?: string;
}

/** Tasks by name without version, in lower case. Source: Azure Pipelines task reference. */
const tasks: Readonly<Record<string, AzureTask>> = {
  nodetool: { tool: 'node', input: 'versionSpec', file: 'versionFilePath' },
  usenode: { tool: 'node', input: 'version' },
  usepythonversion: { tool: 'python', input: 'versionSpec' },
  gotool: { tool: 'go', input: 'version' },
  usedotnet: { tool: 'dotnet', input: 'version' },
  userubyversion: { tool: 'ruby', input: 'versionSpec' },
  javatoolinstaller: { tool: 'java', input: 'versionSpec' },
  terraforminstaller: { tool: 'terraform', input: 'terraformVersion' },
  helminstaller: { tool: 'helm', input: 'helmVersionToInstall' },
  kubectlinstaller: { tool: 'kubectl', input: 'kubectlVersion' },
};

/** `$(name)` and `${{ variables.name }}` or `${{ parameters.name }}`. */
const REFERENCE = /\$\{\{\s*((?:variables|parameters)\.[\w.-]+)\s*\}\}|\$\(([\w.-]+)\)/g;

/** The same in a script, as one group. */
const IN_SCRIPT = /\$(?:\{\{\s*|\()((?:(?:variables|parameters)\.)?[\w.-]+)(?:\s*\}\}|\))/g;

/** Names that a job sees, the nearest first. */
interface Scope {
  readonly variables: readonly (DocNode | undefined)[];
  readonly matrix: DocNode | undefined;
  readonly parameters: DocNode | undefined;
}

/** Deeper than stages, jobs and steps nest. */
const MOST_DEPTH = 8;

/** `azure-pipelines.yml`: set-up tasks and containers, with variables, parameters' defaults and matrices. */
export const readAzure: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  for (const container of itemsOf(valueAt(root, 'resources', 'containers'))) {
    const scope = {
      variables: [valueAt(root, 'variables')],
      matrix: undefined,
      parameters: valueAt(root, 'parameters'),
    };
    readImage(context, textAt(container, 'container') ?? 'container', valueAt(container, 'image'), scope);
  }
  readPart(context, 'pipeline', root, { variables: [], matrix: undefined, parameters: valueAt(root, 'parameters') }, 0);
};

function readPart(context: PinContext, name: string, part: DocNode | undefined, outer: Scope, depth: number): void {
  if (part === undefined || depth > MOST_DEPTH) {
    return;
  }
  const scope: Scope = {
    variables: [valueAt(part, 'variables'), ...outer.variables],
    matrix: valueAt(part, 'strategy', 'matrix') ?? outer.matrix,
    parameters: outer.parameters,
  };
  const container = valueAt(part, 'container');
  const image = container?.kind === 'map' ? valueAt(container, 'image') : container;
  // A plain word names a container of `resources`.
  if (/[:/]/.test(textOf(image) ?? '')) {
    readImage(context, name, image, scope);
  }
  for (const step of itemsOf(valueAt(part, 'steps'))) {
    readStep(context, name, step, scope);
  }
  for (const key of ['stages', 'jobs']) {
    for (const inner of itemsOf(valueAt(part, key))) {
      const inside = textAt(inner, 'job') ?? textAt(inner, 'deployment') ?? textAt(inner, 'stage') ?? name;
      readPart(context, inside, inner, scope, depth + 1);
    }
  }
  // Conditions wrap lists: `- ${{ if … }}: [ … ]`.
  for (const entry of entriesOf(part).filter(({ key }) => key.startsWith('${{'))) {
    for (const inner of itemsOf(entry.value)) {
      readPart(context, name, inner, scope, depth + 1);
    }
  }
}

function readStep(context: PinContext, job: string, step: DocNode, scope: Scope): void {
  for (const key of ['script', 'bash']) {
    readFilledScript(
      context,
      valueAt(step, key),
      { source: 'ci', label: key, scope: `job ${job}` },
      {
        references: IN_SCRIPT,
        resolve: (reference) => valuesOf(reference, scope),
        variable: () => [],
        group: (alternatives) => jobGroup(context, job, alternatives),
      },
    );
  }
  const [name = ''] = (textAt(step, 'task') ?? '').toLowerCase().split('@');
  const task = own(tasks, name);
  if (task === undefined) {
    return;
  }
  const inputs = valueAt(step, 'inputs');
  const entry = entriesOf(inputs).find(({ key }) => key.toLowerCase() === task.input.toLowerCase());
  if (entry !== undefined) {
    const found = resolve(entry.value, scope);
    const group = jobGroup(context, job, found.values.length);
    const facts = {
      tool: task.tool,
      rule: ruleFor(task.tool),
      declaredBy: `${textAt(step, 'task')}`,
      scope: `job ${job}`,
      group,
    };
    addValues(context, entry.value, found, facts);
  }
  const file = task.file === undefined ? undefined : entryOf(inputs, task.file);
  const path = textOf(file?.value);
  if (file !== undefined && path !== undefined && !path.includes('$')) {
    context.also(path, file.value.offset);
  }
}

function resolve(setting: DocNode, scope: Scope): Values {
  return fillIn(setting, REFERENCE, (reference) => ({ values: valuesOf(reference, scope) }));
}

function valuesOf(reference: string, scope: Scope): readonly Value[] {
  const name = reference.replace(/^(?:variables|parameters)\./, '');
  const nodes = reference.startsWith('parameters.') ? parameterNodes(scope, name) : variableNodes(scope, name);
  return nodes.flatMap((node) => (textOf(node) === undefined ? [] : [{ text: textOf(node)!, node }]));
}

function parameterNodes({ parameters }: Scope, name: string): readonly DocNode[] {
  const listed = itemsOf(parameters).find((item) => textAt(item, 'name') === name);
  const node = valueAt(listed, 'default') ?? valueAt(parameters, name);
  return node === undefined ? [] : [node];
}

/** A matrix is a map of legs, each with its own variables; they win over the others. */
function variableNodes(scope: Scope, name: string): readonly DocNode[] {
  const legs = entriesOf(scope.matrix).flatMap((leg) => valueAt(leg.value, name) ?? []);
  if (legs.length > 0) {
    return legs;
  }
  for (const variables of scope.variables) {
    const listed =
      variables?.kind === 'list' ? variables.items.find((item) => textAt(item, 'name') === name) : undefined;
    const node = listed === undefined ? valueAt(variables, name) : valueAt(listed, 'value');
    if (node !== undefined) {
      return [node];
    }
  }
  return [];
}

function readImage(context: PinContext, job: string, setting: DocNode | undefined, scope: Scope): void {
  if (setting !== undefined && textOf(setting) !== undefined) {
    addImages(context, setting, resolve(setting, scope), { declaredBy: 'container', job });
  }
}
