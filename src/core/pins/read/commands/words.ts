import { MISSING } from '../images/variables';

/** A word of a command, its quotes taken off; `offset` and `end` are places in the file. */
export interface Word {
  readonly text: string;
  readonly offset: number;
  readonly end: number;
}

/** Scripts that a person wrote are shorter; the rest is not read. */
const LONGEST_SCRIPT = 50_000;

/** What stands in a word for what only a run knows: `${{ … }}`, `$(…)`, a variable that is set elsewhere. */
const UNKNOWN = MISSING;

/**
 * The simple commands of a script as POSIX shells split it: at line ends, `;`, `&`, `|`, brackets and back quotes, with
 * quotes, continued lines and comments known. Here-documents are read as if they were commands.
 *
 * @param offset where the text stands in its file
 */
export function commandsOf(text: string, offset: number): readonly (readonly Word[])[] {
  const script = blank(text.slice(0, LONGEST_SCRIPT));
  const commands: Word[][] = [];
  let words: Word[] = [];
  let word: { text: string; offset: number } | undefined;
  const endWord = (at: number) => {
    if (word !== undefined) {
      words.push({ ...word, end: offset + at });
      word = undefined;
    }
  };
  const endCommand = (at: number) => {
    endWord(at);
    if (words.length > 0) {
      commands.push(words);
      words = [];
    }
  };
  const add = (at: number, piece: string) => {
    word ??= { text: '', offset: offset + at };
    word.text += piece;
  };
  for (let at = 0; at < script.length; at++) {
    const character = script[at]!;
    if (/[\n;&|()`]/.test(character)) {
      endCommand(at);
    } else if (/\s/.test(character)) {
      endWord(at);
    } else if (character === '#' && word === undefined) {
      const end = script.indexOf('\n', at);
      endCommand(at);
      at = end < 0 ? script.length : end - 1;
    } else if (character === '"' || character === "'") {
      const close = script.indexOf(character, at + 1);
      const end = close < 0 ? script.length : close;
      if (word === undefined) {
        // The place is the text's, without its quote.
        word = { text: '', offset: offset + at + 1 };
      }
      add(at, script.slice(at + 1, end));
      at = end;
    } else if (character === '\\' && at + 1 < script.length) {
      at += 1;
      add(at, script[at]!);
    } else {
      add(at, character);
    }
  }
  endCommand(script.length);
  return commands;
}

/** Takes out what only a run knows, and joins continued lines; every character keeps its place. */
function blank(text: string): string {
  return text
    .replace(/\$\{\{(?:(?!\}\}).)*\}\}|\$\((?!\()[^()]*\)/gs, (found) => UNKNOWN.repeat(found.length))
    .replace(/\\\r?\n/g, (found) => ' '.repeat(found.length));
}

/** Whether a word has something in it that only a run knows. */
export function isUnknown({ text }: Word): boolean {
  return text.includes(UNKNOWN);
}

/** The command without what stands before its program: `sudo`, `env`, options of those, and variables for it. */
export function withoutPrefix(words: readonly Word[]): readonly Word[] {
  const start = words.findIndex(
    ({ text }) =>
      !/^(?:sudo|env|exec|time|command|then|do|else|if|!|\{|-[A-Za-z-]+(?:=\S*)?|[A-Za-z_]\w*=.*|[|>][-+]?)$/s.test(
        text,
      ),
  );
  return start < 0 ? [] : words.slice(start);
}
