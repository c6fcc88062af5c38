import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { type DocEntry, type DocNode, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { ruleFor } from '../../range/tool-rules';
import { toolId } from '../../tool-names';
import { readCommands, readScript } from '../commands/read-commands';
import { pinEntry } from '../pin-value';
import { addImage } from './add-image';
import { buildArguments, folderOf } from './compose';
import { readBuild } from './dockerfile';
import { expandVariables } from './variables';

/** Options of features that give the version of a tool beside the one that the feature is named after. */
const otherOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'kubectl-helm-minikube': { version: 'kubectl', helm: 'helm', minikube: 'minikube' },
  java: { mavenVersion: 'maven', gradleVersion: 'gradle' },
  node: { pnpmVersion: 'pnpm' },
  terraform: { tflint: 'tflint', terragrunt: 'terragrunt' },
  go: { golangciLintVersion: 'golangci-lint' },
};

/** Features whose `version` is that of a tool with another name; undefined where it is no tool's. */
const featureTools: Readonly<Record<string, string | undefined>> = {
  'docker-in-docker': 'docker',
  'docker-outside-of-docker': 'docker',
  'docker-from-docker': 'docker',
  'kubectl-helm-minikube': undefined,
  'common-utils': undefined,
  'github-cli': 'gh',
  'aws-cli': 'aws',
  'azure-cli': 'azure-cli',
  'git-lfs': 'git-lfs',
};

/** `devcontainer.json` (JSON with comments): image, build arguments, features and legacy ones. */
export const readDevcontainer: PinReader = (context) => {
  const root = context.document(parseJson(context.source.text, true));
  const image = entriesOf(root).find(({ key }) => key === 'image');
  const name = textOf(image?.value);
  if (image !== undefined && name !== undefined) {
    const { offset, end } = image.value;
    const place = { source: 'dev-container', declaredBy: 'image', offset, end, from: image.keyOffset } as const;
    addImage(context, expand(name), place);
  }
  readDevcontainerBuild(context, root);
  for (const feature of entriesOf(valueAt(root, 'features'))) {
    readFeature(context, feature);
  }
  for (const key of COMMANDS) {
    const command = valueAt(root, key);
    // An object has several commands, which run beside each other.
    for (const one of command?.kind === 'map' ? command.entries.map(({ value }) => value) : [command]) {
      readCommand(context, key, one);
    }
  }
  for (const item of itemsOf(valueAt(root, 'dockerComposeFile'))) {
    const path = textOf(item);
    if (path !== undefined && !path.includes('$')) {
      context.also(`${folderOf(context.source.path)}${path}`, item.offset);
    }
  }
};

/** What runs inside the container, and when. Source: containers.dev, "Lifecycle scripts"; what runs on the host is left out. */
const COMMANDS = [
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];

/** A line for a shell, or a list of words. */
function readCommand(context: PinContext, label: string, command: DocNode | undefined): void {
  const script = { source: 'dev-container', label } as const;
  if (command?.kind !== 'list') {
    readScript(context, command, script);
    return;
  }
  const [program, option, line] = command.items;
  if (/(?:^|\/)(?:ba|z)?sh$/.test(textOf(program) ?? '') && /^-\w*c$/.test(textOf(option) ?? '')) {
    readScript(context, line, script);
  } else {
    const words = context.source.text.slice(command.offset, command.end).replace(/[[\],]/g, ' ');
    readCommands(context, words, command.offset, script);
  }
}

/** `${localEnv:NAME:default}` and `${containerEnv:…}` are the machine's: their defaults count. */
function expand(text: string) {
  return expandVariables(
    text.replace(/\$\{(?:localEnv|containerEnv|env):(\w+)(?::([^{}]*))?\}/g, (_, variable, word) =>
      word === undefined ? `\${${variable}}` : `\${${variable}:-${word}}`,
    ),
    () => undefined,
  );
}

function readDevcontainerBuild(context: PinContext, root: DocNode | undefined): void {
  const build = valueAt(root, 'build');
  const named = textAt(build, 'dockerfile') ?? textAt(root, 'dockerFile');
  if (named === undefined || named.includes('$')) {
    return;
  }
  const at = (valueAt(build, 'dockerfile') ?? valueAt(root, 'dockerFile'))!.offset;
  const path = `${folderOf(context.source.path)}${named}`;
  context.also(path, at);
  const passed = buildArguments(valueAt(build, 'args'), expand);
  const dockerfile = Object.keys(passed).length === 0 ? undefined : context.open(path, at);
  if (dockerfile !== undefined) {
    readBuild(context, dockerfile, passed, { source: 'dev-container', declaredBy: 'build.args' });
  }
}

/** `"ghcr.io/devcontainers/features/node:1": { "version": "20" }`, or the version alone. */
function readFeature(context: PinContext, feature: DocEntry): void {
  const name = feature.key
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/^.*\//, '')
    .toLowerCase();
  const tool = Object.hasOwn(featureTools, name) ? featureTools[name] : name;
  const pin = (entry: DocEntry, pinned: string, option: string) =>
    pinEntry(context, entry, {
      tool: toolId(pinned),
      rule: ruleFor(toolId(pinned)),
      source: 'dev-container',
      declaredBy: `features.${name}${option}`,
    });
  if (feature.value.kind === 'scalar') {
    if (tool !== undefined && typeof feature.value.value === 'string') {
      pin(feature, tool, '');
    }
    return;
  }
  for (const option of entriesOf(feature.value)) {
    const other = own(own(otherOptions, name) ?? {}, option.key) ?? (option.key === 'version' ? tool : undefined);
    const value = textOf(option.value);
    // `os-provided` and `none` leave the tool to the image, or out.
    if (other !== undefined && value !== undefined && !/^(?:none|os-provided|system|automatic|)$/.test(value)) {
      pin(option, other, `.${option.key}`);
    }
  }
}
