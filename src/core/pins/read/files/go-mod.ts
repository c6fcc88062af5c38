import type { PinReader } from '../../context';
import { type Line, linesOf } from '../../format/source-text';
import { exact, minimum, type Rule } from '../../range/rules';
import { toolOfPackage } from '../commands/packages';

/** A directive of one line, or the lines of its block: `tool ( … )`. */
interface Directive {
  readonly keyword: string;
  readonly words: readonly { readonly text: string; readonly offset: number }[];
}

/**
 * `go.mod` and `go.work`: `go 1.22` and `toolchain go1.22.3` are both lowest versions; `tool` names programs whose module
 * is required in exactly one version. Source: go.dev/doc/toolchain, go.dev/ref/mod, "tool directive".
 */
export const readGoMod: PinReader = (context) => {
  const directives = directivesOf(linesOf(context.source.text));
  const pin = (tool: string, rule: Rule, directive: Directive, at: number, declaredBy = directive.keyword) => {
    const word = directive.words[at]!;
    const constraint = word.text.replace(/^go(?=\d)/, '');
    const offset = word.offset + word.text.length - constraint.length;
    const from = directive.words[0]!.offset;
    const end = offset + constraint.length;
    context.pin({ tool, constraint, rule, source: 'manifest', declaredBy, offset, end, from });
  };
  for (const directive of directives) {
    const { keyword, words } = directive;
    if ((keyword === 'go' || keyword === 'toolchain') && /^(?:go)?\d/.test(words[0]?.text ?? '')) {
      pin('go', minimum, directive, 0);
    }
  }
  const required = directives.filter(({ keyword, words }) => keyword === 'require' && words.length >= 2);
  for (const { words } of directives.filter(({ keyword }) => keyword === 'tool')) {
    const path = words[0]?.text ?? '';
    const tool = toolOfProgram(path);
    // The module with the longest name that the program's path begins with.
    const [module] = required
      .filter((one) => path === one.words[0]!.text || path.startsWith(`${one.words[0]!.text}/`))
      .sort((a, b) => b.words[0]!.text.length - a.words[0]!.text.length);
    if (tool !== undefined && module !== undefined) {
      pin(tool, exact, module, 1, 'tool');
    }
  }
};

/** `github.com/golangci/golangci-lint/v2/cmd/golangci-lint`: the program is the last part that is no major version. */
function toolOfProgram(path: string): string | undefined {
  const name = path
    .split('/')
    .filter((part) => !/^v\d+$/.test(part))
    .at(-1);
  return name === undefined ? undefined : toolOfPackage(undefined, name);
}

function directivesOf(lines: readonly Line[]): readonly Directive[] {
  const directives: Directive[] = [];
  let block: string | undefined;
  for (const line of lines) {
    const found = [...line.text.replace(/\/\/.*$/, '').matchAll(/[^\s()]+|[()]/g)];
    const words = found.map((match) => ({ text: match[0], offset: line.offset + match.index }));
    if (words[0]?.text === ')') {
      block = undefined;
    } else if (words[1]?.text === '(') {
      block = words[0]!.text;
    } else if (words.length > 0) {
      directives.push(
        block === undefined ? { keyword: words[0]!.text, words: words.slice(1) } : { keyword: block, words },
      );
    }
  }
  return directives;
}
