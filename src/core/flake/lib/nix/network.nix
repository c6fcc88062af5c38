# IPv6 addresses.
{ lib }:
let
  inherit (builtins) elemAt length;

  # `a::b/64` to its eight numbers and the prefix length.
  parse =
    address:
    let
      parts = lib.splitString "/" address;
      prefixLength = if length parts == 2 then lib.toInt (elemAt parts 1) else 128;
      halves = lib.splitString "::" (elemAt parts 0);
      groups = text: if text == "" then [ ] else lib.splitString ":" text;
      front = groups (elemAt halves 0);
      back = if length halves == 2 then groups (elemAt halves 1) else [ ];
      missing = 8 - length front - length back;
      all = if length halves == 2 then front ++ lib.replicate missing "0" ++ back else front;
      valid =
        length parts <= 2
        && length halves <= 2
        && length all == 8
        && lib.all (group: builtins.match "[0-9a-fA-F]{1,4}" group != null) all
        && prefixLength >= 0
        && prefixLength <= 128;
    in
    if valid then
      {
        inherit prefixLength;
        numbers = map lib.fromHexString all;
      }
    else
      throw "${address} is not a valid IPv6 address";
  show = numbers: lib.concatMapStringsSep ":" (number: lib.toLower (lib.toHexString number)) numbers;
in
{
  ipv6 = {
    fromString =
      text:
      let
        parsed = parse text;
      in
      {
        address = show parsed.numbers;
        inherit (parsed) prefixLength;
      };
    # The interface's address from a MAC address, as in RFC 2464.
    mkEUI64Suffix =
      mac:
      let
        bytes = map lib.fromHexString (lib.splitString ":" mac);
        byte = elemAt bytes;
        group = high: low: lib.toLower (lib.toHexString (high * 256 + low));
      in
      lib.concatStringsSep ":" [
        (group (builtins.bitXor (byte 0) 2) (byte 1))
        (group (byte 2) 255)
        (group 254 (byte 3))
        (group (byte 4) (byte 5))
      ];
  };
}
