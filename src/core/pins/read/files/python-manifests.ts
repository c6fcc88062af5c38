import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, valueAt } from '../../format/document';
import { parseToml } from '../../format/toml';
import { pep440, poetry, prefix } from '../../range/rules';
import { pinAt, pinEntry } from '../pin-value';
import { readPixiTables } from './conda';
import { pinPythonList, pinPythonTable } from './dependencies';
import { pinToxTable } from './python-runners';

/** `pyproject.toml`: what the project, Poetry, uv, PDM, Hatch, tox, pixi and the linters ask for, and tools among its packages. */
export const readPyproject: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  pinAt(context, valueAt(root, 'project'), 'requires-python', {
    tool: 'python',
    rule: pep440,
    source: 'manifest',
    declaredBy: 'project.requires-python',
  });
  readPoetry(context, valueAt(root, 'tool', 'poetry'));
  for (const tool of ['uv', 'ruff', 'black']) {
    pinAt(context, valueAt(root, 'tool', tool), 'required-version', {
      tool,
      // uv and ruff read specifiers; all three take a bare version, black a bare major one.
      rule: (text) => (/^\d/.test(text) ? prefix(text) : pep440(text)),
      source: 'manifest',
      declaredBy: `tool.${tool}.required-version`,
    });
  }
  for (const environment of entriesOf(valueAt(root, 'tool', 'hatch', 'envs'))) {
    pinAt(context, environment.value, 'python', {
      tool: 'python',
      rule: prefix,
      source: 'environment',
      declaredBy: `tool.hatch.envs.${environment.key}.python`,
      scope: `environment ${environment.key}`,
    });
  }
  readPixiTables(context, valueAt(root, 'tool', 'pixi'), 'tool.pixi.');
  pinToxTable(context, valueAt(root, 'tool', 'tox'));
  readPackages(context, root);
};

/** Source: packaging.python.org, "pyproject.toml specification", "Dependency Groups"; Poetry, uv, PDM and Hatch, their manuals. */
function readPackages(context: PinContext, root: DocNode | undefined): void {
  pinPythonList(context, valueAt(root, 'project', 'dependencies'), 'project.dependencies');
  pinPythonList(context, valueAt(root, 'tool', 'uv', 'dev-dependencies'), 'tool.uv.dev-dependencies');
  for (const keys of [
    ['project', 'optional-dependencies'],
    ['dependency-groups'],
    ['tool', 'pdm', 'dev-dependencies'],
  ]) {
    for (const { key, value } of entriesOf(valueAt(root, ...keys))) {
      pinPythonList(context, value, `${keys.join('.')}.${key}`);
    }
  }
  for (const { key, value } of entriesOf(valueAt(root, 'tool', 'hatch', 'envs'))) {
    pinPythonList(context, valueAt(value, 'dependencies'), `tool.hatch.envs.${key}.dependencies`);
  }
  const poetry = valueAt(root, 'tool', 'poetry');
  for (const kind of ['dependencies', 'dev-dependencies']) {
    pinPythonTable(context, valueAt(poetry, kind), `tool.poetry.${kind}`);
  }
  for (const { key, value } of entriesOf(valueAt(poetry, 'group'))) {
    pinPythonTable(context, valueAt(value, 'dependencies'), `tool.poetry.group.${key}.dependencies`);
  }
}

function readPoetry(context: PinContext, root: DocNode | undefined): void {
  const python = entryOf(valueAt(root, 'dependencies'), 'python');
  const facts = {
    tool: 'python',
    rule: poetry,
    source: 'manifest',
    declaredBy: 'tool.poetry.dependencies.python',
  } as const;
  if (python?.value.kind === 'map') {
    pinAt(context, python.value, 'version', facts);
  } else {
    pinEntry(context, python, facts);
  }
  pinAt(context, root, 'requires-poetry', {
    tool: 'poetry',
    rule: poetry,
    source: 'manifest',
    declaredBy: 'tool.poetry.requires-poetry',
  });
}

/** Pipenv's `Pipfile`: `[requires] python_version` (two numbers) or `python_full_version`. */
export const readPipfile: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  for (const key of ['python_version', 'python_full_version']) {
    pinAt(context, valueAt(root, 'requires'), key, {
      tool: 'python',
      rule: (text) => (/^\d/.test(text) ? prefix(text) : pep440(text)),
      source: 'manifest',
      declaredBy: `requires.${key}`,
    });
  }
  for (const kind of ['packages', 'dev-packages']) {
    pinPythonTable(context, valueAt(root, kind), kind);
  }
};

/** `uv.toml`: the same keys as `[tool.uv]`. */
export const readUvToml: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  pinAt(context, root, 'required-version', {
    tool: 'uv',
    rule: (text) => (/^\d/.test(text) ? prefix(text) : pep440(text)),
    source: 'manifest',
    declaredBy: 'required-version',
  });
};
