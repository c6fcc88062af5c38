# Functions on attribute sets.
{ lib }:
let
  inherit (builtins)
    attrNames concatMap elemAt foldl' head isAttrs isList length listToAttrs mapAttrs tail;
  inherit (lib.__parts) isUnknown overlay;
in
rec {
  inherit (builtins)
    attrNames listToAttrs hasAttr isAttrs getAttr removeAttrs intersectAttrs catAttrs attrValues mapAttrs zipAttrsWith;

  attrByPath =
    path: fallback: set:
    let
      size = length path;
      go =
        n: value:
        if n == size then
          value
        else if value ? ${elemAt path n} then
          go (n + 1) value.${elemAt path n}
        else
          fallback;
    in
    go 0 set;
  hasAttrByPath =
    path: set:
    let
      size = length path;
      go = n: value: n == size || (value ? ${elemAt path n} && go (n + 1) value.${elemAt path n});
    in
    go 0 set;
  # The longest part of a path that exists in the set.
  longestValidPathPrefix =
    path: set:
    let
      size = length path;
      go =
        n: value:
        if n == size then
          path
        else if value ? ${elemAt path n} then
          go (n + 1) value.${elemAt path n}
        else
          lib.take n path;
    in
    go 0 set;
  setAttrByPath =
    path: value:
    let
      size = length path;
      go = n: if n == size then value else { ${elemAt path n} = go (n + 1); };
    in
    go 0;
  getAttrFromPath =
    path: set: attrByPath path (abort ("cannot find attribute '" + lib.concatStringsSep "." path + "'")) set;

  updateManyAttrsByPath =
    let
      # `present` tells whether `value` exists; the updates have ever shorter paths.
      go =
        depth: present: value: updates:
        let
          split = lib.partition (update: length update.path == depth) updates;
          below = lib.groupBy (update: elemAt update.path depth) split.wrong;
          longest = (head split.wrong).path;
          inner =
            if split.wrong == [ ] then
              (if present then { has = true; inherit value; } else { has = false; })
            else
              {
                has = true;
                value =
                  if !present then
                    mapAttrs (_: go (depth + 1) false null) below
                  else if !isAttrs value then
                    throw "updateManyAttrsByPath: Path '${showAttrPath longest}' needs to be updated, but path '${showAttrPath (lib.take depth longest)}' of the given value is not an attribute set, so we can't update an attribute inside of it."
                  else
                    value // mapAttrs (name: go (depth + 1) (value ? ${name}) (value.${name} or null)) below;
              };
          start =
            if inner.has then
              inner.value
            else
              throw "updateManyAttrsByPath: Path '${showAttrPath (lib.take depth (head updates).path)}' does not exist in the given value, but the first update to this path tries to access the existing value.";
        in
        # Lazily: an update may not look at what the ones before it gave.
        lib.foldl (x: update: update.update x) start split.right;
    in
    updates: value: go 0 true value updates;

  attrVals = names: set: map (name: set.${name}) names;
  getAttrs = names: set: lib.genAttrs names (name: set.${name});
  filterAttrs =
    predicate: set:
    let
      dropped = builtins.filter (name: !predicate name set.${name}) (attrNames set);
    in
    if lib.any isUnknown dropped then
      # Of some it cannot be told: a list can say so of each.
      listToAttrs (
        concatMap (
          name: map (value: { inherit name value; }) (builtins.filter (predicate name) [ set.${name} ])
        ) (attrNames set)
      )
    else
      removeAttrs set dropped;
  filterAttrsRecursive =
    predicate: set:
    listToAttrs (
      concatMap (
        name:
        let
          value = set.${name};
        in
        if predicate name value then
          [ (nameValuePair name (if isAttrs value then filterAttrsRecursive predicate value else value)) ]
        else
          [ ]
      ) (attrNames set)
    );
  foldlAttrs = f: init: set: lib.foldl' (acc: name: f acc name set.${name}) init (attrNames set);
  foldAttrs =
    op: nul: sets:
    foldl' (
      acc: name: acc // { ${name} = lib.foldr (set: rest: if set ? ${name} then op set.${name} rest else rest) nul sets; }
    ) { } (attrNames (foldl' (a: b: a // b) { } sets));
  collect =
    predicate: value:
    if isUnknown value then
      builtins.filter predicate [ value ]
    else if predicate value then
      [ value ]
    else if isAttrs value then
      concatMap (collect predicate) (attrValues value)
    else
      [ ];
  cartesianProduct =
    lists: foldl' (acc: name: concatMap (set: map (x: set // { ${name} = x; }) lists.${name}) acc) [ { } ] (attrNames lists);
  cartesianProductOfSets = lib.warn "lib.cartesianProductOfSets is a deprecated alias of lib.cartesianProduct." cartesianProduct;
  mapCartesianProduct = f: lists: map f (cartesianProduct lists);

  nameValuePair = name: value: { inherit name value; };
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  mapAttrsToList = f: set: attrValues (mapAttrs f set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: foldl' (a: b: a // b) { } (mapAttrsToList f set);
  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    condition: f: set:
    let
      go = path: mapAttrs (
        name: value:
        if isAttrs value && condition value then go (path ++ [ name ]) value else f (path ++ [ name ]) value
      );
    in
    go [ ] set;
  mapAttrsToListRecursive = mapAttrsToListRecursiveCond (_: _: true);
  mapAttrsToListRecursiveCond =
    condition: f: set:
    let
      go =
        path: value:
        if isAttrs value && (path == [ ] || condition path value) then
          concatMap (name: go (path ++ [ name ]) value.${name}) (attrNames value)
        else
          [ (f path value) ];
    in
    go [ ] set;
  genAttrs = names: f: listToAttrs (map (name: { inherit name; value = f name; }) names);
  genAttrs' = list: f: listToAttrs (map f list);

  isDerivation = value: value.type or null == "derivation";
  toDerivation =
    path:
    let
      storePath = builtins.storePath path;
      result = {
        type = "derivation";
        name = lib.sanitizeDerivationName (builtins.substring 33 (-1) (baseNameOf storePath));
        outPath = storePath;
        outputs = [ "out" ];
        out = result;
        outputName = "out";
      };
    in
    result;
  optionalAttrs = condition: set: if condition then set else { };

  zipAttrsWithNames =
    names: f: sets:
    lib.genAttrs names (name: f name (catAttrs name sets));
  zipWithNames = lib.warn "lib.zipWithNames is a deprecated alias of lib.zipAttrsWithNames." zipAttrsWithNames;
  zip = lib.warn "lib.zip is a deprecated alias of lib.zipAttrsWith." zipAttrsWith;
  zipAttrs = zipAttrsWith (_: values: values);
  # Pairs of halves, so that the copies stay small.
  mergeAttrsList =
    list:
    let
      go =
        start: end:
        if end - start >= 2 then
          let
            middle = start + (end - start) / 2;
          in
          go start middle // go middle end
        else
          elemAt list start;
    in
    if list == [ ] then { } else go 0 (length list);
  unionOfDisjoint =
    a: b:
    let
      both = builtins.intersectAttrs a b;
      collision =
        name: throw "unionOfDisjoint: collision on ${name}; complete list: ${lib.concatStringsSep " " (attrNames both)}";
    in
    (a // b) // mapAttrs (name: _: collision name) both;

  recursiveUpdateUntil =
    stop: old: new:
    let
      # Of an unknown set, only what is written over it is known.
      over = old: new: if isAttrs new && !(new ? type) then old // mapAttrs (name: over old.${name}) new else new;
      go =
        path: old: new:
        if isUnknown new then
          overlay old new
        else if isUnknown old then
          over old new
        else
          zipAttrsWith (
            name: values:
            let
              here = path ++ [ name ];
              below = elemAt values 1;
              above = head values;
              stopped = stop here below above;
            in
            if length values == 1 then
              above
            else if isUnknown stopped && (isUnknown below || isUnknown above) then
              go here below above
            else if stopped then
              above
            else
              go here below above
          ) [ new old ];
    in
    go [ ] old new;
  recursiveUpdate = recursiveUpdateUntil (_: a: b: !(isAttrs a && isAttrs b));
  matchAttrs =
    pattern: set:
    assert isAttrs pattern;
    builtins.all (
      name:
      let
        want = pattern.${name};
        have = set.${name};
      in
      set ? ${name} && (if isAttrs want then isAttrs have && matchAttrs want have else want == have)
    ) (attrNames pattern);
  overrideExisting = old: new: mapAttrs (name: value: new.${name} or value) old;
  showAttrPath =
    path: if path == [ ] then "<root attribute path>" else lib.concatMapStringsSep "." lib.strings.escapeNixIdentifier path;

  getOutput =
    output: package:
    if isUnknown package || package.outputSpecified or false then package else package.${output} or package.out or package;
  getFirstOutput =
    candidates: package:
    let
      found = builtins.filter (output: hasAttr output package) candidates;
    in
    if isUnknown package || package.outputSpecified or false || found == [ ] then package else package.${head found};
  getBin = getOutput "bin";
  getLib = getOutput "lib";
  getStatic = getFirstOutput [ "static" "lib" "out" ];
  getDev = getOutput "dev";
  getInclude = getFirstOutput [ "include" "dev" "out" ];
  getMan = getOutput "man";
  chooseDevOutputs = builtins.map getDev;

  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
}
