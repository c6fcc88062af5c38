import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { parseYaml } from '../../format/yaml';
import { prefix, type Rule } from '../../range/rules';
import { ruleFor } from '../../range/tool-rules';
import { pinValue } from '../pin-value';

/** As clouds name the runtimes of what they host: `nodejs20.x`, `python312`, `java21`, `dotnet8`, `ruby3.3`, `go122`. */
const RUNTIME = /^(nodejs|python|java|dotnet|ruby|go|php)(\d[\d.]*?)(?:\.x)?$/;

/** Google has no dots in names: `python312` is 3.12, `go122` 1.22, `php83` 8.3. Node and Java have one number. */
function withDots(tool: string, digits: string): string {
  return /^(?:python|go|php|ruby)$/.test(tool) && /^\d{2,3}$/.test(digits) ? `${digits[0]}.${digits.slice(1)}` : digits;
}

function pinRuntime(context: PinContext, value: DocNode | undefined, declaredBy: string, scope?: string): void {
  const [, name, digits = ''] = RUNTIME.exec(textOf(value) ?? '') ?? [];
  if (name !== undefined) {
    const tool = name === 'nodejs' ? 'node' : name;
    const rule: Rule = () => (tool === 'dotnet' ? prefix : ruleFor(tool))(withDots(tool, digits));
    pinValue(context, value, { tool, rule, source: 'container', declaredBy, scope });
  }
}

/** App Engine's `app.yaml`: `runtime: python312`. Source: cloud.google.com, "app.yaml reference". */
export const readAppEngine: PinReader = (context) => {
  // Others have files of this name, too.
  if (!/^runtime:/m.test(context.source.text)) {
    return;
  }
  pinRuntime(context, valueAt(context.document(parseYaml(context.source.text)), 'runtime'), 'runtime');
};

/** The Serverless Framework's `serverless.yml`. Source: serverless.com, "Serverless.yml Reference", `provider.runtime`. */
export const readServerless: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  pinRuntime(context, valueAt(root, 'provider', 'runtime'), 'provider.runtime');
  for (const { key, value } of entriesOf(valueAt(root, 'functions'))) {
    pinRuntime(context, entryOf(value, 'runtime')?.value, 'runtime', `function ${key}`);
  }
};

/**
 * A template of AWS SAM or CloudFormation: `Properties.Runtime` of functions, and what all have in `Globals`. Source: AWS
 * SAM Developer Guide, "AWS::Serverless::Function".
 */
export const readServerlessTemplate: PinReader = (context) => {
  if (!/\bAWS::(?:Serverless|Lambda)::/.test(context.source.text)) {
    return;
  }
  const root = context.document(parseYaml(context.source.text));
  pinRuntime(context, valueAt(root, 'Globals', 'Function', 'Runtime'), 'Globals.Function.Runtime');
  for (const { key, value } of entriesOf(valueAt(root, 'Resources'))) {
    if (/^AWS::(?:Serverless|Lambda)::Function$/.test(textOf(valueAt(value, 'Type')) ?? '')) {
      pinRuntime(context, valueAt(value, 'Properties', 'Runtime'), 'Runtime', `resource ${key}`);
    }
  }
};

/** `firebase.json`: `functions.runtime`, of one or of several codebases. Source: firebase.google.com, "Manage functions". */
export const readFirebase: PinReader = (context) => {
  const functions = valueAt(context.document(parseJson(context.source.text, true)), 'functions');
  for (const item of functions?.kind === 'list' ? functions.items : [functions]) {
    pinRuntime(context, valueAt(item, 'runtime'), 'functions.runtime');
  }
};

/** DDEV's `.ddev/config.yaml`: what its containers hold. Source: ddev.readthedocs.io, "Config Options". */
export const readDdev: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const pin = (tool: string, value: DocNode | undefined, declaredBy: string) =>
    pinValue(context, value, { tool, rule: ruleFor(tool), source: 'container', declaredBy });
  pin('php', valueAt(root, 'php_version'), 'php_version');
  pin('node', valueAt(root, 'nodejs_version'), 'nodejs_version');
  pin('composer', valueAt(root, 'composer_version'), 'composer_version');
  const database = textOf(valueAt(root, 'database', 'type'));
  if (database !== undefined && /^(?:mariadb|mysql|postgres)$/.test(database)) {
    pin(database, valueAt(root, 'database', 'version'), `database ${database}`);
  }
};
