import type { PinReader } from '../../context';
import { minimum, type Rule } from '../../range/rules';
import { python, ruleFor } from '../../range/tool-rules';
import { readCommands } from '../commands/read-commands';
import { commandsOf, isUnknown, type Word } from '../commands/words';

/** Programs of direnv's that are given a version: `use node 20`. */
const USED: Readonly<Record<string, string>> = {
  node: 'node',
  nodenv: 'node',
  nvm: 'node',
  fnm: 'node',
  julia: 'julia',
  ruby: 'ruby',
  go: 'go',
  java: 'java',
  php: 'php',
  elixir: 'elixir',
};

/**
 * direnv's `.envrc`, read as text and never run: `use node 20`, `layout python python3.11`, `layout pyenv 3.11.4`, the
 * lowest direnv, and what version managers are told. Source: direnv-stdlib(1).
 */
export const readEnvrc: PinReader = (context) => {
  const { text } = context.source;
  for (const words of commandsOf(text, 0)) {
    const [verb, what, ...rest] = words;
    const found = what === undefined || words.some(isUnknown) ? [] : statedBy(verb!.text, what, rest);
    for (const { tool, rule, word } of found) {
      context.pin({
        tool,
        rule,
        constraint: word.text,
        source: 'environment',
        declaredBy: word === what ? verb!.text : `${verb!.text} ${what!.text}`,
        offset: word.offset,
        end: word.end,
        from: verb!.offset,
      });
    }
  }
  readCommands(context, text, 0, { source: 'environment', label: '.envrc' });
};

interface Stated {
  readonly tool: string;
  readonly rule: Rule;
  readonly word: Word;
}

function statedBy(verb: string, what: Word, rest: readonly Word[]): readonly Stated[] {
  const [word] = rest;
  if (verb === 'direnv_version') {
    return [{ tool: 'direnv', rule: minimum, word: what }];
  }
  const used = Object.hasOwn(USED, what.text) ? USED[what.text]! : undefined;
  if (verb === 'use' && used !== undefined && word !== undefined && /^v?\d/.test(word.text)) {
    return [{ tool: used, rule: ruleFor(used), word }];
  }
  if (verb === 'layout' && what.text === 'pyenv') {
    return rest
      .filter(({ text }) => /^\d/.test(text))
      .map((version) => ({ tool: 'python', rule: python, word: version }));
  }
  if (verb === 'layout' && /^python\d*$/.test(what.text) && word !== undefined && /python\d+\.\d/.test(word.text)) {
    return [{ tool: 'python', rule: (constraint) => python(constraint.replace(/^.*\//, '')), word }];
  }
  return [];
}
