import type { PinContext, PinReader } from '../../context';
import { type DocEntry, type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import { ruleFor, spec } from '../../range/tool-rules';
import { readFilledScript } from '../commands/filled-script';
import { orbImage, orbInputs } from './circleci-orbs';
import { addImages, addValues, fillIn, jobGroup, type Value, type Values } from './values';

/** `<< parameters.version >>`. */
const PARAMETER = /<<\s*([\w.-]+)\s*>>/g;
/** Commands call commands; CircleCI's own limit is not documented. */
const MOST_DEPTH = 10;

/** What one configuration defines, inline orbs by `orb/name`. */
interface Config {
  readonly context: PinContext;
  readonly pipeline: DocNode | undefined;
  /** What the file calls an orb → its source. */
  readonly orbs: ReadonlyMap<string, string>;
  readonly jobs: readonly DocEntry[];
  readonly executors: readonly DocEntry[];
  readonly commands: readonly DocEntry[];
  readonly called: Set<DocNode>;
  /** Commands that were followed, by job and what they were given. */
  readonly expanded: Set<string>;
}

/** What holds inside of a job, an executor or a command. */
interface Frame {
  readonly job: string;
  /** By each workflow that starts it, else by its own defaults. */
  readonly parameters: ReadonlyMap<string, readonly DocNode[]>;
  /** Variables, the nearest first. */
  readonly environments: readonly (DocNode | undefined)[];
}

/** `.circleci/*.yml`: the images of jobs and executors, what orbs install, and what commands and scripts do. */
export const readCircleci: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const config = configOf(context, root);
  const calls = entriesOf(valueAt(root, 'workflows')).flatMap(({ value }) =>
    itemsOf(valueAt(value, 'jobs')).flatMap(entriesOf),
  );
  for (const job of config.jobs) {
    readJob(config, job, calls);
  }
  // `executor: { name: default, tag: "20" }` passes parameters as a workflow does to a job.
  const uses = [...config.jobs, ...calls].flatMap(({ value, keyOffset }): readonly DocEntry[] => {
    const executor = valueAt(value, 'executor');
    const key = textAt(executor, 'name');
    return executor === undefined || key === undefined ? [] : [{ key, keyOffset, value: executor }];
  });
  for (const executor of config.executors) {
    readMachine(config, executor.value, frameOf(executor, uses, []));
  }
  for (const call of calls) {
    const frame = frameOf({ ...call, value: NOTHING }, [call], []);
    readOrbCall(config, call.key, call.value, frame);
    readOrbExecutor(config, valueAt(call.value, 'executor'), frame);
  }
  for (const command of config.commands.filter(({ value }) => !config.called.has(value))) {
    readSteps(config, valueAt(command.value, 'steps'), frameOf(command, [], []), 0);
  }
};

const NOTHING: DocNode = { kind: 'map', entries: [], offset: 0, end: 0 };

function configOf(context: PinContext, root: DocNode | undefined): Config {
  const orbs = entriesOf(valueAt(root, 'orbs'));
  const section = (name: string) => [
    ...entriesOf(valueAt(root, name)),
    ...orbs.flatMap((orb) =>
      entriesOf(valueAt(orb.value, name)).map((entry) => ({ ...entry, key: `${orb.key}/${entry.key}` })),
    ),
  ];
  return {
    context,
    pipeline: valueAt(root, 'parameters'),
    orbs: new Map(
      orbs.flatMap(({ key, value }) => {
        const source = /^([\w-]+\/[\w-]+)@/.exec(textOf(value) ?? '')?.[1];
        return source === undefined ? [] : [[key, source] as const];
      }),
    ),
    jobs: section('jobs'),
    executors: section('executors'),
    commands: section('commands'),
    called: new Set(),
    expanded: new Set(),
  };
}

function readJob(config: Config, job: DocEntry, calls: readonly DocEntry[]): void {
  const plain = frameOf(job, calls, []);
  const named = valueAt(job.value, 'executor');
  const [name] = fill(config, named?.kind === 'map' ? valueAt(named, 'name') : named, plain);
  const executor = config.executors.find(({ key }) => key === name?.text)?.value;
  const frame = {
    ...plain,
    environments: [job.value, executor].flatMap((place) => [
      valueAt(place, 'environment'),
      valueAt(itemsOf(valueAt(place, 'docker'))[0], 'environment'),
    ]),
  };
  readMachine(config, job.value, frame);
  readOrbExecutor(config, named, frame);
  readSteps(config, valueAt(job.value, 'steps'), frame, 0);
}

/** What a job or an executor runs on: images, or macOS with its Xcode. */
function readMachine(config: Config, place: DocNode, frame: Frame): void {
  const { context } = config;
  for (const container of itemsOf(valueAt(place, 'docker'))) {
    const image = valueAt(container, 'image');
    if (image !== undefined) {
      addImages(context, image, resolve(config, image, frame), { declaredBy: 'docker.image', job: frame.job });
    }
  }
  const xcode = valueAt(place, 'macos', 'xcode');
  if (xcode !== undefined) {
    const found = resolve(config, xcode, frame);
    const group = jobGroup(context, frame.job, found.values.length);
    const scope = `job ${frame.job}`;
    addValues(context, xcode, found, { tool: 'xcode', rule: spec, declaredBy: 'macos.xcode', scope, group });
  }
}

