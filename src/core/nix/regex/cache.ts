import { compileRegex, type Program } from './program';
import { parseRegex } from './syntax';

const MOST = 500;

/** Compiled regular expressions of one evaluator: programs ask for the same few again and again. */
export class RegexCache {
  private readonly programs = new Map<string, Program>();

  /**
   * @param text a POSIX extended regular expression, as octets
   * @throws RegexError when it is none
   */
  get(text: string): Program {
    let program = this.programs.get(text);
    if (program === undefined) {
      program = compileRegex(parseRegex(text));
      if (this.programs.size >= MOST) {
        this.programs.clear();
      }
      this.programs.set(text, program);
    }
    return program;
  }
}
