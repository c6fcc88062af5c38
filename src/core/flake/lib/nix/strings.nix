# Functions on strings. Rarely used families live in files of their own (`strings-more.nix`).
{ lib }:
let
  inherit (builtins)
    concatStringsSep elemAt filter genList head isAttrs isList isString length match replaceStrings split
    stringLength substring toJSON typeOf;

  lowerText = "abcdefghijklmnopqrstuvwxyz";
  upperText = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  more = lib.__parts.strings-more;
  inherit (lib.__parts) isUnknown;
  # What is unknown passes: it may be what is asked for.
  isText = value: isUnknown value || isString value;
  isFlag = value: isUnknown value || builtins.isBool value;
  # A path becomes a copy in the store when it is read as text, which is like no part of any text.
  onText =
    function: which: value: result:
    if builtins.isPath value then
      lib.warn "lib.strings.${function}: ${which} (${toString value}) is a path value, but only strings are supported.\n    It is read as the path of a copy in the store. This behavior is deprecated and will throw an error in the future." result
    else
      result;
  endsWith =
    suffix: text:
    let
      size = stringLength text;
      suffixSize = stringLength suffix;
    in
    size >= suffixSize && substring (size - suffixSize) size text == suffix;
  coercible = value: builtins.elem (typeOf value) [ "path" "string" "null" "int" "float" "bool" ]
    || (isList value && lib.all coercible value)
    || value ? outPath
    || value ? __toString;
