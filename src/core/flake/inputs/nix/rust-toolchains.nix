# Rust toolchains as rustup names them, with what is known of their versions. For the models of Rust flakes.
{ lib, lockstep, ... }:
let
  inherit (builtins) elemAt head match;
  calendar = lockstep.part "rust-calendar";
  names = lockstep.part "rust-names";

  lockedTime = lockstep.input.lastModified or null;
  lockedDay = if lockedTime == null then null else calendar.dayOfTime lockedTime;
  flakeName = lockstep.input.repo or lockstep.input.name or "this flake";
  locked = "when ${flakeName} was locked (${calendar.textOfDay lockedDay}), by Rust's release calendar";
  unknown = channel: {
    inherit channel;
    version = null;
    certainty = "unknown";
    reason = "the newest ${channel} Rust that ${flakeName} knows; its lock entry has no date";
  };

  stableOf =
    version: {
      inherit version;
      channel = "stable";
      certainty = "exact";
      reason = null;
    };
in
rec {
  inherit calendar lockedDay;
  # What an error says of the manifests that there are.
  asLocked = lib.optionalString (lockedDay != null) " in the ${flakeName} of ${calendar.textOfDay lockedDay}";
  stable =
    if lockedDay == null then
      unknown "stable"
    else
      {
        channel = "stable";
        version = calendar.stableOn lockedDay;
        certainty = "estimate";
        reason = "the newest stable Rust ${locked}";
      };
  beta =
    date:
    let
      day = if date != null then calendar.dayOfText date else lockedDay;
    in
    if day == null then
      unknown "beta"
    else
      {
        channel = "beta";
        version = calendar.betaOn day;
        certainty = "estimate";
        reason = if date != null then "the beta of ${date}, by Rust's release calendar" else "the newest beta ${locked}";
      };
  nightly =
    date:
    let
      day = if date != null then calendar.dayOfText date else lockedDay;
    in
    if day == null then
      unknown "nightly"
    else
      {
        channel = "nightly";
        version = calendar.nightlyOn day;
        certainty = "estimate";
        reason = if date != null then "the nightly of ${date}, by Rust's release calendar" else "the newest nightly ${locked}";
      };

  # `stable`, `nightly-2024-01-01`, `1.75`, `1.75.0`; a target at the end is ignored.
  channel =
    name:
    let
      dated = match "(nightly|beta)-([0-9]{4}-[0-9]{2}-[0-9]{2})(-.*)?" name;
      exact = match "([0-9]+\\.[0-9]+\\.[0-9]+)(-[a-z0-9_]+.*)?" name;
      short = match "1\\.([0-9]+)(-[a-z0-9_]+.*)?" name;
      plain = match "(stable|beta|nightly)(-.*)?" name;
    in
    if dated != null && head dated == "nightly" then
      nightly (elemAt dated 1)
    else if dated != null then
      beta (elemAt dated 1)
    else if exact != null then
      stableOf (head exact)
    else if short != null then
      {
        channel = "stable";
        version = calendar.complete (lib.toInt (head short));
        certainty = "estimate";
        reason = "the newest ${name} release that is known";
      }
    else if plain != null then
      {
        stable = stable;
        beta = beta null;
        nightly = nightly null;
      }
      .${head plain}
    else
      throw "Unknown channel: ${name}";

  # A `rust-toolchain` or `rust-toolchain.toml` file: `{ channel, profile, components, targets }`.
  fromFile =
    path:
    let
      text = builtins.readFile path;
      line = match "([^\r\n]+)\r?\n?" text;
      table = (builtins.fromTOML text).toolchain;
    in
    if line != null then
      { channel = lib.trim (head line); profile = null; components = [ ]; targets = [ ]; }
    else
      {
        channel = table.channel or (throw "`channel` is required");
        profile = table.profile or null;
        components = table.components or [ ];
        targets = table.targets or [ ];
      };

  # Components of a profile, as rustup defines them.
  profiles = {
    minimal = [ "rustc" "cargo" "rust-std" ];
    default = [ "rustc" "cargo" "rust-std" "rust-docs" "rustfmt" "clippy" ];
    complete = [ "rustc" "cargo" "rust-std" "rust-docs" "rustfmt" "clippy" "rust-analyzer" "rust-src" "llvm-tools" "miri" "rust-analysis" "rustc-dev" ];
  };
  inherit (names) components everyComponent refusedComponent refusedTarget;

  # Whether the locked flake can have the manifest of a day: it has those of each day from the autumn of 2018 on, and none
  # that came after it. A day more is granted for the hours of the clock.
  mayHaveDay =
    text:
    let
      day = calendar.dayOfText text;
    in
    day != null && calendar.textOfDay day == text && day >= calendar.dayOfText "2018-10-28" && (lockedDay == null || day <= lockedDay + 1);
  mayHaveMinor = minor: lockedDay == null || minor <= calendar.minorOn (lockedDay + 1);
}
