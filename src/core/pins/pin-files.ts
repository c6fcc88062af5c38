import { own } from '../own';
import type { PinReader } from './context';
import type { FileReach } from './project-files';
import { readAzure } from './read/ci/azure';
import { readCircleci } from './read/ci/circleci';
import { readGithubAction, readGithubWorkflow } from './read/ci/github';
import { readGitlab } from './read/ci/gitlab';
import { readAppveyor, readCirrus, readCloudBuild, readSemaphore } from './read/ci/hosted-ci';
import { readBitbucket, readJenkinsfile, readStepImages, readTravis } from './read/ci/other-ci';
import { readCondaEnvironment, readPixi } from './read/files/conda';
import { readRequirements } from './read/files/dependencies';
import {
  readAqua,
  readBuildspec,
  readElm,
  readFvmConfig,
  readGleam,
  readJuliaProject,
  readPnpmWorkspace,
  readPreCommit,
  readPubspec,
  readReadTheDocs,
  readShard,
  readStackYaml,
} from './read/files/documents';
import { readEnvrc } from './read/files/envrc';
import { readGoMod } from './read/files/go-mod';
import { readGradle, readVersionCatalog } from './read/files/gradle';
import { readCodemagic, readEas, readNetlify, readNixpacks, readRender } from './read/files/hosting';
import {
  readGradleDaemon,
  readLeiningen,
  readPom,
  readSbt,
  readSbtProperties,
  readSystemProperties,
} from './read/files/jvm-builds';
import {
  readCargoToml,
  readComposerJson,
  readDevbox,
  readGemfile,
  readGemfileLock,
  readGlobalJson,
  readGradleWrapper,
  readMavenWrapper,
  readMixExs,
  readRustToolchain,
} from './read/files/language-manifests';
import { readBrewfile, readFvmrc, readPrototools, readSetuptools, readYarnrc } from './read/files/line-pins';
import { readMise } from './read/files/mise';
import {
  readBiome,
  readChart,
  readCmakePresets,
  readConanfile,
  readDbtProject,
  readDotnetProject,
  readFoundry,
  readPacker,
  readPodfileLock,
  readRubocop,
  readScalafmt,
  readTiltfile,
  readTypst,
  readVagrantfile,
  readXmake,
} from './read/files/other-statements';
import { readNpmrc, readPackageJson } from './read/files/package-json';
import { readPipfile, readPyproject, readUvToml } from './read/files/python-manifests';
import { readNoxfile, readTox, readToxToml } from './read/files/python-runners';
import { readAppEngine, readDdev, readFirebase, readServerless, readServerlessTemplate } from './read/files/runtimes';
import {
  readAutoconf,
  readBazeliskrc,
  readBazelModule,
  readCabalPackage,
  readCabalProject,
  readCmake,
  readDuneProject,
  readLeanToolchain,
  readMeson,
  readNimble,
  readOcamlformat,
  readOpam,
  readOpentofu,
  readRDescription,
  readRebar,
  readRenv,
  readSwiftPackage,
  readTerraform,
  readTerragrunt,
  readZigPackage,
} from './read/files/stated-versions';
import {
  readRuntimeTxt,
  readSdkmanrc,
  readToolVersions,
  readVersionFile,
  versionFiles,
} from './read/files/version-files';
import { readBakeHcl, readBakeJson } from './read/images/bake';
import { readCompose } from './read/images/compose';
import { readDevcontainer } from './read/images/devcontainer';
import { readDockerfile } from './read/images/dockerfile';

/** One kind of pin file. */
interface PinFileKind {
  /** Of the whole path, relative to the project. */
  readonly path: RegExp;
  readonly read: PinReader;
}

