import type { Policy, PortRule, Tolerance, ToolRule, VariableRule } from '../model/policy';
import { type Problem, ProblemError } from '../model/problem';
import type { OperatingSystem } from '../model/snapshot';
import { nearWords } from '../near-words';
import { type DocEntry, type DocNode, entriesOf } from '../pins/format/document';
import { type SourceText, sourceText } from '../pins/format/source-text';
import { parseToml } from '../pins/format/toml';
import { isVersionRange } from '../version/range-expression';
import { conditionHint, conditionOf } from './conditions';
import { NIX, TOML, type Writing } from './writing';

const TOLERANCES: readonly Tolerance[] = ['exact', 'patch', 'minor', 'major'];
const TOP = ['tolerance', 'fail-on', 'baseline', 'tools', 'variables', 'ports'];
const TOOL = ['tolerance', 'range', 'required', 'ignore', 'until', 'forbidden', 'outside', 'on'];
/** What people call the systems. */
const SYSTEMS: ReadonlyMap<string, OperatingSystem> = new Map([
  ['linux', 'linux'],
  ['macos', 'darwin'],
  ['darwin', 'darwin'],
  ['windows', 'windows'],
]);

/**
 * Reads `lockstep.toml`:
 *
 * ```toml
 * tolerance = "patch"                 # exact (the default), patch, minor, major
 * fail-on = ["drift", "missing"]
 * baseline = "lockstep.baseline.json"
 *
 * [tools.node]
 * range = ">=20.11 <21"
 *
 * [tools.redis]
 * ignore = "runs in a container"
 * until = 2027-01-31
 *
 * [tools.jq]
 * required = false
 *
 * [tools.yarn]
 * forbidden = "we use pnpm"
 *
 * [tools.docker]
 * outside = true                      # not from the flake, still needed
 *
 * [tools.xcode]
 * outside = true
 * on = ["macos"]                      # linux, macos, windows; all, when left out
 *
 * [variables]
 * DATABASE_URL = true                 # must be set
 * NODE_ENV = "development"            # to this
 *
 * [ports]
 * 5432 = "PostgreSQL"                 # must be free
 * ```
 *
 * @param file how messages name the file
 * @throws ProblemError `policy-invalid` at the first mistake, with the nearest right word; the others in its detail
 */
export function readPolicy(text: string, file: string): Policy {
  const source = sourceText(file, text.replace(/^\uFEFF/, ''));
  const { root, errors } = parseToml(source.text);
  const reader = new PolicyReader(source, TOML);
  for (const { reason, offset } of errors) {
    reader.refuse(
      offset,
      `${file} is no TOML: ${reason.replace(/^TOML error: /, '')}.`,
      'Correct the line, and try again.',
    );
  }
  const policy = reader.read(root);
  reader.throwIfWrong();
  return policy;
}

/**
 * Reads a policy that was written in another language than TOML: the flake's own output `lockstep`, with the same keys.
 *
 * @param source tells the place of an offset of the document
 * @throws ProblemError `policy-invalid`, as {@link readPolicy}
 */
export function readPolicyDocument(root: DocNode, source: PolicySource): Policy {
  const reader = new PolicyReader(source, NIX);
  const policy = reader.read(root);
  reader.throwIfWrong();
  return policy;
}

/** What a reader needs of the file that a policy stands in. */
export type PolicySource = Pick<SourceText, 'path' | 'positionAt'>;

class PolicyReader {
  private readonly problems: Problem[] = [];

  constructor(
    private readonly source: PolicySource,
    private readonly writing: Writing,
  ) {}

  read(root: DocNode | undefined): Policy {
    if (root !== undefined && root.kind !== 'map') {
      this.refuse(root.offset, 'A policy must be a set of keys.', `It takes ${TOP.join(', ')}.`);
    }
    let tolerance: Tolerance = 'exact';
    let failOn: string | undefined;
    let baseline: string | undefined;
    let tools: readonly ToolRule[] = [];
    let variables: readonly VariableRule[] = [];
    let ports: readonly PortRule[] = [];
    for (const entry of this.known(entriesOf(root), TOP, 'a policy')) {
      switch (entry.key) {
        case 'tolerance':
          tolerance = this.tolerance(entry) ?? tolerance;
          break;
        case 'fail-on':
          failOn = this.words(entry);
          break;
        case 'baseline':
          baseline = this.text(entry);
          break;
        case 'tools':
          tools = this.table(entry).flatMap((tool) => this.tool(tool));
          break;
        case 'variables':
          variables = this.table(entry).flatMap((variable) => this.variable(variable));
          break;
        default:
          ports = this.table(entry).flatMap((port) => this.port(port));
      }
    }
    return {
      file: this.source.path,
      tolerance,
      tools,
      variables,
      ports,
      ...(failOn === undefined ? {} : { failOn }),
      ...(baseline === undefined ? {} : { baseline }),
    };
  }

