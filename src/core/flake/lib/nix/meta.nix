# `meta` of packages: changing it, asking it, and what follows from it.
{ lib }:
let
  inherit (builtins) any isString;
  inherit (lib.__parts) isUnknown;

  # Licenses by SPDX identifier, in lower case.
  bySpdx = lib.mapAttrs' (_: license: lib.nameValuePair (lib.toLower license.spdxId) license) (
    lib.filterAttrs (_: license: license ? spdxId) lib.licenses
  );
in
rec {
  addMetaAttrs =
    extra: drv:
    if isUnknown drv then
      drv
    else if drv ? overrideAttrs then
      drv.overrideAttrs (previous: { meta = previous.meta or { } // extra; })
    else
      drv // { meta = drv.meta or { } // extra; };
  dontDistribute = addMetaAttrs { hydraPlatforms = [ ]; };
  setName = name: drv: drv // { inherit name; };
  updateName = f: drv: drv // { name = f drv.name; };
  appendToName =
    suffix:
    updateName (
      name:
      let
        parsed = builtins.parseDrvName name;
      in
      "${parsed.name}-${suffix}-${parsed.version}"
    );
  mapDerivationAttrset =
    f: set: builtins.mapAttrs (_: value: if lib.isDerivation value then f value else value) set;
  defaultPriority = 5;
  setPrio = priority: addMetaAttrs { inherit priority; };
  lowPrio = setPrio 10;
  lowPrioSet = mapDerivationAttrset lowPrio;
  hiPrio = setPrio (-10);
  hiPrioSet = mapDerivationAttrset hiPrio;
  tryEval = builtins.tryEval;

  # `pattern`: a system string or a set of which every part has to agree.
  platformMatch =
    platform: pattern:
    if isString pattern then
      pattern == (if isString platform then platform else platform.system or null)
    else
      let
        elaborated = if isString platform then lib.systems.elaborate platform else platform;
      in
      lib.matchAttrs (if pattern ? parsed then pattern else { parsed = pattern; }) elaborated;
  availableOn =
    platform: package:
    (!(package ? meta.platforms) || any (platformMatch platform) package.meta.platforms)
    && !(any (platformMatch platform) (package.meta.badPlatforms or [ ]));

  licensesSpdx = lib.mapAttrs' (_: license: lib.nameValuePair license.spdxId license) (
    lib.filterAttrs (_: license: license ? spdxId) lib.licenses
  );
  getLicenseFromSpdxId =
    id:
    getLicenseFromSpdxIdOr id (
      lib.warn "getLicenseFromSpdxId: No license matches the given SPDX ID: ${id}" { shortName = id; }
    );
  getLicenseFromSpdxIdOr = id: fallback: bySpdx.${lib.toLower id} or fallback;

  # The program that a package is for.
  getExe =
    package:
    getExe' package (
      package.meta.mainProgram or (
        lib.warn
          "getExe: Package ${lib.strings.escapeNixIdentifier package.meta.name or package.pname or package.name} does not have the meta.mainProgram attribute. We'll assume that the main program has the same name for now, but this behavior is deprecated, because it leads to surprising errors when the assumption does not hold. If the package has a main program, please set `meta.mainProgram` in its definition to make this warning go away. Otherwise, if the package does not have a main program, or if you don't control its definition, use getExe' to specify the name to the program, such as lib.getExe' foo \"bar\"."
          (lib.getName package)
      )
    );
  getExe' =
    package: name:
    assert lib.assertMsg (isUnknown package || lib.isDerivation package)
      "lib.meta.getExe': The first argument is of type ${builtins.typeOf package}, but it should be a derivation instead.";
    lib.throwIf (!isString name)
      "lib.meta.getExe': The second argument is of type ${builtins.typeOf name}, but it should be a string instead."
      (
        lib.throwIf (lib.hasInfix "/" name)
          "lib.meta.getExe': The second argument \"${name}\" is a nested path with a \"/\" character, but it should just be the name of the executable instead."
          "${lib.getBin package}/bin/${name}"
      );

  cpeFullVersionWithVendor = vendor: version: {
    inherit vendor version;
    update = "*";
  };
  cpePatchVersionInUpdateWithVendor =
    vendor: version:
    let
      found = builtins.match "(.*)\\.([^.]+)" version;
    in
    if found == null then
      throw "lib.meta.cpePatchVersionInUpdateWithVendor: version ${version} has no patch part"
    else
      {
        inherit vendor;
        version = builtins.elemAt found 0;
        update = builtins.elemAt found 1;
      };
  tryCPEPatchVersionInUpdateWithVendor =
    vendor: version:
    let
      result = builtins.tryEval (cpePatchVersionInUpdateWithVendor vendor version);
    in
    if result.success then { success = true; inherit (result) value; } else { success = false; error = "no patch part"; };
  isUnfree = licenses: any (license: !(license.free or true)) (lib.toList licenses);
}
