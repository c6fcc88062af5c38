import { spec } from '../../range/tool-rules';
import { type Install, SHELL } from './installers';
import type { GivenVariable } from './read-commands';
import type { Word } from './words';

/** A maker's script that installs what it is told: `curl … | sh -s v1.44.0`, `curl … | POETRY_VERSION=1.8.2 python3 -`. */
interface InstallScript {
  readonly address: RegExp;
  readonly tool: string;
  /** An argument of the script; the group is the version. */
  readonly argument?: RegExp;
  /** The option whose value is the version. */
  readonly option?: RegExp;
  /** The variable that it takes the version from. */
  readonly variable?: string;
}

/** Sources: the scripts themselves, and what their makers write of installing. */
const SCRIPTS: readonly InstallScript[] = [
  { address: /bun\.sh\/install/, tool: 'bun', argument: /^bun-v(\d\S*)$/ },
  { address: /deno\.land\/(?:x\/)?install(?:\/install)?\.sh/, tool: 'deno', argument: /^v?(\d+\.\S*)$/ },
  { address: /install\.python-poetry\.org/, tool: 'poetry', option: /^--version$/, variable: 'POETRY_VERSION' },
  { address: /get\.pnpm\.io\/install\.sh/, tool: 'pnpm', variable: 'PNPM_VERSION' },
  { address: /get\.docker\.com/, tool: 'docker', option: /^--version$/, variable: 'VERSION' },
  { address: /get\.volta\.sh/, tool: 'volta', option: /^--version$/ },
  {
    address: /helm\/\S{0,200}\/get-helm-3|get-helm-3$/,
    tool: 'helm',
    option: /^(?:-v|--version)$/,
    variable: 'DESIRED_VERSION',
  },
  {
    address: /golangci-lint\/\S{0,200}install\.sh|goreleaser\.com\/install/,
    tool: 'golangci-lint',
    argument: /^v(\d\S*)$/,
  },
  { address: /just\.systems\/install\.sh/, tool: 'just', option: /^--tag$/ },
  { address: /install_kustomize\.sh/, tool: 'kustomize', argument: /^v?(\d\S*)$/ },
  { address: /mise\.(?:run|jdx\.dev)/, tool: 'mise', variable: 'MISE_VERSION' },
  { address: /get\.k3s\.io/, tool: 'k3s', variable: 'INSTALL_K3S_VERSION' },
  { address: /dotnet-install\.sh/, tool: 'dotnet', option: /^(?:-v|--version|-c|--channel)$/ },
  { address: /astral\.sh\/uv\/install\.sh/, tool: 'uv', variable: 'UV_VERSION' },
];

const PYTHON = /^python[\d.]*$/;
const VERSION = /^v?(\d\S*)$/;

/**
 * What a maker's script installs that is fetched by one command and run by the next.
 *
 * @param fetched the command before
 * @param running the whole command, with the variables for it
 * @param given what it is run with, without what stands before the program
 */
export function scriptInstalls(
  fetched: readonly Word[],
  running: readonly Word[],
  given: readonly Word[],
  lookUp: (name: string) => GivenVariable | undefined,
): readonly Install[] {
  const program = given[0]?.text.replace(/^.*\//s, '') ?? '';
  if (!SHELL.test(program) && !PYTHON.test(program)) {
    return [];
  }
  const script = SCRIPTS.find(({ address }) => fetched.some(({ text }) => address.test(text)));
  if (script === undefined) {
    return [];
  }
  const { tool, argument, option, variable } = script;
  const install = (word: Word, version: string | undefined): readonly Install[] =>
    version === undefined ? [] : [{ tool, constraint: version, rule: spec, word }];
  for (const [at, word] of given.entries()) {
    const [, name = '', value] = /^(--?[a-z-]+)(?:=(.*))?$/.exec(word.text) ?? [];
    const of = value === undefined ? given[at + 1] : word;
    if (option?.test(name) === true && of !== undefined) {
      return install(of, VERSION.exec(value ?? of.text)?.[1]);
    }
    const found = argument?.exec(word.text)?.[1];
    if (found !== undefined) {
      return install(word, found);
    }
  }
  if (variable === undefined) {
    return [];
  }
  const set = running.find(({ text }) => text.startsWith(`${variable}=`));
  if (set !== undefined) {
    return install(set, VERSION.exec(set.text.slice(variable.length + 1))?.[1]);
  }
  const known = lookUp(variable);
  const word = known === undefined ? undefined : { text: known.value, offset: known.offset, end: known.end };
  return word === undefined ? [] : install(word, VERSION.exec(word.text)?.[1]);
}
