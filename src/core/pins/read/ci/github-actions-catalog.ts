import { type Rule, semver } from '../../range/rules';
import { ruleFor, spec } from '../../range/tool-rules';

/** One tool that an action sets up. */
export interface ActionInput {
  readonly tool: string;
  /** The input with the version; several lines are several versions. */
  readonly input: string;
  /** The input that names a file with the version. */
  readonly file?: string;
  readonly rule: Rule;
}

function sets(tool: string, input: string, file?: string, rule: Rule = ruleFor(tool)): ActionInput {
  return { tool, input, rule, ...(file === undefined ? {} : { file }) };
}

/** Actions that set up tools, by name without version, in lower case. */
export const actions: Readonly<Record<string, readonly ActionInput[]>> = {
  'actions/setup-node': [sets('node', 'node-version', 'node-version-file')],
  'actions/setup-python': [sets('python', 'python-version', 'python-version-file')],
  'actions/setup-go': [sets('go', 'go-version', 'go-version-file')],
  'actions/setup-java': [sets('java', 'java-version', 'java-version-file')],
  'actions/setup-ruby': [sets('ruby', 'ruby-version')],
  'ruby/setup-ruby': [sets('ruby', 'ruby-version')],
  'actions/setup-dotnet': [sets('dotnet', 'dotnet-version', 'global-json-file')],
  'actions/setup-haskell': [sets('ghc', 'ghc-version'), sets('cabal', 'cabal-version')],
  'haskell-actions/setup': [sets('ghc', 'ghc-version'), sets('cabal', 'cabal-version'), sets('stack', 'stack-version')],
  'actions-rs/toolchain': [sets('rust', 'toolchain')],
  'actions-rust-lang/setup-rust-toolchain': [sets('rust', 'toolchain')],
  'dtolnay/rust-toolchain': [sets('rust', 'toolchain')],
  'moonrepo/setup-rust': [sets('rust', 'channel')],
  'hecrj/setup-rust-action': [sets('rust', 'rust-version')],
  'oven-sh/setup-bun': [sets('bun', 'bun-version', 'bun-version-file')],
  'denoland/setup-deno': [sets('deno', 'deno-version', 'deno-version-file')],
  'pnpm/action-setup': [sets('pnpm', 'version', undefined, semver)],
  'astral-sh/setup-uv': [sets('uv', 'version', 'version-file'), sets('python', 'python-version')],
  'astral-sh/ruff-action': [sets('ruff', 'version', 'version-file')],
  'snok/install-poetry': [sets('poetry', 'version')],
  'abatilo/actions-poetry': [sets('poetry', 'poetry-version')],
  'pdm-project/setup-pdm': [sets('pdm', 'version'), sets('python', 'python-version', 'python-version-file')],
  'conda-incubator/setup-miniconda': [sets('python', 'python-version')],
  'prefix-dev/setup-pixi': [sets('pixi', 'pixi-version')],
  'volta-cli/action': [sets('node', 'node-version'), sets('npm', 'npm-version'), sets('yarn', 'yarn-version')],
  'shivammathur/setup-php': [sets('php', 'php-version', 'php-version-file')],
  'erlef/setup-beam': [sets('erlang', 'otp-version'), sets('elixir', 'elixir-version'), sets('gleam', 'gleam-version')],
  'graalvm/setup-graalvm': [sets('java', 'java-version')],
  'gradle/actions/setup-gradle': [sets('gradle', 'gradle-version')],
  'gradle/gradle-build-action': [sets('gradle', 'gradle-version')],
  'stcarolas/setup-maven': [sets('maven', 'maven-version')],
  'swift-actions/setup-swift': [sets('swift', 'swift-version')],
  'dart-lang/setup-dart': [sets('dart', 'sdk')],
  'subosito/flutter-action': [sets('flutter', 'flutter-version')],
  'julia-actions/setup-julia': [sets('julia', 'version')],
  'r-lib/actions/setup-r': [sets('r', 'r-version')],
  'goto-bus-stop/setup-zig': [sets('zig', 'version')],
  'mlugg/setup-zig': [sets('zig', 'version')],
  'crystal-lang/install-crystal': [sets('crystal', 'crystal')],
  'leafo/gh-actions-lua': [sets('lua', 'luaVersion')],
  'ocaml/setup-ocaml': [sets('ocaml', 'ocaml-compiler')],
  'hashicorp/setup-terraform': [sets('terraform', 'terraform_version', undefined, semver)],
  'opentofu/setup-opentofu': [sets('opentofu', 'tofu_version', 'tofu_version_file', semver)],
  'hashicorp/setup-packer': [sets('packer', 'version')],
  'azure/setup-helm': [sets('helm', 'version')],
  'azure/setup-kubectl': [sets('kubectl', 'version')],
  'bufbuild/buf-setup-action': [sets('buf', 'version')],
  'bufbuild/buf-action': [sets('buf', 'version')],
  'arduino/setup-protoc': [sets('protobuf', 'version')],
  'golangci/golangci-lint-action': [sets('golangci-lint', 'version')],
  'extractions/setup-just': [sets('just', 'just-version')],
  'arduino/setup-task': [sets('task', 'version')],
  'jdx/mise-action': [sets('mise', 'version')],
  'lukka/get-cmake': [sets('cmake', 'cmakeVersion')],
  'jwlawson/actions-setup-cmake': [sets('cmake', 'cmake-version')],
  'maxim-lobanov/setup-xcode': [sets('xcode', 'xcode-version')],
  'kylemayes/install-llvm-action': [sets('clang', 'version')],
  'seanmiddleditch/gha-setup-ninja': [sets('ninja', 'version')],
  'ilammy/setup-nasm': [sets('nasm', 'version')],
  'jiro4989/setup-nim-action': [sets('nim', 'nim-version')],
  'fwilhe2/setup-kotlin': [sets('kotlin', 'version')],
  'delaguardo/setup-clojure': [sets('clojure', 'cli'), sets('leiningen', 'lein')],
  'pulumi/actions': [sets('pulumi', 'pulumi-version')],
  'aws-actions/setup-sam': [sets('aws-sam', 'version')],
  'superfly/flyctl-actions/setup-flyctl': [sets('flyctl', 'version')],
  'sigstore/cosign-installer': [sets('cosign', 'cosign-release')],
  'jetify-com/devbox-install-action': [sets('devbox', 'devbox-version')],
  'jetpack-io/devbox-install-action': [sets('devbox', 'devbox-version')],
};

/** Inputs that reusable workflows commonly take, by name. */
export const commonInputs: readonly ActionInput[] = [
  'node',
  'python',
  'go',
  'java',
  'ruby',
  'dotnet',
  'rust',
  'php',
  'bun',
  'deno',
  'pnpm',
].map((tool) => ({
  tool,
  input: `${tool}-version`,
  file: `${tool}-version-file`,
  rule: tool === 'pnpm' ? spec : ruleFor(tool),
}));
