# hercules-ci/gitignore.nix: sources without ignored files. Nothing is copied here, so that nothing needs to be left out.
{ ... }:
let
  functions = {
    gitignoreSource = path: path;
    gitignoreSourceWith = { path, ... }: path;
    gitignoreFilter = _: _: _: true;
    gitignoreFilterWith = _: _: _: true;
    gitignoreSourceAux = _: path: path;
    gitignoreFilterPure = _: _: _: _: true;
  };
in
{
  outputs = {
    lib = functions;
    overlay = final: prev: functions;
  };
  files."default.nix" = { lib ? null, ... }: functions;
}
