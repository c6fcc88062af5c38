# The shell of those who only write: no access to the cluster needed.
{
  perSystem =
    { pkgs, ... }:
    {
      devShells.documentation = pkgs.mkShellNoCC {
        packages = with pkgs; [
          hugo
          nodejs_22
          vale
        ];
      };
    };
}