/** Files by their name alone. */
const byName: Readonly<Record<string, PinReader>> = {
  ...Object.fromEntries(Object.entries(versionFiles).map(([name, file]) => [name, readVersionFile(file)])),
  '.tool-versions': readToolVersions,
  '.sdkmanrc': readSdkmanrc,
  'runtime.txt': readRuntimeTxt,
  'mise.toml': readMise,
  '.mise.toml': readMise,
  'package.json': readPackageJson,
  '.npmrc': readNpmrc,
  '.yarnrc.yml': readYarnrc,
  '.fvmrc': readFvmrc,
  '.prototools': readPrototools,
  'setup.cfg': readSetuptools,
  'setup.py': readSetuptools,
  Brewfile: readBrewfile,
  'pyproject.toml': readPyproject,
  Pipfile: readPipfile,
  'tox.ini': readTox,
  'tox.toml': readToxToml,
  'noxfile.py': readNoxfile,
  'uv.toml': readUvToml,
  'go.mod': readGoMod,
  'go.work': readGoMod,
  'rust-toolchain': readRustToolchain,
  'rust-toolchain.toml': readRustToolchain,
  'Cargo.toml': readCargoToml,
  Gemfile: readGemfile,
  'Gemfile.lock': readGemfileLock,
  'global.json': readGlobalJson,
  'composer.json': readComposerJson,
  'mix.exs': readMixExs,
  'gradle-wrapper.properties': readGradleWrapper,
  'maven-wrapper.properties': readMavenWrapper,
  'gradle-daemon-jvm.properties': readGradleDaemon,
  'pom.xml': readPom,
  'build.gradle': readGradle,
  'build.gradle.kts': readGradle,
  'settings.gradle': readGradle,
  'settings.gradle.kts': readGradle,
  'libs.versions.toml': readVersionCatalog,
  'build.sbt': readSbt,
  'system.properties': readSystemProperties,
  'project.clj': readLeiningen,
  'CMakeLists.txt': readCmake,
  'meson.build': readMeson,
  'MODULE.bazel': readBazelModule,
  '.bazeliskrc': readBazeliskrc,
  'configure.ac': readAutoconf,
  'build.zig.zon': readZigPackage,
  'Package.swift': readSwiftPackage,
  'terragrunt.hcl': readTerragrunt,
  'rebar.config': readRebar,
  'lean-toolchain': readLeanToolchain,
  'dune-project': readDuneProject,
  '.ocamlformat': readOcamlformat,
  'cabal.project': readCabalProject,
  'stack.yaml': readStackYaml,
  'pubspec.yaml': readPubspec,
  'shard.yml': readShard,
  'gleam.toml': readGleam,
  'Project.toml': readJuliaProject,
  'elm.json': readElm,
  DESCRIPTION: readRDescription,
  'renv.lock': readRenv,
  'pnpm-workspace.yaml': readPnpmWorkspace,
  'netlify.toml': readNetlify,
  'nixpacks.toml': readNixpacks,
  'render.yaml': readRender,
  'eas.json': readEas,
  'codemagic.yaml': readCodemagic,
  'docker-bake.hcl': readBakeHcl,
  'docker-bake.override.hcl': readBakeHcl,
  'docker-bake.json': readBakeJson,
  'docker-bake.override.json': readBakeJson,
  'buildspec.yml': readBuildspec,
  'buildspec.yaml': readBuildspec,
  '.readthedocs.yml': readReadTheDocs,
  '.readthedocs.yaml': readReadTheDocs,
  '.pre-commit-config.yaml': readPreCommit,
  'aqua.yaml': readAqua,
  'aqua.yml': readAqua,
  '.scalafmt.conf': readScalafmt,
  '.rubocop.yml': readRubocop,
  'biome.json': readBiome,
  'biome.jsonc': readBiome,
  'conanfile.py': readConanfile,
  'xmake.lua': readXmake,
  Vagrantfile: readVagrantfile,
  Tiltfile: readTiltfile,
  'Podfile.lock': readPodfileLock,
  'Directory.Build.props': readDotnetProject,
  'foundry.toml': readFoundry,
  'typst.toml': readTypst,
  'Chart.yaml': readChart,
  'dbt_project.yml': readDbtProject,
  'CMakePresets.json': readCmakePresets,
  'app.yaml': readAppEngine,
  'serverless.yml': readServerless,
  'serverless.yaml': readServerless,
  'template.yaml': readServerlessTemplate,
  'template.yml': readServerlessTemplate,
  'firebase.json': readFirebase,
  '.envrc': readEnvrc,
  'devbox.json': readDevbox,
  'pixi.toml': readPixi,
  'environment.yml': readCondaEnvironment,
  'environment.yaml': readCondaEnvironment,
  // The same instructions, between names of targets.
  Earthfile: readDockerfile,
  'devcontainer.json': readDevcontainer,
  '.devcontainer.json': readDevcontainer,
  '.gitlab-ci.yml': readGitlab,
  '.travis.yml': readTravis,
  '.drone.yml': readStepImages,
  '.woodpecker.yml': readStepImages,
  '.woodpecker.yaml': readStepImages,
  '.cirrus.yml': readCirrus,
  '.cirrus.yaml': readCirrus,
  'cloudbuild.yaml': readCloudBuild,
  'cloudbuild.yml': readCloudBuild,
  'appveyor.yml': readAppveyor,
  '.appveyor.yml': readAppveyor,
  Jenkinsfile: readJenkinsfile,
  'bitbucket-pipelines.yml': readBitbucket,
  'azure-pipelines.yml': readAzure,
  'azure-pipelines.yaml': readAzure,
};

