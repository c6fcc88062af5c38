# cachix/devenv: shells as modules: packages, variables, languages, services, scripts and hooks.
{ lib, lockstep, ... }:
let
  inherit (lib) mkOption types;
  languages = lockstep.part "devenv-languages";
  services = lockstep.part "devenv-services";
  integrations = lockstep.part "devenv-integrations";
  variables = lockstep.part "devenv-variables";
  hooks = (lockstep.part "git-hooks").files."modules/all-modules.nix";

  released = lockstep.input.lastModified or 1735689600;

  # What starts the processes, which is in the shell. The default was another one until March 2024 (1.0); since 2026 (2.0)
  # devenv starts them itself.
  managers =
    pkgs: config:
    let
      usual =
        if released < 1710115200 then
          "honcho"
        else if released < 1767225600 then
          "process-compose"
        else
          "native";
      name = config.process.manager.implementation or config.process.implementation or usual;
    in
    lib.optional (name != "native") (config.process.managers.${name}.package or pkgs.${name});

  anything = mkOption {
    type = types.lazyAttrsOf types.anything;
    default = { };
  };
  text = default: mkOption {
    type = types.str;
    inherit default;
  };

  scriptType =
    pkgs:
    types.submodule (
      { config, name, ... }:
      {
        freeformType = types.lazyAttrsOf types.anything;
        options = {
          exec = mkOption { type = types.either types.str types.path; };
          package = mkOption {
            type = types.package;
            default = pkgs.bash;
          };
          packages = mkOption {
            type = types.listOf types.package;
            default = [ ];
          };
          description = text "";
          binary = mkOption {
            type = types.nullOr types.str;
            default = null;
          };
          scriptPackage = mkOption {
            type = types.package;
            default = pkgs.writeScriptBin name (if builtins.isString config.exec then config.exec else "");
          };
        };
      }
    );

  topLevel =
    pkgs:
    { config, ... }:
    let
      # Hooks that are set at all bring the program.
      # What is asserted of the options.
      failed = builtins.filter (each: !(lockstep.isUnknown each.assertion) && !each.assertion) config.assertions;
      checked =
        make: args:
        if failed == [ ] then
          make args
        else
          throw "Failed assertions:\n${lib.concatMapStringsSep "\n" (each: "- ${each.message}") failed}";
      usesHooks = builtins.any (hook: hook.enable) (builtins.attrValues config.git-hooks.hooks);
    in
    {
      _file = "devenv/top-level.nix";
      # Options that play no part in what a shell has may be set to anything.
      freeformType = types.lazyAttrsOf types.anything;
      imports = [
        (languages pkgs)
        (integrations pkgs)
        (services pkgs managers)
        (lib.mkAliasOptionModule [ "pre-commit" ] [ "git-hooks" ])
      ];
      options = {
        name = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        env = mkOption {
          type = types.submodule {
            freeformType = types.lazyAttrsOf types.anything;
          };
          default = { };
        };
        packages = mkOption {
          type = types.listOf types.package;
          default = [ ];
        };
        inputsFrom = mkOption {
          type = types.listOf types.package;
          default = [ ];
        };
        overlays = mkOption {
          type = types.listOf types.raw;
          default = [ ];
        };
        stdenv = mkOption {
          type = types.package;
          default = pkgs.stdenv;
        };
        # Since the SDKs of nixpkgs are packages, macOS gets the one that is usual there.
        apple.sdk = mkOption {
          type = types.nullOr types.package;
          default = if pkgs.stdenv.hostPlatform.isDarwin && released >= 1736000000 && pkgs ? apple-sdk then pkgs.apple-sdk else null;
        };
        enterShell = mkOption {
          type = types.lines;
          default = "";
        };
        enterTest = mkOption {
          type = types.lines;
          default = "";
        };
        infoSections = anything;
        unsetEnvVars = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        devenv = mkOption {
          type = types.submodule {
            freeformType = types.lazyAttrsOf types.anything;
            options = {
              # devenv asks the environment for them, when the shell is evaluated: they are told in its words.
              root = text "$PWD";
              dotfile = text "${config.devenv.root}/.devenv";
              state = text "${config.devenv.dotfile}/state";
              runtime = text "${config.devenv.tmpdir}/devenv-…";
              tmpdir = text "\${XDG_RUNTIME_DIR:-/tmp}";
              profile = mkOption {
                type = types.raw;
                default = pkgs.runCommand "devenv-profile" { } "";
              };
              flakesIntegration = mkOption {
                type = types.bool;
                default = true;
              };
            };
          };
          default = { };
        };
        scripts = mkOption {
          type = types.attrsOf (scriptType pkgs);
          default = { };
        };
        processes = mkOption {
          type = types.attrsOf (types.submodule { freeformType = types.lazyAttrsOf types.anything; });
          default = { };
        };
        process = anything;
        process-managers = anything;
        tasks = anything;
        containers = anything;
        outputs = anything;
        git-hooks = mkOption {
          type = types.submodule (hooks pkgs);
          default = { };
        };
        assertions = mkOption {
          type = types.listOf types.unspecified;
          default = [ ];
        };
        certificates = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        warnings = mkOption {
          type = types.listOf types.str;
          default = [ ];
        };
        shell = mkOption { type = types.package; };
        ci = mkOption {
          type = types.listOf types.package;
          default = [ ];
        };
        procfileScript = mkOption {
          type = types.package;
          default = pkgs.writeShellScriptBin "devenv-up" "";
        };
        test = mkOption {
          type = types.package;
          default = pkgs.writeShellScriptBin "devenv-test" "";
        };
        build = anything;
        lib = anything;
      };
      config = {
        _module.args.pkgs = lib.mkDefault pkgs;
        env = lib.mkMerge (
          [
            {
              DEVENV_ROOT = config.devenv.root;
              DEVENV_DOTFILE = config.devenv.dotfile;
              DEVENV_STATE = config.devenv.state;
              DEVENV_RUNTIME = config.devenv.runtime;
              DEVENV_PROFILE = config.devenv.profile;
            }
          ]
          ++ lib.concatMap (
            kind:
            lib.mapAttrsToList (
              # By default only: of which day the variables are is not known so well that a project's own could be refused.
              name: of:
              lib.mkIf config.${kind}.${name}.enable (lib.mapAttrs (_: lib.mkDefault) (of config.${kind}.${name} config.env))
            ) (variables pkgs).${kind}
          ) [ "languages" "services" ]
          # Where mkcert keeps what signs the certificates.
          ++ lib.optional (config.certificates != [ ]) {
            CAROOT = "${config.env.DEVENV_STATE}/mkcert";
            NODE_EXTRA_CA_CERTS = "${config.env.DEVENV_STATE}/mkcert/rootCA.pem";
          }
        );
        packages =
          # For libraries among the packages to be found.
          [ pkgs.pkg-config ]
          # The programs of the hooks are in the shell since 1.0 only.
          ++ lib.optionals usesHooks ([ config.git-hooks.package ] ++ lib.optionals (released >= 1710115200) config.git-hooks.enabledPackages)
          ++ lib.concatMap (name: lockstep.placed "processes.${name}" config.processes name (managers pkgs config)) (
            lib.take 1 (builtins.attrNames config.processes)
          )
          ++ lib.concatMap (name: lockstep.placed "scripts.${name}" config.scripts name [ config.scripts.${name}.scriptPackage ]) (
            builtins.attrNames config.scripts
          )
          ++ lib.optional (config.apple.sdk != null) config.apple.sdk;
        enterShell = lib.mkIf usesHooks (lib.mkBefore config.git-hooks.shellHook);
        # Since 2026-02-02 another program runs the hooks.
        git-hooks.package = lib.mkIf (released >= 1769990400) (lib.mkDefault pkgs.prek);
        shell = checked (pkgs.mkShell.override { inherit (config) stdenv; }) (
          {
            name = if config.name == null then "devenv-shell" else config.name;
            packages = config.packages ++ config._module.unknown;
            inherit (config) inputsFrom;
            shellHook = config.enterShell;
            passthru = { inherit config; };
          }
          # What is not known is set as well, as far as anyone can tell.
          // (if lockstep.isUnknown config.env then { inherit (config) env; } else lib.filterAttrs (_: value: lockstep.isUnknown value || value != null) config.env)
        );
        ci = [ config.shell ];
      };
    };

  evalFor =
    { pkgs, inputs ? { }, modules }:
    lib.evalModules {
      modules = [ (topLevel pkgs) ] ++ modules;
      # Modules may ask for any input by its name.
      specialArgs = inputs // { inherit inputs; };
    };
  mkShell =
    args@{ pkgs, ... }:
    let
      project = evalFor {
        inherit pkgs;
        inputs = args.inputs or { };
        modules = args.modules or [ ];
      };
    in
    project.config.shell
    // {
      inherit (project) config;
      inherit (project.config) ci;
    };

  # `perSystem.devenv.shells.<name>` for flake-parts.
  flakeModule =
    { lib, flake-parts-lib, inputs, ... }:
    {
      _file = "devenv/flake-module.nix";
      options.perSystem = flake-parts-lib.mkPerSystemOption (
        { config, pkgs, ... }:
        {
          options.devenv = {
            modules = mkOption {
              type = types.listOf types.deferredModule;
              default = [ ];
            };
            shells = mkOption {
              type = types.lazyAttrsOf (
                types.submoduleWith {
                  modules = [ (topLevel pkgs) ] ++ config.devenv.modules;
                  specialArgs = inputs // { inherit inputs; };
                  shorthandOnlyDefinesConfig = false;
                }
              );
              default = { };
            };
          };
          config.devShells = lib.mapAttrs (_: devenv: devenv.shell) config.devenv.shells;
        }
      );
    };

  program =
    system:
    lockstep.package {
      inherit system;
      attribute = "devenv";
      pname = "devenv";
      certainty = "unknown";
      reason = "the devenv program as of the locked revision";
      mainProgram = "devenv";
    };
in
{
  outputs = {
    lib = {
      inherit mkShell;
      mkConfig = args: (evalFor args).config;
      mkEval = evalFor;
    };
    inherit flakeModule;
    flakeModules.default = flakeModule;
    flakeModules.readDevenvRoot = { };
    packages = lib.genAttrs lib.systems.flakeExposed (system: {
      default = program system;
      devenv = program system;
    });
    overlays.default = final: prev: { devenv = program final.stdenv.hostPlatform.system; };
    defaultPackage = lib.genAttrs lib.systems.flakeExposed program;
  };
}
