# Old functions that are kept for those who still call them.
{ lib }:
let
  inherit (builtins) elem filter foldl' head isAttrs isList tail;

  inputsOf = package: package.propagatedBuildInputs or [ ] ++ package.propagatedNativeBuildInputs or [ ];
  zeros = builtins.genList (_: "0");
in
rec {
  maybeEnv =
    name: fallback:
    let
      value = builtins.getEnv name;
    in
    if value == "" then fallback else value;
  maybeAttrNullable = maybeAttr;
  maybeAttr = name: fallback: attrs: attrs.${name} or fallback;
  # The value, or what is empty of its kind.
  ifEnable =
    condition: value:
    if condition then
      value
    else if isList value then
      [ ]
    else if isAttrs value then
      { }
    else if builtins.isBool value then
      false
    else
      null;
  defaultMergeArg = x: y: if isAttrs y then y else y x;
  defaultMerge = x: y: x // defaultMergeArg x y;
  # A function that can be called again with more arguments: `passthru.function`, or `override`.
  foldArgs =
    merger: f: init: x:
    let
      arg = merger init (defaultMergeArg init x);
      again = foldArgs merger f arg;
      made = f arg;
      passthru = made.passthru or { };
    in
    made
    // {
      passthru = passthru // {
        function = again;
        args = passthru.args or { } // x;
      };
      override = again;
    };
  defaultOverridableDelayableArgs = f: initial: foldArgs defaultMerge f initial { };
  checkFlag =
    attrs: name:
    if name == "true" || name == "false" then
      name == "true"
    else
      elem name (attrs.flags or [ ]) || attrs.${name} or false;
  getValue =
    attrs: list: name:
    let
      found = filter (entry: head entry == name) list;
    in
    attrs.${name} or (
      if checkFlag attrs name then true else if found == [ ] then null else head (tail (head found))
    );
  checkReqs =
    attrs: list: requirements:
    lib.all (
      requirement:
      checkFlag attrs (head requirement)
      -> lib.all (
        need:
        let
          value = getValue attrs list need;
        in
        value != null && value != false
      ) (tail requirement)
    ) requirements;
  uniqList =
    {
      inputList,
      acc ? [ ],
    }:
    let
      step =
        state: x:
        if elem x state.seen then state else { seen = [ x ] ++ state.seen; kept = state.kept ++ [ x ]; };
    in
    (foldl' step { seen = acc; kept = [ ]; } inputList).kept;
  uniqListExt =
    {
      inputList,
      outputList ? [ ],
      getter ? (x: x),
      compare ? (a: b: a == b),
    }:
    foldl' (
      kept: x: if lib.any (y: compare (getter y) (getter x)) kept then kept else kept ++ [ x ]
    ) outputList inputList;
  condConcat =
    name: list: checker:
    if list == [ ] then
      name
    else
      condConcat (if checker (head list) then name + head (tail list) else name) (tail (tail list)) checker;
  # As `genericClosure`, what was found last coming first.
  lazyGenericClosure =
    { startSet, operator }:
    let
      go =
        todo: keys: found:
        let
          item = head todo;
        in
        if todo == [ ] then
          found
        else if elem item.key keys then
          go (tail todo) keys found
        else
          go (tail todo ++ operator item) ([ item.key ] ++ keys) ([ item ] ++ found);
    in
    go startSet [ ] [ ];
  innerModifySumArgs = f: x: a: b: if b == null then f a b // x else innerModifySumArgs f x (a // b);
  modifySumArgs = f: x: innerModifySumArgs f x { };
  innerClosePropagation =
    found: packages:
    let
      package = head packages;
      seen = [ package ] ++ found;
    in
    if packages == [ ] then
      found
    else if !isAttrs package then
      innerClosePropagation found (tail packages)
    else
      innerClosePropagation seen (uniqList {
        inputList = inputsOf package ++ tail packages;
        acc = seen;
      });
  closePropagationSlow = list: uniqList { inputList = innerClosePropagation [ ] list; };
  closePropagationFast =
    let
      keyed = list: map (package: { key = package.outPath; inherit package; }) (filter (x: x != null) list);
    in
    list:
    map (entry: entry.package) (
      builtins.genericClosure {
        startSet = keyed list;
        operator = { package, ... }: if isAttrs package then keyed (inputsOf package) else [ ];
      }
    );
  closePropagation = closePropagationFast;
  mapAttrsFlatten = lib.warn "lib.misc.mapAttrsFlatten is deprecated, please use lib.attrsets.mapAttrsToList instead." lib.mapAttrsToList;
  nvs = name: value: { ${name} = value; };
  setAttr = set: name: value: set // nvs name value;
  setAttrMerge = name: fallback: attrs: f: setAttr attrs name (f (attrs.${name} or fallback));
  # Every name of the second set is merged, with itself where the first set lacks it.
  mergeAttrsWithFunc =
    f: a: b:
    b // a // builtins.mapAttrs (name: value: f (a.${name} or value) value) b;
  mergeAttrsConcatenateValues = mergeAttrsWithFunc (a: b: lib.toList a ++ lib.toList b);
  mergeAttrsNoOverride =
    {
      mergeLists ? [ "buildInputs" "propagatedBuildInputs" ],
      overrideSnd ? [ "buildPhase" ],
    }:
    a: b:
    a
    // builtins.mapAttrs (
      name: value:
      if !(a ? ${name}) then
        value
      else if elem name mergeLists then
        value ++ a.${name}
      else if elem name overrideSnd then
        a.${name}
      else
        throw "error mergeAttrsNoOverride, attribute ${name} given in both attributes - no merge func defined"
    ) b;
  mergeAttrByFunc =
    x: y:
    let
      functions = { mergeAttrBy = a: b: a // b; } // x.mergeAttrBy or { } // y.mergeAttrBy or { };
      both = lib.filterAttrs (name: _: x ? ${name} && y ? ${name}) functions;
    in
    x // y // builtins.mapAttrs (name: merge: merge x.${name} y.${name}) both;
  mergeAttrsByFuncDefaults = lib.foldl mergeAttrByFunc { inherit mergeAttrBy; };
  mergeAttrsByFuncDefaultsClean = list: removeAttrs (mergeAttrsByFuncDefaults list) [ "mergeAttrBy" ];
  mergeAttrBy =
    let
      each = names: merge: lib.genAttrs names (_: merge);
    in
    each [
      "nativeBuildInputs"
      "buildInputs"
      "propagatedBuildInputs"
      "configureFlags"
      "prePhases"
      "postAll"
      "patches"
    ] (a: b: a ++ b)
    // each [ "passthru" "meta" "cfg" "flags" ] (a: b: a // b)
    // each [ "preConfigure" "postInstall" ] (a: b: "${a}\n${b}");
  nixType =
    value:
    if isAttrs value then
      if value ? outPath then "derivation" else "attrs"
    else
      {
        lambda = "function";
        path = "string";
        float = "string";
      }
      .${builtins.typeOf value} or (builtins.typeOf value);
  imap = lib.imap1;
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  fakeSha256 = lib.concatStrings (zeros 64);
  fakeSha512 = lib.concatStrings (zeros 128);
}
