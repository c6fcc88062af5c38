import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { type DocEntry, type DocNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { linesOf, sourceText } from '../../format/source-text';
import { parseYaml } from '../../format/yaml';
import { jobGroup } from '../ci/values';
import { addImage } from './add-image';
import { type BuildArgument, readBuild, readInlineBuild } from './dockerfile';
import { type Expanded, expandVariables } from './variables';

/** Compose files: each service's image, and the arguments with which its Dockerfile is built. */
export const readCompose: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const folder = folderOf(context.source.path);
  const variables = readDotEnv(context, folder);
  const expand = (text: string): Expanded => expandVariables(text, (name) => own(variables, name));
  for (const service of entriesOf(valueAt(root, 'services'))) {
    const scope = `service ${service.key}`;
    // `postgres13` beside `postgres16`: all of them are meant.
    const group = jobGroup(context, service.key, 1);
    const image = entryOf(service.value, 'image');
    const name = textOf(image?.value);
    const build = entryOf(service.value, 'build');
    if (image !== undefined && name !== undefined && build === undefined) {
      const { offset, end } = image.value;
      const place = {
        source: 'container',
        declaredBy: 'image',
        scope,
        group,
        offset,
        end,
        from: image.keyOffset,
      } as const;
      addImage(context, expand(name), place);
    }
    readServiceBuild(context, build, folder, { scope, group }, expand);
  }
  for (const entry of entriesOf(root)) {
    if (entry.key === 'include') {
      context.unresolved('include', 'files that it includes are not followed', entry.keyOffset);
    }
  }
};

function readServiceBuild(
  context: PinContext,
  build: DocEntry | undefined,
  folder: string,
  service: { readonly scope: string; readonly group: string | undefined },
  expand: (text: string) => Expanded,
): void {
  if (build?.value.kind !== 'map') {
    return;
  }
  const passed = buildArguments(valueAt(build.value, 'args'), expand);
  const inline = valueAt(build.value, 'dockerfile_inline');
  if (inline !== undefined) {
    readInline(context, inline, passed);
    return;
  }
  const within = textOf(valueAt(build.value, 'context')) ?? '.';
  const named = textOf(valueAt(build.value, 'dockerfile')) ?? 'Dockerfile';
  if (Object.keys(passed).length === 0 || /[$:]/.test(within + named)) {
    return;
  }
  const dockerfile = context.open(`${folder}${within}/${named}`, build.keyOffset);
  if (dockerfile !== undefined) {
    readBuild(context, dockerfile, passed, { source: 'container', declaredBy: 'build.args', ...service });
  }
}

/** A Dockerfile inside of the file: the file with all else blanked, so that its places stay true. */
function readInline(context: PinContext, inline: DocNode, passed: Readonly<Record<string, BuildArgument>>): void {
  const { text } = context.source;
  if (textOf(inline) === undefined || !context.calls.take(inline.end)) {
    return;
  }
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const body = text.slice(inline.offset, inline.end).replace(/^(?:[|>][^\n]*|["'])|["']$/g, blank);
  readInlineBuild(context, blank(text.slice(0, inline.offset)) + body, passed);
}

/** `args` as a map, or as a list of `NAME=value`. */
export function buildArguments(
  node: DocNode | undefined,
  expand: (text: string) => Expanded,
): Readonly<Record<string, BuildArgument>> {
  const passed: Record<string, BuildArgument> = {};
  const add = (name: string, text: string, value: DocNode, from: number) => {
    const expanded = expand(text);
    if (expanded.missing.length === 0 && expanded.text !== '') {
      passed[name] = { value: expanded.text, offset: value.offset, end: value.end, from };
    }
  };
  for (const entry of entriesOf(node)) {
    const text = textOf(entry.value);
    if (text !== undefined) {
      add(entry.key, text, entry.value, entry.keyOffset);
    }
  }
  for (const item of node?.kind === 'list' ? itemsOf(node) : []) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(textOf(item) ?? '');
    if (match !== null) {
      add(match[1]!, match[2]!, item, item.offset);
    }
  }
  return passed;
}

/** `.env` beside the file fills in Compose's variables. It may hold secrets: only what an image names leaves it. */
function readDotEnv(context: PinContext, folder: string): Readonly<Record<string, string>> {
  const found = context.list(folder).includes('.env') && /\$\{?[A-Za-z_]/.test(context.source.text);
  const { text } = (found ? context.open(`${folder}.env`, 0) : undefined) ?? sourceText('', '');
  const variables: Record<string, string> = {};
  for (const line of linesOf(text)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^#]*))/.exec(line.text);
    if (match !== null) {
      variables[match[1]!] = match[2] ?? match[3] ?? match[4]!.trim();
    }
  }
  return variables;
}

/** The folder of a project-relative path, with its slash; empty for the project itself. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
