{ pkgs, ... }:
{
  work.languages = [ "go" ];

  services.nginx.enable = true;
  services.postgresql = {
    enable = true;
    package = pkgs.postgresql_16;
  };
}
