# Builders of the languages. The compiler that a builder adds by itself is in `__brings`, and so in `nativeBuildInputs` of
# what it makes: a shell that takes the dependencies of such a package gets it too. Its hooks are no tools and left out.
{ lockstep, final, toFunction }:
let
  make = kind: prepare: recipe: final.stdenv.make kind prepare recipe;

  # A builder that can be given another compiler: `buildGoModule.override { go = go_1_22; }`.
  builder =
    kind: defaults: prepare:
    let
      from = tools: {
        __functor = _: make kind (prepare tools);
        override = change: from (tools // toFunction change tools);
      };
    in
    from defaults;
  simple = kind: tools: builder kind { } (_: args: { doCheck = false; __brings = tools; } // args);

  goModule =
    go:
    builder "go" { inherit go; } (
      tools: args:
      {
        doCheck = true;
        __brings = [ tools.go ];
      }
      // args
    );

  rustPlatformOf =
    {
      rustc ? final.rustc,
      cargo ? final.cargo,
      ...
    }:
    {
      inherit rustc cargo;
      buildRustPackage = builder "rust" { inherit rustc cargo; } (
        tools: args:
        {
          doCheck = true;
          __brings = [
            tools.rustc
            tools.cargo
          ];
        }
        // args
      );
      rustLibSrc = lockstep.package "rustPlatform.rustLibSrc";
      rustcSrc = lockstep.package "rustPlatform.rustcSrc";
      importCargoLock = _: lockstep.derivation "cargo-vendor-dir";
      fetchCargoTarball = _: lockstep.derivation "cargo-vendor-dir";
      fetchCargoVendor = _: lockstep.derivation "cargo-vendor-dir";
      rust = {
        inherit rustc cargo;
      };
    }
    // builtins.listToAttrs (
      map
        (name: {
          inherit name;
          value = lockstep.package "rustPlatform.${name}";
        })
        [
          "bindgenHook"
          "cargoSetupHook"
          "cargoBuildHook"
          "cargoCheckHook"
          "cargoInstallHook"
          "cargoNextestHook"
          "maturinBuildHook"
        ]
    );

  yarn = {
    mkYarnPackage = builder "npm" { inherit (final) nodejs yarn; } (
      tools: args: { __brings = [ (args.yarn or tools.yarn) (args.nodejs or tools.nodejs) final.rsync ]; } // args
    );
    mkYarnModules = simple "npm" [ final.yarn final.nodejs ];
  };
in
{
  inherit builder;

  buildGoModule = goModule final.go;
  buildGoPackage = goModule final.go;
  buildGoLatestModule = goModule final.go;
  # `buildGo122Module` and its like.
  buildGoVersionModule = attribute: goModule final.${attribute};

  makeRustPlatform = rustPlatformOf;
  rustPlatform = rustPlatformOf { };
  rustPackages = {
    inherit (final) rustc cargo rustfmt clippy;
    rustPlatform = final.rustPlatform;
  };
  rust = {
    packages =
      let
        stable = {
          rustPlatform = final.rustPlatform;
          inherit (final) rustc cargo rustfmt clippy;
          buildRustPackages = stable;
        };
      in
      {
        inherit stable;
        prebuilt = stable;
      };
    toRustTarget = platform: platform.rust.rustcTarget;
    toRustTargetSpec = platform: platform.rust.rustcTargetSpec;
    toRustTargetSpecShort = platform: platform.rust.cargoShortTarget;
    toRustTargetForUseInEnvVars = platform: platform.rust.cargoEnvVarTarget;
    toTargetArch = platform: platform.rust.platform.arch;
    toTargetOs = platform: platform.rust.platform.os;
    envVars = { };
    lib = { };
  };
  buildRustCrate = simple "rust" [ final.rustc ];
  defaultCrateOverrides = { };

  # Node.js builds native modules with Python, and on macOS with Apple's linker tools.
  buildNpmPackage = builder "npm" { nodejs = final.nodejs; } (
    tools: args:
    {
      __brings = [ (args.nodejs or tools.nodejs) (lockstep.package "python3") ] ++ (if final.stdenv.hostPlatform.isDarwin then [ (final.cctools or final.darwin.cctools) ] else [ ]);
    }
    // args
  );
  inherit (yarn) mkYarnPackage mkYarnModules;
  yarn2nix-moretea = yarn // {
    mkYarnWorkspace = _: lockstep.opaque "yarn2nix reads the packages of a workspace from its package.json";
    mkYarnNix = _: lockstep.derivation "yarn.nix";
    importOfflineCache = _: lockstep.derivation "yarn-offline-cache";
    yarn2nix = lockstep.package "yarn2nix-moretea.yarn2nix";
  };
  buildNodePackage = simple "npm" [ final.nodejs ];
  buildNodeShell = simple "npm" [ final.nodejs ];
  mkPnpmPackage = simple "npm" [ final.nodejs ];
  importNpmLock = {
    __functor = _: _: lockstep.derivation "npm-deps";
    npmConfigHook = lockstep.package "importNpmLock.npmConfigHook";
    linkNodeModulesHook = lockstep.package "importNpmLock.linkNodeModulesHook";
    hooks = lockstep.set "importNpmLock.hooks";
    buildNodeModules = _: lockstep.derivation "node-modules";
  };

  buildDotnetModule = args: simple "dotnet" [ (args.dotnet-sdk or final.dotnet-sdk) ] args;
  buildDartApplication = simple "dart" [ final.dart ];
  flutter-build = simple "dart" [ final.flutter ];
  buildGradlePackage = simple "java" [ final.gradle ];
  buildMavenPackage = simple "java" [ final.maven ];
  buildRubyGem =
    args:
    simple "ruby" [ (args.ruby or final.ruby) ] ({ pname = args.gemName or args.pname or "gem"; } // builtins.removeAttrs args [ "ruby" ]);
  bundlerApp = args: make "ruby" (x: x) ({ name = args.pname or "bundler-app"; } // args);
  bundlerEnv =
    args:
    let
      env = make "ruby" (x: x) {
        name = args.name or args.pname or "bundler-env";
        __brings = [ (args.ruby or final.ruby) ];
      };
    in
    env // { wrappedRuby = args.ruby or final.ruby; ruby = args.ruby or final.ruby; gems = lockstep.set "rubyPackages"; inherit env; };
  buildPerlPackage = simple "perl" [ final.perl ];
  buildLuarocksPackage = simple "lua" [ final.lua ];
  buildLuaPackage = simple "lua" [ final.lua ];
  buildZigPackage = simple "zig" [ final.zig ];
  buildNimPackage = simple "nim" [ final.nim ];
  buildNimSbom = simple "nim" [ final.nim ];
  buildCrystalPackage = args: make "crystal" (x: { __brings = [ final.crystal ]; } // x) args;
  buildDubPackage = simple "d" [ final.ldc ];
  buildBazelPackage = simple "bazel" [ final.bazel ];
  buildEmscriptenPackage = simple "emscripten" [ final.emscripten final.python3 ];
  buildGleamApplication = simple "gleam" [ final.gleam ];
  buildVimPlugin = simple "vim" [ ];
  buildLinux = simple "linux" [ ];
  mkIntelliJPlugin = simple "java" [ ];
}
