import type { PinContext, PinReader } from '../../context';
import { entriesOf } from '../../format/document';
import { linesOf } from '../../format/source-text';
import { parseToml } from '../../format/toml';
import { pep440, type Rule } from '../../range/rules';
import { ruleFor, spec } from '../../range/tool-rules';
import { toolOfPackage } from '../commands/packages';
import { pinValue } from '../pin-value';

/** What a pattern's match declares. */
interface Declared {
  readonly tool: string;
  readonly rule: Rule;
  readonly source: 'manifest' | 'version-file' | 'environment';
  readonly declaredBy: string;
}

/** A pin for each line that matches: the last group is the constraint, and stands at the end of the match. */
function pinLines(
  context: PinContext,
  pattern: RegExp,
  declared: (match: RegExpExecArray) => Declared | undefined,
  most = Number.POSITIVE_INFINITY,
): void {
  let count = 0;
  for (const line of linesOf(context.source.text)) {
    const match = count < most ? pattern.exec(line.text) : null;
    const facts = match === null ? undefined : declared(match);
    if (match !== null && facts !== undefined) {
      const constraint = match.at(-1)!;
      const end = line.offset + match.index + match[0].length;
      context.pin({ ...facts, constraint, offset: end - constraint.length, end, from: line.offset + match.index });
      count += 1;
    }
  }
}

/** Yarn's `.yarnrc.yml`: the release that the project carries, `yarnPath: .yarn/releases/yarn-4.5.1.cjs`. */
export const readYarnrc: PinReader = (context) => {
  const facts = { tool: 'yarn', rule: spec, source: 'version-file', declaredBy: 'yarnPath' } as const;
  pinLines(context, /^yarnPath:\s.*\byarn-(\d+(?:\.\d+)+(?:-rc\.\d+)?)(?=\.c?js)/, () => facts, 1);
};

/** Flutter Version Management's `.fvmrc`: `{ "flutter": "3.24.5" }`. */
export const readFvmrc: PinReader = (context) => {
  const facts = { tool: 'flutter', rule: spec, source: 'version-file', declaredBy: 'flutter' } as const;
  pinLines(context, /"flutter"\s*:\s*"([^"]+)(?=")/, () => facts, 1);
};

/** Setuptools' `setup.cfg` and `setup.py`: `python_requires = >=3.8`. */
export const readSetuptools: PinReader = (context) => {
  const facts = { tool: 'python', rule: pep440, source: 'manifest', declaredBy: 'python_requires' } as const;
  pinLines(context, /^\s*[^#]*?\bpython_requires\s*=\s*["']?([~<>=!]=?[^"'#]*[\d*])/, () => facts, 1);
};

/** Homebrew's `Brewfile`: formulae and casks with a version in their names, `brew "node@20"`. */
export const readBrewfile: PinReader = (context) => {
  pinLines(
    context,
    /^\s*(brew|cask)\s+["'](?:[\w.-]+\/[\w.-]+\/)?([\w.+-]+)@(\d[\d.]*)(?=["'])/,
    ([, kind, name = '']) => {
      const tool = toolOfPackage(kind === 'cask' ? 'cask' : 'brew', name);
      return tool === undefined
        ? undefined
        : { tool, rule: ruleFor(tool), source: 'environment', declaredBy: `${kind} ${name}` };
    },
  );
};

/** proto's `.prototools`: `node = "~22"` above the tables. */
export const readPrototools: PinReader = (context) => {
  for (const { key, keyOffset, value } of entriesOf(context.document(parseToml(context.source.text)))) {
    const facts = { tool: key, rule: ruleFor(key), source: 'version-file', declaredBy: key } as const;
    pinValue(context, value.kind === 'scalar' ? value : undefined, facts, keyOffset);
  }
};
