# Helpers for functions that fetch sources.
{ lib }:
let
  fake = {
    hash = lib.fakeHash;
    sha256 = lib.fakeSha256;
    sha512 = lib.fakeSha512;
  };
in
rec {
  proxyImpureEnvVars = [
    "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" "HTTP_PROXY" "HTTPS_PROXY" "FTP_PROXY" "ALL_PROXY"
    "NO_PROXY" "NIX_SSL_CERT_FILE"
  ];
  # `hash`, or one named by its algorithm, as the two arguments of a fixed output.
  normalizeHash =
    {
      hashTypes ? [ "sha256" ],
      required ? true,
    }:
    args:
    let
      names = [ "hash" ] ++ hashTypes;
      given = lib.attrsToList (builtins.intersectAttrs (lib.genAttrs names (_: null)) args);
      inherit (builtins.head given) name value;
    in
    if args ? outputHash then
      args
    else if given == [ ] then
      lib.throwIf required "fetcher called without `hash`" (removeAttrs args names)
    else if builtins.tail given != [ ] then
      throw "fetcher called with mutually-incompatible arguments: ${lib.concatMapStringsSep ", " (hash: hash.name) given}"
    else
      removeAttrs args names
      // {
        outputHash = if value == "" then fake.${name} or (throw "no “fake hash” defined for ${name}") else value;
        outputHashAlgo = if name == "hash" then null else name;
      };
  withNormalizedHash =
    {
      hashTypes ? [ "sha256" ],
    }:
    fetcher:
    let
      wanted = lib.functionArgs fetcher;
      normalize = normalizeHash {
        inherit hashTypes;
        required = !wanted.outputHash;
      };
    in
    assert wanted ? outputHash && wanted ? outputHashAlgo;
    assert lib.mutuallyExclusive (builtins.attrNames wanted) ([ "hash" ] ++ hashTypes);
    lib.setFunctionArgs (args: fetcher (normalize args)) (
      removeAttrs wanted [ "outputHash" "outputHashAlgo" ] // { hash = wanted.outputHash; }
    );
}
