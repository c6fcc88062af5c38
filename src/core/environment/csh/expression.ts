import { test } from '../shell/conditions';
import { matchesPattern } from '../shell/pattern';
import type { Scope } from '../shell/scope';
import { ShellSyntaxError } from '../shell/syntax';
import { isUnknown } from '../shell/world';
import { expandWords } from './expand';

/** Brackets within each other. */
const MAX_DEPTH = 40;

/**
 * Whether an expression of `if ( … )` is true; undefined where files do not tell. Source: tcsh(1), "Expressions".
 *
 * @param succeeds whether a command between braces does
 * @throws ShellSyntaxError
 */
export function isTrue(
  scope: Scope,
  words: readonly string[],
  succeeds: (words: readonly string[]) => boolean | undefined,
): boolean | undefined {
  const expression = new Expression(scope, words, succeeds);
  return expression.or(0);
}

class Expression {
  #at = 0;

  constructor(
    private readonly scope: Scope,
    private readonly words: readonly string[],
    private readonly succeeds: (words: readonly string[]) => boolean | undefined,
  ) {}

  or(depth: number): boolean | undefined {
    let left = this.#and(depth);
    while (this.#take('||')) {
      const right = this.#and(depth);
      left = left === true || right === true ? true : left === undefined || right === undefined ? undefined : false;
    }
    return left;
  }

  #and(depth: number): boolean | undefined {
    let left = this.#single(depth);
    while (this.#take('&&')) {
      const right = this.#single(depth);
      left = left === false || right === false ? false : left === undefined || right === undefined ? undefined : true;
    }
    return left;
  }

  #take(word: string): boolean {
    const isNext = this.words[this.#at] === word;
    this.#at += isNext ? 1 : 0;
    return isNext;
  }

  #single(depth: number): boolean | undefined {
    if (depth > MAX_DEPTH) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    const word = this.words[this.#at] ?? '';
    if (word === '!' || /^![^=~]/.test(word)) {
      const inner = word === '!' ? undefined : word.slice(1);
      this.#at += 1;
      const value =
        inner === undefined
          ? this.#single(depth + 1)
          : new Expression(this.scope, [inner], this.succeeds).or(depth + 1);
      return value === undefined ? undefined : !value;
    }
    if (word === '(') {
      this.#at += 1;
      const value = this.or(depth + 1);
      this.#take(')');
      return value;
    }
    if (word === '{') {
      const end = this.words.indexOf('}', this.#at);
      const command = this.words.slice(this.#at + 1, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.words.length : end + 1;
      return this.succeeds(command);
    }
    if (/^-[a-zA-Z]+$/.test(word)) {
      const [path] = this.#operand(this.#at + 1);
      this.#at += 2;
      return path === undefined || isUnknown(path) || word.length > 2 ? undefined : test([word, path], this.scope);
    }
    return this.#comparison();
  }

  #operand(at: number): readonly string[] {
    const word = this.words[at];
    return word === undefined ? [] : expandWords(this.scope, [word]);
  }

  #comparison(): boolean | undefined {
    const left = this.#operand(this.#at).join(' ');
    const operator = this.words[this.#at + 1] ?? '';
    if (!/^(?:==|!=|=~|!~|<|>|<=|>=)$/.test(operator)) {
      this.#at += 1;
      return isUnknown(left) ? undefined : left !== '' && left !== '0';
    }
    const isSplit = /^[<>]$/.test(operator) && this.words[this.#at + 2] === '=';
    const at = this.#at + (isSplit ? 3 : 2);
    const right = operator.endsWith('~') ? patternOf(this.words[at] ?? '') : this.#operand(at).join(' ');
    this.#at = at + 1;
    if (isUnknown(left) || isUnknown(right)) {
      return undefined;
    }
    switch (operator) {
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '=~':
        return matchesPattern(right, left);
      case '!~':
        return !matchesPattern(right, left);
      case '<':
        return isSplit ? Number(left) <= Number(right) : Number(left) < Number(right);
      default:
        return isSplit ? Number(left) >= Number(right) : Number(left) > Number(right);
    }
  }
}

/** A pattern as it is written, without its quotes. */
export function patternOf(word: string): string {
  return word.replace(/["']/g, '');
}
