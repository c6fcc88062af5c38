import type { PinContext } from '../../context';
import { type DocNode, entriesOf, itemsOf, movedBy, textAt, textOf, valueAt } from '../../format/document';
import { type SourceText, sourceText } from '../../format/source-text';
import { parseYaml } from '../../format/yaml';
import { resolveSetting, type Scope } from './github-expressions';
import { jobGroup, MOST_VALUES } from './values';

/** What a workflow or action of the project is called with. */
interface Call {
  /** `./.github/workflows/build.yml`, `./.github/actions/setup`. */
  readonly uses: DocNode;
  readonly given: DocNode | undefined;
}

/** Where GitHub, Forgejo and Gitea look for workflows; a project may be at several of them. */
const FOLDERS = ['.github', '.forgejo', '.gitea'];
/** GitHub's own limit on calls within calls. Source: docs.github.com, "Reusing workflow configurations", "Limitations". */
const MOST_LEVELS = 10;

/** The file of a workflow or action of this project, as `uses` names it; undefined for those from elsewhere. */
export function calledFile(uses: DocNode | undefined, context: PinContext): string | undefined {
  const path = /^\.\/((?:[\w.-]+\/)*[\w.-]+)\/?$/.exec(textOf(uses) ?? '')?.[1];
  if (path === undefined) {
    return undefined;
  }
  if (/\.ya?ml$/.test(path)) {
    const at = path.lastIndexOf('/');
    return context.list(path.slice(0, Math.max(0, at))).includes(path.slice(at + 1)) ? path : undefined;
  }
  const name = ['action.yml', 'action.yaml'].find((one) => context.list(path).includes(one));
  return name === undefined ? undefined : `${path}/${name}`;
}

/**
 * Has a called file read with what it is given: `read` gets its root, its inputs, and a context in which only what a
 * given value decides becomes a pin, at the place where it is given.
 */
export function readCall(
  context: PinContext,
  { uses, given }: Call,
  scope: Scope,
  job: string,
  read: (context: PinContext, root: DocNode | undefined, inputs: DocNode) => void,
): void {
  const path = calledFile(uses, context);
  const entries = entriesOf(given);
  const { callers = [context.source.path] } = context;
  if (path === undefined || entries.length === 0 || callers.includes(path)) {
    return;
  }
  const called = callers.length > MOST_LEVELS ? undefined : context.open(path, uses.offset);
  if (called === undefined) {
    return;
  }
  // Places in the called file begin where those of this one end: which of them a value has tells who gave it.
  const start = context.source.text.length + 1;
  const joined = sourceText(context.source.path, `${context.source.text}\n${called.text}`);
  let group: string | undefined;
  const within: PinContext = {
    ...context,
    source: joined,
    callers: [...callers, path],
    pin: (draft) => {
      if (draft.offset < start) {
        context.pin({ ...draft, group: draft.group ?? group });
      }
    },
    unresolved: () => undefined,
    problem: () => undefined,
    also: () => undefined,
  };
  const values = entries.map(({ key, keyOffset, value }) => ({
    key,
    keyOffset,
    nodes: resolveSetting(value, scope).values.map(
      ({ text, node }): DocNode => ({
        kind: 'scalar',
        value: text,
        raw: text,
        offset: node.offset,
        end: node.end,
      }),
    ),
  }));
  const most = Math.min(MOST_VALUES, Math.max(0, ...values.map(({ nodes }) => nodes.length)));
  group = jobGroup(context, job, most);
  if (!context.calls.take(joined.text.length + most * called.text.length)) {
    context.unresolved(textOf(uses) ?? path, 'the project has more calls than are followed', uses.offset);
    return;
  }
  const parsed = parseYaml(called.text).root;
  const root = parsed === undefined ? undefined : movedBy(start, parsed);
  for (let at = 0; at < most; at++) {
    const inputs = values.flatMap(({ key, keyOffset, nodes }) => {
      const node = nodes[at] ?? nodes[0];
      return node === undefined ? [] : [{ key, keyOffset, value: mapOf('default', keyOffset, node) }];
    });
    read(within, root, { kind: 'map', entries: inputs, offset: uses.offset, end: uses.end });
  }
}

function mapOf(key: string, keyOffset: number, value: DocNode): DocNode {
  return { kind: 'map', entries: [{ key, keyOffset, value }], offset: value.offset, end: value.end };
}

/**
 * The inputs of this file whose own defaults, or whose lack of one, never count: those that every caller in the project
 * gives, and of those without a default the ones that any caller gives.
 *
 * @param declared the inputs that the file declares
 */
export function givenByCallers(context: PinContext, declared: DocNode | undefined): ReadonlySet<string> {
  const own = context.source.path;
  const place = `./${own.replace(/\/action\.ya?ml$/, '')}`;
  const calls = callerFiles(context)
    .filter((path) => path !== own)
    .flatMap((path) => stepsOf(context.open(path, 0), place))
    .filter((caller) => textAt(caller, 'uses')?.replace(/\/$/, '') === place)
    .map((caller) => new Set(entriesOf(valueAt(caller, 'with')).map(({ key }) => key)));
  const named = new Set(calls.flatMap((names) => [...names]));
  return new Set(
    [...named].filter(
      (name) => valueAt(declared, name, 'default') === undefined || calls.every((names) => names.has(name)),
    ),
  );
}

/** Workflows and composite actions of the project. */
function callerFiles(context: PinContext): readonly string[] {
  return FOLDERS.flatMap((service) => {
    const workflows = context.list(`${service}/workflows`).filter((name) => /\.ya?ml$/.test(name));
    const actions = context.list(`${service}/actions`).flatMap((name) => {
      const folder = `${service}/actions/${name}`;
      const file = context.list(folder).find((one) => /^action\.ya?ml$/.test(one));
      return file === undefined ? [] : [`${folder}/${file}`];
    });
    return [...workflows.map((name) => `${service}/workflows/${name}`), ...actions];
  });
}

/** Whatever may call another file: jobs, their steps, the steps of an action. */
function stepsOf(source: SourceText | undefined, place: string): readonly DocNode[] {
  const root = source?.text.includes(place) === true ? parseYaml(source.text).root : undefined;
  const jobs = entriesOf(valueAt(root, 'jobs')).map(({ value }) => value);
  return [
    ...jobs,
    ...jobs.flatMap((job) => itemsOf(valueAt(job, 'steps'))),
    ...itemsOf(valueAt(root, 'runs', 'steps')),
  ];
}
