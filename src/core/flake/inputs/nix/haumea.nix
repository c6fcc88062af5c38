# nix-community/haumea: a folder of Nix files as a tree of values.
{ lib, ... }:
let
  load =
    {
      src,
      loader ? loaders.default,
      inputs ? { },
      transformer ? [ ],
    }:
    let
      transform = cursor: value: lib.foldl' (v: f: f cursor v) value (lib.toList transformer);
      root = tree [ ] null src;
      name = file: lib.removePrefix "_" (lib.removePrefix "__" (lib.removeSuffix ".nix" file));
      tree =
        cursor: super: folder:
        let
          self = lib.concatMapAttrs (
            file: type:
            let
              path = folder + "/${file}";
              own = name file;
            in
            if type == "directory" then
              { ${own} = tree (cursor ++ [ own ]) self path; }
            else if lib.hasSuffix ".nix" file then
              {
                ${own} = transform (cursor ++ [ own ]) (
                  loader (inputs // { inherit self super root; }) path
                );
              }
            else
              { }
          ) (builtins.readDir folder);
        in
        transform cursor self;
    in
    root;
  loaders = {
    default =
      inputs: path:
      let
        f = import path;
      in
      if lib.isFunction f then f (builtins.intersectAttrs (lib.functionArgs f) inputs) else f;
    verbatim = _: import;
    path = _: path: path;
    scoped = inputs: path: builtins.scopedImport inputs path;
    callPackage = inputs: path: lib.callPackageWith inputs path { };
  };
in
{
  outputs.lib = {
    inherit load loaders;
    loadEvalTests = _: [ ];
    transformers = {
      liftDefault = _: value: if builtins.isAttrs value && value ? default then removeAttrs value [ "default" ] // value.default else value;
      hoistAttrs = _: _: _: value: value;
      hoistLists = _: _: _: value: value;
      prependUnderscore = _: value: value;
    };
    matchers = { };
  };
}
