# trivial, fixed points, customisation, versions, generators, systems, files and the rest.
lib:
with lib;
let
  f = { a, b ? 2, ... }: { sum = a + b; };
  folder = ./folder;
  root = toString folder;
  names = set: map (path: removePrefix root (toString path)) (fileset.toList set);
in
{
  pipe = [ (pipe 2 [ (x: x + 2) (x: x * 2) ]) 8 ];
  functions = [ [ (id 1) (const 1 2) (flip concat [ 1 ] [ 2 ]) (mapNullable (x: x + 1) null) (defaultTo 1 null) (xor true false) (implies true false) (min 1 2) (max 1 2) (mod 11 10) (mod (-4) 3) (compare 1 2) (trivial.mul 2 3) (bitNot 5) ] [ 1 1 [ 2 1 ] null 1 true false 1 2 1 (-1) (-1) 6 (-6) ] ];
  args = [ [ (functionArgs f) (functionArgs (setFunctionArgs f { z = true; })) (isFunction { __functor = s: x: x; }) (isFunction 1) ((toFunction 3) 9) (functionArgs (mirrorFunctionArgs f (x: x))) ] [ { a = false; b = true; } { z = true; } true false 3 { a = false; b = true; } ] ];
  hex = [ [ (toHexString 250) (fromHexString "0xFF") (fromHexString "00ff") (toBaseDigits 10 250) (toHexString 0) ] [ "FA" 255 255 [ 2 5 0 ] "0" ] ];
  throwIf = [ [ (throwIf false "no" 1) (builtins.tryEval (throwIf true "no" 1)).success (throwIfNot true "no" 1) ] [ 1 false 1 ] ];
  warn = [ (warnIf false "no" 1) 1 ];
  fix = [ [ (fix (self: { a = 1; b = self.a + 1; })) (converge (x: x / 2) 16) ] [ { a = 1; b = 2; } 0 ] ];
  extends = [ (fix (extends (final: prev: { a = prev.a + 10; c = final.b; }) (self: { a = 1; b = self.a; }))) { a = 11; b = 11; c = 11; } ];
  compose = [ (fix (extends (composeManyExtensions [ (final: prev: { x = prev.x ++ [ 1 ]; }) (final: prev: { x = prev.x ++ [ 2 ]; }) ]) (self: { x = [ 0 ]; }))) { x = [ 0 1 2 ]; } ];
  makeExtensible = [ (let o = makeExtensible (self: { a = 1; b = self.a; }); in (o.extend (final: prev: { a = 5; })).b) 5 ];
  makeOverridable = [ (let o = makeOverridable f { a = 1; }; in [ o.sum (o.override { b = 5; }).sum (o.override (old: { a = old.a + 9; })).sum (functionArgs o.override) ]) [ 3 6 12 { a = false; b = true; } ] ];
  callPackage = [ ((callPackageWith { a = 1; b = 4; c = 3; }) f { b = 7; }).sum 8 ];
  callPackage-override = [ (((callPackageWith { a = 1; }) f { }).override { a = 10; }).sum 12 ];
  makeScope = [ (let s = makeScope (extra: callPackageWith ({ a = 1; } // extra)) (self: { p = self.callPackage f { }; b = 40; }); in [ s.p.sum ((s.overrideScope (final: prev: { b = 50; })).p.sum) ]) [ 41 51 ] ];
  versions = [ [ (versions.major "9.0.1") (versions.minor "9.0.1") (versions.patch "9.0.1") (versions.majorMinor "9.0.1") (versions.pad 4 "1.2") (versions.pad 2 "1.2.3-rc1") ] [ "9" "0" "1" "9.0" "1.2.0.0" "1.2-rc1" ] ];
  getExe = [ [ (getExe { type = "derivation"; outPath = "/s/hello"; name = "hello-1"; meta.mainProgram = "hi"; }) (getExe' { type = "derivation"; outPath = "/s/hello"; name = "hello-1"; } "x") ] [ "/s/hello/bin/hi" "/s/hello/bin/x" ] ];
  license = [ [ licenses.mit.spdxId licenses.mit.free licenses.unfree.free licenses.gpl3Plus.shortName (getLicenseFromSpdxId "apache-2.0").shortName ] [ "MIT" true false "gpl3Plus" "asl20" ] ];
  ini = [ (generators.toINI { } { foo = { hi = "a"; ciao = "b"; }; baz."also, integers" = 42; }) "[baz]\nalso, integers=42\n\n[foo]\nciao=b\nhi=a\n" ];
  key-value = [ (generators.toKeyValue { } { a = true; b = 1; c = "x"; }) "a=true\nb=1\nc=x\n" ];
  git-ini = [ (generators.toGitINI { user = { name = "me"; }; "url \"x\"" = { y = "z"; }; remote.origin.url = "https://github.com/a\tb\"c\\"; }) "[remote \"origin\"]\n\turl = \"https://github.com/a\\tb\\\"c\\\\\"\n\n[url \"x\"]\n\ty = \"z\"\n\n[user]\n\tname = \"me\"\n" ];
  pretty = [ (generators.toPretty { } { a = [ 1 "x" true null ]; b = { }; f = { x, y ? 1 }: x; "1c" = 1.5; }) "{\n  \"1c\" = 1.5;\n  a = [\n    1\n    \"x\"\n    true\n    null\n  ];\n  b = { };\n  f = <function, args: {x, y?}>;\n}" ];
  pretty-line = [ (generators.toPretty { multiline = false; } { a = [ 1 ]; }) "{ a = [ 1 ]; }" ];
  json-yaml = [ [ (generators.toJSON { } { a = 1; }) (generators.toYAML { } [ 1 ]) ] [ "{\"a\":1}" "[1]" ] ];
  lua = [ (generators.toLua { multiline = false; } { a = [ 1 "x" ]; }) "{ [\"a\"] = { 1, \"x\" } }" ];
  gnu-cli = [ (cli.toGNUCommandLineShell { } { data = "{\"id\":0}"; X = "PUT"; retry = 3; silent = false; verbose = true; url = [ "a" "b" ]; n = null; }) "-X PUT --data '{\"id\":0}' --retry 3 --url a --url b --verbose" ];
  command-line-gnu = [ (cli.toCommandLineGNU { } { v = true; verbose = [ true true false null ]; i = ".bak"; e = [ "a" "b" ]; n = false; data = "x"; }) [ "--data=x" "-ea" "-eb" "-i.bak" "-v" "--verbose" "--verbose" ] ];
  command-line-lists = [ (cli.toCommandLineGNU { listRepr = name: if name == "j" then "join" else "spread"; splitList = name: if name == "each" then map (x: [ x ]) else (values: [ values ]); } { j = [ 1 2 ]; all = [ 1 2 ]; each = [ 3 4 ]; }) [ "--all" "1" "2" "--each" "3" "--each" "4" "-j1,2" ] ];
  command-line-explicit = [ (cli.toCommandLineShell (name: { option = "-${name}"; sep = null; explicitBool = true; }) { a = false; b = [ null "c d" ]; }) "-a false -b 'c d'" ];
  command-line-refusals = [ (map (attrs: (builtins.tryEval (cli.toCommandLineShellGNU { listRepr = _: "x"; } attrs)).success) [ { "" = 1; } { a = [ 1 ]; } { a = 1; } ]) [ false false true ] ];
  asserts = [ [ (assertMsg true "x") (builtins.tryEval (assertMsg false "x")).success (assertOneOf "v" "a" [ "a" "b" ]) ] [ true false true ] ];
  tests = [ (runTests { testA = { expr = 1; expected = 1; }; testB = { expr = 1; expected = 2; }; }) [ { name = "testB"; expected = 2; result = 1; } ] ];
  elaborate = [ (let s = systems.elaborate "x86_64-linux"; in [ s.isLinux s.isDarwin s.isx86_64 s.isAarch64 s.is64bit s.config s.system s.parsed.cpu.name s.libc s.isMusl s.extensions.sharedLibrary s.rust.rustcTarget s.linuxArch s.isStatic s.isUnix ]) [ true false true false true "x86_64-unknown-linux-gnu" "x86_64-linux" "x86_64" "glibc" false ".so" "x86_64-unknown-linux-gnu" "x86_64" false true ] ];
  elaborate-darwin = [ (let s = systems.elaborate "aarch64-darwin"; in [ s.isDarwin s.isMacOS s.isAarch64 s.config s.darwinArch s.rust.rustcTarget s.node.arch s.go.GOARCH s.extensions.sharedLibrary ]) [ true true true "arm64-apple-darwin" "arm64" "aarch64-apple-darwin" "arm64" "arm64" ".dylib" ] ];
  elaborate-triples = [ (map (t: (systems.elaborate t).system) [ "aarch64-unknown-linux-musl" "x86_64-w64-mingw32" "armv7l-unknown-linux-gnueabihf" "arm-none-eabi" "wasm32-unknown-wasi" "x86_64-apple-darwin" "riscv64-linux" "i686-linux" "armv6l-linux" ]) [ "aarch64-linux" "x86_64-windows" "armv7l-linux" "arm-none" "wasm32-wasi" "x86_64-darwin" "riscv64-linux" "i686-linux" "armv6l-linux" ] ];
  flakeExposed = [ [ (head systems.flakeExposed) (elem "aarch64-darwin" systems.flakeExposed) (length systems.flakeExposed) ] [ "x86_64-linux" true 10 ] ];
  doubles = [ [ (elem "x86_64-linux" platforms.linux) (elem "x86_64-darwin" platforms.linux) platforms.darwin (elem "aarch64-darwin" platforms.unix) (elem "x86_64-windows" platforms.unix) platforms.x86_64 ] [ true false [ "x86_64-darwin" "aarch64-darwin" ] true false [ "x86_64-cygwin" "x86_64-darwin" "x86_64-freebsd" "x86_64-genode" "x86_64-solaris" "x86_64-linux" "x86_64-netbsd" "x86_64-none" "x86_64-openbsd" "x86_64-redox" "x86_64-windows" ] ] ];
  availableOn = [ [ (meta.availableOn { system = "x86_64-linux"; } { meta.platforms = [ "x86_64-linux" ]; }) (meta.availableOn { system = "x86_64-darwin"; } { meta.platforms = platforms.linux; }) (meta.availableOn "x86_64-linux" { }) ] [ true false true ] ];
  path = [ [ (lib.path.subpath.isValid "./a/b") (lib.path.subpath.isValid "../a") (lib.path.subpath.join [ "a" "./b/c" ]) (lib.path.subpath.normalise "a//./b/") (lib.path.subpath.components "./a/b") (lib.path.removePrefix /a /a/b/c) (lib.path.hasPrefix /a /ab) (lib.path.append /a "b") ] [ true false "./a/b/c" "./a/b" [ "a" "b" ] "./b/c" false /a/b ] ];
  files = [ (names (fileset.unions [ (folder + "/a.nix") (folder + "/sub") ])) [ "/a.nix" "/sub/c.md" "/sub/d.nix" ] ];
  files-difference = [ (names (fileset.difference folder (fileset.fileFilter (file: file.hasExt "md") folder))) [ "/a.nix" "/sub/d.nix" ] ];
  files-intersection = [ (names (fileset.intersection (folder + "/sub") (fileset.fileFilter (file: file.hasExt "nix") folder))) [ "/sub/d.nix" ] ];
  files-missing = [ [ (names (fileset.maybeMissing (folder + "/nope"))) (builtins.tryEval (names (fileset.unions [ (folder + "/nope") ]))).success ] [ [ ] false ] ];
  clean-filter = [ (map (x: cleanSourceFilter x.name x.type) [ { name = "/x/.git"; type = "directory"; } { name = "/x/a.nix"; type = "regular"; } { name = "/x/a.nix~"; type = "regular"; } { name = "/x/result-2"; type = "symlink"; } { name = "/x/a.o"; type = "regular"; } ]) [ false true false false false ] ];
  listFiles = [ (map (p: removePrefix root (toString p)) (filesystem.listFilesRecursive folder)) [ "/a.nix" "/b.md" "/sub/c.md" "/sub/d.nix" ] ];
  importTOML = [ [ (importTOML ./data.toml) (importJSON ./data.json) (fileContents ./line.txt) ] [ { a.b = 1; } { c = [ 1 2 ]; } "one line" ] ];
  path-type = [ [ (pathType folder) (pathIsDirectory folder) (pathIsRegularFile ./data.json) (pathIsDirectory ./nope) ] [ "directory" true true false ] ];
  ipv6 = [ (network.ipv6.fromString "2001:DB8::ffff/32") { address = "2001:db8:0:0:0:0:0:ffff"; prefixLength = 32; } ];
  text-closure = [ (textClosureMap id { a = fullDepEntry "A" [ "b" ]; b = noDepEntry "B"; } [ "a" ]) "B\nA" ];
  meta-attrs = [ [ (appendToName "x" { name = "n-1.0"; }).name (hiPrio { }).meta.priority (addMetaAttrs { a = 1; } { meta.b = 2; }).meta ] [ "n-x-1.0" (-10) { a = 1; b = 2; } ] ];
  lazyDerivation = [ (let d = lazyDerivation { derivation = throw "no"; passthru.x = 1; }; in [ d.type d.x ]) [ "derivation" 1 ] ];
  extend = [ (let l = lib.extend (final: prev: { mine = prev.id 5; toUpper = x: "up"; }); in [ l.mine (l.strings.toUpper "a") (l.toUpper "a") ]) [ 5 "A" "up" ] ];
  closure = [ (map (p: p.name) (closePropagation [ { name = "a"; outPath = "/a"; propagatedBuildInputs = [ { name = "b"; outPath = "/b"; } ]; } ])) [ "a" "b" ] ];
  gvariant = [ (map toString [ (gvariant.mkUint32 5) (gvariant.mkValue "x") (gvariant.mkArray [ "a" "b" ]) ]) [ "@u 5" "'x'" "@as ['a','b']" ] ];
}
