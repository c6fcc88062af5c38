# IPv6 addresses.
{ lib }:
let
  inherit (builtins) elemAt length;

  # `a::b` as its eight numbers.
  numbersOf =
    address:
    let
      halves = lib.splitString "::" address;
      groups = text: if text == "" then [ ] else lib.splitString ":" text;
      front = groups (elemAt halves 0);
      back = if length halves == 2 then groups (elemAt halves 1) else [ ];
      missing = 8 - length front - length back;
      all = front ++ lib.optionals (length halves == 2) (lib.replicate missing "0" ++ back);
      fits = length all == 8 && (length halves == 1 || missing > 0);
      number =
        text:
        let
          value = lib.fromHexString text;
        in
        if value <= 65535 then value else throw "0x${text} is not a valid u16 integer";
    in
    if builtins.match "[0-9A-Fa-f:]+" address == null then
      throw "${address} contains malformed characters for IPv6 address"
    else if length halves > 2 || missing < 0 || !fits || builtins.elem "" all then
      throw "${address} is not a valid IPv6 address"
    else
      map number all;
  lengthOf =
    address: text:
    let
      bits = lib.toInt text;
    in
    if bits >= 1 && bits <= 128 then
      bits
    else
      throw "${address} IPv6 subnet should be in range [1;128], got ${toString bits}";
  show = lib.concatMapStringsSep ":" (number: lib.toLower (lib.toHexString number));
in
{
  ipv6 = {
    # `a::b/64`, or without a length.
    fromString =
      text:
      let
        parts = lib.splitString "/" text;
      in
      if length parts > 2 then
        throw "${text} is not a valid IPv6 address in CIDR notation"
      else
        {
          address = show (numbersOf (elemAt parts 0));
          prefixLength = if length parts == 2 then lengthOf text (elemAt parts 1) else 128;
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
