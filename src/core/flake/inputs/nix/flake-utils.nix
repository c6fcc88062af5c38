# numtide/flake-utils: outputs by system, and small helpers.
{ lib, lockstep, inputs, ... }:
let
  inherit (builtins) attrNames foldl' isAttrs listToAttrs;

  defaultSystems =
    if inputs ? systems then
      import inputs.systems
    else
      [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ];
  allSystems = lib.systems.doubles.all;

  # Jobs have the system below their name, everything else right below the output's.
  eachSystemOp =
    put: systems: f:
    foldl' (put f) { } systems;
  eachSystem = eachSystemOp (
    f: attrs: system:
    let
      outputs = f system;
    in
    foldl' (
      all: name:
      all
      // {
        ${name} =
          if name == "hydraJobs" then
            pushDownSystem system (all.hydraJobs or { }) outputs.hydraJobs
          else
            (all.${name} or { }) // lockstep.memberAs system outputs name;
      }
    ) attrs (attrNames outputs)
  );
  pushDownSystem =
    system: merged:
    builtins.mapAttrs (
      name: value:
      if !(isAttrs value) then
        value
      else if lib.isDerivation value then
        (merged.${name} or { }) // { ${system} = value; }
      else
        pushDownSystem system (merged.${name} or { }) value
    );
  eachSystemPassThrough = eachSystemOp (f: attrs: system: attrs // f system);
  eachSystemMap = systems: f: listToAttrs (map (system: { name = system; value = f system; }) systems);

  # Derivations of nested sets that ask to be walked, as `set/name`.
  flattenTree =
    tree:
    let
      walk =
        prefix: set:
        lib.concatLists (
          lib.mapAttrsToList (
            name: value:
            let
              path = if prefix == "" then name else "${prefix}/${name}";
            in
            # What a flake of which nothing is known gives is a package here.
            if lockstep.isUnknown value || lib.isDerivation value then
              [ (lib.nameValuePair path value) ]
            else if isAttrs value && value.recurseForDerivations or false then
              walk path (removeAttrs value [ "recurseForDerivations" ])
            else
              [ ]
          ) set
        );
    in
    listToAttrs (walk "" tree);

  supports =
    system: package:
    let
      platforms = package.meta.platforms or [ ];
      bad = builtins.elem system (package.meta.badPlatforms or [ ]);
    in
    (platforms == [ ] || builtins.elem system platforms) && (lockstep.isUnknown bad || !bad)
    && !(package.meta.broken or false);

  flakeUtils = {
    inherit
      allSystems defaultSystems eachSystem eachSystemMap eachSystemPassThrough flattenTree;
    eachDefaultSystem = eachSystem defaultSystems;
    eachDefaultSystemMap = eachSystemMap defaultSystems;
    eachDefaultSystemPassThrough = eachSystemPassThrough defaultSystems;
    system = lib.genAttrs allSystems lib.id;
    mkApp =
      {
        drv,
        name ? drv.pname or drv.name,
        exePath ? drv.passthru.exePath or "/bin/${name}",
      }:
      {
        type = "app";
        program = "${drv}${exePath}";
      };
    filterPackages = system: packages: lib.filterAttrs (_: package: lib.isDerivation package && supports system package) packages;
    check-utils = system: {
      isEqual = a: b: {
        type = "derivation";
        name = "check";
        inherit system;
        outPath = "";
      };
      hasKey = set: key: set ? ${key};
    };
    meld = inputs: lib.foldl' (all: path: lib.recursiveUpdate all ((import path) inputs)) { };
    simpleFlake =
      {
        self,
        nixpkgs,
        name,
        overlay ? null,
        config ? { },
        shell ? null,
        preOverlays ? [ ],
        systems ? defaultSystems,
      }:
      let
        load = value: if lockstep.isUnknown value || builtins.isFunction value then value else import value;
        hasOverlay = lockstep.isUnknown overlay || overlay != null;
        overlay' = if hasOverlay then load overlay else null;
      in
      eachSystem systems (
        system:
        let
          pkgs = import nixpkgs {
            inherit system config;
            overlays = preOverlays ++ lib.optional hasOverlay overlay';
          };
          found = pkgs.${name} or { };
          # What an unknown overlay adds under this name hides no shell.
          packages = if lockstep.isUnknown found then { } else found;
        in
        {
          packages = if builtins.isAttrs packages then flattenTree packages else { };
          legacyPackages = found;
        }
        // lib.optionalAttrs (packages ? defaultPackage) { inherit (packages) defaultPackage; }
        // lib.optionalAttrs (packages ? checks) { inherit (packages) checks; }
        // lib.optionalAttrs (packages ? devShell) { inherit (packages) devShell; }
        // lib.optionalAttrs (shell != null) { devShell = load shell { inherit pkgs; }; }
      )
      // lib.optionalAttrs hasOverlay { overlay = overlay'; };
  };
in
{
  outputs = {
    lib = flakeUtils;
    templates = { };
  };
  files."default.nix" = flakeUtils;
}
