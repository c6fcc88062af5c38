# Values in GVariant's text format, as dconf takes them.
{ lib }:
let
  inherit (builtins) head;

  make = kind: value: {
    _type = "gvariant";
    type = kind;
    inherit value;
    __toString = self: "@${self.type} ${toString self.value}";
  };
  shown = kind: text: value: make kind value // { __toString = self: text self.value; };
  # Numbers have no kind of their own: which ones there are, and from where to where.
  integer = name: type: min: max: { inherit name type min max; };
in
rec {
  type = {
    arrayOf = inner: "a${inner}";
    maybeOf = inner: "m${inner}";
    tupleOf = inner: "(${lib.concatStrings inner})";
    dictionaryEntryOf = key: value: "{${key}${value}}";
    string = "s";
    boolean = "b";
    uchar = "y";
    int16 = "n";
    uint16 = "q";
    int32 = "i";
    uint32 = "u";
    int64 = "x";
    uint64 = "t";
    double = "d";
    variant = "v";
  };
  intConstructors = [
    (integer "mkInt32" type.int32 (-2147483648) 2147483647)
    (integer "mkUint32" type.uint32 0 4294967295)
    (integer "mkInt64" type.int64 null null)
    (integer "mkUint64" type.uint64 0 null)
    (integer "mkInt16" type.int16 (-32768) 32767)
    (integer "mkUint16" type.uint16 0 65535)
    (integer "mkUchar" type.uchar 0 255)
  ];
  isGVariant = value: value._type or "" == "gvariant";
  mkValue =
    value:
    let
      kind = builtins.typeOf value;
      fits = { min, max, ... }: (min == null || min <= value) && (max == null || value <= max);
      line = { name, type, ... }: "- `lib.gvariant.${name}` for `${type}`";
    in
    if isGVariant value then
      value
    else
      {
        bool = mkBoolean value;
        float = mkDouble value;
        string = mkString value;
        list = mkArray value;
        int = throw "The GVariant type for number “${toString value}” is unclear.\nPlease wrap the value with one of the following, depending on the value type in GSettings schema:\n\n${
          lib.concatMapStringsSep "\n" line (builtins.filter fits intConstructors)
        }\n";
        set = throw "Cannot construct GVariant value from an attribute set. If you want to construct a dictionary, you will need to create an array containing items constructed with `lib.gvariant.mkDictionaryEntry`.";
      }
      .${kind} or (throw "The GVariant type of “${kind}” can't be inferred.");

  mkBoolean = shown type.boolean lib.boolToString;
  mkString = shown type.string (text: "'${lib.replaceString "\n" "\\n" (lib.escape [ "'" "\\" ] text)}'");
  mkObjectpath = shown type.string (text: "objectpath '${lib.escape [ "'" ] text}'");
  mkUchar = make type.uchar;
  mkInt16 = make type.int16;
  mkUint16 = make type.uint16;
  mkInt32 = shown type.int32 toString;
  mkUint32 = make type.uint32;
  mkInt64 = make type.int64;
  mkUint64 = make type.uint64;
  mkDouble = shown type.double toString;
  mkVariant = value: shown type.variant (inner: "<${toString inner}>") (mkValue value);

  mkArray =
    values:
    let
      items = map mkValue (lib.throwIf (values == [ ]) "Please create empty array with mkEmptyArray." values);
      kind = (head items).type;
      same = lib.all (item: item.type == kind) items;
    in
    make (type.arrayOf (lib.throwIfNot same "Elements in a list should have same type." kind)) items
    // { __toString = self: "@${self.type} [${lib.concatMapStringsSep "," toString self.value}]"; };
  mkEmptyArray = kind: make (type.arrayOf kind) [ ] // { __toString = self: "@${self.type} []"; };
  mkTuple =
    values:
    let
      items = map mkValue values;
    in
    make (type.tupleOf (map (item: item.type) items)) items
    // { __toString = self: "@${self.type} (${lib.concatMapStringsSep "," toString self.value})"; };
  mkDictionaryEntry =
    name: value:
    let
      key = mkValue name;
      item = mkValue value;
    in
    make (type.dictionaryEntryOf key.type item.type) { inherit name value; }
    // { __toString = self: "@${self.type} {${toString key},${toString item}}"; };
  mkMaybe =
    kind: value:
    make (type.maybeOf kind) value
    // { __toString = self: if self.value == null then "@${self.type} nothing" else "just ${toString self.value}"; };
  mkNothing = kind: mkMaybe kind null;
  mkJust =
    value:
    let
      inner = mkValue value;
    in
    mkMaybe inner.type inner;
}