/** Files by their place or a pattern. */
const byPath: readonly PinFileKind[] = [
  // Forgejo and Gitea run the same files.
  { path: /^\.(?:github|forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/, read: readGithubWorkflow },
  { path: /^(?:\.(?:github|forgejo|gitea)\/actions\/(?:[^/]+\/)*)?action\.ya?ml$/, read: readGithubAction },
  { path: /^\.semaphore\/[^/]+\.ya?ml$/, read: readSemaphore },
  { path: /^(?:\.woodpecker\/[^/]+|\.buildkite\/pipeline[\w.-]*)\.ya?ml$/, read: readStepImages },
  { path: /^\.circleci\/[^/]+\.ya?ml$/, read: readCircleci },
  { path: /^\.azure-?pipelines\/[^/]+\.ya?ml$/, read: readAzure },
  { path: /^\.gitlab\/(?:[^/]+\/)*[^/]+\.ya?ml$/, read: readGitlab },
  { path: /^(?:\.config\/mise|\.config\/mise\/config|\.mise\/config|mise\/config)\.toml$/, read: readMise },
  { path: /(?:^|\/)project\/build\.properties$/, read: readSbtProperties },
  { path: /(?:^|\/)\.fvm\/fvm_config\.json$/, read: readFvmConfig },
  // A module may have hundreds of files: these are the ones that such a block is written into.
  { path: /(?:^|\/)(?:main|_?versions?|terraform|providers?|backend|required\w*)\.tf$/, read: readTerraform },
  { path: /(?:^|\/)(?:main|_?versions?|terraform|providers?|backend|required\w*)\.tofu$/, read: readOpentofu },
  { path: /\.nimble$/, read: readNimble },
  { path: /\.opam$/, read: readOpam },
  { path: /\.cabal$/, read: readCabalPackage },
  { path: /\.(?:cs|fs|vb)proj$/, read: readDotnetProject },
  { path: /\.pkr\.hcl$/, read: readPacker },
  { path: /(?:^|\/)\.ddev\/config\.yaml$/, read: readDdev },
  { path: /(?:^|\/)(?:(?:dev|test|lint)[-_])?requirements(?:[-_.][\w.-]+)?\.txt$/, read: readRequirements },
  { path: /(?:^|\/)requirements\/[\w.-]+\.(?:txt|in)$/, read: readRequirements },
  { path: /(?:^|\/)(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml$/, read: readCompose },
  {
    path: /(?:^|\/)(?:(?:Dockerfile|dockerfile|Containerfile)(?:[.-][^/]+)?|[^/]+\.(?:Dockerfile|dockerfile|Containerfile))$/,
    read: readDockerfile,
  },
];

/** What accompanies a Dockerfile but is none: `Dockerfile.dockerignore`. */
const NOT_READ = /\.(?:dockerignore|md|j2|tmpl|template|erb|sh|bak|orig)$/;

/** The folders in which pins of the whole project are looked for; `*` is every folder there. */
export const pinFolders: readonly string[] = [
  '',
  '.github/workflows',
  '.github/actions/*',
  '.forgejo/workflows',
  '.forgejo/actions/*',
  '.gitea/workflows',
  '.gitea/actions/*',
  '.semaphore',
  '.circleci',
  '.buildkite',
  '.woodpecker',
  '.azure-pipelines',
  '.azurepipelines',
  '.gitlab',
  '.gitlab/*',
  '.devcontainer',
  '.devcontainer/*',
  '.config',
  '.config/mise',
  '.mise',
  'mise',
  '.docker',
  'docker',
  'docker/*',
  'gradle',
  'gradle/wrapper',
  // Where React Native, Flutter and Capacitor keep it.
  'android/gradle',
  'android/gradle/wrapper',
  '.ddev',
  '.fvm',
  '.mvn/wrapper',
];

/** Pipelines are read where their service looks for them: at the top. */
const ONLY_AT_THE_TOP =
  /^(?:\.gitlab-ci|\.travis|\.drone|\.woodpecker|bitbucket-pipelines|azure-pipelines|action)\.ya?ml$/;

/** Files that are long by nature, and say at their start what counts here. */
const SAYS_IT_FIRST: ReadonlySet<string> = new Set(['renv.lock', 'configure.ac']);
/** Files that tools write, long as they may be, and which may say at their end what counts here. */
const WRITTEN_BY_TOOLS = /(?:^|\/)(?:Podfile\.lock|[^/]*requirements[^/]*\.txt)$/;

/** How much is read of a file. */
export function reachOf(path: string): FileReach {
  if (WRITTEN_BY_TOOLS.test(path)) {
    return 'tools';
  }
  return SAYS_IT_FIRST.has(path.slice(path.lastIndexOf('/') + 1)) ? 'start' : 'whole';
}

/** True for a name that stands for a pin file wherever it is: a folder of that name is a mistake. */
export function isPinFileName(name: string): boolean {
  return Object.hasOwn(byName, name);
}

/** How a file is read; undefined for one that holds no pins. */
export function readerFor(path: string): PinReader | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (NOT_READ.test(path) || (name !== path && !path.startsWith('.') && ONLY_AT_THE_TOP.test(name))) {
    return undefined;
  }
  return own(byName, name) ?? byPath.find((kind) => kind.path.test(path))?.read;
}
