# String functions that few flakes need: numbers in text, shell variables, edit distance.
{ lib }:
let
  inherit (builtins) elemAt fromJSON genList head isAttrs isList isString length match replaceStrings stringLength substring;
  inherit (lib.strings) concatStrings escapeShellArg escapeNixString isStringLike stringToCharacters;

  minimum = a: b: if a < b then a else b;
in
rec {
  asciiTable = {
    "\t" = 9; "\n" = 10; "\r" = 13;
    " " = 32; "!" = 33; "\"" = 34; "#" = 35; "\$" = 36; "%" = 37; "&" = 38; "'" = 39;
    "(" = 40; ")" = 41; "*" = 42; "+" = 43; "," = 44; "-" = 45; "." = 46; "/" = 47;
    "0" = 48; "1" = 49; "2" = 50; "3" = 51; "4" = 52; "5" = 53; "6" = 54; "7" = 55;
    "8" = 56; "9" = 57; ":" = 58; ";" = 59; "<" = 60; "=" = 61; ">" = 62; "?" = 63;
    "@" = 64; "A" = 65; "B" = 66; "C" = 67; "D" = 68; "E" = 69; "F" = 70; "G" = 71;
    "H" = 72; "I" = 73; "J" = 74; "K" = 75; "L" = 76; "M" = 77; "N" = 78; "O" = 79;
    "P" = 80; "Q" = 81; "R" = 82; "S" = 83; "T" = 84; "U" = 85; "V" = 86; "W" = 87;
    "X" = 88; "Y" = 89; "Z" = 90; "[" = 91; "\\" = 92; "]" = 93; "^" = 94; "_" = 95;
    "`" = 96; "a" = 97; "b" = 98; "c" = 99; "d" = 100; "e" = 101; "f" = 102; "g" = 103;
    "h" = 104; "i" = 105; "j" = 106; "k" = 107; "l" = 108; "m" = 109; "n" = 110; "o" = 111;
    "p" = 112; "q" = 113; "r" = 114; "s" = 115; "t" = 116; "u" = 117; "v" = 118; "w" = 119;
    "x" = 120; "y" = 121; "z" = 122; "{" = 123; "|" = 124; "}" = 125; "~" = 126;
  };
  charToInt = char: asciiTable.${char};

  # Each listed character as `\xHH`.
  escapeC =
    chars:
    replaceStrings chars (
      map (char: "\\x${lib.toLower (fixedWidthString 2 "0" (lib.toHexString (charToInt char)))}") chars
    );
  escapeURL =
    let
      plain = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
      others = builtins.filter (char: !(builtins.elem char plain)) (builtins.attrNames asciiTable);
    in
    replaceStrings others (map (char: "%" + fixedWidthString 2 "0" (lib.toHexString (charToInt char))) others);

  isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
  toShellVar =
    name: value:
    lib.throwIfNot (isValidPosixName name) "toShellVar: ${name} is not a valid shell variable name" (
      if isAttrs value && !isStringLike value then
        "declare -A ${name}=(${
          lib.concatStringsSep " " (lib.mapAttrsToList (key: v: "[${escapeShellArg key}]=${escapeShellArg v}") value)
        })"
      else if isList value then
        "declare -a ${name}=(${lib.escapeShellArgs value})"
      else
        "${name}=${escapeShellArg value}"
    );
  toShellVars = vars: lib.concatStringsSep "\n" (lib.mapAttrsToList toShellVar vars);

  nameFromURL =
    url: separator:
    let
      file = lib.last (lib.splitString "/" url);
      name = head (lib.splitString separator file);
    in
    assert name != file;
    name;

  fixedWidthString =
    width: filler: text:
    let
      size = stringLength text;
    in
    assert lib.assertMsg (size <= width)
      "fixedWidthString: requested string length (${toString width}) must not be shorter than actual length (${toString size})";
    if size == width then text else filler + fixedWidthString (width - stringLength filler) filler text;
  fixedWidthNumber = width: number: fixedWidthString width "0" (toString number);
  floatToString =
    number:
    let
      text = toString number;
    in
    lib.warnIfNot (number == fromJSON text) "Imprecise conversion from float to string ${text}" text;

  toInt =
    text:
    let
      found = match "[[:space:]]*(-?[[:digit:]]+)[[:space:]]*" text;
      digits = head found;
      leadingZero = match "[[:space:]]*0[[:digit:]]+[[:space:]]*" text != null;
    in
    if found == null then
      throw "toInt: Could not convert ${escapeNixString text} to int."
    else if leadingZero then
      throw "toInt: Ambiguity in interpretation of ${escapeNixString text} between octal and zero padded integer."
    else
      fromJSON digits;
  toIntBase10 =
    text:
    let
      found = match "[[:space:]]*0*(-?[[:digit:]]+)[[:space:]]*" text;
    in
    if found == null then
      throw "toIntBase10: Could not convert ${escapeNixString text} to int."
    else if match "0+" (head found) != null then
      0
    else
      fromJSON (head found);

  sanitizeDerivationName =
    value:
    let
      text = builtins.unsafeDiscardStringContext value;
      noDots = head (match "\\.*(.*)" text);
      clean = concatStrings (
        map (part: if isList part then "-" else part) (builtins.split "[^[:alnum:]+._?=-]+" noDots)
      );
      tooLong = stringLength clean - 207;
      short = substring (lib.max tooLong 0) (-1) clean;
    in
    if stringLength text <= 207 && match "[[:alnum:]+_?=-][[:alnum:]+._?=-]*" text != null then
      text
    else if short == "" then
      "unknown"
    else
      short;

  # Rows of the edit distance table, one for each character of `a`.
  levenshtein =
    a: b:
    let
      width = stringLength b;
      firstRow = genList lib.id (width + 1);
      nextRow =
        row: index:
        let
          char = substring index 1 a;
          step =
            cells: n:
            let
              cost = if char == substring n 1 b then 0 else 1;
            in
            cells
            ++ [
              (minimum (minimum (lib.last cells + 1) (elemAt row (n + 1) + 1)) (elemAt row n + cost))
            ];
        in
        builtins.foldl' step [ (index + 1) ] (genList lib.id width);
      rows = builtins.foldl' nextRow firstRow (genList lib.id (stringLength a));
    in
    lib.last rows;
  levenshteinAtMost =
    limit: a: b:
    let
      difference = stringLength a - stringLength b;
      gap = if difference < 0 then -difference else difference;
    in
    if limit <= 0 then a == b else gap <= limit && levenshtein a b <= limit;
  commonPrefixLength =
    a: b:
    let
      size = minimum (stringLength a) (stringLength b);
      go = n: if n < size && substring n 1 a == substring n 1 b then go (n + 1) else n;
    in
    go 0;
  commonSuffixLength =
    a: b:
    let
      sizeA = stringLength a;
      sizeB = stringLength b;
      size = minimum sizeA sizeB;
      go = n: if n < size && substring (sizeA - n - 1) 1 a == substring (sizeB - n - 1) 1 b then go (n + 1) else n;
    in
    go 0;
}
