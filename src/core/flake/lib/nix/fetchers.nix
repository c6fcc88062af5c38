# Helpers for functions that fetch sources.
{ lib }:
let
  proxies = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" ];
  # SRI or the older ways to write a hash, as the two arguments of a fixed output.
  kinds = [ "sha512" "sha256" "sha1" "md5" ];
  fake = {
    sha512 = lib.fakeSha512;
    sha256 = lib.fakeSha256;
  };
in
rec {
  proxyImpureEnvVars = proxies ++ [ "HTTP_PROXY" "HTTPS_PROXY" "FTP_PROXY" "ALL_PROXY" "NO_PROXY" ];
  normalizeHash =
    {
      hashTypes ? [ "sha256" ],
      required ? true,
    }:
    args:
    let
      given = builtins.filter (name: args.${name} or null != null) ([ "hash" ] ++ hashTypes);
      rest = removeAttrs args ([ "hash" ] ++ hashTypes);
      name = builtins.head given;
    in
    if given == [ ] then
      if required then throw "fetcher called without `hash`" else args
    else if builtins.length given > 1 then
      throw "multiple hashes passed: ${lib.concatStringsSep ", " given}"
    else if name == "hash" then
      rest
      // {
        outputHash = if args.hash == "" then lib.fakeHash else args.hash;
        outputHashAlgo = if args.hash == "" then "sha256" else null;
      }
    else
      rest
      // {
        outputHash = if args.${name} == "" then fake.${name} or (throw "no \"fake hash\" for ${name}") else args.${name};
        outputHashAlgo = name;
      };
  withNormalizedHash =
    {
      hashTypes ? [ "sha256" ],
    }:
    fetcher:
    let
      args = lib.functionArgs fetcher;
      callArgs = removeAttrs args [ "outputHash" "outputHashAlgo" ] // {
        hash = true;
      } // lib.genAttrs hashTypes (_: true);
    in
    lib.setFunctionArgs (given: fetcher (normalizeHash { inherit hashTypes; required = !(args.outputHash or false); } given)) callArgs;
  hashTypes = kinds;
}
