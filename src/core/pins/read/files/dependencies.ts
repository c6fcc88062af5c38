import { catalog, type PackageSource } from '../../../catalog';
import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { linesOf } from '../../format/source-text';
import { exact, gem, pep440, poetry, semver } from '../../range/rules';
import { pinEntry } from '../pin-value';

/*
 * Tools among the packages that a project has its own package manager fetch. Only those that the catalog knows by their
 * package's name count; libraries are nobody's tools.
 */

/** Names whose package is a collection, with versions of its own beside the tool's. */
const COLLECTIONS: ReadonlySet<string> = new Set(['ansible']);

function toolOf(source: PackageSource, name: string): string | undefined {
  return COLLECTIONS.has(name) ? undefined : catalog.findByPackage(source, name)?.id;
}

/**
 * A map of npm's packages: `"eslint": "^9.1.0"`. What is no range of versions (`workspace:*`, `catalog:`, an address) is
 * passed over.
 */
export function pinNodePackages(context: PinContext, packages: DocNode | undefined, declaredBy: string): void {
  for (const entry of entriesOf(packages)) {
    const tool = toolOf('npm', entry.key);
    if (tool !== undefined && /^[\d^~<>=v][^:/]*$/.test(textOf(entry.value) ?? '')) {
      pinEntry(context, entry, {
        tool,
        rule: semver,
        source: 'dependency',
        declaredBy: `${declaredBy}.${entry.key}`,
      });
    }
  }
}

/** A map of Python's packages, as Poetry and Pipenv have them: `ruff = "^0.4"`, `{ version = "^0.4" }`. */
export function pinPythonTable(context: PinContext, packages: DocNode | undefined, declaredBy: string): void {
  for (const entry of entriesOf(packages)) {
    const inner = entry.value.kind === 'map' ? entryOf(entry.value, 'version') : entry;
    const tool = toolOf('pip', normalName(entry.key));
    if (tool !== undefined && /\d/.test(textOf(inner?.value) ?? '')) {
      pinEntry(context, inner, { tool, rule: poetry, source: 'dependency', declaredBy: `${declaredBy}.${entry.key}` });
    }
  }
}

/** A list of Python's requirements (PEP 508): `ruff>=0.4,<0.5`, `mypy[reports]~=1.10 ; python_version > "3.8"`. */
export function pinPythonList(context: PinContext, requirements: DocNode | undefined, declaredBy: string): void {
  for (const item of itemsOf(requirements)) {
    if (item.kind === 'scalar' && typeof item.value === 'string') {
      pinRequirement(context, context.source.text.slice(item.offset, item.end), item.offset, declaredBy);
    }
  }
}

/** Name, extras and version specifiers, within quotes or not. */
const REQUIREMENT =
  /^["']*([A-Za-z0-9][\w.-]{0,100})\s*(?:\[[^\]]{0,200}\])?\s*\(?\s*((?:===|[=!~<>]=|[<>])\s*[^;,#()"'\\\s]+(?:\s*,\s*[=!~<>]{1,3}\s*[^;,#()"'\\\s]+)*)/d;

/** @param text the requirement as it is written, with or without its quotes */
function pinRequirement(context: PinContext, text: string, offset: number, declaredBy: string): void {
  const match = REQUIREMENT.exec(text.slice(0, 500));
  const tool = match === null ? undefined : toolOf('pip', normalName(match[1]!));
  if (match !== null && tool !== undefined) {
    const [start, end] = match.indices![2]!;
    context.pin({
      tool,
      constraint: match[2]!,
      rule: pep440,
      source: 'dependency',
      declaredBy,
      offset: offset + start,
      end: offset + end,
      from: offset,
    });
  }
}

/** As the index of Python's packages compares names (PEP 503). */
function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** pip's `requirements.txt`: one requirement a line; options and what other files hold are passed over. */
export const readRequirements: PinReader = (context) => {
  for (const line of linesOf(context.source.text)) {
    if (/^[A-Za-z0-9]/.test(line.text)) {
      pinRequirement(context, line.text.replace(/\s--.*$/, ''), line.offset, 'requirements');
    }
  }
};

/** `gem "rubocop", "~> 1.60"` of a `Gemfile`, read as text and never run. */
export function pinGems(context: PinContext): void {
  for (const line of linesOf(context.source.text)) {
    const match = /^\s*gem[\s(]+["']([\w-]+)["']\s*,\s*((?:(["'])[<>=~! ]*\d[^"']*\3(?:\s*,\s*(?=["']))?)+)/d.exec(
      line.text,
    );
    const tool = match === null ? undefined : toolOf('gem', match[1]!);
    if (match !== null && tool !== undefined) {
      const [start, end] = match.indices![2]!;
      context.pin({
        tool,
        constraint: [...match[2]!.matchAll(/["']([^"']+)["']/g)].map((found) => found[1]).join(', '),
        rule: gem,
        source: 'dependency',
        declaredBy: `gem ${match[1]}`,
        offset: line.offset + start,
        end: line.offset + end,
        from: line.offset,
      });
    }
  }
}

