# What a Haskell package says in its Cabal file, or in hpack's package.yaml, that it is built with.
# https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html: stanzas at the margin, fields below them,
# whose values go on in lines that are indented further.
{ lockstep, lib, ... }:
let
  inherit (builtins) concatMap filter head isString match split;

  isText = value: !(lockstep.isOpaque value) && isString value;
  # The text of a file of a source; null where there is none, or none that can be read here.
  read =
    source: name:
    let
      given = if lockstep.isOpaque source then null else if builtins.isAttrs source then source.origSrc or source.outPath or null else source;
      file = "${toString given}/${name}";
      there = if isString given && !(lib.hasPrefix "/" given) then false else builtins.pathExists file;
      text = builtins.readFile file;
    in
    if lockstep.isOpaque given || given == null || lockstep.isOpaque there || !there || !(isText text) then null else text;

  lines = text: filter isString (split "\r?\n" text);
  first = pattern: text: let found = match pattern text; in if found == null then null else head found;
  width = line: builtins.stringLength (head (match "([[:space:]]*).*" line));
  # `aeson >=2 && <3` → `aeson`; `foo:{bar,baz}` → `foo`.
  names =
    text:
    filter (name: name != null) (
      map (first "[[:space:]]*([A-Za-z0-9][A-Za-z0-9-]*).*") (filter isString (split "," (lib.concatStrings (filter isString (split "[{][^}]*[}]" text)))))
    );

  fields = {
    build-depends = "libraries";
    build-tool-depends = "tools";
    build-tools = "tools";
    pkgconfig-depends = "pkgconfig";
    extra-libraries = "system";
  };
  nothing = {
    libraries = [ ];
    tools = [ ];
    pkgconfig = [ ];
    system = [ ];
  };

  ofCabal =
    text:
    let
      step =
        state: line:
        let
          field = match "([[:space:]]*)([A-Za-z-]+)[[:space:]]*:(.*)" line;
          key = lib.toLower (builtins.elemAt field 1);
          stanza = first "([A-Za-z-]+).*" line;
          add = kind: more: state.found // { ${kind} = state.found.${kind} ++ names more; };
        in
        if match "[[:space:]]*(--.*)?" line != null then
          state
        else if field != null && fields ? ${key} then
          state
          // {
            at = width line;
            kind = fields.${key};
            found = if state.isBenchmark then state.found else add fields.${key} (builtins.elemAt field 2);
          }
        else if state.kind != null && width line > state.at then
          if state.isBenchmark then state else state // { found = add state.kind line; }
        else
          state
          // {
            kind = null;
            # Benchmarks are built only when they are asked for.
            isBenchmark = if stanza == null then state.isBenchmark else lib.toLower stanza == "benchmark";
          };
    in
    (builtins.foldl' step {
      at = 0;
      kind = null;
      isBenchmark = false;
      found = nothing;
    } (lines text)).found;

  # `dependencies:` with a list below it, at the top or in a section.
  ofHpack =
    text:
    let
      step =
        state: line:
        if match "[[:space:]]*(#.*)?" line != null then
          state
        else if match "[[:space:]]*dependencies:[[:space:]]*" line != null then
          state // { at = width line; }
        else if state.at != null && match "[[:space:]]*- .*" line != null && width line >= state.at then
          state // { libraries = state.libraries ++ names (builtins.elemAt (match "[[:space:]]*- (name:)?(.*)" line) 1); }
        else if state.at != null && width line > state.at then
          state
        else
          state // { at = null; };
    in
    nothing
    // {
      inherit
        (builtins.foldl' step {
          at = null;
          libraries = [ ];
        } (lines text))
        libraries
        ;
    };

  listed = list: "${toString (builtins.length list)}: ${lib.concatStringsSep ", " (lib.take 12 list)}${lib.optionalString (builtins.length list > 12) " and more"}";
in
{
  # A clause: which libraries and tools `name` asks for; empty where its files cannot be read here.
  summary =
    name: source: own:
    let
      cabal = read source "${name}.cabal";
      hpack = read source "package.yaml";
      found = if cabal != null then ofCabal cabal else if hpack != null then ofHpack hpack else null;
      foreign = lib.naturalSort (filter (library: library != name && !(builtins.elem library own)) (lib.unique found.libraries));
      tools = filter (tool: tool != name) (lib.unique (found.tools ++ found.pkgconfig ++ found.system));
    in
    if found == null then
      ""
    else
      lib.optionalString (foreign != [ ]) ", which asks for libraries beyond GHC's, ${listed foreign}"
      + lib.optionalString (tools != [ ]) "${if foreign == [ ] then ", which asks" else "; and"} for ${lib.concatStringsSep ", " tools}";
}
