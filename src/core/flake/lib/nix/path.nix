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
  checkPath =
    what: value:
    lib.throwIfNot (isPath value) "lib.path.${what}: The given argument is of type ${builtins.typeOf value}, but a path was expected";
in
rec {
  append =
    path: subpath:
    checkPath "append" path (
      path + ("/" + (if reasonInvalid subpath == null then subpath else throw "lib.path.append: Second argument is not a valid subpath string: ${reasonInvalid subpath}"))
    );
  hasPrefix =
    prefix:
    let
      wanted = deconstruct prefix;
    in
    checkPath "hasPrefix" prefix (
      path:
      let
        have = deconstruct path;
      in
      checkPath "hasPrefix" path (lib.take (length wanted.components) have.components == wanted.components && wanted.root == have.root)
    );
  removePrefix =
    prefix:
    let
      wanted = deconstruct prefix;
      size = length wanted.components;
    in
    path:
    let
      have = deconstruct path;
    in
    if lib.take size have.components == wanted.components then
      join (lib.drop size have.components)
    else
      throw "lib.path.removePrefix: The first path argument \"${toString prefix}\" is not a component-wise prefix of the second path argument \"${toString path}\".";
  splitRoot =
    path:
    let
      parts = deconstruct path;
    in
    checkPath "splitRoot" path {
      inherit (parts) root;
      subpath = join parts.components;
    };
  hasStorePathPrefix =
    path:
    let
      parts = lib.take 3 (deconstruct path).components;
      storeParts = filter (part: isString part && part != "") (split "/" builtins.storeDir);
    in
    lib.take (length storeParts) parts == storeParts
    && length parts > length storeParts
    && match "[0-9a-df-np-sv-z]{32}-.*" (builtins.elemAt parts (length storeParts)) != null;
  subpath = {
    isValid = text: reasonInvalid text == null;
    join =
      parts:
      join (
        builtins.concatLists (
          lib.imap0 (
            index: part:
            if reasonInvalid part == null then
              split' part
            else
              throw "lib.path.subpath.join: Element at index ${toString index} is not a valid subpath string: ${reasonInvalid part}"
          ) parts
        )
      );
    components =
      text:
      if reasonInvalid text == null then
        split' text
      else
        throw "lib.path.subpath.components: Argument is not a valid subpath string: ${reasonInvalid text}";
    normalise =
      text:
      if reasonInvalid text == null then
        join (split' text)
      else
        throw "lib.path.subpath.normalise: Argument is not a valid subpath string: ${reasonInvalid text}";
  };
}
