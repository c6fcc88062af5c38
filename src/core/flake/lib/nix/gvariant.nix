# Values in GVariant's text format, as dconf takes them.
{ lib }:
let
  inherit (builtins) head isAttrs isBool isFloat isInt isList isString length;

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
  isGVariant = value: value._type or "" == "gvariant";
  make = kind: value: {
    _type = "gvariant";
    type = kind;
    inherit value;
    __toString = self: "@${self.type} ${toString self.value}";
  };
  plain = kind: value: make kind value // { __toString = self: toString self.value; };
  mkValue =
    value:
    if isGVariant value then
      value
    else if isInt value then
      plain type.int32 value
    else if isFloat value then
      plain type.double value
    else if isString value then
      mkString value
    else if isBool value then
      make type.boolean value // { __toString = self: lib.boolToString self.value; }
    else if isList value then
      mkArray value
    else if isAttrs value && value ? type then
      value
    else
      throw "The GVariant type of ${builtins.typeOf value} can't be inferred.";
  mkString =
    value:
    make type.string value
    // { __toString = self: "'${lib.escape [ "'" "\\" ] self.value}'"; };
  mkArray =
    values:
    let
      items = map mkValue values;
      inner = if length items == 0 then throw "Please create empty array with mkEmptyArray." else (head items).type;
    in
    make (type.arrayOf inner) items
    // { __toString = self: "@${self.type} [${lib.concatMapStringsSep "," toString self.value}]"; };
in
{
  inherit isGVariant mkValue mkString mkArray type;
  mkBoolean = value: mkValue (value == true);
  mkInt16 = make type.int16;
  mkUint16 = make type.uint16;
  mkInt32 = plain type.int32;
  mkUint32 = make type.uint32;
  mkInt64 = make type.int64;
  mkUint64 = make type.uint64;
  mkUchar = make type.uchar;
  mkDouble = plain type.double;
  mkObjectpath = value: make "o" value // { __toString = self: "objectpath '${self.value}'"; };
  mkVariant =
    value:
    let
      inner = mkValue value;
    in
    make type.variant inner // { __toString = self: "<${toString self.value}>"; };
  mkEmptyArray = inner: make (type.arrayOf inner) [ ] // { __toString = self: "@${self.type} []"; };
  mkNothing = inner: make (type.maybeOf inner) null // { __toString = self: "@${self.type} nothing"; };
  mkJust =
    value:
    let
      inner = mkValue value;
    in
    make (type.maybeOf inner.type) inner // { __toString = self: "just ${toString self.value}"; };
  mkMaybe = inner: value: if value == null then make (type.maybeOf inner) null else make (type.maybeOf inner) value;
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
}