function readSteps(config: Config, steps: DocNode | undefined, frame: Frame, depth: number): void {
  if (depth > MOST_DEPTH) {
    return;
  }
  for (const step of itemsOf(steps)) {
    const name = textOf(step);
    if (name !== undefined) {
      readCall(config, name, NOTHING, frame, depth);
    }
    for (const { key, value } of entriesOf(step)) {
      if (key === 'run') {
        readRun(config, value, frame);
      } else if (key === 'when' || key === 'unless') {
        readSteps(config, valueAt(value, 'steps'), frame, depth + 1);
      } else {
        readCall(config, key, value, frame, depth);
      }
    }
  }
}

/** A command of the file with what it is given, or an orb's. */
function readCall(config: Config, name: string, call: DocNode, frame: Frame, depth: number): void {
  const command = config.commands.find(({ key }) => key === name);
  if (command === undefined) {
    readOrbCall(config, name, call, frame);
    // Steps that are handed to a command.
    readSteps(config, valueAt(call, 'steps'), frame, depth + 1);
    return;
  }
  config.called.add(command.value);
  const parameters = new Map<string, readonly DocNode[]>();
  for (const { key, value } of entriesOf(valueAt(command.value, 'parameters'))) {
    const given = fill(config, valueAt(call, key), frame).map(({ text, node }) => scalarOf(text, node));
    const fallback = valueAt(value, 'default');
    parameters.set(key, given.length > 0 ? given : fallback === undefined ? [] : [fallback]);
  }
  // The same once more would tell nothing new.
  const given = [...parameters].map(([key, nodes]) => [key, nodes.map(textOf)]);
  const expansion = JSON.stringify([frame.job, name, given]);
  if (!config.expanded.has(expansion) && config.context.calls.take(command.value.end - command.value.offset)) {
    config.expanded.add(expansion);
    readSteps(config, valueAt(command.value, 'steps'), { ...frame, parameters }, depth + 1);
  }
}

function readRun(config: Config, run: DocNode, frame: Frame): void {
  const { context } = config;
  const environments = [valueAt(run, 'environment'), ...frame.environments];
  const script = { source: 'ci', label: 'run', scope: `job ${frame.job}` } as const;
  readFilledScript(context, valueAt(run, 'command') ?? run, script, {
    references: PARAMETER,
    resolve: (reference) => valuesOf(config, reference, frame),
    variable: (name) =>
      fill(
        config,
        environments.map((one) => valueAt(one, name)).find((found) => found !== undefined),
        frame,
      ),
    group: (alternatives) => jobGroup(context, frame.job, alternatives),
  });
}

/** `node/install: { node-version: … }`, where `node` is the name that the file gives to an orb. */
function readOrbCall(config: Config, name: string, call: DocNode, frame: Frame): void {
  const [orb = '', command] = name.split('/', 2);
  const inputs = command === undefined ? {} : orbInputs(config.orbs.get(orb) ?? '', command);
  for (const [input, tool] of Object.entries(inputs)) {
    const settings = itemsOf(valueAt(call, input) ?? valueAt(call, 'matrix', 'parameters', input));
    for (const node of settings) {
      addValues(config.context, node, resolve(config, node, frame), {
        tool,
        rule: ruleFor(tool),
        declaredBy: `${name} ${input}`,
        scope: `job ${frame.job}`,
        group: jobGroup(config.context, frame.job, settings.length),
      });
    }
  }
}

/** `executor: { name: python/default, tag: "3.11" }`: an image of the orb's. */
function readOrbExecutor(config: Config, executor: DocNode | undefined, frame: Frame): void {
  const image = orbImage(config.orbs.get(textAt(executor, 'name')?.replace(/\/.*$/, '') ?? '') ?? '');
  const tag = valueAt(executor, 'tag');
  if (image !== undefined && tag !== undefined) {
    const values = fill(config, tag, frame).map(({ text, node }) => ({ text: `${image}:${text}`, node }));
    addImages(config.context, tag, { values }, { declaredBy: 'executor.tag', job: frame.job });
  }
}

/** With every value that a parameter gets: as an argument, in a matrix, or as its default where a call leaves it out. */
function frameOf(definition: DocEntry, calls: readonly DocEntry[], environments: Frame['environments']): Frame {
  const job = definition.key;
  const own = calls.filter((call) => call.key === job);
  const parameters = new Map<string, readonly DocNode[]>();
  for (const { key, value } of entriesOf(valueAt(definition.value, 'parameters'))) {
    const passed = own.flatMap((call) => [
      ...itemsOf(valueAt(call.value, key)),
      ...itemsOf(valueAt(call.value, 'matrix', 'parameters', key)),
    ]);
    const fallback = valueAt(value, 'default');
    parameters.set(key, passed.length > 0 ? passed : fallback === undefined ? [] : [fallback]);
  }
  return { job, parameters, environments };
}

function resolve(config: Config, setting: DocNode, frame: Frame): Values {
  return fillIn(setting, PARAMETER, (reference) => ({ values: valuesOf(config, reference, frame) }));
}

function fill(config: Config, setting: DocNode | undefined, frame: Frame): readonly Value[] {
  return setting === undefined ? [] : resolve(config, setting, frame).values;
}

/** The values of `parameters.version` or `pipeline.parameters.version`. */
function valuesOf({ pipeline }: Config, reference: string, { parameters }: Frame): readonly Value[] {
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

function scalarOf(text: string, { offset, end }: DocNode): DocNode {
  return { kind: 'scalar', value: text, raw: text, offset, end };
}
