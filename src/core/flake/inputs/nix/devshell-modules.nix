# The options of numtide/devshell and its extra modules, as far as packages, variables and commands go.
{ lib, lockstep, self, ... }:
let
  inherit (lib) mkOption optional optionals types;

  # `"${extraModulesPath}/language/c.nix"` is imported by its path: one of `extras`.
  extraModulesPath = "${self.outPath}/extra";

  # Names as text are attributes of nixpkgs.
  strOrPackage =
    pkgs:
    types.coercedTo types.str (
      name: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." name)
    ) types.package;

  step = types.submodule {
    options = {
      text = mkOption { type = types.str; };
      deps = mkOption {
        type = types.listOf types.str;
        default = [ ];
      };
    };
  };
  steps = mkOption {
    type = types.attrsOf step;
    default = { };
  };
  variable = types.submodule (
    { ... }:
    {
      options = {
        name = mkOption { type = types.str; };
        value = mkOption {
          type = with types; nullOr (oneOf [ str int bool package ]);
          default = null;
        };
        eval = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        prefix = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        unset = mkOption {
          type = types.bool;
          default = false;
        };
      };
    }
  );

  commandType =
    pkgs:
    types.submodule (
      { config, ... }:
      {
        options = {
          name = mkOption {
            type = types.nullOr types.str;
            default =
              if config.package == null then null else config.package.meta.mainProgram or config.package.pname or (builtins.parseDrvName config.package.name).name;
          };
          category = mkOption {
            type = types.str;
            default = "[general commands]";
          };
          help = mkOption {
            type = types.nullOr types.str;
            default = if config.package == null then null else config.package.meta.description or null;
          };
          command = mkOption {
            type = types.nullOr types.str;
            default = null;
          };
          package = mkOption {
            type = types.nullOr (strOrPackage pkgs);
            default = null;
          };
        };
      }
    );

  module =
    pkgs:
    { config, ... }:
    let
      # A command that is given as text is a program of that name.
      commandPackage =
        command:
        if isText command.command && command.name == command.command then
          throw "[[commands]]: ${toString command.name} cannot be set to both the `name` and the `command` attributes. Did you mean to use the `package` attribute?"
        else if !(given command.package) && (!(given command.command) || (isText command.command && command.command == "")) then
          throw "[[commands]]: ${toString command.name} expected either a command or package attribute."
        else if given command.package then
          lockstep.placed "commands" command "package" [ command.package ]
        else
          lockstep.placed "commands" command "command" (
            optional (given command.command && given command.name) (pkgs.writeShellScriptBin command.name command.command)
          );
      # Every group of services has a program that starts it and one that stops it.
      serviceCommands =
        key:
        let
          group = config.serviceGroups.${key};
          name = if group.name or null == null then key else group.name;
        in
        lockstep.placed "serviceGroups" config.serviceGroups key (
          map (action: pkgs.writeShellScriptBin "${name}:${action}" "") [ "start" "stop" ]
        );
      # A text of which a part is not known, or fails, is given as well.
      given = value: lib.__parts.isBroken value || lockstep.isUnknown value || value != null;
      shown = variable': if given variable'.eval then variable'.eval else if given variable'.prefix then variable'.prefix else variable'.value;
      # What bash works out when the shell starts is no value yet; a text that is not known is told like one.
      isText = value: !(lib.__parts.isBroken value || lockstep.isUnknown value) && value != null;
      lineOf =
        v:
        if v.unset then
          [ "unset ${v.name}" ]
        else if isText v.eval then
          [ "export ${v.name}=${v.eval}" ]
        else if isText v.prefix then
          [ "export ${v.name}=$(realpath --canonicalize-missing \"${v.prefix}\")\${${v.name}+:\${${v.name}}}" ]
        else
          [ ];
      # Of the ways to set a variable there is exactly one.
      environment = map (
        v:
        let
          ways = builtins.filter (way: if way == "unset" then v.unset else given v.${way}) [ "eval" "prefix" "unset" "value" ];
        in
        if ways == [ ] then
          throw "[[environ]]: ${v.name} expected one of (value|eval|prefix|unset) to be set."
        else if builtins.length ways > 1 then
          throw "[[environ]]: ${v.name} expected only one of (value|eval|prefix|unset) to be set. Not ${toString ways}"
        else if v.name == "PATH" && ways == [ "value" ] then
          throw "[[environ]]: PATH should not override the value. Use 'prefix' instead."
        else
          v
      ) config.env;
      set = builtins.filter (v: given (shown v) && lineOf v == [ ]) environment;
    in
    {
      _file = "devshell/modules";
      options = {
        devshell = {
          name = mkOption {
            type = types.str;
            default = "devshell";
          };
          packages = mkOption {
            type = types.listOf (strOrPackage pkgs);
            default = [ ];
          };
          packagesFrom = mkOption {
            type = types.listOf (strOrPackage pkgs);
            default = [ ];
          };
          motd = mkOption {
            type = types.str;
            default = "";
          };
          meta = mkOption {
            type = types.attrsOf types.anything;
            default = { };
          };
          startup = steps;
          interactive = steps;
          startup_env = mkOption {
            type = types.str;
            default = "";
          };
          load_profiles = lib.mkEnableOption "load etc/profiles.d/*.sh in the shell";
          prj_root_fallback = mkOption {
            type = types.nullOr types.anything;
            default = null;
          };
          bashPackage = mkOption {
            type = strOrPackage pkgs;
            default = pkgs.bashInteractive;
          };
          menu = mkOption {
            type = types.lazyAttrsOf types.anything;
            default = { };
          };
          shell = mkOption { type = types.package; };
          package = mkOption { type = types.package; };
        };
        # The names that came before `devshell.*`.
        name = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        packages = mkOption {
          type = types.listOf (strOrPackage pkgs);
          default = [ ];
        };
        packagesFrom = mkOption {
          type = types.listOf (strOrPackage pkgs);
          default = [ ];
        };
        motd = mkOption {
          type = types.nullOr types.str;
          default = null;
        };
        bash = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        env = mkOption {
          type = types.coercedTo (types.attrsOf types.anything) (
            set: lib.mapAttrsToList (name: value: if builtins.isAttrs value && !(lib.isDerivation value) then { inherit name; } // value else { inherit name value; }) set
          ) (types.listOf variable);
          default = [ ];
        };
        commands = mkOption {
          type = types.listOf (commandType pkgs);
          default = [ ];
        };
        serviceGroups = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
        git.hooks = mkOption {
          type = types.lazyAttrsOf types.anything;
          default = { };
        };
      }
      // options (strOrPackage pkgs) pkgs;
      config = {
        _module.args.pkgs = lib.mkDefault pkgs;
        env = variables pkgs config;
        devshell = {
          name = lib.mkIf (config.name != null) config.name;
          motd = lib.mkIf (config.motd != null) config.motd;
          packages = lib.mkMerge [
            config.packages
            (lib.concatMap commandPackage config.commands)
            (lib.concatMap serviceCommands (builtins.attrNames config.serviceGroups))
            (packages pkgs config)
          ];
          inherit (config) packagesFrom;
          # A derivation without dependencies: what has it in `inputsFrom` gets nothing of it.
          shell =
            let
              made = pkgs.mkShellNoCC (
                {
                  name = lib.strings.sanitizeDerivationName config.devshell.name;
                  packages = config.devshell.packages ++ config._module.unknown;
                  inputsFrom = config.devshell.packagesFrom;
                  shellHook = lib.concatStringsSep "\n" (
                    lib.concatMap lineOf environment
                    ++ map (s: s.text) (builtins.attrValues config.devshell.startup ++ builtins.attrValues config.devshell.interactive)
                    ++ optional (config.bash ? extra) config.bash.extra
                  );
                  passthru = { inherit config; };
                  inherit (config.devshell) meta;
                }
                // lib.listToAttrs (map (v: lib.nameValuePair v.name (shown v)) set)
              );
              dependencies = [ "nativeBuildInputs" "buildInputs" "propagatedBuildInputs" "propagatedNativeBuildInputs" ];
            in
            made // lib.genAttrs dependencies (_: [ ]) // { depsHostHost = lib.concatMap (list: made.${list}) dependencies; };
          package = config.devshell.shell;
        };
      };
    };

  inherit (lockstep.part "devshell-extras") options packages variables;

  # What an extra module sets of others: gems are built with gcc, and with the libraries that they need.
  also = {
    "language/ruby" =
      { config, pkgs, ... }:
      {
        imports = [ byFile."language/c.nix" ];
        config.language.c = {
          compiler = pkgs.gcc;
          libraries = config.language.ruby.nativeDeps;
          includes = config.language.ruby.nativeDeps;
        };
      };
  };
  # File below `extra/` → the options of its module, if it brings packages.
  extraFiles =
    lib.listToAttrs (
      map (path: lib.nameValuePair (lib.concatStringsSep "/" path) path) [
        [ "language" "c" ]
        [ "language" "go" ]
        [ "language" "rust" ]
        [ "language" "ruby" ]
        [ "language" "perl" ]
        [ "language" "hare" ]
        [ "language" "nodejs" ]
        [ "services" "postgres" ]
      ]
    )
    // {
      locale = [ "extra" "locale" ];
      "services/userhosts" = null;
      "git/hooks" = null;
    };
  extraModule =
    file: path:
    lib.nameValuePair "${file}.nix" {
      key = "${extraModulesPath}/${file}.nix";
      imports = optional (also ? ${file}) also.${file};
      config = if path == null then { } else lib.setAttrByPath path { imported = true; };
    };
  byFile = lib.mapAttrs' extraModule extraFiles;

  # A file's contents as a module: `imports` are files beside it, or extra modules by name.
  importTOML =
    file:
    let
      data = lib.importTOML file;
      isFile = name: lib.hasPrefix "./" name || lib.hasSuffix ".nix" name || lib.hasSuffix ".toml" name;
      find =
        name:
        let
          beside = dirOf file + "/${name}";
        in
        if isFile name then
          (if lib.hasSuffix ".toml" name then importTOML beside else beside)
        else
          byFile."${builtins.replaceStrings [ "." ] [ "/" ] name}.nix" or (lockstep.opaque "the module ${name} of devshell is not known here");
    in
    {
      _file = toString file;
      imports = map find (data.imports or [ ]);
      config = removeAttrs data [ "imports" ];
    };
in
{
  inherit module importTOML;
  inherit extraModulesPath;
  extras = lib.mapAttrs' (name: lib.nameValuePair "extra/${name}") byFile;
}
