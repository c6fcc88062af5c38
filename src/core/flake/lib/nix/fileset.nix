# Sets of files below one root, combined before any of them is read.
#
# Here a set is its root and a predicate on paths: cheap to make, and only asked when a source is taken from it.
{ lib }:
let
  inherit (builtins) attrNames concatMap dirOf isPath pathExists readDir toString typeOf;
  inherit (lib.filesystem) pathIsDirectory pathType;
  inherit (lib.strings) isStringLike;

  # `contains`: whether a file, by its path as text and its type, is in the set.
  make = root: contains: {
    _type = "fileset";
    _root = root;
    _contains = contains;
    # Printing one would say nothing of use.
    _noEval = throw "lib.fileset: Directly evaluating a file set is not supported.\n  To turn it into a usable source, use `lib.fileset.toSource`.\n  To pretty-print the contents, use `lib.fileset.trace` or `lib.fileset.traceVal`.";
  };
  empty = make null (_: _: false);
  below = root: text: text == root || lib.hasPrefix (if root == "/" then "/" else root + "/") text;
  single = path: make path (text: _: below (toString path) text);

  # `context`: the function and which of its arguments the value is, for messages.
  coerce =
    context: value:
    if value._type or "" == "fileset" then
      value
    else if isPath value then
      if pathExists value then
        single value
      else
        throw "lib.fileset.${context} (${toString value}) is a path that does not exist.\n    To create a file set from a path that may not exist, use `lib.fileset.maybeMissing`."
    else if value ? _isLibCleanSourceWith then
      throw "lib.fileset.${context} is a `lib.sources`-based value, but it should be a file set or a path instead.\n    To convert a `lib.sources`-based value to a file set you can use `lib.fileset.fromSource`.\n    Note that this only works for sources created from paths."
    else if isStringLike value then
      throw "lib.fileset.${context} (\"${toString value}\") is a string-like value, but it should be a file set or a path instead.\n    Paths represented as strings are not supported by `lib.fileset`, use `lib.sources` or derivations instead."
    else
      throw "lib.fileset.${context} is of type ${typeOf value}, but it should be a file set or a path instead.";

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
  combine =
    f: a: b:
    make (commonRoot a._root b._root) (text: type: f (a._contains text type) (b._contains text type));

  # What is in a folder, each with its type.
  entriesOf =
    path:
    let
      entries = readDir path;
    in
    map (name: { path = path + "/${name}"; type = entries.${name}; }) (attrNames entries);
  list =
    set:
    let
      walk =
        { path, type }:
        if type == "directory" then
          concatMap walk (entriesOf path)
        else if set._contains (toString path) type then
          [ path ]
        else
          [ ];
    in
    if set._root == null then [ ] else walk { path = set._root; type = pathType set._root; };
  # A folder is in a source when some file below it is.
  holds =
    set:
    { path, type }:
    if type == "directory" then
      lib.any (holds set) (entriesOf path)
    else
      set._contains (toString path) type;

  # Which files git knows is not read here: the flake's files, which are those, are all taken.
  tracked =
    function: argument: path:
    let
      expected = "lib.fileset.${function}: Expected the ${argument}";
    in
    if !isPath path then
      throw "${expected} to be a path, but it's a ${typeOf path} instead."
    else if pathType path != "directory" then
      throw "${expected} (${toString path}) to be a directory, but it's a file instead."
    else
      single path;
