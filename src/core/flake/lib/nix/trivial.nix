# Small functions on functions, numbers, booleans and messages.
{ lib }:
let
  inherit (builtins) isFunction isList isInt isAttrs functionArgs elemAt length;

  release = "25.11";

  hexDigits = "0123456789ABCDEF";
  hexValue = {
    "0" = 0; "1" = 1; "2" = 2; "3" = 3; "4" = 4; "5" = 5; "6" = 6; "7" = 7; "8" = 8; "9" = 9;
    a = 10; b = 11; c = 12; d = 13; e = 14; f = 15;
    A = 10; B = 11; C = 12; D = 13; E = 14; F = 15;
  };
in
rec {
  inherit (builtins)
    add sub lessThan seq deepSeq genericClosure isBool isFloat isInt pathExists readFile bitAnd bitOr bitXor
    addErrorContext trace;

  id = x: x;
  const = x: _: x;
  pipe = value: functions: builtins.foldl' (x: f: f x) value functions;
  concat = a: b: a ++ b;
  "or" = a: b: a || b;
  and = a: b: a && b;
  # Negated, so that what is no boolean is an error.
  xor = a: b: (!a) != (!b);
  implies = a: b: a -> b;
  mul = a: b: a * b;
  bitNot = n: -1 - n;
  boolToString = b: if b then "true" else "false";
  boolToYesNo = b: if b then "yes" else "no";
  mergeAttrs = a: b: a // b;
  flip = f: a: b: f b a;
  mapNullable = f: value: if value == null then null else f value;
  defaultTo = fallback: value: if value == null then fallback else value;
  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  # Truncating remainder: takes the sign of the dividend.
  mod = base: divisor: base - (divisor * (builtins.div base divisor));
  compare = a: b: if a < b then -1 else if a > b then 1 else 0;
  splitByAndCompare =
    predicate: whenTrue: whenFalse: a: b:
    if predicate a then
      (if predicate b then whenTrue a b else -1)
    else if predicate b then
      1
    else
      whenFalse a b;

  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);

  inherit release;
  oldestSupportedRelease = 2505;
  isInOldestRelease = lib.warn "lib.isInOldestRelease is deprecated. Use lib.oldestSupportedReleaseIsAtLeast instead." oldestSupportedReleaseIsAtLeast;
  oldestSupportedReleaseIsAtLeast = number: number <= oldestSupportedRelease;
  codeName = "Xantusia";
  versionSuffix = "pre-git";
  version = release + versionSuffix;
  nixpkgsVersion = lib.warn "lib.nixpkgsVersion is a deprecated alias of lib.version." version;
  revisionWithDefault = fallback: fallback;
  inNixShell = false;
  inPureEvalMode = !(builtins ? currentSystem);

  # Warnings are shown where the evaluator shows traces; the value passes through.
  warn = builtins.warn or (message: value: builtins.trace "evaluation warning: ${message}" value);
  # As assertions, which hold where the condition is not known.
  warnIf = condition: message: assert !condition || warn message true; id;
  warnIfNot = condition: message: assert condition || warn message true; id;
  throwIf = condition: message: assert !condition || throw message; id;
  throwIfNot = condition: message: assert condition || throw message; id;
  info = message: value: builtins.trace "INFO: ${message}" value;
  showWarnings = warnings: result: lib.foldr warn result warnings;
  checkListOfEnum =
    what: allowed: given:
    let
      unknown = lib.subtractLists allowed given;
    in
    throwIfNot (unknown == [ ])
      "${what}: ${lib.concatStringsSep ", " (map toString unknown)} unexpected; valid ones: ${lib.concatStringsSep ", " (map toString allowed)}";

  setFunctionArgs = f: args: {
    __functor = _: f;
    __functionArgs = args;
  };
  functionArgs =
    f: if f ? __functor then f.__functionArgs or (functionArgs (f.__functor f)) else builtins.functionArgs f;
  isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));
  toFunction = value: if isFunction value then value else _: value;
  mirrorFunctionArgs =
    f:
    let
      args = functionArgs f;
    in
    g: setFunctionArgs g args;

  fromHexString =
    text:
    let
      body =
        let
          prefixed = builtins.match "0[xX](.*)" text;
        in
        if prefixed == null then text else builtins.head prefixed;
      digits = lib.stringToCharacters body;
    in
    if builtins.match "[0-9a-fA-F]+" body == null then
      throw "fromHexString: '${text}' is not a hexadecimal number"
    else
      builtins.foldl' (sum: digit: sum * 16 + hexValue.${digit}) 0 digits;
  toHexString = number: lib.concatMapStrings (digit: builtins.substring digit 1 hexDigits) (toBaseDigits 16 number);
  # Digits of a natural number, the most significant first; 0 has one digit.
  toBaseDigits =
    base: number:
    let
      digits = n: (if n < base then [ ] else digits (n / base)) ++ [ (mod n base) ];
    in
    assert isInt base;
    assert isInt number;
    assert base >= 2;
    assert number >= 0;
    digits number;
}
