# `mkShell`: what it does with its arguments is the manual's: `packages` and `nativeBuildInputs` are one list, and of each
# item of `inputsFrom` the dependencies are taken, never the item.
{
  lockstep,
  final,
  toFunction,
  stdenvWith,
}:
let
  makeShell =
    stdenv:
    let
      build =
        {
          name ? "nix-shell",
          packages ? [ ],
          inputsFrom ? [ ],
          buildInputs ? [ ],
          nativeBuildInputs ? [ ],
          propagatedBuildInputs ? [ ],
          propagatedNativeBuildInputs ? [ ],
          ...
        }@args:
        let
          own = builtins.removeAttrs args [
            "name"
            "packages"
            "inputsFrom"
            "buildInputs"
            "nativeBuildInputs"
            "propagatedBuildInputs"
            "propagatedNativeBuildInputs"
            "shellHook"
          ];
          inherited = attribute: lockstep.dependenciesOf attribute inputsFrom;
        in
        stdenv.make "shell" (x: x) (
          {
            inherit name;
            nativeBuildInputs = lockstep.asList packages ++ lockstep.asList nativeBuildInputs ++ inherited "nativeBuildInputs";
            buildInputs = lockstep.asList buildInputs ++ inherited "buildInputs";
            propagatedBuildInputs = lockstep.asList propagatedBuildInputs ++ inherited "propagatedBuildInputs";
            propagatedNativeBuildInputs =
              lockstep.asList propagatedNativeBuildInputs ++ inherited "propagatedNativeBuildInputs";
            shellHook = lockstep.hooksOf inputsFrom args;
            phases = [ "buildPhase" ];
            # For those who look where the flake wrote its lists.
            __arguments = args;
          }
          // own
        );
    in
    {
      __functor = _: build;
      __functionArgs = builtins.functionArgs build;
      override =
        change:
        let
          wanted = (toFunction change { inherit stdenv; }).stdenv or stdenv;
        in
        # A stdenv that is not known makes no other shell, but what compiler it has only it knows.
        makeShell (if lockstep.isOpaque wanted || !(wanted ? make) then stdenvWith "stdenv" wanted.cc else wanted);
    };
in
{
  mkShell = makeShell final.stdenv;
  mkShellNoCC = makeShell final.stdenvNoCC;
}
