lib:
with lib;
let
  drv = name: outputs: { type = "derivation"; inherit name; outPath = "/nix/store/x-${name}"; } // outputs;
in
{
  attrByPath = [ [ (attrByPath [ "a" "b" ] 6 { a.b = 3; }) (attrByPath [ "z" "z" ] 6 { a = 1; }) (attrByPath [ ] 6 1) ] [ 3 6 1 ] ];
  hasAttrByPath = [ [ (hasAttrByPath [ "a" "b" ] { a.b = 3; }) (hasAttrByPath [ "a" "c" ] { a.b = 3; }) (hasAttrByPath [ "a" "c" "d" ] { a = 3; }) ] [ true false false ] ];
  longestValidPathPrefix = [ (attrsets.longestValidPathPrefix [ "a" "b" "c" ] { a.b = 3; }) [ "a" "b" ] ];
  setAttrByPath = [ (setAttrByPath [ "a" "b" ] 3) { a.b = 3; } ];
  getAttrFromPath = [ (getAttrFromPath [ "a" "b" ] { a.b = 3; }) 3 ];
  updateMany = [
    (updateManyAttrsByPath [ { path = [ "a" "b" ]; update = old: { d = old.c; }; } { path = [ "a" "b" "c" ]; update = old: old + 1; } { path = [ "x" "y" ]; update = _: "xy"; } ] { a.b.c = 0; })
    { a.b.d = 1; x.y = "xy"; }
  ];
  attrVals = [ [ (attrVals [ "a" "b" ] { a = 1; b = 2; c = 3; }) (getAttrs [ "a" "b" ] { a = 1; b = 2; c = 3; }) (attrValues { b = 2; a = 1; }) (catAttrs "a" [ { a = 1; } { b = 0; } { a = 2; } ]) ] [ [ 1 2 ] { a = 1; b = 2; } [ 1 2 ] [ 1 2 ] ] ];
  filterAttrs = [ (filterAttrs (n: v: n == "foo") { foo = 1; bar = 2; }) { foo = 1; } ];
  filterAttrsRecursive = [ (filterAttrsRecursive (n: v: v != null) { a.b = null; c = 1; d = null; }) { a = { }; c = 1; } ];
  foldlAttrs = [ (foldlAttrs (acc: name: value: { sum = acc.sum + value; names = acc.names ++ [ name ]; }) { sum = 0; names = [ ]; } { foo = 1; bar = 10; }) { sum = 11; names = [ "bar" "foo" ]; } ];
  foldAttrs = [ (foldAttrs (item: acc: [ item ] ++ acc) [ ] [ { a = 2; } { a = 3; b = 4; } ]) { a = [ 2 3 ]; b = [ 4 ]; } ];
  foldAttrs-merge = [ (foldAttrs mergeAttrs { } [ { x.a = 1; } { x.b = 2; y.c = 3; } ]) { x = { a = 1; b = 2; }; y.c = 3; } ];
  collect = [ (collect isList { a = { b = [ "b" ]; }; c = [ 1 ]; }) [ [ "b" ] [ 1 ] ] ];
  collect-sets = [ (collect (x: x ? outPath) { a = { outPath = "a/"; }; b = { outPath = "b/"; }; }) [ { outPath = "a/"; } { outPath = "b/"; } ] ];
  cartesianProduct = [ (cartesianProduct { a = [ 1 2 ]; b = [ 10 20 ]; }) [ { a = 1; b = 10; } { a = 1; b = 20; } { a = 2; b = 10; } { a = 2; b = 20; } ] ];
  mapCartesianProduct = [ (mapCartesianProduct ({ a, b }: "${a}-${b}") { a = [ "1" "2" ]; b = [ "3" "4" ]; }) [ "1-3" "1-4" "2-3" "2-4" ] ];
  mapAttrs' = [ (mapAttrs' (name: value: nameValuePair ("foo_" + name) ("bar-" + value)) { x = "a"; y = "b"; }) { foo_x = "bar-a"; foo_y = "bar-b"; } ];
  mapAttrsToList = [ (mapAttrsToList (name: value: name + value) { x = "a"; y = "b"; }) [ "xa" "yb" ] ];
  attrsToList = [ (attrsToList { foo = 1; bar = "a"; }) [ { name = "bar"; value = "a"; } { name = "foo"; value = 1; } ] ];
  concatMapAttrs = [ (concatMapAttrs (name: value: { ${name} = value; ${name + value} = value; }) { x = "a"; y = "b"; }) { x = "a"; xa = "a"; y = "b"; yb = "b"; } ];
  mapAttrsRecursive = [ (mapAttrsRecursive (path: value: concatStringsSep "-" (path ++ [ value ])) { n = { a = "A"; m.b = "B"; }; d = "D"; }) { d = "d-D"; n = { a = "n-a-A"; m.b = "n-m-b-B"; }; } ];
  mapAttrsRecursiveCond = [ (mapAttrsRecursiveCond (as: !(as ? stop)) (p: v: "x") { a.b = 1; c.stop = 1; }) { a.b = "x"; c = "x"; } ];
  genAttrs = [ (genAttrs [ "foo" "bar" ] (name: "x_" + name)) { foo = "x_foo"; bar = "x_bar"; } ];
  isDerivation = [ [ (isDerivation (drv "a" { })) (isDerivation "a") ] [ true false ] ];
  optionalAttrs = [ [ (optionalAttrs true { a = 1; }) (optionalAttrs false (throw "no")) ] [ { a = 1; } { } ] ];
  zip = [ [ (zipAttrsWith (name: vs: vs) [ { a = "x"; } { a = "y"; b = "z"; } ]) (zipAttrs [ { a = 1; } { a = 2; } ]) (zipAttrsWithNames [ "a" ] (n: vs: n) [ { a = 1; b = 2; } ]) ] [ { a = [ "x" "y" ]; b = [ "z" ]; } { a = [ 1 2 ]; } { a = "a"; } ] ];
  mergeAttrsList = [ [ (mergeAttrsList [ { a = 0; b = 1; } { c = 2; d = 3; } { b = 9; } ]) (mergeAttrsList [ ]) ] [ { a = 0; b = 9; c = 2; d = 3; } { } ] ];
  recursiveUpdate = [ (recursiveUpdate { boot.loader.grub.enable = true; boot.loader.grub.device = "/dev/hda"; } { boot.loader.grub.device = ""; }) { boot.loader.grub = { enable = true; device = ""; }; } ];
  recursiveUpdate-lazy = [ (recursiveUpdate { a = throw "no"; b.c = 1; } { b.d = 2; }).b { c = 1; d = 2; } ];
  recursiveUpdateUntil = [ (recursiveUpdateUntil (path: l: r: path == [ "foo" ]) { foo.bar = 1; foo.quz = 2; bar = 3; } { foo.bar = 1; foo.q2 = 10; baz = 4; }) { foo = { bar = 1; q2 = 10; }; bar = 3; baz = 4; } ];
  matchAttrs = [ [ (matchAttrs { cpu = { }; } { cpu = { bits = 64; }; }) (matchAttrs { cpu.bits = 32; } { cpu.bits = 64; }) (matchAttrs { a = 1; } { }) ] [ true false false ] ];
  overrideExisting = [ (overrideExisting { a = 1; } { a = 2; b = 3; }) { a = 2; } ];
  showAttrPath = [ [ (showAttrPath [ "foo" "10" "bar" ]) (showAttrPath [ ]) ] [ "foo.\"10\".bar" "<root attribute path>" ] ];
  outputs = [
    (let p = drv "p" { dev = "DEV"; lib = "LIB"; bin = "BIN"; }; q = drv "q" { }; in [ (getDev p) (getLib p) (getBin p) (getBin q).name (getOutput "man" p).name (getStatic p) ])
    [ "DEV" "LIB" "BIN" "q" "p" "LIB" ]
  ];
  unionOfDisjoint = [ (unionOfDisjoint { a = 1; } { b = 2; }) { a = 1; b = 2; } ];
  recurse = [ (recurseIntoAttrs { a = 1; }) { a = 1; recurseForDerivations = true; } ];
}
