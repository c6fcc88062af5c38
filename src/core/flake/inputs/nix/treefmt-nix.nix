# numtide/treefmt-nix: formatters as modules.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;

  # Programs whose nixpkgs attribute is not their name.
  packageNames = pkgs: {
    air = "air-formatter";
    cabal-fmt = "haskellPackages.cabal-fmt";
    cabal-gild = "haskellPackages.cabal-gild";
    clang-format = "clang-tools";
    clang-tidy = "clang-tools";
    dart-format = "dart";
    desktop-file-validate = "desktop-file-utils";
    dfmt = "dformat";
    dioxus = "dioxus-cli";
    dyff-json = "dyff";
    dyff-yaml = "dyff";
    elm-format = "elmPackages.elm-format";
    emacs-lisp-indent = "emacs-nox";
    fish_indent = "fish";
    fourmolu = "haskellPackages.fourmolu";
    gdformat = "gdtoolkit_4";
    gofmt = "go";
    goimports = "gotools";
    hurlfmt = "hurl";
    jsonnet-lint = "go-jsonnet";
    jsonnetfmt = "go-jsonnet";
    juliaformatter = "julia-bin";
    latexindent = "texliveMedium";
    logql = "grafana-loki";
    mdformat = "python3Packages.mdformat";
    mix-format = "elixir";
    nginxfmt = "nginx-config-formatter";
    nimpretty = "nim";
    odinfmt = "ols";
    opa = "open-policy-agent";
    perltidy = "perlPackages.PerlTidy";
    # A numbered PHP, as long as there is one.
    php-cs-fixer = if pkgs ? php83Packages then "php83Packages.php-cs-fixer" else "phpPackages.php-cs-fixer";
    purs-tidy = "nodePackages.purs-tidy";
    qmlformat = "kdePackages.qtdeclarative";
    ruff-check = "ruff";
    ruff-format = "ruff";
    sqlfluff-lint = "sqlfluff";
    standardjs = "nodePackages.standard";
    terraform = "opentofu";
    texfmt = "tex-fmt";
    xmllint = "libxml2";
  };
  # What a program stands for has changed over time: nixfmt was rfc-style's from late 2024 until it took over the name,
  # and prettier left the set of node packages in the summer of 2025.
  lockedAt = lockstep.input.lastModified or 0;
  byDate = {
    nixfmt = if lockedAt > 1727000000 && lockedAt < 1757000000 then "nixfmt-rfc-style" else "nixfmt";
    prettier = if lockedAt > 1750000000 then "prettier" else "nodePackages.prettier";
  };
  packageOf =
    pkgs: name:
    let
      known = byDate.${name} or (packageNames pkgs).${name} or null;
    in
    if known != null then
      builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." known)
    else
      pkgs.${name} or (lockstep.unresolved {
        what = "programs.${name}";
        reason = "the package of this program of treefmt-nix is not known here";
      });

  module =
    pkgs:
    { config, ... }:
    let
      enabled = lib.filterAttrs (_: program: program.enable) config.programs;
      # A program that cannot be read hides no other.
      programs = lib.filterAttrs (_: package: lib.__parts.isBroken package || lockstep.isUnknown package || package != null) (
        lib.mapAttrs (_: program: program.package) enabled
      );
    in
    {
      _file = "treefmt-nix/module-options.nix";
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        package = mkOption {
          type = types.package;
          default = pkgs.treefmt;
        };
        projectRoot = mkOption {
          type = types.raw;
          default = null;
        };
        projectRootFile = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        enableDefaultExcludes = mkOption {
          type = types.bool;
          default = true;
        };
        flakeFormatter = mkOption {
          type = types.bool;
          default = true;
        };
        flakeCheck = mkOption {
          type = types.bool;
          default = true;
        };
        pkgs = mkOption {
          type = types.raw;
          default = pkgs;
        };
        settings = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        programs = mkOption {
          type = types.attrsOf (
            types.submodule (
              { name, ... }:
              {
                freeformType = types.lazyAttrsOf types.anything;
                options = {
                  enable = mkOption {
                    type = types.bool;
                    default = false;
                  };
                  package = mkOption {
                    type = types.nullOr types.package;
                    default = packageOf pkgs name;
                  };
                };
              }
            )
          );
          default = { };
        };
        build = mkOption {
          type = types.submodule {
            freeformType = types.lazyAttrsOf types.raw;
            options = lib.genAttrs [ "wrapper" "programs" "devShell" "check" "configFile" ] (_: mkOption { type = types.raw; });
          };
          default = { };
        };
      };
      config = {
        _module.args.pkgs = lib.mkDefault pkgs;
        build = {
          inherit programs;
          # `treefmt` with its configuration: in a shell it counts as treefmt.
          wrapper = config.package;
          configFile = pkgs.writeText "treefmt.toml" "";
          devShell = pkgs.mkShell { nativeBuildInputs = [ config.package ] ++ builtins.attrValues programs; };
          check = _: pkgs.runCommand "treefmt-check" { } "";
        };
      };
    };
  evalModule =
    pkgs: configuration:
    lib.evalModules {
      modules = [
        (module pkgs)
        configuration
      ];
      specialArgs = { };
    };
  treefmtLib = {
    inherit evalModule;
    evalModuleWith = pkgs: specialArgs: configuration: lib.evalModules { modules = [ (module pkgs) configuration ]; inherit specialArgs; };
    mkWrapper = pkgs: configuration: (evalModule pkgs configuration).config.build.wrapper;
    mkConfigFile = pkgs: configuration: (evalModule pkgs configuration).config.build.configFile;
    module-options = module;
    submodule-type = pkgs: types.submoduleWith { modules = [ (module pkgs) ]; };
  };

  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "treefmt-nix/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.treefmt = mkOption {
            type = types.submoduleWith { modules = [ (module pkgs) ]; };
            default = { };
          };
          config = {
            formatter = lib.mkIf config.treefmt.flakeFormatter (lib.mkDefault config.treefmt.build.wrapper);
            checks = lib.mkIf config.treefmt.flakeCheck { treefmt = config.treefmt.build.check null; };
          };
        }
      );
    };
in
{
  outputs = {
    lib = treefmtLib;
    inherit flakeModule;
    flakeModules.default = flakeModule;
  };
  files."default.nix" = treefmtLib;
  files."flake-module.nix" = flakeModule;
}
