import { ShellSyntaxError } from '../shell/syntax';
import { TextReader, unescaped } from '../shell/text-reader';

/** A part of a program of Nushell. */
export type NuNode =
  | { readonly kind: 'text'; readonly text: string; readonly isBare: boolean }
  /** `$"…(…)…"`: texts and pipelines in turn. */
  | { readonly kind: 'joined'; readonly parts: readonly NuNode[] }
  /** `$env.PATH`, `$nu.os-info.name`, `$it`. */
  | { readonly kind: 'variable'; readonly path: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly NuNode[] }
  | { readonly kind: 'spread'; readonly of: NuNode }
  | { readonly kind: 'pipeline'; readonly stages: readonly NuStage[] }
  /** `{ … }` and `{|x| …}`. */
  | { readonly kind: 'block'; readonly parameters: readonly string[]; readonly body: readonly NuStatement[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, NuNode])[] };

/** The words of one command or expression. */
export type NuStage = readonly NuNode[];

export interface NuStatement {
  readonly stages: readonly NuStage[];
  readonly line: number;
}

const MAX_DEPTH = 50;

/**
 * Reads a program in Nushell, as far as configuration files need it. Source: nushell.sh, "Nu Fundamentals".
 *
 * @throws ShellSyntaxError
 */
export function parseNu(text: string): readonly NuStatement[] {
  const reader = new Reader(text, MAX_DEPTH);
  const statements = reader.statements('');
  reader.end();
  return statements;
}

class Reader extends TextReader {
  statements(end: string): readonly NuStatement[] {
    return this.deeper(() => {
      const statements: NuStatement[] = [];
      for (;;) {
        this.#skip(/[\s;]/);
        const character = this.text[this.at];
        if (character === undefined || character === end || /[)\]}]/.test(character)) {
          return statements;
        }
        const line = this.lineHere();
        statements.push({ stages: this.#stages(), line });
      }
    });
  }

  #skip(blank: RegExp): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === '#' && !/[\w$]/.test(this.text[this.at - 1] ?? '')) {
        this.toLineEnd();
      } else if (character !== undefined && blank.test(character)) {
        this.at += 1;
      } else {
        return;
      }
    }
  }

  /** Stages up to the end of a statement; a line that begins with `|` goes on with the one before. */
  #stages(inside = false): readonly NuStage[] {
    const blank = inside ? /\s/ : /[ \t\r]/;
    const stages: NuStage[] = [];
    for (;;) {
      const words: NuNode[] = [];
      for (;;) {
        this.#skip(blank);
        const character = this.text[this.at];
        if (character === undefined || /[;|)\]}\n]/.test(character)) {
          break;
        }
        words.push(this.#word());
      }
      stages.push(words);
      const next = /^\s*\|/.exec(this.text.slice(this.at, this.at + 200))?.[0];
      if (next === undefined) {
        return stages;
      }
      this.at += next.length;
      this.#skip(/\s/);
    }
  }

  #word(): NuNode {
    const character = this.text[this.at]!;
    if (this.text.startsWith('...', this.at) && /[[$(]/.test(this.text[this.at + 3] ?? '')) {
      this.at += 3;
      return { kind: 'spread', of: this.#word() };
    }
    switch (character) {
      case "'":
      case '`':
        return { kind: 'text', text: this.#quoted(character), isBare: false };
      case '"':
        return { kind: 'text', text: unescaped(this.#quoted('"')), isBare: false };
      case '(': {
        const made: NuNode = { kind: 'pipeline', stages: this.#enclosed(')', () => this.#stages(true)) };
        return made;
      }
      case '[':
        return { kind: 'list', items: this.#enclosed(']', () => this.#items()) };
      case '{':
        return this.#braces();
      case '$':
        return this.#variable();
    }
    const text = this.take(/[^\s;|()[\]{}'"`]+/y);
    if (text === '') {
      this.at += 1;
      return { kind: 'text', text: character, isBare: true };
    }
    return { kind: 'text', text, isBare: true };
  }

  #quoted(quote: string): string {
    let at = this.at + 1;
    while (at < this.text.length && this.text[at] !== quote) {
      at += quote === '"' && this.text[at] === '\\' ? 2 : 1;
    }
    if (at >= this.text.length) {
      throw new ShellSyntaxError('a quote is never closed');
    }
    const text = this.text.slice(this.at + 1, at);
    this.at = at + 1;
    return text;
  }

  #variable(): NuNode {
    const quote = this.text[this.at + 1];
    if (quote === '"' || quote === "'") {
      this.at += 1;
      return this.deeper(() => this.#joined(quote));
    }
    const text = this.take(/\$[\w-]*(?:\.[\w-]+\??)*\??/y);
    return { kind: 'variable', path: text.slice(1).replaceAll('?', '').split('.') };
  }

  /** `$"text (pipeline) text"`. */
  #joined(quote: string): NuNode {
    const parts: NuNode[] = [];
    let text = '';
    this.at += 1;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        throw new ShellSyntaxError('a quote is never closed');
      }
      if (character === '(') {
        parts.push({ kind: 'text', text, isBare: false });
        text = '';
        parts.push({ kind: 'pipeline', stages: this.#enclosed(')', () => this.#stages(true)) });
      } else if (character === quote) {
        this.at += 1;
        return { kind: 'joined', parts: [...parts, { kind: 'text', text, isBare: false }] };
      } else {
        text += character;
        this.at += 1;
      }
    }
  }

  #enclosed<T>(end: string, read: () => T): T {
    return this.deeper(() => {
      this.at += 1;
      const made = read();
      this.#skip(/\s/);
      this.close(end);
      return made;
    });
  }

  #items(): readonly NuNode[] {
    const items: NuNode[] = [];
    for (;;) {
      this.#skip(/[\s,;]/);
      const character = this.text[this.at];
      if (character === undefined || /[)\]}|]/.test(character)) {
        return items;
      }
      const item = this.#word();
      items.push(item.kind === 'text' && item.isBare ? { ...item, text: item.text.replace(/,$/, '') } : item);
    }
  }

  #braces(): NuNode {
    const rest = this.text.slice(this.at, this.at + 400);
    if (/^\{\s*(?:[\w-]+|"[^"]*"|'[^']*')\s*:(?!:)/.test(rest)) {
      return { kind: 'record', entries: this.#enclosed('}', () => this.#entries()) };
    }
    const [head = '{', names = ''] = /^\{\s*(?:\|([^|]*)\|)?/.exec(rest) ?? [];
    this.at += head.length - 1;
    const parameters = names.split(/[\s,]+/).map((name) => name.replace(/:.*$/, ''));
    const body = this.#enclosed('}', () => this.statements('}'));
    return { kind: 'block', parameters: parameters.filter((name) => name !== ''), body };
  }

  #entries(): readonly (readonly [string, NuNode])[] {
    const entries: (readonly [string, NuNode])[] = [];
    for (;;) {
      this.#skip(/[\s,]/);
      const found = /(?:([\w-]+)|"([^"]*)"|'([^']*)')\s*:\s*/y;
      found.lastIndex = this.at;
      const match = found.exec(this.text);
      if (match === null) {
        return entries;
      }
      this.at += match[0].length;
      const value = this.#word();
      entries.push([
        match[1] ?? match[2] ?? match[3] ?? '',
        value.kind === 'text' && value.isBare ? { ...value, text: value.text.replace(/,$/, '') } : value,
      ]);
    }
  }
}
