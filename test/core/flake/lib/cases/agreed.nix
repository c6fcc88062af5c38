# What nixpkgs' own library answers where a rewrite easily answers something else: each case is [ actual expected ].
lib:
with lib;
let
  eval = modules: (evalModules { inherit modules; }).config;
  fails = value: !(builtins.tryEval (builtins.deepSeq value value)).success;
  merged = type: definitions: (eval ([ { options.o = mkOption { inherit type; }; } ] ++ map (o: { inherit o; }) definitions)).o;
  package = name: {
    type = "derivation";
    inherit name;
    outPath = "/s/${name}";
    drvPath = "/s/${name}.drv";
    outputs = [ "out" ];
    outputName = "out";
    system = "x86_64-linux";
  };
in
{
  # Strings
  case-of-texts-only = [ (map fails [ (toSentenceCase 1) (toCamelCase { outPath = "/o"; }) (toSentenceCase "aB") ]) [ true true false ] ];
  feature-flags = [
    (map fails [ (enableFeature 1 "x") (withFeature true 1) (cmakeBool "A" "ON") (mesonOption "a" 1) (cmakeFeature "A" "b") ])
    [ true true true true false ]
  ];
  cmake-list = [ (cmakeOptionType "list" "A" "b;c") "-DA:LIST=b;c" ];
  pad-version = [ (map (versions.pad 3) [ "1.2" "1.2pre" "" "1.2-rc1" "1-a-b" ]) [ "1.2.0" "1.2.pre" "0.0.0" "1.2.0-rc1" "1.0.0-a-b" ] ];
  no-distance = [ (map (k: strings.levenshteinAtMost k "a" "a") [ (-1) 0 1 ]) [ true true true ] ];
  derivation-name = [ (map strings.sanitizeDerivationName [ "../hello.bar # foo" "" ]) [ "-hello.bar-foo" "unknown" ] ];

  # Sets
  xor-of-booleans = [ [ (xor true false) (xor true true) ] [ true false ] ];
  merged-updates = [
    (updateManyAttrsByPath [ { path = [ "a" ]; update = old: throw "unused"; } { path = [ "a" ]; update = old: 2; } ] { a = 1; })
    { a = 2; }
  ];
  disjoint = [ (fails (attrsets.unionOfDisjoint { a = 1; } { a = 2; }).a) true ];

  # Text formats
  pretty-function-set = [ (generators.toPretty { } { __functor = _: { a, b ? 1 }: a; }) "<function, args: {a, b?}>" ];
  pretty-float = [ (generators.toPretty { } [ 1.5 2.0 ]) "[\n  1.5\n  2.0\n]" ];
  pretty-dollar = [ (generators.toPretty { } "a$b\${c}\"") "\"a$b\\\${c}\\\"\"" ];
  git-section-with-quotes = [ (generators.toGitINI { "a \"b.c\"".d = 1; }) "[a \"b.c\"]\n\td = 1\n" ];
  depth = [ (generators.withRecursion { depthLimit = 1; throwOnDepthLimit = false; } { a.b = 1; c = 2; }) { a.b = "<unevaluated>"; c = "<unevaluated>"; } ];
  lua-names = [ [ (generators.toLua { asBindings = true; } { "a.b" = 1; }) (fails (generators.toLua { asBindings = true; } { "a-b" = 1; })) ] [ "a.b = 1\n" true ] ];
  gvariant = [ (map toString [ (gvariant.mkValue [ "a" "b\nc" ]) (gvariant.mkJust "x") (gvariant.mkTuple [ true 1.5 ]) ]) [ "@as ['a','b\\nc']" "just 'x'" "@(bd) (true,1.500000)" ] ];
  gvariant-numbers = [ (fails (gvariant.mkValue 1)) true ];

  # Sources and packages
  source-names = [
    [
      (repoRevToName "source" "https://github.com/a/b.git" "v1.2" "github")
      (repoRevToName "versioned" "https://github.com/a/b.git" "refs/tags/release-v1.2" "github")
      (repoRevToName "full" "git@host:a/b.tar.gz" "0123456789abcdef0123456789abcdef01234567" "git")
      (repoRevToName "full" "b" null null)
    ]
    [ "source" "b-1.2-source" "b-0123456-git-source" "b-source" ]
  ];
  tag-before-revision = [ [ (revOrTag "abc" "v1") (revOrTag null null) ] [ "v1" "HEAD" ] ];
  clean-source = [ (map (name: cleanSourceFilter name "directory") [ "/a/.git" "/a/.hg" "/a/.jj" "/a/src" ]) [ false false true true ] ];
  package-scope = [
    (let
      made = packagesFromDirectoryRecursive { directory = ./folder; newScope = callPackageWith; callPackage = _: _: "outside"; };
    in
    attrNames (removeAttrs made [ "overrideScope'" ]))
    [ "a" "callPackage" "newScope" "overrideScope" "packages" "recurseForDerivations" "sub" ]
  ];
  lazy-derivation = [
    [
      (lazyDerivation { derivation = package "p" // { meta.x = 1; }; }).meta.x
      (fails (lazyDerivation { derivation = package "p"; outputs = [ "bin" ]; }).outPath)
      (lazyDerivation { derivation = throw "unused"; passthru.y = 2; }).y
    ]
    [ 1 true 2 ]
  ];
  warned-package = [ (removeAttrs (warnOnInstantiate "old" { name = "n"; version = "1"; }) [ ]) { name = "n"; version = "1"; } ];
  programs-of-packages = [ (fails (getExe' { outPath = "/s/x"; } "x")) true ];
  called-packages = [
    (functionArgs (callPackagesWith { a = 1; } ({ a, b ? 2 }: { x.v = a; }) { }).x.override)
    { a = false; b = true; }
  ];
  hashes = [
    [
      (fetchers.normalizeHash { } { hash = ""; })
      (fetchers.normalizeHash { } { outputHash = "q"; })
      (fails (fetchers.normalizeHash { } { hash = "a"; sha256 = "b"; }))
    ]
    [ { outputHash = fakeHash; outputHashAlgo = null; } { outputHash = "q"; } true ]
  ];
  addresses = [
    [ (network.ipv6.fromString "2001:DB8::ffff/32") (map (text: fails (network.ipv6.fromString text)) [ "::1/0" "1::2::3" "1:2" "12345::" "::" ]) ]
    [ { address = "2001:db8:0:0:0:0:0:ffff"; prefixLength = 32; } [ true true true true false ] ]
  ];
  paths = [
    (map fails [ (path.removePrefix /a { }) (path.hasStorePathPrefix "/nix/store") (path.append /a "../b") (path.append /a "b//c/") ])
    [ true true true false ]
  ];

  # Old functions
  empty-of-its-kind = [ (map (ifEnable false) [ [ 1 ] { a = 1; } true "x" null ]) [ [ ] { } false null null ] ];
  last-found-first = [ (lazyGenericClosure { startSet = [ { key = 1; } ]; operator = x: optional (x.key < 3) { key = x.key + 1; }; }) [ { key = 3; } { key = 2; } { key = 1; } ] ];
  merged-with-itself = [ (mergeAttrsConcatenateValues { a = 1; } { a = 2; b = 3; }) { a = [ 1 2 ]; b = [ 3 3 ]; } ];
  kinds = [ (map nixType [ 1.5 ./line.txt id { outPath = "/o"; } { } ]) [ "string" "string" "function" "derivation" "attrs" ] ];
  folded-arguments = [ ((foldArgs mergeAttrs (x: { v = x; }) { a = 1; } { b = 2; }).override { c = 3; }).v { a = 1; b = 2; c = 3; } ];

  # Option types
  anything-lists = [ [ (merged types.anything [ [ 1 ] [ 1 ] ]) (fails (merged types.anything [ [ 1 ] [ 2 ] ])) ] [ [ 1 ] true ] ];
  anything-conditions = [ (merged types.anything [ { a = mkIf false 1; b = 2; } ]) { b = 2; } ];
  descriptions = [
    (map (type: type.description) (
      with types;
      [
        (listOf (submodule { }))
        (nonEmptyListOf int)
        (either ints.positive str)
        (either str (listOf int))
        (nullOr (passwdEntry str))
        (enum [ 1 null ])
        (numbers.between 0 1.5)
        (coercedTo int toString (listOf str))
      ]
    ))
    [
      "list of (submodule)"
      "non-empty (list of signed integer)"
      "positive integer, meaning >0, or string"
      "string or list of signed integer"
      "null or (string, not containing newlines or colons)"
      "one of 1, <null>"
      "integer or floating point number between 0 and 1.5 (both inclusive)"
      "(list of string) or signed integer convertible to it"
    ]
  ];
  no-text-of-a-type = [ (types.int ? __toString) false ];
  paths-by-kind = [
    (map (kind: map (types.pathWith kind).check [ "rel" "/abs" "/nix/store/00000000000000000000000000000000-x/y" "/nix/store/short" ]) [
      { absolute = true; }
      { absolute = false; }
      { inStore = true; }
      { inStore = false; }
    ])
    [ [ false true true true ] [ true false false false ] [ false false true false ] [ true true false true ] ]
  ];
  tags = [
    (let
      tagged = tags: types.attrTag (mapAttrs (_: type: mkOption { inherit type; }) tags);
      both = [ { options.t = mkOption { type = tagged { a = types.int; }; }; } { options.t = mkOption { type = tagged { b = types.str; }; }; } ];
    in
    [ (eval (both ++ [ { t.b = "q"; } ])).t (fails (merged (types.attrTag { a = types.int; }) [ { a = 1; } ])) ])
    [ { b = "q"; } true ]
  ];
  types-merged = [
    (map (type: type.description or type.error) [
      (types.mergeTypes (types.enum [ 1 ]) (types.enum [ 2 ]))
      (types.mergeTypes types.int types.str)
      (types.mergeTypes (types.attrsOf types.int) (types.attrsWith { elemType = types.int; placeholder = "p"; }))
      (types.mergeTypes (types.attrsOf types.int) (types.lazyAttrsOf types.int))
    ])
    [ "one of 1, 2" "Cannot merge types" "attribute set of signed integer" "Cannot merge types" ]
  ];

  # Modules
  definition-from-elsewhere = [
    (let
      done = evalModules { modules = [ { options.o = mkOption { type = types.int; }; config.o = mkDefinition { file = "other"; value = 3; }; } ]; };
    in
    [ done.config.o done.options.o.files ])
    [ 3 [ "other" ] ]
  ];
  first-declaration-counts = [
    (let
      done = evalModules { modules = [ { options.o = mkOption { internal = true; }; } { options.o = mkOption { internal = false; }; } ]; };
    in
    done.options.o.internal)
    false
  ];
  derived-priority = [
    (eval [
      ({ options, ... }: {
        options.a = mkOption { type = types.int; };
        options.b = mkOption { type = types.int; };
        config.a = mkDefault 1;
        config.b = mkDerivedConfig options.a (x: x + 1);
      })
      { b = 5; }
    ])
    { a = 1; b = 5; }
  ];
  options-below-a-submodule = [
    (map (type: fails (eval [ { options.o = mkOption { inherit type; default = { }; }; } { options.o.x = mkOption { default = 1; }; } ])) [
      (types.submodule { })
      (types.attrsOf (types.submodule { }))
    ])
    [ false true ]
  ];
  without-checks = [ (fixMergeModules [ { options.o = mkOption { }; } { o = 1; other = 2; } ] { }).config { o = 1; } ];
  not-options = [ (map (o: fails (eval [ { options = { inherit o; }; } ])) [ types.int { _type = "x"; } 1 (mkOption { default = 1; }) ]) [ true true true false ] ];
  disabled-by-key = [
    (map (item: fails (eval [ { imports = [ { key = "k"; options.o = mkOption { default = 1; }; } ]; disabledModules = [ item ]; } ])) [
      { key = "k"; }
      { }
      id
    ])
    [ false true true ]
  ];

  # Files
  folders-that-are-left-out = [
    (map (p: removePrefix (toString ./folder) (toString p)) (fileset.toList (fileset.fromSource (cleanSourceWith {
      src = ./folder;
      filter = path: type: baseNameOf path != "sub";
    }))))
    [ "/a.nix" "/b.md" ]
  ];
  no-empty-folders = [
    (let source = fileset.toSource { root = ./.; fileset = fileset.fileFilter (file: file.hasExt "md") ./folder; }; in
      map (path: source.filter (toString path) (pathType path)) [ ./folder ./folder/sub ./folder/sub/c.md ./folder/sub/d.nix ./line.txt ])
    [ true true true false false ]
  ];
  no-folder-without-files = [
    (let source = fileset.toSource { root = ./folder; fileset = fileset.difference ./folder ./folder/sub; }; in source.filter (toString ./folder/sub) "directory")
    false
  ];
  types-of-files = [
    (map (kind: length (fileset.toList (fileset.fileFilter (file: file.type == kind) ./folder))) [ "regular" "symlink" ])
    [ 4 0 ]
  ];
  filter-of-one-file = [ (fileset.toList (fileset.fileFilter (file: file.hasExt "md") ./folder/b.md)) [ ./folder/b.md ] ];

  # Licenses
  licenses-that-forbid-something = [
    (map (name: [ licenses.${name}.free licenses.${name}.redistributable ]) [ "nasa13" "ncbiPd" "watcom" "bsl11" "elastic20" "sspl" "unfreeRedistributableFirmware" "ffsl" "teamspeak" ])
    [ [ false false ] [ false false ] [ false true ] [ false true ] [ false false ] [ false true ] [ true true ] [ false false ] [ false true ] ]
  ];
  license-names = [
    (map (name: licenses.${name}.shortName) [ "mit" "ecl20" "nvidiaCudaRedist" "tsl" "beerware" "apsl20" ])
    [ "mit" "ECL 2.0" "CUDA EULA" "TSL" "beerware" "apsl20" ]
  ];
}