  refuse(offset: number, message: string, hint: string): void {
    this.problems.push({ code: 'policy-invalid', message, hint, position: this.source.positionAt(offset) });
  }

  throwIfWrong(): void {
    const [first, ...others] = this.problems;
    if (first !== undefined) {
      const also = others.map(({ message, position }) => `line ${position?.line}: ${message}`);
      throw new ProblemError(also.length === 0 ? first : { ...first, detail: also.slice(0, 10).join('\n') });
    }
  }

  private tool(entry: DocEntry): readonly ToolRule[] {
    const keys = this.known(this.table(entry), TOOL, `[tools.${entry.key}]`);
    const parts = keys.map((key) => this.toolKey(key));
    const rule: ToolRule = Object.assign(
      { tool: entry.key, position: this.source.positionAt(entry.keyOffset) },
      ...parts,
    );
    if (rule.until !== undefined && rule.ignore === undefined) {
      this.refuse(
        entry.keyOffset,
        `[tools.${entry.key}] has an end, but ignores nothing.`,
        `Add ${this.writing.pair('ignore', '"the reason"')}`,
      );
    }
    if (rule.forbidden !== undefined && (rule.outside === true || rule.required === true)) {
      this.refuse(
        entry.keyOffset,
        `[tools.${entry.key}] is forbidden and needed at once.`,
        'Keep forbidden, or keep outside and required.',
      );
    }
    return [rule];
  }

  /** One key of a rule; nothing when it is wrong, which has then been noted. */
  private toolKey(entry: DocEntry): Partial<ToolRule> {
    switch (entry.key) {
      case 'tolerance':
        return isRangeLike(entry)
          ? present({ range: this.range(entry) })
          : present({ tolerance: this.tolerance(entry) });
      case 'range':
        return present({ range: this.range(entry) });
      case 'ignore':
      case 'forbidden':
        return present({ [entry.key]: this.text(entry) });
      case 'required':
      case 'outside':
        return present({ [entry.key]: this.flag(entry) });
      case 'on':
        return present({ on: this.systems(entry) });
      default:
        return present({ until: this.day(entry) });
    }
  }

  private variable({ key, keyOffset, value }: DocEntry): readonly VariableRule[] {
    const position = this.source.positionAt(keyOffset);
    if (value.kind === 'scalar' && value.value === true) {
      return [{ name: key, position }];
    }
    if (value.kind === 'scalar' && typeof value.value === 'string') {
      return [{ name: key, position, value: value.value }];
    }
    this.refuse(
      value.offset,
      `${key} must be true (set to anything) or the text that it must have.`,
      this.writing.pair(key, 'true'),
    );
    return [];
  }

  private port({ key, keyOffset, value }: DocEntry): readonly PortRule[] {
    const port = Number(key);
    if (!/^\d{1,5}$/.test(key) || port < 1 || port > 65_535) {
      this.refuse(keyOffset, `${key} is no port: a number from 1 to 65535.`, this.writing.pair('5432', '"PostgreSQL"'));
      return [];
    }
    const reason = quotedText(value);
    if (reason === undefined) {
      const hint = this.writing.pair(key, '"PostgreSQL"');
      this.refuse(value.offset, `Port ${key} needs a text that says what it is for.`, hint);
      return [];
    }
    return [{ port, reason, position: this.source.positionAt(keyOffset) }];
  }

  private tolerance({ key, value }: DocEntry): Tolerance | undefined {
    const word = value.kind === 'scalar' ? String(value.value) : '';
    const found = TOLERANCES.find((tolerance) => tolerance === word);
    if (found === undefined) {
      const [near] = nearWords(word, TOLERANCES);
      const mean = near === undefined ? '' : `Did you mean "${near}"? `;
      this.refuse(
        value.offset,
        `${key} cannot be "${word}".`,
        `${mean}It is one of ${TOLERANCES.join(', ')}, or for a tool a range such as ">=20.11 <21".`,
      );
    }
    return found;
  }

