/**
 * Names that Nix knows before it reads a program, in the order in which it has them (measured: `builtins.deepSeq` of a
 * set with all of them, each traced). In the second line stand builtins, known as `__name` first.
 */
const EARLY =
  'outPath drvPath type meta name value system __overrides outputs outputName __ignoreNulls file line column __functor __toString right wrong __structuredAttrs __json allowedReferences allowedRequisites disallowedReferences disallowedRequisites maxSize maxClosureSize builder args __contentAddressed __impure outputHash outputHashAlgo outputHashMode recurseForDerivations description self startSet operator key path prefix outputSpecified or body builtins true false null';
const BUILTINS =
  "currentTime currentSystem nixVersion storeDir langVersion traceVerbose nixPath scopedImport import typeOf isNull isFunction isInt isFloat isString isBool isPath genericClosure break abort throw addErrorContext ceil floor tryEval getEnv seq deepSeq trace warn derivationStrict placeholder toPath storePath pathExists baseNameOf dirOf readFile findFile hashFile readFileType readDir toXML toJSON fromJSON toFile filterSource attrNames attrValues getAttr unsafeGetAttrPos hasAttr isAttrs removeAttrs listToAttrs intersectAttrs catAttrs functionArgs mapAttrs zipAttrsWith isList elemAt head tail map filter elem concatLists length foldl' any all genList sort partition groupBy concatMap add sub mul div bitAnd bitOr bitXor lessThan toString substring stringLength hashString convertHash match split concatStringsSep replaceStrings parseDrvName compareVersions splitVersion unsafeDiscardStringContext hasContext unsafeDiscardOutputDependency addDrvOutputDependencies getContext appendContext fetchClosure fetchMercurial fetchTree fetchurl fetchTarball fetchGit fromTOML getFlake parseFlakeRef flakeRefToString";
/** Those of the program that makes `derivation`. */
const LATE = 'derivation strict drvAttrs commonAttrs outputsList x outputToAttrListElement';

/** Each of them with its rank, below zero. Made once: each evaluation asks for it. */
const EARLY_NAMES: ReadonlyMap<string, number> = earlyNames();

/**
 * The order in which names were first met. Nix evaluates the members of a set in this order where all of them are
 * needed, and it decides which of two variables that stand for each other is the other one.
 */
export class Symbols {
  private readonly met = new Map<string, number>();
  private readonly orders = new WeakMap<readonly string[], readonly string[]>();

  /** A name of a program, when it is read. */
  see(name: string): void {
    if (!this.met.has(name)) {
      this.met.set(name, this.met.size);
    }
  }

  /** Below zero: known from the start. Names that no program has come last. */
  rank(name: string): number {
    return EARLY_NAMES.get(name) ?? this.met.get(name) ?? Number.MAX_SAFE_INTEGER;
  }

  /**
   * Names in the order of their symbols.
   *
   * @param names sorted; the same array is sorted once
   */
  order(names: readonly string[]): readonly string[] {
    if (names.length < 2) {
      return names;
    }
    let order = this.orders.get(names);
    if (order === undefined) {
      const ranked = names.map((name) => [this.rank(name), name] as const);
      order = ranked.sort(([a], [b]) => a - b).map(([, name]) => name);
      this.orders.set(names, order);
    }
    return order;
  }
}

function earlyNames(): ReadonlyMap<string, number> {
  const names = [EARLY, BUILTINS.replace(/\S+/g, '__$& $&'), LATE].flatMap((line) => line.split(' '));
  return new Map(names.map((name, i) => [name, i - names.length]));
}
