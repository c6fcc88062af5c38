import { type Dialect, ShellSyntaxError, type Stdin, skipQuoted } from './syntax';

const RESERVED =
  /(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|function|select|time|!|\{|\}|\[\[)(?=[\s;&|()<>]|$)/y;
const REDIRECTION = /(?:\d+|&)?(?:<<<|<<-?|<>|<&|>&|>>|>\||<|>)(?!\()/y;

/** Goes through the text of a shell program by words, blanks, redirections and lines; the grammar is the parser's. */
export class ShellReader {
  protected at = 0;
  /** Groups in braces that are open. */
  protected braces = 0;
  protected heredocs: { readonly end: string; readonly tabs: boolean; readonly stdin: Stdin }[] = [];
  private lineAt = 0;
  private lineNumber = 1;

  constructor(
    protected readonly text: string,
    protected readonly dialect: Dialect,
  ) {}

  /** After blanks: what is read from where; `other` for what goes elsewhere. */
  protected nextRedirection(): Stdin | 'other' | undefined {
    this.space();
    const operator = this.take(REDIRECTION);
    if (operator === undefined) {
      return undefined;
    }
    this.space();
    const target = this.maybeWord() ?? '';
    if (/(?<!<)<<-?$/.test(operator)) {
      const stdin: Stdin = { kind: 'document', word: '', isLiteral: /["'\\]/.test(target) };
      this.heredocs.push({ end: target.replace(/["'\\]/g, ''), tabs: operator.endsWith('-'), stdin });
      return stdin;
    }
    const kind = /^0?<<<$/.test(operator) ? 'string' : /^0?<$/.test(operator) ? 'file' : undefined;
    return kind === undefined ? 'other' : { kind, word: target, isLiteral: false };
  }

  protected words(end?: string): string[] {
    const words: string[] = [];
    for (;;) {
      if (end === undefined) {
        this.space();
      } else {
        this.blank();
      }
      const word = this.maybeWord();
      if (word === undefined) {
        if (end !== undefined && this.text[this.at] !== end) {
          throw new ShellSyntaxError('a list is never closed');
        }
        return words;
      }
      words.push(word);
    }
  }

  protected word(): string {
    const word = this.maybeWord();
    if (word === undefined) {
      throw new ShellSyntaxError('a word is missing');
    }
    return word;
  }

  /** The next word as it is written; undefined where none begins. */
  protected maybeWord(): string | undefined {
    const { text } = this;
    const start = this.at;
    // zsh ends a group there without a `;` before it.
    if (this.dialect === 'zsh' && this.braces > 0 && this.reserved() === '}') {
      return undefined;
    }
    let at = start;
    scan: while (at < text.length) {
      const character = text[at]!;
      switch (character) {
        case ' ':
        case '\t':
        case '\n':
        case ';':
        case '&':
        case '|':
        case ')':
          break scan;
        case '<':
        case '>':
          if (text[at + 1] !== '(') {
            break scan;
          }
          at = skipQuoted(text, at + 1);
          break;
        case '(':
          if (!this.opensInWord(text.slice(start, at), at)) {
            break scan;
          }
          at = skipQuoted(text, at);
          break;
        case '\\':
        case "'":
        case '"':
        case '`':
        case '$':
          at = skipQuoted(text, at);
          break;
        default:
          at += 1;
      }
    }
    this.at = at;
    return at === start ? undefined : text.slice(start, at);
  }

  /** Arrays (`name=(…)`), extended patterns (`@(…)`) and zsh's qualifiers (`*(N)`) belong to the word. */
  private opensInWord(before: string, at: number): boolean {
    if (before === '') {
      return false;
    }
    if (/=$/.test(before) || /[?*+@!]$/.test(before)) {
      return true;
    }
    return this.dialect === 'zsh' && !/^\(\s*\)/.test(this.text.slice(at, at + 8));
  }

  protected endOfCondition(): number {
    for (let at = this.at; at < this.text.length; ) {
      if (this.text.startsWith(']]', at) && /\s/.test(this.text[at - 1] ?? '')) {
        return at;
      }
      const character = this.text[at]!;
      at = /[\\'"`$]/.test(character) ? skipQuoted(this.text, at) : at + 1;
    }
    throw new ShellSyntaxError('a "[[" is never closed');
  }

  protected reserved(): string | undefined {
    RESERVED.lastIndex = this.at;
    return RESERVED.exec(this.text)?.[0];
  }

  protected expect(word: string): void {
    this.blank();
    if (this.reserved() !== word) {
      throw new ShellSyntaxError(`"${word}" is missing`);
    }
    this.at += word.length;
  }

  protected take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  protected looksAt(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** After a command: one `;` or `&`, and what else stands on the line. */
  protected separator(): void {
    this.space();
    if (this.text[this.at] === '&' && !this.looksAt('&&')) {
      this.at += /[|!]/.test(this.text[this.at + 1] ?? '') ? 2 : 1;
    } else if (this.text[this.at] === ';' && !/[;&|]/.test(this.text[this.at + 1] ?? '')) {
      this.at += 1;
    }
  }

  /** Blanks and a comment, up to the end of the line. */
  protected space(): void {
    this.take(/(?:[ \t\r\f]|\\\r?\n)+/y);
    const before = this.text[this.at - 1];
    if (this.text[this.at] === '#' && (before === undefined || /[\s;&|()]/.test(before))) {
      const end = this.text.indexOf('\n', this.at);
      this.at = end < 0 ? this.text.length : end;
    }
  }

  /** The same across lines, with the texts of here-documents. */
  protected blank(): void {
    for (;;) {
      this.space();
      if (this.text[this.at] !== '\n') {
        return;
      }
      this.at += 1;
      for (const { end, tabs, stdin } of this.heredocs.splice(0)) {
        stdin.word = this.heredoc(end, tabs);
      }
    }
  }

  private heredoc(end: string, tabs: boolean): string {
    let text = '';
    while (this.at < this.text.length) {
      const stop = this.text.indexOf('\n', this.at);
      const whole = this.text.slice(this.at, stop < 0 ? undefined : stop);
      const line = tabs ? whole.replace(/^\t+/, '') : whole;
      this.at = stop < 0 ? this.text.length : stop + 1;
      if (line === end) {
        break;
      }
      text += `${line}\n`;
    }
    return text;
  }

  /** Counts on from where it counted last. */
  protected line(at: number): number {
    if (at < this.lineAt) {
      [this.lineAt, this.lineNumber] = [0, 1];
    }
    for (let next = this.text.indexOf('\n', this.lineAt); next >= 0 && next < at; ) {
      this.lineNumber += 1;
      this.lineAt = next + 1;
      next = this.text.indexOf('\n', this.lineAt);
    }
    return this.lineNumber;
  }
}
