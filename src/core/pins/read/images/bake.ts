import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { entriesOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { addImage } from './add-image';
import { buildArguments, folderOf } from './compose';
import { type BuildArgument, readBuild } from './dockerfile';
import { expandVariables, withoutVariables } from './variables';

/** More blocks, or attributes of one, than a file has. */
const MOST_BLOCKS = 500;

/** One target, from either form. */
interface Target {
  readonly name: string;
  readonly offset: number;
  readonly context: string;
  readonly dockerfile: string;
  readonly args: Readonly<Record<string, BuildArgument>>;
  /** The images that stand for a stage or a named context. */
  readonly images: readonly BuildArgument[];
}

/**
 * `docker-bake.hcl`: the arguments with which Dockerfiles are built, and images that take the place of contexts. Of HCL:
 * blocks, texts, and variables by name or within a text; what else an expression may be is passed over. Source:
 * docs.docker.com, "Bake file reference".
 */
export const readBakeHcl: PinReader = (context) => {
  const blocks = blocksOf(context.source.text);
  const defaults = blocks
    .filter(({ kind }) => kind === 'variable')
    .map(({ name, body, offset }) => [name, textsIn(body, offset, {})['default']] as const);
  const variables = Object.fromEntries(
    defaults.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  for (const { kind, name, body, offset } of blocks) {
    if (kind === 'target') {
      const maps = mapsOf(body);
      const plain = textsIn(maps.rest, offset, variables);
      const within = (key: string) =>
        maps.found.filter((map) => map.key === key).map((map) => textsIn(map.body, offset + map.at, variables));
      readTarget(context, {
        name,
        offset,
        context: plain['context']?.value ?? '.',
        dockerfile: plain['dockerfile']?.value ?? 'Dockerfile',
        args: Object.assign({}, ...within('args')),
        images: within('contexts').flatMap((texts) => Object.values(texts)),
      });
    }
  }
};

/** `docker-bake.json`, the same as JSON. */
export const readBakeJson: PinReader = (context) => {
  const root = context.document(parseJson(context.source.text, false));
  const variables = Object.fromEntries(
    entriesOf(valueAt(root, 'variable')).flatMap(({ key, value }) => {
      const text = textOf(valueAt(value, 'default'));
      return text === undefined ? [] : [[key, text]];
    }),
  );
  const expand = (text: string) => expandVariables(text, (name) => own(variables, name));
  for (const { key, keyOffset, value } of entriesOf(valueAt(root, 'target'))) {
    readTarget(context, {
      name: key,
      offset: keyOffset,
      context: textOf(valueAt(value, 'context')) ?? '.',
      dockerfile: textOf(valueAt(value, 'dockerfile')) ?? 'Dockerfile',
      args: buildArguments(valueAt(value, 'args'), expand),
      images: Object.values(buildArguments(valueAt(value, 'contexts'), expand)),
    });
  }
};

function readTarget(context: PinContext, target: Target): void {
  const facts = { source: 'container', scope: `target ${target.name}` } as const;
  for (const { value, offset, end, from } of target.images) {
    const text = /^docker-image:\/\/(.+)$/.exec(value)?.[1];
    if (text !== undefined) {
      addImage(context, withoutVariables(text), { ...facts, declaredBy: 'contexts', offset, end, from });
    }
  }
  if (Object.keys(target.args).length === 0 || /[$:]/.test(target.context + target.dockerfile)) {
    return;
  }
  // Paths are from where `docker buildx bake` is called: the project's folder, as a rule.
  const path = `${target.context}/${target.dockerfile}`.replace(/^(?:\.\/)+/, '');
  const isThere = context.list(folderOf(path).replace(/\/$/, '')).includes(path.slice(folderOf(path).length));
  const dockerfile = isThere ? context.open(path, target.offset) : undefined;
  if (dockerfile !== undefined) {
    readBuild(context, dockerfile, target.args, { ...facts, declaredBy: 'args' });
  }
}

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly body: string;
  readonly offset: number;
}

/** The blocks at the top of the file: `target "app" { … }`. A block ends with the brace at the start of a line. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const match of text.matchAll(/^(target|variable)[ \t]+"([\w.-]+)"[ \t]*\{/gm)) {
    const offset = match.index + match[0].length;
    const end = text.indexOf('\n}', offset);
    // A block on one line: `variable "GO" { default = "1.22" }`.
    const line = text.indexOf('\n', offset);
    const short = text.slice(offset, line < 0 ? text.length : line).lastIndexOf('}');
    const to = short >= 0 ? offset + short : end < 0 ? text.length : end;
    if (blocks.push({ kind: match[1]!, name: match[2]!, body: text.slice(offset, to), offset }) >= MOST_BLOCKS) {
      break;
    }
  }
  return blocks;
}

/** The maps of a block, `args = { … }`, and what is left without them, at its places. */
function mapsOf(body: string) {
  const found: { readonly key: string; readonly body: string; readonly at: number }[] = [];
  const rest = body.replace(
    /^[ \t]*(\w+)[ \t]*=[ \t]*\{([^{}]*(?:\$\{[^{}]*\}[^{}]*)*)\}/gm,
    (whole, key, inner, index) => {
      found.push({ key, body: inner, at: index + whole.length - inner.length - 1 });
      return whole.replace(/[^\n]/g, ' ');
    },
  );
  return { found, rest };
}

/** `NAME = "text"` and `NAME = VARIABLE`, with their places. */
function textsIn(
  body: string,
  offset: number,
  variables: Readonly<Record<string, BuildArgument>>,
): Readonly<Record<string, BuildArgument>> {
  const texts: Record<string, BuildArgument> = {};
  const pattern =
    /(?<=^|[\n,{])([ \t]*)("?)([A-Za-z_][\w-]*)\2([ \t]*[=:][ \t]*)(?:"([^"\n]*)"|([A-Za-z_]\w*))(?=[ \t]*(?:[\n,}#]|\/\/|$))/g;
  for (const match of [...body.matchAll(pattern)].slice(0, MOST_BLOCKS)) {
    const [whole, indent = '', , name = '', , written, variable] = match;
    const from = offset + match.index + indent.length;
    if (written === undefined) {
      const value = own(variables, variable ?? '');
      if (value !== undefined) {
        texts[name] = value;
      }
      continue;
    }
    const { text, missing, used } = expandVariables(written, (one) => own(variables, one)?.value);
    const end = offset + match.index + whole.length - 1;
    const [only] = used;
    if (missing.length === 0) {
      const place = only === undefined ? { offset: end - written.length, end, from } : own(variables, only)!;
      texts[name] = { ...place, value: text };
    }
  }
  return texts;
}
