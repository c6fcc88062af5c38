# What both machines have, and what one switches on.
{
  config,
  lib,
  pkgs,
  tools,
  ...
}:
{
  options.work.languages = lib.mkOption {
    type = lib.types.listOf (lib.types.enum [ "python" "node" "go" ]);
    default = [ ];
    description = "Languages to develop in.";
  };

  config = lib.mkMerge [
    { environment.systemPackages = map (name: pkgs.${name}) tools; }
    (lib.mkIf (builtins.elem "python" config.work.languages) {
      environment.systemPackages = [ pkgs.python312 pkgs.uv ];
    })
    (lib.mkIf (builtins.elem "node" config.work.languages) { environment.systemPackages = [ pkgs.nodejs_22 ]; })
    (lib.mkIf (builtins.elem "go" config.work.languages) { environment.systemPackages = [ pkgs.go ]; })
  ];
}
