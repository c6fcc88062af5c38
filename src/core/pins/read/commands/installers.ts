import type { PackageSource } from '../../../catalog';
import { own } from '../../../own';
import { conda, pep440, type Rule } from '../../range/rules';
import { ruleFor, spec } from '../../range/tool-rules';
import { toolOfPackage, versionedPackage } from './packages';
import type { Word } from './words';

/** What a command installs. */
export interface Install {
  readonly tool: string;
  readonly constraint: string;
  readonly rule: Rule;
  readonly word: Word;
}

type Installer = (operands: readonly Word[], options: readonly Word[]) => readonly Install[];

interface Program {
  /** The words behind the program that install something, joined by blanks. */
  readonly verbs: RegExp;
  /** One of the options must be among them: packages for all, not those of the project. */
  readonly option?: RegExp;
  /** Options whose next word is theirs. */
  readonly takes?: RegExp;
  readonly read: Installer;
}

const VERSION = /^[\^~<>=v!]{0,2}\d[\w.*+~:%-]*$/;

function install(tool: string | undefined, constraint: string, word: Word, rule?: Rule): readonly Install[] {
  return tool !== undefined && (VERSION.test(constraint) || /^lts\/[a-z]+$/.test(constraint))
    ? [{ tool, constraint, rule: rule ?? ruleFor(tool), word }]
    : [];
}

/** `name@version`. */
const atSign =
  (source: PackageSource | undefined, rule?: Rule): Installer =>
  (operands) =>
    operands.flatMap((word) => {
      const [, name = '', version = ''] = /^(@?[^@]+)@(.+)$/.exec(word.text) ?? [];
      return name === '' ? [] : install(toolOfPackage(source, name), version.replace(/\+sha\d+\..*$/, ''), word, rule);
    });

/** The first operand is the version of the one tool that the program knows. */
const only =
  (tool: string): Installer =>
  (operands) =>
    operands.slice(0, 1).flatMap((word) => install(tool, word.text, word));

/** `plugin version`. */
const pair: Installer = ([name, version]) =>
  name === undefined || version === undefined ? [] : install(toolOfPackage('asdf', name.text), version.text, version);

