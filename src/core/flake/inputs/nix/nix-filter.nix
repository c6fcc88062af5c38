# numtide/nix-filter: sources by patterns. Nothing is copied here, so that the folder stands for its part.
{ ... }:
let
  filter = {
    __functor = _: { root, name ? "source", include ? [ ], exclude ? [ ] }: root;
    matchExt = extension: _: path: _: builtins.match ".*\\.${extension}" (toString path) != null;
    matchName = name: _: path: _: baseNameOf (toString path) == name;
    inDirectory = folder: _: path: _: true;
    isDirectory = _: _: type: type == "directory";
    and = a: b: root: path: type: a root path type && b root path type;
    or_ = a: b: root: path: type: a root path type || b root path type;
    not = a: root: path: type: !(a root path type);
  };
in
{
  outputs = {
    lib = filter // { inherit filter; };
    overlays.default = final: prev: { nix-filter = filter; };
    __functor = filter.__functor;
  };
  files."default.nix" = filter;
}
