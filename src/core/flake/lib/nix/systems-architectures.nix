# What instruction sets can do (`gcc.arch`), and which programs of one run on another.
{ lib }:
let
  inherit (builtins) concatMap elem listToAttrs mapAttrs;

  sse = [ "sse3" "ssse3" "sse4_1" "sse4_2" ];
  avx = sse ++ [ "avx" ];
  avx2 = avx ++ [ "avx2" ];
  aes = sse ++ [ "aes" "avx" "avx2" ];
  amd = sse ++ [ "sse4a" "aes" "avx" ];
  each = names: able: lib.genAttrs names (_: able);
  features =
    each [ "default" "x86-64" "armv5te" "armv6" "armv7-a" "armv8-a" "mips32" "loongson2f" ] [ ]
    // each [ "x86-64-v2" "nehalem" "westmere" "silvermont" "btver1" ] sse
    // each [ "sandybridge" "ivybridge" ] avx
    // each [ "x86-64-v3" "haswell" "broadwell" ] (avx2 ++ [ "fma" ])
    // each [ "x86-64-v4" ] (avx2 ++ [ "avx512" "fma" ])
    // each [ "skylake" "alderlake" "sierraforest" ] (aes ++ [ "fma" ])
    // each [
      "skylake-avx512" "cannonlake" "icelake-client" "icelake-server" "cascadelake" "cooperlake" "tigerlake"
      "sapphirerapids" "emeraldrapids"
    ] (aes ++ [ "avx512" "fma" ])
    // each [ "btver2" ] (sse ++ [ "aes" "avx" ])
    // each [ "bdver1" "bdver2" "bdver3" ] (amd ++ [ "fma" "fma4" ])
    // each [ "bdver4" ] (amd ++ [ "avx2" "fma" "fma4" ])
    // each [ "znver1" "znver2" "znver3" ] (amd ++ [ "avx2" "fma" ])
    // each [ "znver4" "znver5" ] (amd ++ [ "avx2" "avx512" "fma" ])
    // {
      loongarch64 = [ "fpu64" ];
      la464 = [ "fpu64" "lsx" "lasx" ];
      la664 = [ "fpu64" "lsx" "lasx" ] ++ newLoong;
      "la64v1.0" = [ "fpu64" "lsx" ];
      "la64v1.1" = [ "fpu64" "lsx" ] ++ newLoong;
    };
  newLoong = [ "div32" "frecipe" "lam-bh" "lamcas" "ld-seq-sa" ];

  # Whose programs each also runs, directly.
  below = {
    x86-64-v2 = [ "x86-64" ];
    x86-64-v3 = [ "x86-64-v2" ];
    x86-64-v4 = [ "x86-64-v3" ];
    nehalem = [ "x86-64-v2" ];
    westmere = [ "nehalem" ];
    sandybridge = [ "westmere" ];
    ivybridge = [ "sandybridge" ];
    haswell = [ "ivybridge" "x86-64-v3" ];
    broadwell = [ "haswell" ];
    skylake = [ "broadwell" ];
    skylake-avx512 = [ "skylake" "x86-64-v4" ];
    cannonlake = [ "skylake-avx512" ];
    icelake-client = [ "cannonlake" ];
    icelake-server = [ "icelake-client" ];
    cascadelake = [ "cannonlake" ];
    cooperlake = [ "cascadelake" ];
    tigerlake = [ "icelake-server" ];
    sapphirerapids = [ "tigerlake" ];
    emeraldrapids = [ "sapphirerapids" ];
    alderlake = [ "skylake" ];
    sierraforest = [ "alderlake" ];
    btver1 = [ "x86-64" ];
    btver2 = [ "x86-64-v2" ];
    bdver1 = [ "x86-64-v2" ];
    bdver2 = [ "x86-64-v2" ];
    bdver3 = [ "x86-64-v2" ];
    bdver4 = [ "x86-64-v3" ];
    znver1 = [ "skylake" ];
    znver2 = [ "znver1" ];
    znver3 = [ "znver2" ];
    znver4 = [ "znver3" "x86-64-v4" ];
    znver5 = [ "znver4" ];
    armv9-a = [ "armv8.5-a" ];
    "armv9.1-a" = [ "armv9-a" "armv8.6-a" ];
    "armv9.2-a" = [ "armv9.1-a" "armv8.7-a" ];
    "armv9.3-a" = [ "armv9.2-a" "armv8.8-a" ];
    "armv9.4-a" = [ "armv9.3-a" ];
    cortex-a53 = [ "armv8-a" ];
    cortex-a55 = [ "armv8.2-a" "cortex-a53" "cortex-a72" ];
    cortex-a72 = [ "armv8-a" ];
    cortex-a76 = [ "armv8.2-a" "cortex-a53" "cortex-a72" ];
    ampere1 = [ "armv8.6-a" "cortex-a55" "cortex-a76" ];
    ampere1a = [ "ampere1" ];
    ampere1b = [ "ampere1a" ];
    "la64v1.0" = [ "loongarch64" ];
    "la64v1.1" = [ "la64v1.0" ];
    la464 = [ "la64v1.0" ];
    la664 = [ "la464" "la64v1.1" ];
  }
  // listToAttrs (
    # armv8.1-a runs what armv8-a does, and so on.
    lib.genList (
      at: lib.nameValuePair "armv8.${toString (at + 1)}-a" [ (if at == 0 then "armv8-a" else "armv8.${toString at}-a") ]
    ) 9
  )
  // each [ "default" "x86-64" "armv8-a" "loongarch64" "armv5te" "armv6" "armv7-a" "mips32" "loongson2f" ] [ ];
  inferiors = mapAttrs (_: direct: lib.unique (direct ++ concatMap (name: inferiors.${name}) direct)) below;

  hasInferior = above: name: elem name inferiors.${above} or [ ];
in
{
  inherit features inferiors hasInferior;
  canExecute = above: name: above == name || hasInferior above name;
  predicates =
    lib.genAttrs' [ "sse3" "ssse3" "sse4_1" "sse4_2" "avx" "avx2" "avx512" "aes" "fma" "fma4" "lsx" "lasx" ] (
      feature: lib.nameValuePair "${feature}Support" (arch: elem feature features.${arch} or [ ])
    )
    // {
      sse4_aSupport = arch: elem "sse4a" features.${arch} or [ ];
    };
}
