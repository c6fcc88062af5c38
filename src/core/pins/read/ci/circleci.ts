import type { PinContext, PinReader } from '../../context';
import { type DocEntry, type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import type { Rule } from '../../range/rules';
import { ruleFor } from '../../range/tool-rules';
import { readFilledScript } from '../commands/filled-script';
import { addImages, addValues, fillIn, jobGroup, type Value, type Values } from './values';

/** `<< parameters.version >>`. */
const PARAMETER = /<<\s*([\w.-]+)\s*>>/g;

/** Orb commands and jobs that install a tool, by the orb's source: input → tool. Source: circleci.com/developer/orbs. */
const orbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'circleci/node': { 'node-version': 'node', 'pnpm-version': 'pnpm', 'yarn-version': 'yarn' },
  'circleci/python': { version: 'python', 'python-version': 'python' },
  'circleci/go': { version: 'go' },
  'circleci/ruby': { version: 'ruby' },
  'circleci/rust': { version: 'rust' },
  'circleci/php': { 'php-version': 'php' },
  'circleci/terraform': { terraform_version: 'terraform' },
  'circleci/kubernetes': { 'kubectl-version': 'kubectl' },
  'circleci/helm': { 'helm-version': 'helm' },
  'circleci/aws-cli': { version: 'aws' },
};

/** What a job is given: by each workflow that starts it, else by its own defaults. */
interface Given {
  readonly job: string;
  readonly parameters: ReadonlyMap<string, readonly DocNode[]>;
  readonly pipeline: DocNode | undefined;
}

/** `.circleci/config.yml`: the images of jobs and executors, and what orbs install. */
export const readCircleci: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const pipeline = valueAt(root, 'parameters');
  const aliases = new Map(
    entriesOf(valueAt(root, 'orbs')).flatMap(({ key, value }) => {
      const source = /^([\w-]+\/[\w-]+)@/.exec(textOf(value) ?? '')?.[1];
      return source === undefined ? [] : [[key, source] as const];
    }),
  );
  const calls = entriesOf(valueAt(root, 'workflows')).flatMap(({ value }) =>
    itemsOf(valueAt(value, 'jobs')).flatMap(entriesOf),
  );
  const jobs = entriesOf(valueAt(root, 'jobs'));
  // `executor: { name: default, tag: "20" }` passes parameters as a workflow does to a job.
  const uses = jobs.flatMap(({ value, keyOffset }): readonly DocEntry[] => {
    const executor = valueAt(value, 'executor');
    const key = textAt(executor, 'name');
    return executor === undefined || key === undefined ? [] : [{ key, keyOffset, value: executor }];
  });
  const sections = { jobs: calls, executors: uses, commands: [] };
  for (const [section, callers] of Object.entries(sections)) {
    for (const entry of entriesOf(valueAt(root, section))) {
      readDefinition(context, entry, callers, pipeline, aliases);
    }
  }
  for (const call of calls) {
    const given = givenBy(call.key, undefined, [call], pipeline);
    readOrbCall(context, call.key, call.value, given, aliases);
  }
};

function readDefinition(
  context: PinContext,
  entry: DocEntry,
  calls: readonly DocEntry[],
  pipeline: DocNode | undefined,
  aliases: ReadonlyMap<string, string>,
): void {
  const own = calls.filter((call) => call.key === entry.key);
  const given = givenBy(entry.key, valueAt(entry.value, 'parameters'), own, pipeline);
  for (const container of itemsOf(valueAt(entry.value, 'docker'))) {
    const image = valueAt(container, 'image');
    if (image !== undefined) {
      addImages(context, image, resolve(image, given), { declaredBy: 'docker.image', job: entry.key });
    }
  }
  for (const step of itemsOf(valueAt(entry.value, 'steps'))) {
    for (const call of entriesOf(step)) {
      if (call.key === 'run') {
        const environments = [valueAt(call.value, 'environment'), valueAt(entry.value, 'environment')];
        const script = { source: 'ci', label: 'run', scope: `job ${entry.key}` } as const;
        readFilledScript(context, valueAt(call.value, 'command') ?? call.value, script, {
          references: PARAMETER,
          resolve: (reference) => valuesOf(reference, given),
          variable: (name) => {
            const setting = environments.map((one) => valueAt(one, name)).find((found) => found !== undefined);
            return setting === undefined ? [] : resolve(setting, given).values;
          },
          group: (alternatives) => jobGroup(context, entry.key, alternatives),
        });
      }
      readOrbCall(context, call.key, call.value, given, aliases);
    }
  }
}

/** `node/install: { node-version: … }`, where `node` is the name that the file gives to an orb. */
function readOrbCall(
  context: PinContext,
  name: string,
  call: DocNode,
  given: Given,
  aliases: ReadonlyMap<string, string>,
): void {
  const inputs = orbs[aliases.get(name.replace(/\/.*$/, '')) ?? ''] ?? {};
  for (const [input, tool] of Object.entries(name.includes('/') ? inputs : {})) {
    const setting = valueAt(call, input) ?? valueAt(call, 'matrix', 'parameters', input);
    for (const node of itemsOf(setting)) {
      const rule: Rule = ruleFor(tool);
      const alternatives = itemsOf(setting).length;
      const group = jobGroup(context, given.job, alternatives);
      addValues(context, node, resolve(node, given), {
        tool,
        rule,
        declaredBy: `${name} ${input}`,
        scope: `job ${given.job}`,
        group,
      });
    }
  }
}

/** Every value that a parameter gets: as an argument, in a matrix, or as its default where a call leaves it out. */
function givenBy(
  job: string,
  declared: DocNode | undefined,
  calls: readonly DocEntry[],
  pipeline: DocNode | undefined,
): Given {
  const parameters = new Map<string, readonly DocNode[]>();
  for (const { key, value } of entriesOf(declared)) {
    const passed = calls.flatMap((call) => [
      ...itemsOf(valueAt(call.value, key)),
      ...itemsOf(valueAt(call.value, 'matrix', 'parameters', key)),
    ]);
    const fallback = valueAt(value, 'default');
    parameters.set(key, passed.length > 0 ? passed : fallback === undefined ? [] : [fallback]);
  }
  return { job, parameters, pipeline };
}

function resolve(setting: DocNode, given: Given): Values {
  return fillIn(setting, PARAMETER, (reference) => ({ values: valuesOf(reference, given) }));
}

/** The values of `parameters.version` or `pipeline.parameters.version`. */
function valuesOf(reference: string, { parameters, pipeline }: Given): readonly Value[] {
  const [scope, ...names] = reference.split('.');
  const name = names.at(-1) ?? '';
  const nodes =
    scope === 'parameters'
      ? (parameters.get(name) ?? [])
      : scope === 'pipeline'
        ? itemsOf(valueAt(pipeline, name, 'default'))
        : [];
  return nodes.flatMap((node) => (textOf(node) === undefined ? [] : [{ text: textOf(node)!, node }]));
}
