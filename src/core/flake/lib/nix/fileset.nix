# Sets of files below one root, combined before any of them is read.
#
# Here a set is its root and a predicate on paths: cheap to make, and only asked when a source is taken from it.
{ lib }:
let
  inherit (builtins) attrNames concatMap foldl' isPath length pathExists readDir toString;

  make = root: contains: {
    _type = "fileset";
    _root = root;
    _contains = contains;
    # Printing one would say nothing of use.
    _noEval = throw "lib.fileset: Directly evaluating a file set is not supported. To turn it into a usable source, use `lib.fileset.toSource`.";
  };
  empty' = {
    _type = "fileset";
    _root = null;
    _contains = _: false;
    _noEval = throw "lib.fileset: Directly evaluating a file set is not supported.";
  };
  below = root: text: text == root || lib.hasPrefix (if root == "/" then "/" else root + "/") text;

  # `context`: the function and which of its arguments the value is, for messages.
  coerce =
    context: value:
    if value._type or "" == "fileset" then
      value
    else if !isPath value then
      if value._isLibCleanSourceWith or false then
        throw "lib.fileset.${context} is a `lib.sources`-based value, but it should be a file set or a path instead.\n    To convert a `lib.sources`-based value to a file set you can use `lib.fileset.fromSource`."
      else
        throw "lib.fileset.${context} is of type ${builtins.typeOf value}, but it should be a file set or a path instead."
    else if !pathExists value then
      throw "lib.fileset.${context} (${toString value}) is a path that does not exist.\n    To create a file set from a path that may not exist, use `lib.fileset.maybeMissing`."
    else
      let
        root = toString value;
      in
      make value (below root);

  # The deepest folder that holds both roots.
  commonRoot =
    a: b:
    if a == null then
      b
    else if b == null then
      a
    else if below (toString a) (toString b) then
      a
    else
      commonRoot (dirOf a) b;

  # Files that a set holds, as text relative to `root`; folders are walked only as deep as the set reaches.
  list =
    set:
    let
      walk =
        path: type:
        if type == "directory" then
          let
            entries = readDir path;
          in
          concatMap (name: walk (path + "/${name}") entries.${name}) (attrNames entries)
        else if set._contains (toString path) then
          [ path ]
        else
          [ ];
    in
    if set._root == null then [ ] else walk set._root (lib.filesystem.pathType set._root);
  combine = f: a: b: make (commonRoot a._root b._root) (text: f (a._contains text) (b._contains text));
in
rec {
  isFileset = value: value._type or "" == "fileset" || isPath value;
  empty = empty';
  maybeMissing = path: if pathExists path then coerce "maybeMissing: Argument" path else empty;
  union = a: b: combine (x: y: x || y) (coerce "union: First argument" a) (coerce "union: Second argument" b);
  unions =
    sets:
    if !builtins.isList sets then
      throw "lib.fileset.unions: Argument is of type ${builtins.typeOf sets}, but it should be a list instead."
    else
      foldl' (combine (x: y: x || y)) empty (
        lib.imap0 (i: set: coerce "unions: Element ${toString i}" set) sets
      );
  intersection = a: b: combine (x: y: x && y) (coerce "intersection: First argument" a) (coerce "intersection: Second argument" b);
  difference = a: b: combine (x: y: x && !y) (coerce "difference: First argument" a) (coerce "difference: Second argument" b);
  fileFilter =
    predicate: path:
    let
      root = toString path;
    in
    if !lib.isFunction predicate then
      throw "lib.fileset.fileFilter: First argument is of type ${builtins.typeOf predicate}, but it should be a function instead."
    else if !isPath path then
      throw "lib.fileset.fileFilter: Second argument is of type ${builtins.typeOf path}, but it should be a path instead."
    else if !pathExists path then
      throw "lib.fileset.fileFilter: Second argument (${root}) is a path that does not exist."
    else if lib.filesystem.pathIsDirectory path then
      make path (
        text:
        below root text
        && (
          let
            name = baseNameOf text;
          in
          predicate {
            inherit name;
            type = "regular";
            hasExt = ext: lib.hasSuffix ".${ext}" name;
          }
        )
      )
    else
      throw "lib.fileset.fileFilter: Second argument (${root}) is a file, but it should be a directory instead.";
  gitTracked = path: gitTrackedWith { } path;
  # Which files git knows is not read here: all of them are taken.
  gitTrackedWith = { recurseSubmodules ? false }: path: coerce "gitTracked: Argument" path;
  fromSource =
    source:
    let
      root = source.origSrc or source;
      keep = source.filter or (_: _: true);
    in
    make root (text: below (toString root) text && keep text "regular");
  toList = set: list (coerce "toList: Argument" set);
  toSource =
    { root, fileset }:
    let
      set = coerce "toSource: `fileset`" fileset;
      rootText = toString root;
      # A file is named by its folder, which is what a source can start from.
      base = toString (if lib.filesystem.pathIsDirectory set._root then set._root else dirOf set._root);
    in
    if !isPath root then
      throw "lib.fileset.toSource: `root` is of type ${builtins.typeOf root}, but it should be a path instead."
    else if !pathExists root then
      throw "lib.fileset.toSource: `root` (${rootText}) is a path that does not exist."
    else if !(lib.filesystem.pathIsDirectory root) then
      throw "lib.fileset.toSource: `root` (${rootText}) is a file, but it should be a directory instead. Set `root` to the directory that holds it (${toString (dirOf root)}), and `fileset` to the file."
    else if set._root != null && !(below rootText (toString set._root)) then
      throw "lib.fileset.toSource: `fileset` could contain files in ${base}, which is not under the `root` (${rootText}). Potential solutions:\n    - Set `root` to ${base} or any directory higher up. This changes the layout of the resulting store path.\n    - Set `fileset` to a file set that cannot contain files outside the `root` (${rootText}). This could change the files included in the result."
    else
      lib.sources.cleanSourceWith {
        name = "source";
        src = root;
        filter = path: type: type == "directory" || set._contains (toString path);
      };
  trace = set: value: builtins.trace "lib.fileset: ${toString (length (toList set))} files" value;
  traceVal = set: trace set set;
}