/** Repositories of hooks whose revisions are the versions of a tool, below their host, in small letters. */
const HOOKS: Readonly<Record<string, string>> = {
  'adrienverge/yamllint': 'yamllint',
  'ansible/ansible-lint': 'ansible-lint',
  'asottile/pyupgrade': 'pyupgrade',
  'astral-sh/ruff-pre-commit': 'ruff',
  'astral-sh/uv-pre-commit': 'uv',
  'aws-cloudformation/cfn-lint': 'cfn-lint',
  'bridgecrewio/checkov': 'checkov',
  'charliermarsh/ruff-pre-commit': 'ruff',
  'codespell-project/codespell': 'codespell',
  'commitizen-tools/commitizen': 'commitizen',
  'compwa/taplo-pre-commit': 'taplo',
  'crate-ci/typos': 'typos',
  'davidanson/markdownlint-cli2': 'markdownlint-cli2',
  'djlint/djlint': 'djlint',
  'errata-ai/vale': 'vale',
  'facebook/pyrefly-pre-commit': 'pyrefly',
  'gitleaks/gitleaks': 'gitleaks',
  'golangci/golangci-lint': 'golangci-lint',
  'google/yamlfmt': 'yamlfmt',
  'hadolint/hadolint': 'hadolint',
  'igorshubovych/markdownlint-cli': 'markdownlint',
  'jendrikseipp/vulture': 'vulture',
  'johnnymorganz/stylua': 'stylua',
  'koalaman/shellcheck-precommit': 'shellcheck',
  'pdm-project/pdm': 'pdm',
  'pre-commit/mirrors-clang-format': 'clang-format',
  'pre-commit/mirrors-eslint': 'eslint',
  'pre-commit/mirrors-mypy': 'mypy',
  'pre-commit/mirrors-prettier': 'prettier',
  'psf/black': 'black',
  'psf/black-pre-commit-mirror': 'black',
  'pycqa/bandit': 'bandit',
  'pycqa/flake8': 'flake8',
  'pycqa/isort': 'isort',
  'pycqa/pylint': 'pylint',
  'pylint-dev/pylint': 'pylint',
  'python-poetry/poetry': 'poetry',
  'realm/swiftlint': 'swiftlint',
  'rhysd/actionlint': 'actionlint',
  'robertcraigie/pyright-python': 'pyright',
  'rubocop/rubocop': 'rubocop',
  'rvben/rumdl-pre-commit': 'rumdl',
  'scop/pre-commit-shfmt': 'shfmt',
  'semgrep/pre-commit': 'semgrep',
  'sqlfluff/sqlfluff': 'sqlfluff',
  'terraform-docs/terraform-docs': 'terraform-docs',
  'trufflesecurity/trufflehog': 'trufflehog',
  'woodruffw/zizmor-pre-commit': 'zizmor',
  'zizmorcore/zizmor-pre-commit': 'zizmor',
};

/**
 * One repository of `.pre-commit-config.yaml`: its revision where that is a tool's version (also behind a frozen one:
 * `# frozen: v0.4.4`), and what hooks have installed beside them. Source: pre-commit.com, "repos", "autoupdate --freeze".
 */
export function pinHookRepository(context: PinContext, repository: DocNode): void {
  const address = textOf(valueAt(repository, 'repo')) ?? '';
  const path = address
    .toLowerCase()
    .replace(/^(?:https?:\/\/[^/]+\/|git@[^:]+:)/, '')
    .replace(/(?:\.git)?\/?$/, '');
  const rev = entryOf(repository, 'rev');
  const tool = Object.hasOwn(HOOKS, path) ? HOOKS[path] : undefined;
  const mark = rev === undefined ? undefined : textOf(rev.value);
  if (rev !== undefined && mark !== undefined && tool !== undefined) {
    const facts = { tool, rule: exact, source: 'dependency', declaredBy: `rev of ${path}` } as const;
    const behind = context.source.text.slice(rev.value.end, rev.value.end + 100);
    const frozen = /^[ \t]*#[ \t]*frozen:[ \t]*(v?\d[\w.+-]*)/d.exec(behind);
    if (frozen !== null) {
      const [start, end] = frozen.indices![1]!.map((at) => at + rev.value.end) as [number, number];
      context.pin({ ...facts, constraint: frozen[1]!, offset: start, end, from: rev.keyOffset });
    } else if (/^v?\d+\.\d/.test(mark)) {
      pinEntry(context, rev, facts);
    }
  }
  for (const hook of itemsOf(valueAt(repository, 'hooks'))) {
    for (const item of itemsOf(valueAt(hook, 'additional_dependencies'))) {
      const [, name = '', version] = /^(@?[^@\s]+)@(\d[\w.+-]*)$/.exec(textOf(item) ?? '') ?? [];
      const packaged = version === undefined ? undefined : toolOf('npm', name);
      if (version === undefined) {
        pinPythonList(context, item, 'additional_dependencies');
      } else if (packaged !== undefined) {
        const { offset, end } = item;
        context.pin({
          tool: packaged,
          constraint: version,
          rule: exact,
          source: 'dependency',
          declaredBy: 'additional_dependencies',
          offset,
          end,
        });
      }
    }
  }
}
