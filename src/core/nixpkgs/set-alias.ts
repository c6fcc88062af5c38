/** Another name of a nested attribute: the one under which channels list it. */
export interface SetAlias {
  /** The top-level attribute whose version decides; `undefined` where none does. */
  readonly decidedBy: string | undefined;
  /** @param version of `decidedBy` */
  readonly nameFor: (version: string) => string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly decidedBy?: string;
  readonly set: (numbers: readonly string[], match: RegExpExecArray) => string;
}

/** Channels list each set once, under the name with a version: the ones without lead there. */
const RULES: readonly Rule[] = [
  { pattern: /^(python\d{2,})\.pkgs\./, set: (_, [, python]) => `${python}Packages` },
  { pattern: /^(?:python3Packages|python3\.pkgs)\./, decidedBy: 'python3', set: ([a, b]) => `python${a}${b}Packages` },
  { pattern: /^(?:python2Packages|python2\.pkgs)\./, decidedBy: 'python2', set: ([a, b]) => `python${a}${b}Packages` },
  { pattern: /^(?:pythonPackages|python\.pkgs)\./, decidedBy: 'python', set: ([a, b]) => `python${a}${b}Packages` },
  { pattern: /^(php\d+)\.packages\./, set: (_, [, php]) => `${php}Packages` },
  { pattern: /^(php\d+)\.extensions\./, set: (_, [, php]) => `${php}Extensions` },
  { pattern: /^(?:phpPackages|php\.packages)\./, decidedBy: 'php', set: ([a, b]) => `php${a}${b}Packages` },
  { pattern: /^(?:phpExtensions|php\.extensions)\./, decidedBy: 'php', set: ([a, b]) => `php${a}${b}Extensions` },
  { pattern: /^rubyPackages\./, decidedBy: 'ruby', set: ([a, b]) => `rubyPackages_${a}_${b}` },
  { pattern: /^(?:perlPackages|perl\.pkgs)\./, decidedBy: 'perl', set: ([a, b]) => `perl${a}${b}Packages` },
  { pattern: /^llvmPackages\./, decidedBy: 'llvm', set: ([a]) => `llvmPackages_${a}` },
  { pattern: /^nodePackages_latest\./, set: () => 'nodePackages' },
];

/**
 * How channels name a nested attribute that is written with a set's general name: `python3Packages.numpy` is
 * `python313Packages.numpy` where `python3` is 3.13.
 *
 * @returns `undefined` for names that lead nowhere else
 */
export function setAlias(attribute: string): SetAlias | undefined {
  for (const { pattern, decidedBy, set } of RULES) {
    const match = pattern.exec(attribute);
    if (match !== null) {
      const member = attribute.slice(match[0].length);
      return { decidedBy, nameFor: (version) => `${set(version.match(/\d+/g) ?? [], match)}.${member}` };
    }
  }
  return undefined;
}
