import type { PinContext, PinReader } from '../../context';
import { hashes, withoutComments } from '../../format/comments';
import { type DocNode, itemsOf, textOf, valueAt } from '../../format/document';
import { linesOf } from '../../format/source-text';
import { parseToml } from '../../format/toml';
import { minimum, pep440, prefix } from '../../range/rules';
import { python } from '../../range/tool-rules';
import { pinAt } from '../pin-value';
import { readStated } from './stated';

/** What names Python in an environment of tox: `py39`, `py3.9`, `py{39,310}`; a number alone begins its name: `3.13`. */
const FACTORS = /(?<![\w.])py(?:\{([\d.,\s]{1,200})\}|[23]\.?\d{1,2}(?![\w.]))|(?<=^|[\s,"'])[23]\.\d{1,2}(?![\w.])/dg;
/** Alternatives of something else: `django{3.2,4.2}`. */
const OTHER_FACTORS = /(?<!(?<![\w.])py)\{(?![^{}]{0,200}py)[^{}]{0,200}\}/g;

/** The Pythons of a list of environments are alternatives: tox runs them all, and skips those that are not there. */
function pinEnvironments(context: PinContext, text: string, offset: number): void {
  const pin = (written: string, at: number) => {
    const [, major, minor] = /^(?:py)?(\d)\.?(\d{1,2})$/.exec(written) ?? [];
    if (major !== undefined) {
      context.pin({
        tool: 'python',
        constraint: `${major}.${minor}`,
        rule: prefix,
        source: 'ci',
        declaredBy: 'env_list',
        group: `${context.source.path} env_list`,
        offset: at,
        end: at + written.length,
      });
    }
  };
  const plain = text.replace(OTHER_FACTORS, (factors) => ' '.repeat(factors.length).replace(/^ | $/g, '_'));
  for (const match of plain.matchAll(FACTORS)) {
    if (match[1] === undefined) {
      pin(match[0], offset + match.index);
    } else {
      for (const part of match[1].matchAll(/[\d.]+/g)) {
        pin(part[0], offset + match.indices![1]![0] + part.index);
      }
    }
  }
}

/**
 * `tox.ini`: the lowest tox, the Pythons of its environments, and those that one of them insists on. Source: tox,
 * "Configuration", `min_version`, `requires`, `env_list`, `base_python`.
 */
export const readTox: PinReader = (context) => {
  let section = '';
  let key = '';
  for (const { text, offset } of linesOf(context.source.text)) {
    const plain = text.replace(/(?:^|\s)[#;].*$/, '');
    const heading = /^\[([^\]]{1,100})\]/.exec(plain);
    const [start = '', name] = /^([A-Za-z][\w-]{0,40})\s*=\s*/.exec(plain) ?? [];
    if (heading !== null) {
      section = heading[1]!;
      key = '';
      continue;
    }
    // What is indented goes on with the value above.
    key = name === undefined ? (/^\s+\S/.test(plain) ? key : '') : `${section} ${name.replaceAll('_', '')}`;
    const value = plain.slice(start.length);
    const at = offset + start.length;
    const word = /\S.*$/.exec(value.trimEnd());
    if (word !== null) {
      readToxValue(context, key, word[0], at + word.index);
    }
  }
};

function readToxValue(context: PinContext, key: string, value: string, offset: number): void {
  const place = { offset, end: offset + value.length };
  if (key === 'tox minversion') {
    context.pin({
      ...place,
      tool: 'tox',
      constraint: value,
      rule: minimum,
      source: 'manifest',
      declaredBy: 'min_version',
    });
  } else if (key === 'tox envlist') {
    pinEnvironments(context, value, offset);
  } else if (key === 'tox requires') {
    const [whole, constraint] = /^tox\s*([<>=!~][^;]*)/.exec(value) ?? [];
    if (whole !== undefined && constraint !== undefined) {
      const at = offset + whole.length - constraint.length;
      const end = offset + whole.length;
      context.pin({
        tool: 'tox',
        constraint,
        rule: pep440,
        source: 'manifest',
        declaredBy: 'requires',
        offset: at,
        end,
      });
    }
  } else if (/^testenv.* basepython$/.test(key) && /^python\d\.\d+$/.test(value)) {
    const scope = key.replace(/^testenv:?(.*) basepython$/, (_, name) => `environment ${name || 'all'}`);
    context.pin({
      ...place,
      tool: 'python',
      constraint: value,
      rule: python,
      source: 'environment',
      declaredBy: 'base_python',
      scope,
    });
  }
}

/** What tox has in TOML: `tox.toml`, `[tool.tox]` of `pyproject.toml`. Source: tox, "TOML only". */
export function pinToxTable(context: PinContext, table: DocNode | undefined): void {
  pinAt(context, table, 'min_version', { tool: 'tox', rule: minimum, source: 'manifest', declaredBy: 'min_version' });
  for (const item of itemsOf(valueAt(table, 'env_list'))) {
    const text = textOf(item);
    if (text !== undefined) {
      pinEnvironments(context, text, context.source.text.indexOf(text, item.offset));
    }
  }
}

/** `tox.toml`: the same without a table around it. */
export const readToxToml: PinReader = (context) =>
  pinToxTable(context, context.document(parseToml(context.source.text)));

/** `@nox.session(python=["3.11", "3.12"])`, read as text and never run. */
const SESSION = /@(?:nox\.)?session\s*\([^()]{0,500}?\bpython\s*=\s*(\[[^\][]{0,500}\]|["'][\d.]{1,10}["'])/dg;

const readNoxVersion = readStated(hashes, [
  {
    pattern: /\bneeds_version\s*=\s*["']([^"'\n]{1,60})["']/dg,
    tool: 'nox',
    rule: pep440,
    declaredBy: 'needs_version',
  },
]);

/** `noxfile.py`: the lowest Nox, and the Pythons of its sessions, which are alternatives. Source: Nox, "Configuration & API". */
export const readNoxfile: PinReader = (context) => {
  readNoxVersion(context);
  for (const match of withoutComments(context.source.text, hashes).matchAll(SESSION)) {
    for (const version of match[1]!.matchAll(/(?<=["'])3\.\d{1,2}(?=["'])/g)) {
      const offset = match.indices![1]![0] + version.index;
      context.pin({
        tool: 'python',
        constraint: version[0],
        rule: prefix,
        source: 'ci',
        declaredBy: 'nox.session',
        group: `${context.source.path} sessions`,
        offset,
        end: offset + version[0].length,
        from: match.index,
      });
    }
  }
};
