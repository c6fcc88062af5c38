import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { parseToml } from '../../format/toml';
import { parseYaml } from '../../format/yaml';
import { ruleFor, spec } from '../../range/tool-rules';
import { addImage } from '../images/add-image';
import { withoutVariables } from '../images/variables';
import { pinEntry, pinValue } from '../pin-value';

/** Services that build and host what is pushed to them: with which tools. */

/** What the builders of sites take from variables: `NODE_VERSION`. */
const VERSION_VARIABLE =
  /^(?:NIXPACKS_|RAILPACK_)?(NODE|NPM|YARN|PNPM|BUN|PYTHON|POETRY|UV|RUBY|GO|RUST|PHP|JAVA|HUGO|ZIG|DENO|ELIXIR|ERLANG)_VERSION$/;

function pinVariable(context: PinContext, name: string, value: DocNode | undefined, from: number, scope?: string) {
  const tool = VERSION_VARIABLE.exec(name)?.[1]?.toLowerCase();
  if (tool !== undefined) {
    pinValue(context, value, { tool, rule: ruleFor(tool), source: 'ci', declaredBy: name, scope }, from);
  }
}

function pinVariables(context: PinContext, variables: DocNode | undefined, scope?: string): void {
  for (const { key, keyOffset, value } of entriesOf(variables)) {
    pinVariable(context, key, value, keyOffset, scope);
  }
}

/** Netlify's `netlify.toml`. Source: docs.netlify.com, "Manage build dependencies", "Available software at build time". */
export const readNetlify: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  pinVariables(context, valueAt(root, 'build', 'environment'));
  for (const { key, value } of entriesOf(valueAt(root, 'context'))) {
    pinVariables(context, valueAt(value, 'environment'), `context ${key}`);
  }
};

/** Nixpacks' `nixpacks.toml`: `[variables]`. Source: nixpacks.com, "File", and the pages of its providers. */
export const readNixpacks: PinReader = (context) => {
  pinVariables(context, valueAt(context.document(parseToml(context.source.text)), 'variables'));
};

/**
 * Render's `render.yaml`: `envVars` of services and groups, and images that are taken as they are. Source: render.com,
 * "Blueprint YAML reference", and "Setting your Node.js version" and its kin.
 */
export const readRender: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  for (const list of ['services', 'envVarGroups']) {
    for (const service of itemsOf(valueAt(root, list))) {
      const scope = `service ${textOf(valueAt(service, 'name')) ?? list}`;
      for (const variable of itemsOf(valueAt(service, 'envVars'))) {
        const value = valueAt(variable, 'value');
        pinVariable(context, textOf(valueAt(variable, 'key')) ?? '', value, variable.offset, scope);
      }
      const image = valueAt(service, 'image', 'url');
      const text = textOf(image);
      if (image !== undefined && text !== undefined) {
        const place = {
          source: 'container',
          declaredBy: 'image.url',
          scope,
          offset: image.offset,
          end: image.end,
        } as const;
        addImage(context, withoutVariables(text), place);
      }
    }
  }
};

/** What Expo's builders and Codemagic's machines are told to have. */
const MOBILE_TOOLS: ReadonlySet<string> = new Set([
  'node',
  'npm',
  'yarn',
  'pnpm',
  'bun',
  'flutter',
  'java',
  'ruby',
  'xcode',
  'cocoapods',
  'bundler',
  'python',
  'go',
]);

function pinMobileTools(context: PinContext, settings: DocNode | undefined, scope: string): void {
  for (const entry of entriesOf(settings)) {
    // Flutter may be a map with a version; what is no version (`stable`, `default`, `latest`) is a channel.
    const value = entry.value.kind === 'map' ? entryOf(entry.value, 'version') : entry;
    if (MOBILE_TOOLS.has(entry.key)) {
      const tool = entry.key;
      pinEntry(context, value, { tool, rule: ruleFor(tool), source: 'ci', declaredBy: tool, scope });
    }
  }
}

/** Expo's `eas.json`: `cli.version`, and each profile's tools. Source: docs.expo.dev, "Configuration with eas.json". */
export const readEas: PinReader = (context) => {
  const root = context.document(parseJson(context.source.text, true));
  pinValue(context, valueAt(root, 'cli', 'version'), {
    tool: 'eas-cli',
    rule: spec,
    source: 'ci',
    declaredBy: 'cli.version',
  });
  for (const { key, value } of entriesOf(valueAt(root, 'build'))) {
    for (const settings of [value, valueAt(value, 'ios'), valueAt(value, 'android')]) {
      pinMobileTools(context, settings, `profile ${key}`);
    }
  }
};

/** `codemagic.yaml`: each workflow's `environment`. Source: docs.codemagic.io, "Using codemagic.yaml", "environment". */
export const readCodemagic: PinReader = (context) => {
  for (const { key, value } of entriesOf(valueAt(context.document(parseYaml(context.source.text)), 'workflows'))) {
    pinMobileTools(context, valueAt(value, 'environment'), `workflow ${key}`);
  }
};
