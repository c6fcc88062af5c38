# vic/import-tree: all Nix files below a folder as one module.
{ lib, ... }:
let
  make = keep: {
    __functor = _: root: {
      imports = builtins.filter (
        path: lib.hasSuffix ".nix" (toString path) && !(lib.hasInfix "/_" (toString path)) && keep (toString path)
      ) (lib.concatMap lib.filesystem.listFilesRecursive (lib.toList root));
    };
    filter = predicate: make (path: keep path && predicate path);
    match = pattern: make (path: keep path && builtins.match pattern path != null);
    map = _: make keep;
    withLib = _: make keep;
  };
in
{
  outputs = make (_: true);
}
