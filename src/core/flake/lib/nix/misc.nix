# Old functions that are kept for those who still call them.
{ lib }:
let
  inherit (builtins) attrNames concatStringsSep elem filter head isAttrs isList listToAttrs tail;
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
  ifEnable = condition: value: if condition then value else { };
  defaultMergeArg = x: y: if isAttrs y then y else y x;
  defaultMerge = x: y: x // defaultMergeArg x y;
  foldArgs =
    merger: f: init: x:
    let
      arg = merger init (defaultMergeArg init x);
      base = {
        __functor = _: foldArgs merger f arg;
      };
    in
    f arg // base;
  defaultOverridableDelayableArgs = f: initial: foldArgs defaultMerge f initial { };
  checkFlag =
    attrs: name:
    if name == "true" then
      true
    else if name == "false" then
      false
    else if elem name (lib.attrByPath [ "flags" ] [ ] attrs) then
      true
    else
      lib.attrByPath [ name ] false attrs;
  getValue =
    attrs: list: name:
    let
      found = filter (entry: head entry == name) list;
    in
    if attrs ? ${name} then attrs.${name} else if found == [ ] then null else head (tail (head found));
  checkReqs =
    attrs: list: requirements:
    builtins.all (
      requirement:
      let
        name = head requirement;
      in
      !(checkFlag attrs name)
      || builtins.all (need: if isList need then getValue attrs list (head need) != null else checkFlag attrs need) (
        lib.flatten (tail requirement)
      )
    ) requirements;
  uniqList =
    { inputList, acc ? [ ] }:
    let
      go = rest: seen: if rest == [ ] then [ ] else if elem (head rest) seen then go (tail rest) seen else [ (head rest) ] ++ go (tail rest) (seen ++ [ (head rest) ]);
    in
    go inputList acc;
  uniqListExt =
    {
      inputList,
      outputList ? [ ],
      getter ? (x: x),
      compare ? (a: b: a == b),
    }:
    builtins.foldl' (
      acc: x: if lib.any (y: compare (getter x) (getter y)) acc then acc else acc ++ [ x ]
    ) outputList inputList;
  condConcat =
    name: list: checker:
    if list == [ ] then
      name
    else if checker (head list) then
      condConcat (name + head (tail list)) (tail (tail list)) checker
    else
      condConcat name (tail (tail list)) checker;
  lazyGenericClosure =
    { startSet, operator }:
    let
      go =
        todo: done: keys:
        if todo == [ ] then
          done
        else if elem (head todo).key keys then
          go (tail todo) done keys
        else
          go (tail todo ++ operator (head todo)) (done ++ [ (head todo) ]) (keys ++ [ (head todo).key ]);
    in
    go startSet [ ] [ ];
  innerModifySumArgs = f: x: a: b: if b == null then f a b // x else innerModifySumArgs f x (a // b);
  modifySumArgs = f: x: innerModifySumArgs f x { };
  innerClosePropagation =
    acc: xs:
    if xs == [ ] then
      acc
    else
      let
        step =
          seen: x:
          if x == null || elem x seen then
            seen
          else if isList x then
            innerClosePropagation seen x
          else
            innerClosePropagation (seen ++ [ x ]) ((x.propagatedBuildInputs or [ ]) ++ (x.propagatedNativeBuildInputs or [ ]));
      in
      builtins.foldl' step acc xs;
  closePropagation =
    list:
    map (entry: entry.package) (
      builtins.genericClosure {
        startSet = map (package: { key = package.outPath; inherit package; }) (filter (x: x != null) (lib.flatten list));
        operator =
          { package, ... }:
          map (inner: { key = inner.outPath; package = inner; }) (
            filter (x: x != null) (lib.flatten (package.propagatedBuildInputs or [ ] ++ package.propagatedNativeBuildInputs or [ ]))
          );
      }
    );
  mapAttrsFlatten = lib.mapAttrsToList;
  nvs = name: value: listToAttrs [ (lib.nameValuePair name value) ];
  setAttr = set: name: value: set // { ${name} = value; };
  setAttrMerge = name: fallback: attrs: f: setAttr attrs name (f (attrs.${name} or fallback));
  mergeAttrsWithFunc =
    f: a: b:
    lib.foldr (name: set: if set ? ${name} then setAttr set name (f a.${name} set.${name}) else set // { ${name} = a.${name}; }) b (attrNames a);
  mergeAttrsConcatenateValues = mergeAttrsWithFunc (a: b: lib.toList a ++ lib.toList b);
  mergeAttrsNoOverride =
    {
      mergeLists ? [ "buildInputs" "propagatedBuildInputs" ],
      overrideSnd ? [ "buildPhase" ],
    }:
    a: b:
    lib.foldr (
      name: set:
      setAttr set name (
        if set ? ${name} then
          if elem name mergeLists then
            a.${name} ++ b.${name}
          else if elem name overrideSnd then
            b.${name}
          else
            throw "error mergeAttrsNoOverride, attribute ${name} given in both attributes - no merge func defined"
        else
          a.${name}
      )
    ) b (attrNames a);
  mergeAttrByFunc =
    x: y:
    let
      both = mergeAttrBy2 // x.mergeAttrBy or { } // y.mergeAttrBy or { };
    in
    x // y
    // builtins.mapAttrs (name: merge: if x ? ${name} && y ? ${name} then merge x.${name} y.${name} else (x // y).${name}) (
      lib.filterAttrs (name: _: x ? ${name} || y ? ${name}) both
    );
  mergeAttrBy2 =
    lib.genAttrs [ "buildInputs" "propagatedBuildInputs" "configureFlags" "prePhases" "postAll" "patches" ] (_: a: b: a ++ b)
    // lib.genAttrs [ "passthru" "meta" "cfg" "flags" ] (_: a: b: a // b)
    // lib.genAttrs [ "preConfigure" "postInstall" ] (_: a: b: a + "\n" + b);
  mergeAttrsByFuncDefaults = builtins.foldl' mergeAttrByFunc { inherit mergeAttrBy; };
  mergeAttrsByFuncDefaultsClean = list: removeAttrs (mergeAttrsByFuncDefaults list) [ "mergeAttrBy" ];
  mergeAttrBy = mergeAttrBy2;
  nixType =
    value:
    if isAttrs value then (if value ? outPath then "derivation" else "attrs") else builtins.typeOf value;
  imap = lib.imap1;
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  fakeSha256 = concatStringsSep "" (builtins.genList (_: "0") 64);
  fakeSha512 = concatStringsSep "" (builtins.genList (_: "0") 128);
}
