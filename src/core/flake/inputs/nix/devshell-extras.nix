# The extra modules of numtide/devshell: their options, and the packages and variables that they bring.
{ lib, ... }:
let
  inherit (lib) mkOption optional optionals types;
  # Languages and services of the extra modules. Their options are always there, so that a file that sets one is read
  # whether or not the module was found; only an imported one adds packages. Scripts that the modules bring for
  # themselves (`menu`, `install-git-hooks`, `start-postgres`) are no packages that anybody asked for.
  anything = mkOption {
    type = types.lazyAttrsOf types.anything;
    default = { };
  };
  packageOption = strOrPackage: default: mkOption { type = strOrPackage; inherit default; };
  packagesOption = strOrPackage: mkOption { type = types.listOf strOrPackage; default = [ ]; };
  imported = mkOption { type = types.bool; default = false; };
in
{
  # `strOrPackage` is the type of a package that may be named as text.
  options = strOrPackage: pkgs: {
    language = {
      c = { inherit imported; libraries = packagesOption strOrPackage; includes = packagesOption strOrPackage; compiler = packageOption strOrPackage pkgs.clang; };
      go = { inherit imported; package = packageOption strOrPackage pkgs.go; GO111MODULE = mkOption { type = types.str; default = "on"; }; GOPATH = mkOption { type = types.either types.path types.str; default = "$HOME/go"; }; };
      rust = { inherit imported; packageSet = mkOption { type = types.attrs; default = pkgs.rustPackages; }; tools = mkOption { type = types.listOf types.str; default = [ "rustc" "cargo" "clippy" "rustfmt" ]; }; enableDefaultToolchain = mkOption { type = types.bool; default = true; }; };
      # The default was a numbered Ruby, which nixpkgs dropped in time.
      ruby = { inherit imported; package = packageOption strOrPackage (if pkgs ? ruby_3_2 then pkgs.ruby_3_2 else pkgs.ruby); nativeDeps = packagesOption strOrPackage; };
      perl = { inherit imported; package = packageOption strOrPackage pkgs.perl; extraPackages = packagesOption strOrPackage; libraryPaths = mkOption { type = types.listOf types.str; default = [ ]; }; };
      hare = { inherit imported; package = packageOption strOrPackage pkgs.hare; thirdPartyLibs = packagesOption strOrPackage; vendoredLibs = mkOption { type = types.listOf types.str; default = [ ]; }; };
      nodejs = { inherit imported; package = packageOption strOrPackage pkgs.nodejs; };
    };
    services.postgres = { inherit imported; package = packageOption strOrPackage pkgs.postgresql; setupPostgresOnStartup = lib.mkEnableOption "setup-postgres"; createUserDB = mkOption { type = types.bool; default = true; }; initdbArgs = mkOption { type = types.listOf types.str; default = [ ]; }; initScript = mkOption { type = types.str; default = ""; }; };
    services.userhosts = anything;
    extra.locale = { inherit imported; package = packageOption strOrPackage pkgs.glibcLocales; lang = mkOption { type = types.nullOr types.str; default = null; }; };
    extra.mkcert = anything;
  };
  packages =
    pkgs: config:
    let
      l = config.language;
    in
    optionals l.c.imported (
      [ l.c.compiler ] ++ map lib.getLib l.c.libraries ++ optionals (l.c.includes != [ ]) ([ pkgs.pkg-config ] ++ map lib.getDev l.c.includes)
    )
    ++ optional l.go.imported l.go.package
    ++ optionals (l.rust.imported && l.rust.enableDefaultToolchain) (map (tool: l.rust.packageSet.${tool}) l.rust.tools)
    ++ optionals l.ruby.imported [ l.ruby.package pkgs.binutils pkgs.file pkgs.findutils pkgs.gnumake ]
    ++ optionals l.perl.imported ([ l.perl.package ] ++ l.perl.extraPackages)
    ++ optional l.hare.imported l.hare.package
    ++ optional l.nodejs.imported l.nodejs.package
    ++ optional config.services.postgres.imported config.services.postgres.package;

  variables =
    pkgs: config:
    let
      l = config.language;
      inherit (pkgs.stdenv.hostPlatform) isDarwin isLinux;
      fixed = name: value: { inherit name value; };
      evaluated = name: eval: { inherit name eval; };
      before = name: prefix: { inherit name prefix; };
      frameworks = "\"-L framework=$DEVSHELL_DIR/Library/Frameworks\"";
    in
    optional (l.c.imported && l.c.libraries != [ ]) (before "LD_LIBRARY_PATH" "$DEVSHELL_DIR/lib")
    ++ optionals (l.c.imported && l.c.includes != [ ]) [
      (before "C_INCLUDE_PATH" "$DEVSHELL_DIR/include")
      (before "PKG_CONFIG_PATH" "$DEVSHELL_DIR/lib/pkgconfig")
    ]
    ++ optionals l.go.imported [ (fixed "GO111MODULE" l.go.GO111MODULE) (evaluated "GOPATH" (toString l.go.GOPATH)) ]
    ++ optionals l.rust.imported (
      [
        (evaluated "LIBRARY_PATH" "$DEVSHELL_DIR/lib")
        (evaluated "CFLAGS" "\"-I $DEVSHELL_DIR/include ${lib.optionalString isDarwin "-iframework $DEVSHELL_DIR/Library/Frameworks"}\"")
      ]
      ++ optionals isDarwin [ (evaluated "RUSTFLAGS" frameworks) (evaluated "RUSTDOCFLAGS" frameworks) ]
    )
    ++ optionals l.ruby.imported [
      (fixed "CC" "cc")
      (fixed "CPP" "cpp")
      (fixed "CXX" "c++")
      (evaluated "GEM_HOME" "$PRJ_DATA_DIR/ruby/bundle/$(ruby -e 'puts RUBY_VERSION')")
      (before "PATH" "$GEM_HOME/bin")
    ]
    ++ optional (l.perl.imported && l.perl.libraryPaths != [ ]) (before "PERL5LIB" (lib.concatStringsSep ":" l.perl.libraryPaths))
    ++ optionals config.services.postgres.imported [
      (evaluated "PGDATA" "$PRJ_DATA_DIR/postgres")
      (evaluated "PGHOST" "$PGDATA")
    ]
    ++ optionals config.extra.locale.imported (
      optional isLinux (fixed "LOCALE_ARCHIVE" "${config.extra.locale.package}/lib/locale/locale-archive")
      ++ optionals (config.extra.locale.lang != null) [ (fixed "LANG" config.extra.locale.lang) (fixed "LC_ALL" config.extra.locale.lang) ]
    );
}