in
{
  inherit empty;
  isFileset = value: value._type or "" == "fileset" || isPath value;
  maybeMissing =
    path:
    if isPath path then
      (if pathExists path then single path else empty)
    else if isStringLike path then
      throw "lib.fileset.maybeMissing: Argument (\"${toString path}\") is a string-like value, but it should be a path instead."
    else
      throw "lib.fileset.maybeMissing: Argument is of type ${typeOf path}, but it should be a path instead.";
  union = a: b: combine (x: y: x || y) (coerce "union: First argument" a) (coerce "union: Second argument" b);
  unions =
    sets:
    if !builtins.isList sets then
      throw "lib.fileset.unions: Argument is of type ${typeOf sets}, but it should be a list instead."
    else
      builtins.foldl' (combine (x: y: x || y)) empty (
        lib.imap0 (i: set: coerce "unions: Element ${toString i}" set) sets
      );
  intersection = a: b: combine (x: y: x && y) (coerce "intersection: First argument" a) (coerce "intersection: Second argument" b);
  difference =
    a: b:
    combine (x: y: x && !y) (coerce "difference: First argument (positive set)" a) (coerce "difference: Second argument (negative set)" b);

  fileFilter =
    predicate: path:
    if !lib.isFunction predicate then
      throw "lib.fileset.fileFilter: First argument is of type ${typeOf predicate}, but it should be a function instead."
    else if path._type or "" == "fileset" then
      throw "lib.fileset.fileFilter: Second argument is a file set, but it should be a path instead.\n    If you need to filter files in a file set, use `intersection fileset (fileFilter pred ./.)` instead."
    else if !isPath path then
      throw "lib.fileset.fileFilter: Second argument is of type ${typeOf path}, but it should be a path instead."
    else if !pathExists path then
      throw "lib.fileset.fileFilter: Second argument (${toString path}) is a path that does not exist."
    else
      make path (
        text: type:
        below (toString path) text
        && predicate {
          inherit type;
          name = baseNameOf text;
          hasExt = ext: lib.hasSuffix ".${ext}" (baseNameOf text);
          # The name is seen by whom this is one argument too many.
          "lib.fileset.fileFilter: Nixpkgs may give the predicate more arguments: end its pattern with `, ... }:`" = null;
        }
      );

  gitTracked = tracked "gitTracked" "argument";
  gitTrackedWith =
    { recurseSubmodules ? false }:
    if builtins.isBool recurseSubmodules then
      tracked "gitTrackedWith" "second argument"
    else
      throw "lib.fileset.gitTrackedWith: Expected the attribute `recurseSubmodules` of the first argument to be a boolean, but it's a ${typeOf recurseSubmodules} instead.";

  fromSource =
    source:
    let
      isFiltered = source ? _isLibCleanSourceWith;
      root = if isFiltered then source.origSrc else source;
      rootText = toString root;
      # A folder that is left out takes what is in it along.
      keeps = text: type: text == rootText || keeps (dirOf text) "directory" && source.filter text type;
    in
    if !isPath root then
      if isStringLike root then
        throw "lib.fileset.fromSource: The source origin of the argument is a string-like value (\"${rootText}\"), but it should be a path instead.\n    Sources created from paths in strings cannot be turned into file sets, use `lib.sources` or derivations instead."
      else
        throw "lib.fileset.fromSource: The source origin of the argument is of type ${typeOf root}, but it should be a path instead."
    else if !pathExists root then
      throw "lib.fileset.fromSource: The source origin (${rootText}) of the argument is a path that does not exist."
    else if isFiltered then
      make root (text: type: below rootText text && keeps text type)
    else
      single root;

  toList = set: list (coerce "toList: Argument" set);
  toSource =
    { root, fileset }:
    let
      set = coerce "toSource: `fileset`" fileset;
      rootText = toString root;
      # A file is named by its folder, which is what a source can start from.
      base = toString (if pathIsDirectory set._root then set._root else dirOf set._root);
    in
    if !isPath root then
      if root ? _isLibCleanSourceWith then
        throw "lib.fileset.toSource: `root` is a `lib.sources`-based value, but it should be a path instead.\n    To use a `lib.sources`-based value, convert it to a file set using `lib.fileset.fromSource` and pass it as `fileset`.\n    Note that this only works for sources created from paths."
      else if isStringLike root then
        throw "lib.fileset.toSource: `root` (${rootText}) is a string-like value, but it should be a path instead.\n    Paths in strings are not supported by `lib.fileset`, use `lib.sources` or derivations instead."
      else
        throw "lib.fileset.toSource: `root` is of type ${typeOf root}, but it should be a path instead."
    else if !pathExists root then
      throw "lib.fileset.toSource: `root` (${rootText}) is a path that does not exist."
    else if !(pathIsDirectory root) then
      throw "lib.fileset.toSource: `root` (${rootText}) is a file, but it should be a directory instead. Set `root` to the directory that holds it (${toString (dirOf root)}), and `fileset` to the file."
    else if set._root != null && !(below rootText (toString set._root)) then
      throw "lib.fileset.toSource: `fileset` could contain files in ${base}, which is not under the `root` (${rootText}). Potential solutions:\n    - Set `root` to ${base} or any directory higher up. This changes the layout of the resulting store path.\n    - Set `fileset` to a file set that cannot contain files outside the `root` (${rootText}). This could change the files included in the result."
    else
      lib.sources.cleanSourceWith {
        name = "source";
        src = root;
        filter =
          path: type:
          let
            text = toString path;
          in
          if type != "directory" then
            set._contains text type
          else
            set._root != null
            && (
              if below (toString set._root) text then
                holds set { path = root + lib.removePrefix rootText text; inherit type; }
              else
                below text (toString set._root) && holds set { path = set._root; type = pathType set._root; }
            );
      };

  trace =
    set:
    builtins.trace "lib.fileset: ${toString (builtins.length (list (coerce "trace: Argument" set)))} files" (x: x);
  traceVal =
    set:
    let
      coerced = coerce "traceVal: Argument" set;
    in
    builtins.trace "lib.fileset: ${toString (builtins.length (list coerced))} files" coerced;
}
