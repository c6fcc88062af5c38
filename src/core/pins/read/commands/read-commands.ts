import type { PinContext, PinDraft } from '../../context';
import type { DocNode } from '../../format/document';
import { expandVariables } from '../images/variables';
import { downloadOf } from './downloads';
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
export function readCommands(context: PinContext, text: string, offset: number, script: Script): void {
  for (const words of commandsOf(text, offset)) {
    const expanded = new Map<Word, { readonly written: Word; readonly used: readonly string[] }>();
    const filled = withoutPrefix(words).flatMap((word): readonly Word[] => {
      if (isUnknown(word)) {
        return [];
      }
      const { text: value, missing, used } = expandVariables(word.text, (name) => script.lookUp?.(name)?.value);
      const known: Word = { ...word, text: value };
      expanded.set(known, { written: word, used });
      return missing.length > 0 ? [] : [known];
    });
    const downloads = filled.flatMap((word) => downloadOf(word) ?? []);
    for (const found of [...installsOf(filled), ...downloads]) {
      const { used = [] } = expanded.get(found.word) ?? {};
      if (script.decidedBy === undefined || used.some(script.decidedBy)) {
        addInstall(context, found, used, script, filled[0]?.text ?? '');
      }
    }
  }
}

function addInstall(
  context: PinContext,
  { tool, constraint, rule, word }: Install,
  used: readonly string[],
  { source, label, scope, group, lookUp }: Script,
  program: string,
): void {
  const deciding = used.map((name) => lookUp?.(name)).find((given) => given?.value.includes(constraint));
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
  if (node?.kind === 'scalar' && typeof node.value === 'string') {
    readCommands(context, context.source.text.slice(node.offset, node.end), node.offset, script);
  }
}