/** `name==1.2`, `name[extra]>=1`. */
const python =
  (source: PackageSource): Installer =>
  (operands) =>
    operands.flatMap((word) => {
      const [, name = '', constraint = ''] =
        /^([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?((?:[=~!<>]=|[<>]).+)$/.exec(word.text) ?? [];
      const tool = name === '' ? undefined : toolOfPackage(source, name);
      return tool === undefined ? [] : [{ tool, constraint, rule: pep440, word }];
    });

/** Packages of a distribution: `name=1.2.*`, `name~=1.2`, or with the version in their names. */
const distribution =
  (source: PackageSource): Installer =>
  (operands) =>
    operands.flatMap((word) => {
      const [, name = '', given] = /^([A-Za-z][\w.+-]*?)(?:(?:=|~=?|>=?|<=?)(.+))?$/.exec(word.text) ?? [];
      const named = versionedPackage(name);
      // `1:18.19.0+dfsg-6~deb12u2`: what stands before and behind is the distribution's.
      const version = given?.replace(/^\d+:/, '').replace(/[-+~].*$/, '');
      const bare = version ?? named?.version;
      return bare === undefined ? [] : install(named?.tool ?? toolOfPackage(source, name), bare, word, spec);
    });

/** `dnf module enable nodejs:18`. */
const modules: Installer = (operands) =>
  operands.flatMap((word) => {
    const [, name = '', version = ''] = /^([\w.+-]+):([\d.]+)(?:\/\w+)?$/.exec(word.text) ?? [];
    return name === '' ? [] : install(toolOfPackage('dnf', name), version, word, spec);
  });

const condaPackages: Installer = (operands) =>
  operands.flatMap((word) => {
    const [, name = '', constraint = ''] =
      /^(?:[\w.-]+::)?(python|nodejs|openjdk|go|rust|ruby|julia|r-base)(=.+|[<>].+)$/.exec(word.text) ?? [];
    const tool = name === '' ? undefined : toolOfPackage(undefined, name);
    return tool === undefined ? [] : [{ tool, constraint, rule: conda, word }];
  });

/** The version is an option's: `gem install bundler -v 2.5`, `cargo install just --version 1.2`. */
const byOption =
  (source: PackageSource, pattern: RegExp, inline: Installer): Installer =>
  (operands, options) => {
    const at = options.findIndex(({ text }) => pattern.test(text));
    const word = options[at];
    const value = word?.text.includes('=') === true ? word.text.replace(/^[^=]*=/, '') : options[at + 1]?.text;
    const [name] = operands;
    return word === undefined || value === undefined || name === undefined
      ? inline(operands, options)
      : install(toolOfPackage(source, name.text), value, options[at + 1] ?? word, spec);
  };

/** `name:1.2` of RubyGems. */
const colon: Installer = (operands) =>
  operands.flatMap((word) => {
    const [, name = '', version = ''] = /^([\w-]+):(\d.*)$/.exec(word.text) ?? [];
    return name === '' ? [] : install(toolOfPackage('gem', name), version, word, spec);
  });

/** `go install example.org/cmd/tool@v1.2.3`, `golang.org/dl/go1.22.3@latest`. */
const goModules: Installer = (operands) =>
  operands.flatMap((word) => {
    const toolchain = /\/dl\/go(\d[\d.]+)@/.exec(word.text)?.[1];
    const [, path = '', version = ''] = /^([^@]+)@(v\d.*)$/.exec(word.text) ?? [];
    const name = path.replace(/\/v\d+$/, '').replace(/^.*\//, '');
    return toolchain === undefined
      ? install(name === '' ? undefined : toolOfPackage(undefined, name), version, word, spec)
      : install('go', toolchain, word);
  });

/** `--version 8.0.100`, `--channel 8.0`. */
const dotnet: Installer = (_, options) => {
  const at = options.findIndex(({ text }) => /^(?:-[cv]|--(?:channel|version))$/.test(text));
  const value = at < 0 ? undefined : options[at + 1];
  return value === undefined ? [] : install('dotnet', value.text, value, spec);
};

const GLOBAL = /^(?:-\w*g\w*|--global|--location=global)$/;
const VALUED = /^(?:-[tcor]|--(?:repository|root|target|channel|name|file|prefix|registry|index-url|features))$/;

const PROGRAMS: Readonly<Record<string, Program>> = {
  npm: { verbs: /^(?:i|in|install|add)$/, option: GLOBAL, read: atSign('npm', spec) },
  pnpm: { verbs: /^(?:i|install|add|env use)$/, option: GLOBAL, read: atSign('npm', spec) },
  bun: { verbs: /^(?:i|install|add)$/, option: GLOBAL, read: atSign('npm', spec) },
  yarn: { verbs: /^global add$/, read: atSign('npm', spec) },
  corepack: { verbs: /^(?:prepare|use|install|enable)$/, read: atSign('npm', spec) },
  volta: { verbs: /^(?:install|pin)$/, read: atSign('npm') },
  mise: { verbs: /^(?:use|u|install|i|exec|x)$/, read: atSign('mise') },
  asdf: { verbs: /^(?:install|global|local|set)$/, read: pair },
  nvm: { verbs: /^(?:install|use|alias default)$/, read: only('node') },
  fnm: { verbs: /^(?:install|use|default)$/, read: only('node') },
  n: { verbs: /^(?:install|i)?$/, read: only('node') },
  pyenv: { verbs: /^(?:install|global|local)$/, read: only('python') },
  rbenv: { verbs: /^(?:install|global|local)$/, read: only('ruby') },
  rvm: { verbs: /^(?:install|use)$/, read: only('ruby') },
  goenv: { verbs: /^(?:install|global|local)$/, read: only('go') },
  gvm: { verbs: /^(?:install|use)$/, read: only('go') },
  ghcup: { verbs: /^(?:install|set)$/, takes: /^--isolate$/, read: pair },
  tfenv: { verbs: /^(?:install|use)$/, read: only('terraform') },
  rustup: {
    verbs: /^(?:default|install|update|toolchain install|override set)$/,
    takes: /^--(?:profile|component|target)$/,
    read: only('rust'),
  },
  sdk: { verbs: /^(?:install|use|default)$/, read: pair },
  'dotnet-install.sh': { verbs: /^$/, takes: /^(?:-[cv]|--(?:channel|version|install-dir|quality))$/, read: dotnet },
  // Semaphore's and AppVeyor's own: `sem-version node 20`, `Install-Product node 20`.
  'sem-version': { verbs: /^$/, read: pair },
  'Install-Product': { verbs: /^$/, read: pair },
  uv: { verbs: /^python (?:install|pin)$/, read: only('python') },
  pip: { verbs: /^install$/, read: python('pip') },
  pip3: { verbs: /^install$/, read: python('pip') },
  pipx: { verbs: /^install$/, read: python('pip') },
  conda: { verbs: /^(?:install|create)$/, read: condaPackages },
  mamba: { verbs: /^(?:install|create)$/, read: condaPackages },
  micromamba: { verbs: /^(?:install|create)$/, read: condaPackages },
  gem: { verbs: /^install$/, takes: /^(?:-v|--version)$/, read: byOption('gem', /^(?:-v|--version)/, colon) },
  cargo: {
    verbs: /^(?:b?install)$/,
    takes: /^(?:--version|--vers)$/,
    read: byOption('cargo', /^--vers/, atSign('cargo', spec)),
  },
  go: { verbs: /^install$/, read: goModules },
  brew: { verbs: /^install$/, read: atSign('brew') },
  choco: { verbs: /^install$/, takes: /^--version$/, read: byOption('choco', /^--version/, () => []) },
  apt: { verbs: /^install$/, read: distribution('apt') },
  'apt-get': { verbs: /^install$/, read: distribution('apt') },
  apk: { verbs: /^add$/, read: distribution('apk') },
  dnf: {
    verbs: /^(?:install|module (?:install|enable))$/,
    read: (words, options) => [...distribution('dnf')(words, options), ...modules(words, options)],
  },
  yum: { verbs: /^install$/, read: distribution('dnf') },
  microdnf: {
    verbs: /^(?:install|module enable)$/,
    read: (words, options) => [...distribution('dnf')(words, options), ...modules(words, options)],
  },
};

/** Programs that fetch what they run: `npx prettier@3.5.0`, `uvx ruff@0.4.1`. The first word that is no option is it. */
const RUNNERS: readonly (readonly [program: RegExp, read: Installer])[] = [
  [/^(?:npx|pnpx|bunx|(?:pnpm|yarn) dlx|bun x|npm (?:exec|x))(?: |$)/, atSign('npm', spec)],
  [
    /^(?:uvx|uv tool (?:run|install)|pipx run)(?: |$)/,
    (words, options) => [...atSign('pip')(words, options), ...python('pip')(words, options)],
  ],
  [/^go run(?: |$)/, goModules],
];

/** What a runner is told to run; undefined where the command is none. */
function ranBy(words: readonly Word[]): readonly Install[] | undefined {
  const texts = words.map(({ text }) => text);
  const line = texts
    .slice(0, 3)
    .join(' ')
    .replace(/^\S*\//, '');
  const [pattern, read] = RUNNERS.find(([program]) => program.test(line)) ?? [];
  const taken = pattern?.exec(line)?.[0].trim().split(' ').length;
  const word = taken === undefined ? undefined : words.slice(taken).find(({ text }) => !text.startsWith('-'));
  return read === undefined ? undefined : word === undefined ? [] : read([word], []);
}

const MODULE = /^python(?:\d(?:\.\d+)?)?$/;

/** Runs the script that is named behind it. */
export const SHELL = /^(?:ba|da|z|k)?sh$/;

/** What a simple command installs in a version that it names; only tools that the catalog knows. */
export function installsOf(words: readonly Word[]): readonly Install[] {
  const [first, second, third] = words.map(({ text }) => text);
  if (first !== undefined && MODULE.test(first) && second === '-m' && third !== undefined && !MODULE.test(third)) {
    return installsOf(words.slice(2));
  }
  const ran = ranBy(words);
  if (ran !== undefined) {
    return ran;
  }
  const name = first?.replace(/^.*\//, '') ?? '';
  if (SHELL.test(name) && second !== undefined && !second.startsWith('-') && !SHELL.test(second)) {
    return installsOf(words.slice(1));
  }
  const program = own(PROGRAMS, name);
  if (program === undefined) {
    return defaultToolchain(words);
  }
  const operands: Word[] = [];
  const options: Word[] = [];
  let isOfOption = false;
  for (const word of words.slice(1)) {
    if (isOfOption || /^[-+]/.test(word.text)) {
      options.push(word);
      isOfOption = !isOfOption && (VALUED.test(word.text) || program.takes?.test(word.text) === true);
    } else {
      operands.push(word);
    }
  }
  const texts = operands.map(({ text }) => text);
  const length = [2, 1, 0].find(
    (count) => count <= texts.length && program.verbs.test(texts.slice(0, count).join(' ')),
  );
  const isMeant = program.option === undefined || options.some(({ text }) => program.option!.test(text));
  return length === undefined || !isMeant ? [] : program.read(operands.slice(length), options);
}

/** `curl … | sh -s -- --default-toolchain 1.75`. */
function defaultToolchain(words: readonly Word[]): readonly Install[] {
  const at = words.findIndex(({ text }) => /^--default-toolchain(?:=|$)/.test(text));
  const word = words[at];
  const value = word?.text.includes('=') === true ? word : words[at + 1];
  return word === undefined || value === undefined ? [] : install('rust', value.text.replace(/^.*=/, ''), value);
}
