# Paths and relative paths (`./a/b`) as text.
{ lib }:
let
  inherit (builtins) concatStringsSep filter isPath isString length match split substring;

  reasonInvalid =
    text:
    if !isString text then
      "The given value is of type ${builtins.typeOf text}, but a string was expected"
    else if text == "" then
      "The given string is empty"
    else if substring 0 1 text == "/" then
      "The given string \"${text}\" starts with a `/`, representing an absolute path"
    else if match "(.*/)?\\.\\.(/.*)?" text != null then
      "The given string \"${text}\" contains a `..` component, which is not allowed in subpaths"
    else
      null;
  split' =
    text:
    filter (part: isString part && part != "" && part != ".") (split "/+" text);
  join = parts: "./" + (if parts == [ ] then "." else concatStringsSep "/" parts);
  deconstruct =
    path:
    let
      go = parts: base: if base == dirOf base then { root = base; components = parts; } else go ([ (baseNameOf base) ] ++ parts) (dirOf base);
    in
    go [ ] path;
  # `which` of the arguments it is, and how the sentence ends.
  checkPath =
    what: which: end: value:
    lib.throwIfNot (isPath value) "lib.path.${what}: ${which} is of type ${builtins.typeOf value}, but a path was expected${end}";
  checkSubpath =
    what: text: result:
    if reasonInvalid text == null then
      result
    else
      throw "lib.path.${what} is not a valid subpath string:\n    ${reasonInvalid text}";
in
rec {
  append =
    path: subpath:
    checkPath "append" "The first argument" "" path (
      checkSubpath "append: Second argument" subpath (path + ("/" + subpath))
    );
  hasPrefix =
    prefix:
    let
      wanted = deconstruct prefix;
    in
    checkPath "hasPrefix" "First argument" "" prefix (
      path:
      let
        have = deconstruct path;
      in
      checkPath "hasPrefix" "Second argument" "" path (lib.take (length wanted.components) have.components == wanted.components && wanted.root == have.root)
    );
  removePrefix =
    prefix:
    let
      wanted = deconstruct prefix;
      size = length wanted.components;
    in
    checkPath "removePrefix" "First argument" "." prefix (
      path:
      let
        have = deconstruct path;
      in
      checkPath "removePrefix" "Second argument" "." path (
        if lib.take size have.components == wanted.components then
          join (lib.drop size have.components)
        else
          throw "lib.path.removePrefix: The first path argument \"${toString prefix}\" is not a component-wise prefix of the second path argument \"${toString path}\"."
      )
    );
  splitRoot =
    path:
    let
      parts = deconstruct path;
    in
    checkPath "splitRoot" "Argument" "" path {
      inherit (parts) root;
      subpath = join parts.components;
    };
  hasStorePathPrefix =
    path:
    let
      parts = lib.take 3 (deconstruct path).components;
      storeParts = filter (part: isString part && part != "") (split "/" builtins.storeDir);
    in
    checkPath "hasStorePathPrefix" "Argument" "" path (
      lib.take (length storeParts) parts == storeParts
      && length parts > length storeParts
      && match ".{32}-.+" (builtins.elemAt parts (length storeParts)) != null
      || parts != [ ] && match "[0-9a-z]{52}" (builtins.head parts) != null
    );
  subpath = {
    isValid = text: reasonInvalid text == null;
    join =
      parts:
      join (
        builtins.concatLists (
          lib.imap0 (
            index: part:
            checkSubpath "subpath.join: Element at index ${toString index}" part (split' part)
          ) parts
        )
      );
    components = text: checkSubpath "subpath.components: Argument" text (split' text);
    normalise = text: checkSubpath "subpath.normalise: Argument" text (join (split' text));
  };
}
