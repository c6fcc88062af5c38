import { ShellSyntaxError } from '../shell/syntax';
import { TextReader, unescaped } from '../shell/text-reader';

/** A part of a word of Elvish. */
export type ElvishPiece =
  | { readonly kind: 'text'; readonly text: string; readonly isBare: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly explodes: boolean }
  | { readonly kind: 'index' | 'list' | 'braces'; readonly words: readonly ElvishWord[] }
  /** `(…)` and `?(…)`. */
  | { readonly kind: 'output' | 'exception'; readonly body: ElvishChunk }
  | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: ElvishChunk }
  | { readonly kind: 'map' };

/** Pieces that stand together. */
export type ElvishWord = readonly ElvishPiece[];

export interface ElvishForm {
  readonly words: readonly ElvishWord[];
  readonly line: number;
}

/** Pipelines, each of one or several forms. */
export type ElvishChunk = readonly (readonly ElvishForm[])[];

const MAX_DEPTH = 60;

/**
 * Reads a program in Elvish. Source: elv.sh, "Language Specification".
 *
 * @throws ShellSyntaxError
 */
export function parseElvish(text: string): ElvishChunk {
  const reader = new Reader(text, MAX_DEPTH);
  const chunk = reader.chunk('');
  reader.end();
  return chunk;
}

class Reader extends TextReader {
  /** Pipelines up to a closing bracket, which is left. */
  chunk(end: string): ElvishChunk {
    return this.deeper(() => this.#pipelines(end));
  }

  #pipelines(end: string): ElvishChunk {
    const pipelines: ElvishForm[][] = [];
    let forms: ElvishForm[] = [];
    for (;;) {
      this.#skip(/[\s;]/);
      const character = this.text[this.at];
      if (character === undefined || character === end || /[)\]}]/.test(character)) {
        break;
      }
      if (character === '|') {
        this.at += 1;
        continue;
      }
      const line = this.lineHere();
      const words: ElvishWord[] = [];
      for (;;) {
        this.#skip(/[ \t\r]/);
        const next = this.text[this.at];
        if (next === undefined || /[\n;|)\]}]/.test(next)) {
          break;
        }
        words.push(this.#word());
      }
      forms.push({ words, line });
      this.#skip(/[ \t\r]/);
      if (this.text[this.at] !== '|') {
        pipelines.push(forms);
        forms = [];
      }
    }
    return forms.length > 0 ? [...pipelines, forms] : pipelines;
  }

  /** Blanks of a kind, comments, and line breaks that a `^` takes away. */
  #skip(blank: RegExp): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === '#') {
        this.toLineEnd();
      } else if (/^\^\r?\n/.test(this.text.slice(this.at, this.at + 3))) {
        this.at = this.text.indexOf('\n', this.at) + 1;
      } else if (character !== undefined && blank.test(character)) {
        this.at += 1;
      } else {
        return;
      }
    }
  }

  #word(): ElvishWord {
    const pieces: ElvishPiece[] = [];
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || /[\s;|)\]}]/.test(character) || (character === ',' && pieces.length > 0)) {
        return pieces;
      }
      if (character === '&' && pieces.length === 0 && /^&(?:\s|$)/.test(this.text.slice(this.at, this.at + 2))) {
        this.at += 1;
        return [{ kind: 'text', text: '&', isBare: true }];
      }
      pieces.push(this.#piece(character, pieces.length > 0));
    }
  }

  #piece(character: string, follows: boolean): ElvishPiece {
    const { at } = this;
    switch (character) {
      case "'": {
        const text = this.take(/'(?:[^']|'')*'/y);
        if (text === '') {
          throw new ShellSyntaxError('a quote is never closed');
        }
        return { kind: 'text', text: text.slice(1, -1).replaceAll("''", "'"), isBare: false };
      }
      case '"': {
        const text = this.take(/"(?:[^"\\]|\\[\s\S])*"/y);
        if (text === '') {
          throw new ShellSyntaxError('a quote is never closed');
        }
        return { kind: 'text', text: unescaped(text.slice(1, -1)), isBare: false };
      }
      case '$': {
        const [, explodes = '', name = ''] = /^\$(@?)([\w:~-]*)$/.exec(this.take(/\$@?[\w:~-]*/y)) ?? [];
        return { kind: 'variable', name, explodes: explodes !== '' };
      }
      case '(':
        return { kind: 'output', body: this.#enclosed(')') };
      case '?':
        if (this.text[at + 1] === '(') {
          this.at += 1;
          return { kind: 'exception', body: this.#enclosed(')') };
        }
        break;
      case '[':
        if (!follows && /^\[\s*&/.test(this.text.slice(at, at + 40))) {
          this.#words(']');
          return { kind: 'map' };
        }
        return { kind: follows ? 'index' : 'list', words: this.#words(']') };
      case '{':
        return /[\s|]/.test(this.text[at + 1] ?? '') ? this.#lambda() : { kind: 'braces', words: this.#words('}') };
    }
    const text = this.take(/[^\s'"$()[\]{};|,]+/y);
    if (text === '') {
      this.at += 1;
      return { kind: 'text', text: character, isBare: true };
    }
    return { kind: 'text', text, isBare: true };
  }

  #enclosed(end: string): ElvishChunk {
    this.at += 1;
    const body = this.chunk(end);
    this.close(end);
    return body;
  }

  /** What stands in a list, or in braces between commas. */
  #words(end: string): readonly ElvishWord[] {
    return this.deeper(() => {
      this.at += 1;
      const words: ElvishWord[] = [];
      for (;;) {
        this.#skip(/[\s,]/);
        const character = this.text[this.at];
        if (character === undefined || /[)\]};|]/.test(character)) {
          this.close(end);
          return words;
        }
        words.push(this.#word());
      }
    });
  }

  /** `{|a b| …}` or `{ … }`. */
  #lambda(): ElvishPiece {
    const [head = '', names = ''] = /^\{\s*(?:\|([^|]*)\|)?/.exec(this.text.slice(this.at, this.at + 500)) ?? [];
    this.at += Math.max(1, head.length) - 1;
    const parameters = names.split(/\s+/).filter((name) => name !== '' && !name.startsWith('&'));
    return { kind: 'lambda', parameters, body: this.#enclosed('}') };
  }
}
