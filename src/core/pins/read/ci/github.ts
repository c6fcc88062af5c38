import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import type { Rule } from '../../range/rules';
import { rust, spec } from '../../range/tool-rules';
import { readFilledScript } from '../commands/filled-script';
import { toolOfPackage } from '../commands/packages';
import { type ActionInput, actions, commonInputs, namesakes } from './github-actions-catalog';
import { calledFile, givenByCallers, readCall } from './github-calls';
import { EXPRESSION, evaluate, resolveSetting, type Scope } from './github-expressions';
import { addImages, addValues, jobGroup, type Value, type Values } from './values';

/** `.github/workflows/*.yml`: what set-up steps install, and the images that jobs and services run in. */
export const readGithubWorkflow: PinReader = (context) => {
  readWorkflow(context, context.document(parseYaml(context.source.text)), undefined, undefined);
};

/**
 * @param given what a caller gives for the inputs; undefined for a file that is read by itself
 * @param caller the job that calls it
 */
function readWorkflow(
  context: PinContext,
  root: DocNode | undefined,
  given: DocNode | undefined,
  caller: string | undefined,
): void {
  // YAML 1.1 parsers read the key `on` as true; ours keeps the word.
  const triggers = valueAt(root, 'on');
  const declared = ['workflow_call', 'workflow_dispatch'].map((trigger) => valueAt(triggers, trigger, 'inputs'));
  const inputs = [given, ...declared];
  const unused = given === undefined && declared[0] !== undefined ? givenByCallers(context, declared[0]) : NONE;
  for (const job of entriesOf(valueAt(root, 'jobs'))) {
    const matrix = valueAt(job.value, 'strategy', 'matrix');
    const env = [valueAt(job.value, 'env'), valueAt(root, 'env')];
    readJob(context, caller === undefined ? job.key : `${caller} / ${job.key}`, job.value, {
      env,
      matrix,
      inputs,
      unused,
    });
  }
}

const NONE: ReadonlySet<string> = new Set();

/** `action.yml` of a composite action: the same steps, with the action's own inputs. */
export const readGithubAction: PinReader = (context) => {
  readAction(context, context.document(parseYaml(context.source.text)), undefined, 'action');
};

function readAction(context: PinContext, root: DocNode | undefined, given: DocNode | undefined, job: string): void {
  const declared = valueAt(root, 'inputs');
  const unused = given === undefined ? givenByCallers(context, declared) : NONE;
  const scope = { env: [], matrix: undefined, inputs: [given, declared], unused };
  const steps = itemsOf(valueAt(root, 'runs', 'steps'));
  for (const step of steps) {
    readStep(context, job, step, { ...scope, unused: withReaders(unused, steps) });
  }
}

