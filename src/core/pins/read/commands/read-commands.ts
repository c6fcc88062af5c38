import type { PinContext, PinDraft } from '../../context';
import { type DocNode, itemsOf } from '../../format/document';
import { expandVariables } from '../images/variables';
import { downloadOf } from './downloads';
import { scriptInstalls } from './install-scripts';
import { type Install, installsOf } from './installers';
import { commandsOf, isUnknown, type Word, withoutPrefix } from './words';

/** The value of a variable, and where it was given. */
export interface GivenVariable {
  readonly value: string;
  readonly offset: number;
  readonly end: number;
  readonly from: number;
}

/** Whose commands these are. */
export interface Script {
  readonly source: PinDraft['source'];
  /** What stands before the program in `declaredBy`: `RUN`, `run:`. */
  readonly label: string;
  readonly scope?: string | undefined;
  readonly group?: string | undefined;
  readonly lookUp?: (name: string) => GivenVariable | undefined;
  /** Only what one of these variables decides. */
  readonly decidedBy?: (name: string) => boolean;
}

/**
 * The versions that the commands of a script install: by package managers and version managers that are told one, and
 * from addresses that have it in them. What only a run knows is passed over.
 */
export function readCommands(context: PinContext, text: string, offset: number, outer: Script): void {
  const set = new Map<string, GivenVariable | undefined>();
  const lookUp = (name: string) => (set.has(name) ? set.get(name) : outer.lookUp?.(name));
  const script: Script = { ...outer, lookUp };
  let before: readonly Word[] = [];
  for (const words of commandsOf(text, offset)) {
    for (const [name, value] of assignments(words, lookUp)) {
      set.set(name, value);
    }
    const usedIn = new Map<Word, readonly string[]>();
    // What is not known of a word leaves a mark in it.
    const filled = words.map((word): Word => {
      const { text: value, used } = expandVariables(word.text, (name) => lookUp(name)?.value);
      const known = { ...word, text: value };
      usedIn.set(known, used);
      return known;
    });
    const command = withoutPrefix(filled);
    const known = command.filter((word) => !isUnknown(word));
    const installs = [
      ...installsOf(known),
      // The version may be known where the processor is not.
      ...command.flatMap((word) => downloadOf(word) ?? []),
      ...scriptInstalls(before, filled, known, lookUp),
    ];
    for (const found of installs) {
      const used = usedIn.get(found.word) ?? [];
      if (script.decidedBy === undefined || used.some(script.decidedBy)) {
        addInstall(context, found, used, script, known[0]?.text ?? '');
      }
    }
    before = filled;
  }
}

/** More variables than a script sets. */
const MOST_VARIABLES = 200;

/** What a command sets for those that follow: `NODE=20`, `export NODE=20`; undefined for what only a run knows. */
function assignments(
  words: readonly Word[],
  lookUp: (name: string) => GivenVariable | undefined,
): readonly (readonly [string, GivenVariable | undefined])[] {
  const first = words.findIndex(({ text }) => !/^(?:export|readonly|local)$/.test(text));
  const rest = first < 0 ? [] : words.slice(first);
  const parts = rest
    .slice(0, MOST_VARIABLES)
    .map((word) => ({ word, match: /^([A-Za-z_]\w*)=(.*)$/s.exec(word.text) }));
  return parts.every(({ match }) => match !== null)
    ? parts.map(({ word, match }) => {
        const [, name = '', written = ''] = match ?? [];
        const { text, missing } = expandVariables(written, (inner) => lookUp(inner)?.value);
        const isKnown = !isUnknown(word) && missing.length === 0;
        return [name, isKnown ? { value: text, offset: word.offset, end: word.end, from: word.offset } : undefined];
      })
    : [];
}

function addInstall(
  context: PinContext,
  { tool, constraint, rule, word }: Install,
  used: readonly string[],
  { source, label, scope, group, lookUp }: Script,
  program: string,
): void {
  const version = constraint.replace(/^[\^~<>=!]+/, '');
  const deciding = used.map((name) => lookUp?.(name)).find((given) => given?.value.includes(version));
  context.pin({
    tool,
    constraint,
    rule,
    source,
    declaredBy: `${label} ${program.replace(/^.*\//, '')}`,
    scope,
    group,
    offset: deciding?.offset ?? word.offset,
    end: deciding?.end ?? word.end,
    ...(deciding === undefined ? {} : { from: deciding.from }),
  });
}

/** The same for the script of a document's scalar, which is read as it stands in the file. */
export function readScript(context: PinContext, node: DocNode | undefined, script: Script): void {
  const found = scriptOf(context, node);
  if (found !== undefined) {
    readCommands(context, found.text, found.offset, script);
  }
}

/** More commands than a step has. */
const MOST_LINES = 500;

/** The same for the commands of a step, one or a list of them. */
export function readScripts(context: PinContext, commands: DocNode | undefined, script: Script): void {
  for (const line of itemsOf(commands).slice(0, MOST_LINES)) {
    readScript(context, line, script);
  }
}

/** A scalar as it stands in the file, without the quotes around it; undefined for what is no text. */
export function scriptOf(
  { source }: PinContext,
  node: DocNode | undefined,
): { readonly text: string; readonly offset: number } | undefined {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') {
    return undefined;
  }
  const text = source.text.slice(node.offset, node.end);
  const quote = /^(["']).*\1$/s.exec(text)?.[1];
  if (quote === undefined || text.length < 2) {
    return { text, offset: node.offset };
  }
  const inner = text.slice(1, -1);
  return { text: quote === '"' ? inner.replaceAll('\\n', ' \n') : inner, offset: node.offset + 1 };
}