  private range(entry: DocEntry): string | undefined {
    const text = this.text(entry);
    if (text === undefined || isVersionRange(text)) {
      return text;
    }
    const hint = 'Write it as npm does, such as ">=20.11 <21" or "^20.11", or as the ecosystem of the tool does.';
    this.refuse(entry.value.offset, `"${text}" is no range of versions.`, hint);
    return undefined;
  }

  private text({ key, value }: DocEntry): string | undefined {
    const text = quotedText(value);
    if (text === undefined) {
      this.refuse(value.offset, `${key} must be a text.`, `Write ${this.writing.pair(key, '"…"')}`);
    }
    return text;
  }

  private words({ key, value }: DocEntry): string | undefined {
    const items = value.kind === 'list' ? value.items : [value];
    const words = items.map((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? item.value : ''));
    const [index = -1] = words.flatMap((word, at) => (word === '' || conditionOf(word) !== undefined ? [] : [at]));
    const wrong = words[index];
    if (wrong !== undefined) {
      const place = (value.kind === 'list' ? value.items[index] : value) ?? value;
      this.refuse(place.offset, `${key} does not know "${wrong}".`, conditionHint(wrong));
      return undefined;
    }
    if (words.length > 0 && words.every((word) => word !== '')) {
      return words.join(',');
    }
    this.refuse(
      value.offset,
      `${key} must be a list of words.`,
      `Write ${this.writing.pair(key, this.writing.list('"drift"', '"missing"'))}`,
    );
    return undefined;
  }

  private systems({ key, value }: DocEntry): readonly OperatingSystem[] | undefined {
    const items = value.kind === 'list' ? value.items : [value];
    const systems = items.map((item) => {
      const word = item.kind === 'scalar' ? String(item.value) : '';
      const system = SYSTEMS.get(word.toLowerCase());
      if (system === undefined) {
        const [near] = nearWords(word, [...SYSTEMS.keys()]);
        const mean = near === undefined ? '' : `Did you mean "${near}"? `;
        this.refuse(item.offset, `${key} does not know "${word}".`, `${mean}It takes linux, macos and windows.`);
      }
      return system;
    });
    if (systems.length === 0) {
      this.refuse(
        value.offset,
        `${key} names no system.`,
        `Write ${this.writing.pair(key, this.writing.list('"macos"'))}`,
      );
    }
    return systems.every((system) => system !== undefined) ? [...new Set(systems)] : undefined;
  }

  private flag({ key, value }: DocEntry): boolean | undefined {
    if (value.kind === 'scalar' && typeof value.value === 'boolean') {
      return value.value;
    }
    this.refuse(value.offset, `${key} must be true or false.`, `Write ${this.writing.pair(key, 'true')}`);
    return undefined;
  }

  private day({ key, value }: DocEntry): string | undefined {
    const text = value.kind === 'scalar' ? String(value.value) : '';
    const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text)?.[1];
    if (day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`))) {
      return day;
    }
    this.refuse(value.offset, `${key} must be a day.`, `Write ${this.writing.pair(key, this.writing.day)}`);
    return undefined;
  }

  private table({ key, value }: DocEntry): readonly DocEntry[] {
    if (value.kind === 'map') {
      return value.entries;
    }
    this.refuse(value.offset, `${key} must be a table.`, `Write ${this.writing.table(key)}`);
    return [];
  }

  private known(entries: readonly DocEntry[], words: readonly string[], where: string): readonly DocEntry[] {
    return entries.filter(({ key, keyOffset }) => {
      if (words.includes(key)) {
        return true;
      }
      const [near] = nearWords(key, words);
      const mean = near === undefined ? '' : `Did you mean "${near}"? `;
      this.refuse(keyOffset, `There is no "${key}" in ${where}.`, `${mean}It takes ${words.join(', ')}.`);
      return false;
    });
  }
}

/** `tolerance = ">=20 <21"` says the same as `range`. */
function isRangeLike({ value }: DocEntry): boolean {
  return value.kind === 'scalar' && typeof value.value === 'string' && /^[\^~<>=*\dv]/.test(value.value.trim());
}

/** Numbers and dates come as text, too: only what stands in quotes is meant as one. */
function quotedText(value: DocNode): string | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' && /^["']/.test(value.raw)
    ? value.value
    : undefined;
}

function present(parts: Readonly<Record<string, unknown>>): Partial<ToolRule> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