/** Steps that only hand on what a version file says, which is read itself: their outputs tell nothing new. */
function withReaders(unused: ReadonlySet<string>, steps: readonly DocNode[]): ReadonlySet<string> {
  const readers = steps.filter(
    (step) =>
      /tool-versions/i.test(textAt(step, 'uses') ?? '') ||
      /\bcat\s+["']?(?:\.\/)?\.(?:nvmrc|[a-z]+-versions?)\b/.test(textAt(step, 'run') ?? ''),
  );
  return readers.length === 0 ? unused : new Set([...unused, ...readers.map((step) => `steps.${textAt(step, 'id')}`)]);
}

function readJob(context: PinContext, name: string, job: DocNode, scope: Scope): void {
  const container = valueAt(job, 'container');
  readImage(context, name, container?.kind === 'map' ? valueAt(container, 'image') : container, 'container', scope);
  for (const service of entriesOf(valueAt(job, 'services'))) {
    readImage(context, name, valueAt(service.value, 'image'), `services.${service.key}`, scope);
  }
  const steps = itemsOf(valueAt(job, 'steps'));
  const unused = withReaders(scope.unused, steps);
  for (const step of steps) {
    readStep(context, name, step, { ...scope, unused, env: [valueAt(step, 'env'), ...scope.env] });
  }
  const uses = valueAt(job, 'uses');
  if (uses !== undefined && calledFile(uses, context) !== undefined) {
    readCall(context, { uses, given: valueAt(job, 'with') }, scope, name, (within, root, given) =>
      readWorkflow(within, root, given, name),
    );
  } else if (uses !== undefined) {
    readInputs(context, name, valueAt(job, 'with'), commonInputs, textAt(job, 'uses') ?? 'uses', scope);
  }
}

function readStep(context: PinContext, job: string, step: DocNode, scope: Scope): void {
  const uses = valueAt(step, 'uses');
  const text = textOf(uses) ?? '';
  const script = { source: 'ci', label: 'run', scope: `job ${job}` } as const;
  readFilledScript(context, valueAt(step, 'run'), script, {
    references: EXPRESSION,
    resolve: (expression) => evaluate(expression, step, scope).values,
    variable: (name) => evaluate(`env.${name}`, step, scope).values,
    group: (alternatives) => jobGroup(context, job, alternatives),
  });
  if (text.startsWith('docker://')) {
    readImage(context, job, uses, 'uses', scope);
    return;
  }
  if (uses !== undefined && text.startsWith('./')) {
    readCall(context, { uses, given: valueAt(step, 'with') }, scope, job, (within, root, given) =>
      readAction(within, root, given, job),
    );
    return;
  }
  const [action = '', ref = ''] = text.split('@', 2);
  if (action.toLowerCase() === 'taiki-e/install-action') {
    readToolList(context, job, valueAt(step, 'with', 'tool'));
    return;
  }
  const namesake = own(namesakes, action.toLowerCase());
  if (namesake !== undefined && uses !== undefined) {
    readOwnVersion(context, job, uses, { action, ref, tool: namesake, rule: spec });
  }
  // Whoever else takes a `node-version` sets Node up, too.
  const inputs = own(actions, action.toLowerCase()) ?? commonInputs;
  if (uses === undefined) {
    return;
  }
  const given = valueAt(step, 'with');
  readInputs(context, job, given, inputs, action, scope);
  if (action.toLowerCase() === 'dtolnay/rust-toolchain' && valueAt(given, 'toolchain') === undefined) {
    readOwnVersion(context, job, uses, { action, ref, tool: 'rust', rule: rust });
  }
}

/** `tool: just@1.36.0,cargo-nextest@0.9`; what has no version is the latest, and declares none. */
function readToolList(context: PinContext, job: string, setting: DocNode | undefined): void {
  for (const [, name = '', constraint = ''] of (textOf(setting) ?? '').matchAll(/([\w.-]+)@(\d[\w.-]*)/g)) {
    const tool = toolOfPackage('cargo', name) ?? toolOfPackage('cargo', `cargo-${name}`);
    if (tool !== undefined && setting !== undefined) {
      const { offset, end } = setting;
      const facts = {
        rule: spec,
        source: 'ci',
        declaredBy: 'taiki-e/install-action tool',
        scope: `job ${job}`,
      } as const;
      context.pin({ ...facts, tool, constraint, offset, end });
    }
  }
}

/**
 * An action whose own version is that of its tool: `dtolnay/rust-toolchain@1.75.0`, or `@<commit> # 1.75.0` where it is
 * pinned by a commit. A major version alone (`@v1`) is the action's line, not the tool's.
 */
function readOwnVersion(
  context: PinContext,
  job: string,
  uses: DocNode,
  {
    action,
    ref,
    tool,
    rule,
  }: { readonly action: string; readonly ref: string; readonly tool: string; readonly rule: Rule },
): void {
  const { text } = context.source;
  const comment = /^[0-9a-f]{40}$/.test(ref)
    ? /^["']?[ \t]+#[ \t]*([\w.-]+)/.exec(text.slice(uses.end, uses.end + 80))
    : null;
  const constraint = comment?.[1] ?? ref;
  const offset = comment === null ? text.lastIndexOf(ref, uses.end) : uses.end + comment[0].length - constraint.length;
  if (/^(?:v?\d+\.\d|stable|beta|nightly)/.test(constraint)) {
    context.pin({
      tool,
      constraint,
      rule,
      source: 'ci',
      declaredBy: action,
      scope: `job ${job}`,
      group: jobGroup(context, job, 1),
      offset,
      end: offset + constraint.length,
      from: uses.offset,
    });
  }
}

function readInputs(
  context: PinContext,
  job: string,
  given: DocNode | undefined,
  inputs: readonly ActionInput[],
  action: string,
  scope: Scope,
): void {
  for (const { tool, input, file, rule } of inputs) {
    const setting = valueAt(given, input);
    if (setting !== undefined && !isElsewhere(textOf(setting)) && !isUnused(setting, scope)) {
      const found = splitLines(context, resolveSetting(setting, scope));
      const group = jobGroup(context, job, found.values.length);
      addValues(context, setting, found, toolFacts(tool, rule, `${action} ${input}`, job, group, found));
    }
    const named = file === undefined ? undefined : entryOf(given, file);
    const path = textOf(named?.value);
    if (named !== undefined && path !== undefined && path !== '' && !path.includes('${{')) {
      context.also(path, named.value.offset);
    }
  }
}

/** The default of an input that every caller gives, or what a step has read from a version file. */
function isUnused(setting: DocNode, { unused }: Scope): boolean {
  const found = /\$\{\{\s*(?:inputs\.([\w-]+)|(steps\.[\w-]+)\.outputs\.[\w-]+)\s*(?:\}\}|\|\|)/.exec(
    textOf(setting) ?? '',
  );
  const name = found?.[1] ?? found?.[2];
  return name !== undefined && unused.has(name);
}

/** Nothing, or the words that send ruby/setup-ruby to the files which are read themselves. */
function isElsewhere(value: string | undefined): boolean {
  return value === '' || value === 'default' || value === '.ruby-version' || value === '.tool-versions';
}

/** Python and Ruby steps set up other implementations by the same input: `pypy3.10`, `jruby-9.4`. */
function toolFacts(
  tool: string,
  rule: ActionInput['rule'],
  declaredBy: string,
  job: string,
  group: string | undefined,
  found: Values,
) {
  const other = /^(pypy|graalpy|jruby|truffleruby)/.exec(found.values[0]?.text ?? '')?.[1];
  const alone = other !== undefined && found.values.length === 1;
  return {
    tool: alone ? other : tool,
    rule: alone ? (text: string) => rule(text.replace(/^[a-z]+-?v?/, '')) : rule,
    declaredBy,
    scope: `job ${job}`,
    group,
  };
}

/** A block of several lines lists several versions; each gets its own place. */
function splitLines(context: PinContext, found: Values): Values {
  const [only] = found.values;
  if (found.values.length !== 1 || only === undefined || !only.text.trim().includes('\n')) {
    return { ...found, values: found.values.filter((value) => !isOther(value, found)) };
  }
  let from = only.node.offset;
  const values: Value[] = [];
  for (const line of only.text.split('\n')) {
    const text = line.trim();
    const offset = text === '' ? -1 : context.source.text.indexOf(text, from);
    if (offset >= 0) {
      const end = offset + text.length;
      values.push({ text, node: { kind: 'scalar', value: text, raw: text, offset, end } });
      from = end;
    }
  }
  return { values: values.filter((value) => !isOther(value, { values })) };
}

/** Other implementations beside the language itself are left to their own comparison. */
function isOther(value: Value, { values }: Values): boolean {
  return values.length > 1 && /^(?:pypy|graalpy|jruby|truffleruby|mruby)/.test(value.text);
}

function readImage(
  context: PinContext,
  job: string,
  setting: DocNode | undefined,
  declaredBy: string,
  scope: Scope,
): void {
  const text = textOf(setting);
  if (setting !== undefined && text !== undefined && text !== '' && !isUnused(setting, scope)) {
    addImages(context, setting, resolveSetting(setting, scope), { declaredBy, job });
  }
}
