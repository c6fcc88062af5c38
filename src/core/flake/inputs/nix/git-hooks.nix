# cachix/git-hooks.nix: hooks as modules; what a shell gets is the hook's tools and the code that installs them.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  lockedAt = lockstep.input.lastModified or 0;
  hookPackages = lockstep.part "git-hooks-packages";

  listOption =
    default:
    mkOption {
      type = types.listOf types.str;
      inherit default;
    };
  textOption =
    default:
    mkOption {
      type = types.str;
      inherit default;
    };
  flag =
    default:
    mkOption {
      type = types.bool;
      inherit default;
    };

  hookType =
    pkgs: tools: defaultStages:
    types.submodule (
      { name, config, ... }:
      let
        # Tools of Rust wrap two programs, and others are given their programs: the shell has these as well.
        overridden = tool: config.packageOverrides.${tool} or (hookPackages.of tools pkgs tool);
        more =
          if name == "clippy" || name == "rustfmt" then
            [ (config.packageOverrides.cargo or tools.cargo or pkgs.cargo) (overridden name) ]
          else if name == "treefmt" then
            config.settings.formatters or [ ]
          else
            config.settings.extraRuntimeInputs or [ ];
      in
      {
        freeformType = types.lazyAttrsOf types.anything;
        options = {
          enable = mkOption {
            type = types.bool;
            default = false;
          };
          name = mkOption {
            type = types.str;
            default = name;
          };
          package = mkOption {
            type = types.nullOr types.package;
            default = hookPackages.of tools pkgs name;
          };
          packageOverrides = mkOption {
            type = types.lazyAttrsOf (types.nullOr types.package);
            default = { };
          };
          extraPackages = mkOption {
            type = types.listOf types.package;
            default = [ ];
          };
          # What a hook that is known here runs by default is its program with arguments that are not.
          entry = mkOption {
            type = types.str;
            default = if hookPackages.isKnown name then lockstep.opaque "what the hook ${name} calls by default is not known here" else "";
          };
          settings = mkOption {
            type = types.lazyAttrsOf types.anything;
            default = { };
            apply = lockstep.anyOther (option: lockstep.opaque "the default of hooks.${name}.settings.${option} is not known here");
          };
          args = listOption [ ];
          files = textOption "";
          types = listOption [ "file" ];
          types_or = listOption [ ];
          excludes = listOption [ ];
          exclude_types = listOption [ ];
          stages = listOption defaultStages;
          language = textOption "system";
          description = textOption "";
          pass_filenames = flag true;
          always_run = flag false;
          fail_fast = flag false;
          require_serial = flag false;
          verbose = flag false;
          before = listOption [ ];
          after = listOption [ ];
        };
        config = {
          extraPackages = more;
          settings = lib.optionalAttrs (name == "treefmt") { formatters = lib.mkDefault [ ]; };
        };
      }
    );

  # A hook that wraps a tool (`rustfmt`, `clippy`) wraps the one that is put in its place.
  # A hook of the project's own says what it runs; one that neither does nor is known here may run anything.
  packageOf =
    pkgs: name: hook:
    let
      package = hook.packageOverrides.${name} or hook.package;
      isKnown = lib.__parts.isBroken package || lockstep.isUnknown package || package != null || lockstep.isUnknown hook.entry || hook.entry != "" || hook.extraPackages != [ ] || hookPackages.isLeftOut pkgs name;
    in
    if isKnown then
      package
    else
      lockstep.unresolved {
        what = "hooks.${name}";
        reason = "the program that this hook of git-hooks.nix runs is not known here";
      };

  module =
    pkgs:
    { config, ... }:
    let
      enabled = lib.filterAttrs (_: hook: hook.enable) config.hooks;
    in
    {
      _file = "git-hooks/modules";
      freeformType = types.lazyAttrsOf types.anything;
      options = {
        package = mkOption {
          type = types.package;
          default = pkgs.pre-commit;
        };
        tools = mkOption {
          type = types.lazyAttrsOf (types.nullOr types.package);
          default = { };
        };
        hooks = mkOption {
          type = types.attrsOf (hookType pkgs config.tools config.default_stages);
          default = { };
        };
        enabledPackages = mkOption { type = types.listOf types.unspecified; };
        installationScript = mkOption {
          type = types.str;
          default = "";
        };
        shellHook = mkOption {
          type = types.str;
          default = "";
        };
        run = mkOption { type = types.package; };
        src = mkOption {
          type = types.nullOr types.raw;
          default = null;
        };
        rootSrc = mkOption {
          type = types.nullOr types.raw;
          default = null;
        };
        excludes = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        default_stages = mkOption {
          type = types.listOf types.str;
          default = [ "pre-commit" ];
        };
        settings = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
      };
      config = {
        _module.args.pkgs = lib.mkDefault pkgs;
        enabledPackages = builtins.filter (package: lib.__parts.isBroken package || lockstep.isUnknown package || package != null) (
          lib.concatLists (lib.mapAttrsToList (
            name: hook: lockstep.placed "hooks.${name}" hook "enable" (hook.extraPackages ++ [ (packageOf pkgs name hook) ])
          ) enabled)
        );
        # It puts the program that runs the hooks on PATH.
        installationScript =
          lib.optionalString (!(lockstep.isUnknown config.package)) "export PATH=${config.package}/bin:$PATH\n"
          + "# installs the pre-commit hooks: ${lib.concatStringsSep ", " (builtins.attrNames enabled)}";
        shellHook = config.installationScript;
        run = pkgs.runCommand "pre-commit-run" { buildInputs = [ pkgs.git ]; } "" // {
          inherit (config) enabledPackages shellHook;
          inherit config;
        };
      };
    };

  run =
    pkgs:
    { imports ? [ ], src ? null, ... }@options:
    let
      result = lib.evalModules {
        modules = [
          (module pkgs)
          {
            _file = "git-hooks.run";
            inherit imports;
            config = removeAttrs options [ "imports" "settings" "tools" "src" "default_stages" ] // {
              src = lib.mkForce src;
            }
            // lib.optionalAttrs (options ? default_stages) { inherit (options) default_stages; }
            // lib.optionalAttrs (options ? tools) { inherit (options) tools; };
          }
        ];
      };
    in
    result.config.run;
  libFor = pkgs: { run = run pkgs; };

  # `perSystem.pre-commit` for flake-parts.
  flakeModule =
    { lib, flake-parts-lib, ... }:
    {
      _file = "git-hooks/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        let
          cfg = config.pre-commit;
        in
        {
          options.pre-commit = {
            check.enable = mkOption {
              type = types.bool;
              default = true;
            };
            pkgs = mkOption {
              type = types.raw;
              default = pkgs;
            };
            settings = mkOption {
              type = types.submoduleWith { modules = [ (module cfg.pkgs) ]; };
              default = { };
            };
            installationScript = mkOption { type = types.str; };
            shellHook = mkOption { type = types.str; };
            devShell = mkOption { type = types.package; };
          };
          config = {
            checks = lib.optionalAttrs cfg.check.enable { pre-commit = cfg.settings.run; };
            pre-commit = {
              inherit (cfg.settings) installationScript;
              inherit (cfg.settings) shellHook;
              devShell = pkgs.mkShell {
                # At first it had pre-commit alone; since then that is the business of the hook, which installs it.
                nativeBuildInputs = if lockedAt != 0 && lockedAt < 1710115200 then [ cfg.settings.package ] else cfg.settings.enabledPackages;
                inherit (cfg) shellHook;
              };
            };
          };
        }
      );
    };
in
{
  outputs = {
    lib = lib.genAttrs lib.systems.flakeExposed (system: libFor (lockstep.pkgsFor system));
    inherit flakeModule;
    flakeModules.default = flakeModule;
    packages = lib.genAttrs lib.systems.flakeExposed (
      system:
      let
        pkgs = lockstep.pkgsFor system;
      in
      # Besides pre-commit the tools of all hooks, under the names of nixpkgs.
      lockstep.anyName (name: if name == "default" then pkgs.pre-commit else pkgs.${name})
    );
  };
  files = {
    "default.nix" = { system ? "x86_64-linux", ... }: libFor (lockstep.pkgsFor system);
    # For those who embed the hooks in modules of their own.
    "modules/all-modules.nix" = module;
    "flake-module.nix" = flakeModule;
  };
}
