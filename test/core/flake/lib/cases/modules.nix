# Module system: each case is [ actual expected ].
lib:
with lib;
let
  eval = modules: (evalModules { inherit modules; }).config;
  opt = type: mkOption { inherit type; };
in
{
  default = [ (eval [ { options.x = mkOption { type = types.int; default = 3; }; } ]) { x = 3; } ];
  list-order = [
    (eval [ { options.x = opt (types.listOf types.int); } { x = [ 1 ]; } { x = mkBefore [ 0 ]; } { x = mkAfter [ 9 ]; } { x = [ 2 ]; } ])
    { x = [ 0 2 1 9 ]; }
  ];
  submodules-by-name = [
    (eval [
      (
        { config, ... }:
        {
          options.foo.enable = mkEnableOption "foo";
          options.foo.s = opt (types.attrsOf (types.submodule (
            { name, ... }:
            {
              options.n = mkOption { type = types.str; default = name; };
              options.k = opt types.int;
            }
          )));
          config = mkIf config.foo.enable {
            foo.s.a.k = 4;
            foo.s.b = { k = mkForce 3; n = "B"; };
          };
        }
      )
      { foo.enable = true; foo.s.b.k = 9; }
    ])
    { foo = { enable = true; s = { a = { k = 4; n = "a"; }; b = { k = 3; n = "B"; }; }; }; }
  ];
  freeform = [
    (eval [ { freeformType = types.attrsOf types.int; options.y = mkOption { default = 1; }; } { z = 4; w = mkIf false 3; } ])
    { y = 1; z = 4; }
  ];
  enum-and-null = [
    (eval [ { options.x = mkOption { type = types.nullOr types.str; default = null; }; options.e = opt (types.enum [ "a" "b" ]); } { e = "a"; } ])
    { e = "a"; x = null; }
  ];
  module-args = [ (eval [ ({ foo, ... }: { options.x = mkOption { }; config.x = foo; }) { _module.args.foo = 7; } ]).x 7 ];
  special-args = [
    ((evalModules { modules = [ ({ foo, ... }: { options.x = mkOption { default = foo; }; }) ]; specialArgs.foo = 5; }).config.x)
    5
  ];
  function-to = [
    ((eval [ { options.f = opt (types.functionTo (types.listOf types.int)); } { f = x: [ x ]; } { f = x: [ (x + 1) ]; } ]).f 5)
    [ 6 5 ]
  ];
  properties-pushed-down = [
    (eval [
      { options.a.b = mkOption { type = types.attrs; default = { }; }; options.a.c = mkOption { type = types.lines; default = ""; }; }
      { a.b.c = 1; a.c = "x"; }
      { a = mkMerge [ { b.d = 2; } { c = "y"; } (mkIf false { c = "no"; }) ]; }
    ])
    { a = { b = { c = 1; d = 2; }; c = "y\nx"; }; }
  ];
  either-anything = [
    (eval [
      { options.p = opt (with types; either int (listOf str)); options.an = opt types.anything; }
      { p = [ "a" ]; an.x.y = 1; }
      { an.x.z = [ 1 ]; }
      { an.x.z = [ 1 ]; }
    ])
    { p = [ "a" ]; an.x = { y = 1; z = [ 1 ]; }; }
  ];
  renamed = [ (eval [ (mkRenamedOptionModule [ "old" ] [ "new" ]) { options.new = opt types.int; config.old = 3; } ]).new 3 ];
  alias = [ (eval [ (mkAliasOptionModule [ "old" ] [ "new" "er" ]) { options.new.er = opt types.int; config.old = 3; } ]) { old = 3; new.er = 3; } ];
  same-key-once = [
    (eval [
      { imports = [ { key = "k1"; options.q = mkOption { default = 1; }; } ]; }
      { imports = [ { key = "k1"; options.q = mkOption { default = 1; }; } ]; }
    ])
    { q = 1; }
  ];
  disabled-module = [
    (eval [
      { options.x = mkOption { default = 1; }; }
      { key = "gone"; x = 2; }
      { disabledModules = [ { key = "gone"; } ]; }
    ])
    { x = 1; }
  ];
  extend-modules = [
    (((evalModules { modules = [ { options.x = mkOption { default = 1; }; } ]; }).extendModules { modules = [ { x = 2; } ]; }).config)
    { x = 2; }
  ];
  submodule-declared-twice = [
    (eval [
      { options.s = mkOption { type = types.submodule { options.a = mkOption { default = 1; }; }; default = { }; }; }
      { options.s = mkOption { type = types.submodule { options.b = mkOption { default = 2; }; }; }; }
    ])
    { s = { a = 1; b = 2; }; }
  ];
  options-below-a-submodule = [
    (eval [
      { options.s = mkOption { type = types.submodule { options.a = mkOption { default = 1; }; }; default = { }; }; }
      { options.s.b = mkOption { default = 2; }; }
    ])
    { s = { a = 1; b = 2; }; }
  ];
  lazy-freeform-anything = [
    (eval [
      { options.s = mkOption { type = types.submoduleWith { modules = [ { freeformType = types.lazyAttrsOf types.anything; } ]; }; default = { }; }; }
      { s.foo.bar = 1; s.foo.baz = 2; }
    ])
    { s.foo = { bar = 1; baz = 2; }; }
  ];
  deferred-module = [
    (eval [
      { options.d = opt types.deferredModule; options.r = mkOption { }; }
      { d = { a = 1; }; }
      { d = { b = 2; }; }
      (
        { config, ... }:
        {
          r = eval [ config.d { options.a = mkOption { }; options.b = mkOption { }; } ];
        }
      )
    ]).r
    { a = 1; b = 2; }
  ];
  apply = [ (eval [ { options.x = mkOption { apply = x: x + 1; default = 1; }; } ]).x 2 ];
  override-in-submodule-list = [
    (eval [ { options.l = opt (types.listOf (types.submodule { options.n = mkOption { default = 0; }; })); } { l = [ { n = 1; } { } ]; } ]).l
    [ { n = 1; } { n = 0; } ]
  ];
  coerced = [ (eval [ { options.c = opt (types.coercedTo types.int toString types.str); } { c = 4; } ]).c "4" ];
  priorities = [
    (eval [ { options.x = mkOption { default = 1; }; } { x = mkDefault 2; } { x = 3; } { x = mkForce 4; } { x = mkOverride 10 5; } ]).x
    5
  ];
  options-tell-definitions = [
    (
      let
        o = (evalModules { modules = [ { options.x = mkOption { type = types.int; description = "d"; }; } { _file = "here.nix"; x = 1; } ]; }).options.x;
      in
      [ o.isDefined o.value o.files o.definitions o.loc o.type.name o.highestPrio ]
    )
    [ true 1 [ "here.nix" ] [ 1 ] [ "x" ] "int" 100 ]
  ];
  path-module = [ (eval [ ./a-module.nix ]).fromFile "yes" ];
  legacy-args = [ (evalModules { modules = [ ({ z, ... }: { options.x = mkOption { default = z; }; }) ]; args.z = 1; }).config.x 1 ];
  package-option = [
    (mkPackageOption { hello = { type = "derivation"; name = "hello-1"; }; } "hello" { }).default.name
    "hello-1"
  ];
  assert-merge = [ (eval [ { options.a = mkOption { type = types.attrsOf types.int; default = { }; }; } { a = mkIf true { x = mkIf false 1; y = mkMerge [ (mkIf true 2) ]; }; } ]).a { y = 2; } ];
  read-only-once = [ (eval [ { options.x = mkOption { readOnly = true; type = types.int; }; } { x = 1; } ]).x 1 ];
  type-descriptions = [
    (map (type: type.description) (with types; [ (attrsOf int) (listOf (either int str)) (nullOr (listOf str)) (enum [ "a" "b" ]) port (submodule { }) (functionTo int) ]))
    [
      "attribute set of signed integer"
      "list of (signed integer or string)"
      "null or (list of string)"
      "one of \"a\", \"b\""
      "16 bit unsigned integer; between 0 and 65535 (both inclusive)"
      "submodule"
      "function that evaluates to a(n) signed integer"
    ]
  ];
  tagged = [
    (eval [ { options.t = opt (types.attrTag { n = opt types.int; s = opt types.str; }); } { t.s = "x"; } ]).t
    { s = "x"; }
  ];
}
