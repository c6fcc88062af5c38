# `stdenv`, derivations that the flake makes itself, and shells. Nothing is computed of a derivation but what a reader
# of the flake wants to know: its names, its dependencies, and what it puts into the environment.
{
  lockstep,
  final,
  platform,
  buildPlatform,
  crosses,
}:
let
  isFunction = f: builtins.isFunction f || (builtins.isAttrs f && f ? __functor);
  toFunction = f: if isFunction f then f else _: f;

  nameOf =
    args:
    args.name or (if args ? version then "${args.pname or "unnamed"}-${toString args.version}" else args.pname or "unnamed");

  # `recipe`: the finished derivation → what mkDerivation takes.
  makeDerivation =
    stdenv: kind: recipe:
    let
      args = recipe (
        args
        // {
          finalPackage = self;
          inherit overrideAttrs;
        }
      );
      overrideAttrs =
        change:
        makeDerivation stdenv kind (
          self:
          let
            # What adds a compiler gives mkDerivation a list of tools, whether it was given one or not.
            previous = (if given ? __brings then { nativeBuildInputs = [ ]; } else { }) // given;
            given = recipe self;
            applied = change previous;
          in
          previous
          // (if !isFunction change then change else if isFunction applied then change self previous else applied)
        );

      # Dependencies of the tests count when the tests are run.
      checked = args.doCheck or false;
      installChecked = args.doInstallCheck or false;
      inputs = attribute: lockstep.asList (args.${attribute} or [ ]);
      when = condition: attribute: if condition then inputs attribute else [ ];

      name = nameOf args;
      output = outputName: self // {
        inherit outputName;
        outputSpecified = true;
        outPath = lockstep.storePath name (if outputName == "out" then "" else outputName);
      };
      outputs = args.outputs or [ "out" ];
      self =
        args
        // builtins.listToAttrs (
          map (name: {
            inherit name;
            value = output name;
          }) (lockstep.or [ "out" ] outputs)
        )
        // lockstep.or { } (args.passthru or { })
        // {
          type = "derivation";
          inherit name stdenv overrideAttrs;
          # The compiler that a builder adds comes before what it was asked for.
          nativeBuildInputs = (if crosses then lockstep.forBuilding else list: list) (
            inputs "__brings" ++ inputs "nativeBuildInputs" ++ when checked "nativeCheckInputs" ++ when installChecked "nativeInstallCheckInputs"
          );
          buildInputs = inputs "buildInputs" ++ when checked "checkInputs" ++ when installChecked "installCheckInputs";
          propagatedBuildInputs = inputs "propagatedBuildInputs";
          propagatedNativeBuildInputs = inputs "propagatedNativeBuildInputs";
          inherit (platform) system;
          outputName = builtins.head (lockstep.or [ "out" ] outputs);
          outPath = lockstep.storePath name "";
          drvPath = lockstep.storePath "${name}.drv" "";
          meta = {
            available = true;
            broken = false;
            unfree = false;
            insecure = false;
            inherit name;
            outputsToInstall = [ "out" ];
          }
          // (args.meta or { });
          passthru = args.passthru or { };
          overrideDerivation = f: overrideAttrs (_: f self);
          override = _: self;
          drvAttrs = args;
          inputDerivation = self;
          all = [ self ];
          __lockstep = lockstep.built kind;
        };
    in
    self;

  makeStdenv =
    {
      name,
      cc,
      isClang,
      hostPlatform ? platform,
    }:
    let
      self = {
        type = "derivation";
        inherit name cc hostPlatform buildPlatform;
        inherit (hostPlatform) system isDarwin isLinux;
        isx86_64 = hostPlatform.isx86_64;
        isAarch64 = hostPlatform.isAarch64;
        isi686 = hostPlatform.isx86_32;
        is64bit = hostPlatform.is64bit;
        isBSD = hostPlatform.isBSD;
        isCygwin = hostPlatform.isCygwin;
        isSunOS = hostPlatform.isSunOS;
        isFreeBSD = hostPlatform.isFreeBSD;
        isOpenBSD = hostPlatform.isOpenBSD;
        isMips = hostPlatform.isMips;
        isAarch32 = hostPlatform.isAarch32;
        targetPlatform = hostPlatform;
        outPath = lockstep.storePath name "";
        drvPath = lockstep.storePath "${name}.drv" "";
        mkDerivation = recipe: makeDerivation self "derivation" (toFunction recipe);
        # For builders: `prepare` changes what they were given into what mkDerivation takes.
        make =
          kind: prepare: recipe:
          makeDerivation self kind (final: prepare (toFunction recipe final));
        override =
          change:
          let
            new = if isFunction change then change self else change;
          in
          makeStdenv {
            inherit name isClang hostPlatform;
            cc = new.cc or cc;
          };
        overrideDerivation = _: self;
        libc = cc.libc or final.glibc;
        shell = "${final.bash}/bin/bash";
        shellPackage = final.bash;
        initialPath = [ final.coreutils ];
        extraBuildInputs = [ ];
        extraNativeBuildInputs = [ ];
        defaultNativeBuildInputs = [ ];
        allowedRequisites = null;
        meta = { };
        __lockstep = lockstep.stdenv name;
      };
    in
    self;

  isDarwin = platform.isDarwin;
  compiler = lockstep.compiler "stdenv.cc" (if isDarwin then "clang" else "gcc");
  stdenv = makeStdenv {
    name = "stdenv";
    cc = compiler;
    isClang = isDarwin;
  };
in
{
  inherit makeStdenv isFunction toFunction nameOf;
  inherit stdenv;
  stdenvNoCC = makeStdenv {
    name = "stdenvNoCC";
    cc = null;
    isClang = false;
  };
  stdenvWith =
    name: cc:
    makeStdenv {
      inherit name cc;
      isClang = builtins.match ".*(clang|llvm).*" name != null;
    };
}
