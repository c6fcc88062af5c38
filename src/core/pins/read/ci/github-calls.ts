import type { PinContext } from '../../context';
import { type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseYaml } from '../../format/yaml';
import { resolveSetting, type Scope } from './github-expressions';
import { jobGroup, MOST_VALUES } from './values';

/** What a workflow or action of the project is called with. */
interface Call {
  /** `./.github/workflows/build.yml`, `./.github/actions/setup`. */
  readonly uses: DocNode;
  readonly given: DocNode | undefined;
}

/** More workflows than a project has. */
const MOST_WORKFLOWS = 100;
const WORKFLOWS = '.github/workflows';

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
  const called = path === undefined || entries.length === 0 ? undefined : context.open(path, uses.offset);
  if (called === undefined) {
    return;
  }
  // Places in the called file begin where those of this one end: which of them a value has tells who gave it.
  const start = context.source.text.length + 1;
  const root = parseYaml('\n'.repeat(start) + called.text).root;
  let group: string | undefined;
  const within: PinContext = {
    ...context,
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

/** The inputs of this file that every workflow of the project gives which calls it: their defaults are never taken. */
export function alwaysGiven(context: PinContext): ReadonlySet<string> {
  const own = context.source.path;
  const place = `./${own.replace(/\/action\.ya?ml$/, '')}`;
  const calls: ReadonlySet<string>[] = [];
  for (const name of context.list(WORKFLOWS).slice(0, MOST_WORKFLOWS)) {
    const path = `${WORKFLOWS}/${name}`;
    const source = path !== own && /\.ya?ml$/.test(name) ? context.open(path, 0) : undefined;
    const root = source?.text.includes(place) === true ? parseYaml(source.text).root : undefined;
    for (const { value: job } of entriesOf(valueAt(root, 'jobs'))) {
      for (const caller of [job, ...itemsOf(valueAt(job, 'steps'))]) {
        if (textAt(caller, 'uses')?.replace(/\/$/, '') === place) {
          calls.push(new Set(entriesOf(valueAt(caller, 'with')).map(({ key }) => key)));
        }
      }
    }
  }
  const [first = new Set<string>(), ...others] = calls;
  return new Set([...first].filter((name) => others.every((names) => names.has(name))));
}