in
rec {
  inherit (builtins)
    compareVersions elem elemAt filter fromJSON genList head isInt isList isAttrs isPath isString match parseDrvName
    readFile replaceStrings split storeDir stringLength substring tail toJSON typeOf unsafeDiscardStringContext
    concatStringsSep hasContext getContext appendContext;

  join = concatStringsSep;
  concatStrings = concatStringsSep "";
  concatMapStrings = f: list: concatStrings (map f list);
  concatImapStrings = f: list: concatStrings (lib.imap1 f list);
  intersperse =
    separator: list:
    if list == [ ] || length list == 1 then
      list
    else
      builtins.tail (builtins.concatMap (x: [ separator x ]) list);
  concatMapStringsSep = separator: f: list: concatStringsSep separator (map f list);
  concatImapStringsSep = separator: f: list: concatStringsSep separator (lib.imap1 f list);
  concatMapAttrsStringSep = separator: f: set: concatStringsSep separator (lib.mapAttrsToList f set);
  concatLines = concatMapStrings (line: line + "\n");
  replaceString = from: to: replaceStrings [ from ] [ to ];
  replicate = n: text: concatStrings (lib.lists.replicate n text);

  trim = trimWith { start = true; end = true; };
  trimWith =
    { start ? false, end ? false }:
    text:
    let
      blank = " \t\r\n";
      pattern =
        if start && end then
          "[${blank}]*(.*[^${blank}])[${blank}]*"
        else if start then
          "[${blank}]*(.*)"
        else
          "(.*[^${blank}])[${blank}]*";
      found = match pattern text;
    in
    if !start && !end then text else if found == null then "" else head found;

  makeSearchPath = folder: paths: concatStringsSep ":" (map (path: path + "/" + folder) (filter (x: x != null) paths));
  makeSearchPathOutput = output: folder: packages: makeSearchPath folder (map (lib.getOutput output) packages);
  makeLibraryPath = makeSearchPathOutput "lib" "lib";
  makeIncludePath = makeSearchPathOutput "dev" "include";
  makeBinPath = makeSearchPathOutput "bin" "bin";
  # With `substring` the text may be anything that reads as one.
  normalizePath =
    text:
    onText "normalizePath" "The argument" text (
      concatStrings (map (part: if isList part then "/" else part) (split "/+" (substring 0 (-1) text)))
    );

  optionalString = condition: text: if condition then text else "";
  hasPrefix =
    prefix: text: onText "hasPrefix" "The first argument" prefix (substring 0 (stringLength prefix) text == prefix);
  hasSuffix = suffix: text: onText "hasSuffix" "The first argument" suffix (endsWith suffix text);
  hasInfix =
    infix: text: onText "hasInfix" "The first argument" infix (match ".*${escapeRegex infix}.*" "${text}" != null);
  removePrefix =
    prefix: text:
    onText "removePrefix" "The first argument" prefix (
      if substring 0 (stringLength prefix) text == prefix then substring (stringLength prefix) (-1) text else text
    );
  removeSuffix =
    suffix: text:
    onText "removeSuffix" "The first argument" suffix (
      if endsWith suffix text then substring 0 (stringLength text - stringLength suffix) text else text
    );

  # The name that `replaceStrings` had for lists of characters.
  replaceChars = lib.warn "lib.replaceChars is a deprecated alias of lib.replaceStrings." replaceStrings;
  stringToCharacters = text: genList (n: substring n 1 text) (stringLength text);
  stringAsChars = f: text: concatStrings (map f (stringToCharacters text));

  escape = chars: replaceStrings chars (map (char: "\\${char}") chars);
  escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
  escapeShellArg =
    argument:
    let
      text = toString argument;
    in
    if match "[[:alnum:],._+:@%/-]+" text == null then "'${replaceStrings [ "'" ] [ "'\\''" ] text}'" else text;
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  escapeNixString = text: escape [ "$" ] (toJSON text);
  escapeNixIdentifier =
    text:
    if match "[a-zA-Z_][a-zA-Z0-9_'-]*" text != null && !(builtins.elem text keywords) then
      text
    else
      escapeNixString text;
  keywords = [ "assert" "else" "if" "in" "inherit" "let" "or" "rec" "then" "with" ];
  escapeXML = replaceStrings [ "\"" "'" "<" ">" "&" ] [ "&quot;" "&apos;" "&lt;" "&gt;" "&amp;" ];

  lowerChars = stringToCharacters lowerText;
  upperChars = stringToCharacters upperText;
  toLower = replaceStrings upperChars lowerChars;
  toUpper = replaceStrings lowerChars upperChars;
  toSentenceCase =
    text:
    lib.throwIfNot (isText text) "toSentenceCase does only accepts string values, but got ${typeOf text}" (
      addContextFrom text (toUpper (substring 0 1 text) + toLower (substring 1 (-1) text))
    );
  toCamelCase =
    text:
    let
      separators = splitStringBy (_: current: builtins.elem current [ "-" "_" " " ]) false text;
      words = builtins.concatMap (
        splitStringBy (previous: current: match "[a-z]" previous != null && match "[A-Z]" current != null) true
      ) separators;
      first = if words == [ ] then "" else toLower (head words);
    in
    lib.throwIfNot (isText text) "toCamelCase does only accepts string values, but got ${typeOf text}" (
      concatStrings (map (addContextFrom text) ([ first ] ++ map toSentenceCase (if words == [ ] then [ ] else builtins.tail words)))
    );

  # Text with the context of `source`, of which it is a part.
  addContextFrom = source: text: substring 0 0 source + text;
  splitString =
    separator: text:
    map (addContextFrom text) (filter isString (split (escapeRegex (toString separator)) (toString text)));
  splitStringBy =
    predicate: keepSplit: text:
    let
      step =
        state: char:
        if state.previous != null && predicate state.previous char || state.previous == null && predicate "" char then
          {
            parts = state.parts ++ [ state.current ];
            current = if keepSplit then char else "";
            previous = char;
          }
        else
          {
            inherit (state) parts;
            current = state.current + char;
            previous = char;
          };
      end = builtins.foldl' step { parts = [ ]; current = ""; previous = null; } (stringToCharacters text);
    in
    if text == "" then [ (addContextFrom text "") ] else map (addContextFrom text) (end.parts ++ [ end.current ]);

  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !(versionOlder a b);
  getName =
    package: if isString package then (builtins.parseDrvName package).name else package.pname or (builtins.parseDrvName package.name).name;
  getVersion =
    package:
    if isString package then (builtins.parseDrvName package).version else package.version or (builtins.parseDrvName package.name).version;
  fileContents = file: removeSuffix "\n" (builtins.readFile file);
  readPathsFromFile =
    root: file:
    let
      lines = splitString "\n" (builtins.readFile file);
    in
    map (path: root + "/${path}") (filter (line: line != "" && !(hasPrefix "#" line)) lines);

  isConvertibleWithToString =
    value:
    let
      kinds = [ "null" "int" "float" "bool" ];
    in
    isStringLike value
    || builtins.elem (typeOf value) kinds
    || (isList value && lib.all isConvertibleWithToString value);
  isStringLike = value: isString value || builtins.isPath value || value ? outPath || value ? __toString;
  isCoercibleToString = lib.warn "lib.strings.isCoercibleToString is deprecated in favor of either isStringLike or isConvertibleWithToString. Only use the latter if it needs to return true for null, numbers, booleans and list of similarly coercibles." coercible;
  isStorePath =
    value:
    isStringLike value
    && (
      let
        text = builtins.unsafeDiscardStringContext (toString value);
      in
      substring 0 1 text == "/" && dirOf text == builtins.storeDir
      || match "/[0-9a-z]{52}" text != null
    );

  enableFeature =
    flag: feature:
    assert isFlag flag;
    assert isText feature;
    "--${if flag then "enable" else "disable"}-${feature}";
  enableFeatureAs = flag: feature: value: enableFeature flag feature + optionalString flag "=${value}";
  withFeature =
    flag: feature:
    assert isText feature;
    "--${if flag then "with" else "without"}-${feature}";
  withFeatureAs = flag: feature: value: withFeature flag feature + optionalString flag "=${value}";
  mesonOption =
    feature: value:
    assert isText feature;
    assert isText value;
    "-D${feature}=${value}";
  mesonBool =
    feature: flag:
    assert isText feature;
    assert isFlag flag;
    mesonOption feature (lib.boolToString flag);
  mesonEnable =
    feature: flag:
    assert isText feature;
    assert isFlag flag;
    mesonOption feature (if flag then "enabled" else "disabled");
  cmakeOptionType =
    type: feature: value:
    assert builtins.elem (toUpper type) [ "BOOL" "FILEPATH" "PATH" "STRING" "INTERNAL" "LIST" ];
    assert isText feature;
    assert isText value;
    "-D${feature}:${toUpper type}=${value}";
  cmakeBool =
    feature: flag:
    assert isText feature;
    assert isFlag flag;
    cmakeOptionType "bool" feature (toUpper (lib.boolToString flag));
  cmakeFeature = cmakeOptionType "string";

  inherit (more)
    asciiTable charToInt escapeC escapeURL isValidPosixName toShellVar toShellVars nameFromURL fixedWidthString
    fixedWidthNumber floatToString toInt toIntBase10 sanitizeDerivationName levenshtein levenshteinAtMost
    commonPrefixLength commonSuffixLength;
}
