{ pkgs, ... }:
{
  work.languages = [ "python" "node" ];

  environment.variables.EDITOR = "nvim";
  programs.neovim.enable = true;
  programs.direnv.enable = true;
  virtualisation.docker.enable = true;

  users.users.ada = {
    isNormalUser = true;
    shell = pkgs.fish;
    packages = with pkgs; [ jq gh ];
  };
}
