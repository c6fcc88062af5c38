import { exact, gem, type Rule, semver } from '../../range/rules';
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

/** Nix's version is in the address of its installer: `https://releases.nixos.org/nix/nix-2.22.1/install`. */
function nixInstaller(address: string) {
  const version = /\/nix-(\d+(?:\.\d+)+)(?:[-/]|$)/.exec(address)?.[1];
  return version === undefined ? ({ scheme: 'channel', channel: 'latest' } as const) : exact(version);
}

/** `temurin:17`, `17`. */
function coursierJvm(constraint: string) {
  return ruleFor('java')(constraint.replace(/^[a-z-]+:/, ''));
}

/** Ranges with RubyGems' `~>` beside npm's. */
function terraformLike(constraint: string) {
  return constraint.includes('~>') ? gem(constraint) : ruleFor('goreleaser')(constraint);
}

/** Actions that are released under the versions of their tools. */
export const namesakes: Readonly<Record<string, string>> = {
  'crate-ci/typos': 'typos',
  'rhysd/actionlint': 'actionlint',
};

/** Actions that set up tools, by name without version, in lower case. */
export const actions: Readonly<Record<string, readonly ActionInput[]>> = {
  'actions/setup-node': [sets('node', 'node-version', 'node-version-file')],
  'actions/setup-python': [sets('python', 'python-version', 'python-version-file')],
  'actions/setup-go': [sets('go', 'go-version', 'go-version-file')],
  'actions/setup-java': [sets('java', 'java-version', 'java-version-file')],
  'actions/setup-ruby': [sets('ruby', 'ruby-version')],
  'ruby/setup-ruby': [sets('ruby', 'ruby-version'), sets('bundler', 'bundler')],
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
  'haskell/actions/setup': [sets('ghc', 'ghc-version'), sets('cabal', 'cabal-version'), sets('stack', 'stack-version')],
  'nixbuild/nix-quick-install-action': [sets('nix', 'nix_version')],
  'cachix/install-nix-action': [sets('nix', 'install_url', undefined, nixInstaller)],
  'determinatesystems/nix-installer-action': [sets('nix', 'nix-package-url', undefined, nixInstaller)],
  'coursier/setup-action': [sets('java', 'jvm', undefined, coursierJvm)],
  'coursier/setup': [sets('java', 'jvm', undefined, coursierJvm)],
  'virtuslab/scala-cli-setup': [sets('java', 'jvm', undefined, coursierJvm)],
  'actions/setup-elixir': [sets('erlang', 'otp-version'), sets('elixir', 'elixir-version')],
  'biomejs/setup-biome': [sets('biome', 'version')],
  'goreleaser/goreleaser-action': [sets('goreleaser', 'version', undefined, terraformLike)],
  'docker/setup-buildx-action': [sets('docker-buildx', 'version')],
  'docker/setup-docker-action': [sets('docker', 'version')],
  'supabase/setup-cli': [sets('supabase', 'version')],
  'ankane/setup-postgres': [sets('postgres', 'postgres-version')],
  'ikalnytskyi/action-setup-postgres': [sets('postgres', 'postgres-version')],
  'ankane/setup-mysql': [sets('mysql', 'mysql-version')],
  'ankane/setup-mariadb': [sets('mariadb', 'mariadb-version')],
  'supercharge/redis-github-action': [sets('redis', 'redis-version')],
  'supercharge/mongodb-github-action': [sets('mongod', 'mongodb-version')],
  'helm/kind-action': [sets('kind', 'version'), sets('kubectl', 'kubectl_version')],
  'engineerd/setup-kind': [sets('kind', 'version')],
  'medyagh/setup-minikube': [sets('minikube', 'minikube-version'), sets('kubectl', 'kubernetes-version')],
  'purescript-contrib/setup-purescript': [sets('purescript', 'purescript'), sets('spago', 'spago')],
  'jorelali/setup-elm': [sets('elm', 'elm-version')],
  'korandoru/setup-zig': [sets('zig', 'zig-version')],
  'quarto-dev/quarto-actions/setup': [sets('quarto', 'version')],
  'typst-community/setup-typst': [sets('typst', 'typst-version')],
  'r-lib/actions/setup-pandoc': [sets('pandoc', 'pandoc-version')],
  'peaceiris/actions-hugo': [sets('hugo', 'hugo-version')],
  'peaceiris/actions-mdbook': [sets('mdbook', 'mdbook-version')],
  'taiki-e/install-zola': [sets('zola', 'version')],
  'bazel-contrib/setup-bazel': [sets('bazelisk', 'bazelisk-version')],
  'terraform-linters/setup-tflint': [sets('tflint', 'tflint_version', 'tflint_version_file')],
  'autero1/action-terragrunt': [sets('terragrunt', 'terragrunt-version', 'terragrunt-version-file')],
  'google-github-actions/setup-gcloud': [sets('gcloud', 'version')],
  'dagger/dagger-for-github': [sets('dagger', 'version')],
  'foundry-rs/foundry-toolchain': [sets('foundry', 'version')],
  'jetli/wasm-pack-action': [sets('wasm-pack', 'version')],
  'jetli/trunk-action': [sets('trunk', 'version')],
  'bytecodealliance/actions/wasmtime/setup': [sets('wasmtime', 'version')],
  'mymindstorm/setup-emsdk': [sets('emscripten', 'version')],
  'emscripten-core/setup-emsdk': [sets('emscripten', 'version')],
  'rui314/setup-mold': [sets('mold', 'mold-version')],
  'mozilla-actions/sccache-action': [sets('sccache', 'version')],
  'egor-tensin/setup-gcc': [sets('gcc', 'version')],
  'egor-tensin/setup-clang': [sets('clang', 'version')],
  'anchore/sbom-action/download-syft': [sets('syft', 'syft-version')],
  'aquasecurity/setup-trivy': [sets('trivy', 'version')],
  'ludeeus/action-shellcheck': [sets('shellcheck', 'version')],
  'psf/black': [sets('black', 'version')],
  'chartboost/ruff-action': [sets('ruff', 'version')],
  'moonrepo/setup-toolchain': [sets('moon', 'moon-version'), sets('proto', 'proto-version')],
  'ilammy/setup-protoc': [sets('protobuf', 'version')],
  'jetify-com/devbox-install-action': [sets('devbox', 'devbox-version')],
  'jetpack-io/devbox-install-action': [sets('devbox', 'devbox-version')],
};

/** Inputs that reusable workflows, and actions of others, commonly take, by name. */
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
