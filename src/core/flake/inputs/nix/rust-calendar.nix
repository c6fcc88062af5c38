# Which Rust was the newest on a day.
#
# A new stable release comes every six weeks, on a Thursday: 1.1 on 2015-06-25, 1.75 on 2023-12-28. Point releases in
# between follow no rule; those that are known are listed.
{ lib, ... }:
let
  inherit (builtins) elemAt filter foldl' head;

  # Days since 1970-01-01 of a civil date.
  daysOf =
    year: month: day:
    let
      y = if month <= 2 then year - 1 else year;
      era = y / 400;
      yearOfEra = y - era * 400;
      dayOfYear = (153 * (month + (if month > 2 then -3 else 9)) + 2) / 5 + day - 1;
      dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    in
    era * 146097 + dayOfEra - 719468;
  dayOfText =
    text:
    let
      parts = builtins.match "([0-9]{4})-([0-9]{2})-([0-9]{2})" text;
      number = index: lib.toIntBase10 (elemAt parts index);
    in
    if parts == null then null else daysOf (number 0) (number 1) (number 2);
  textOfDay =
    days:
    let
      z = days + 719468;
      era = z / 146097;
      dayOfEra = z - era * 146097;
      yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
      dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
      mp = (5 * dayOfYear + 2) / 153;
      day = dayOfYear - (153 * mp + 2) / 5 + 1;
      month = if mp < 10 then mp + 3 else mp - 9;
      year = yearOfEra + era * 400 + (if month <= 2 then 1 else 0);
    in
    "${toString year}-${lib.fixedWidthNumber 2 month}-${lib.fixedWidthNumber 2 day}";

  first = daysOf 2015 6 25;
  minorOn = days: (days - first) / 42 + 1;
  # [ minor patch date ], oldest first.
  points = [
    [ 29 1 "2018-09-25" ] [ 29 2 "2018-10-11" ] [ 30 1 "2018-11-08" ] [ 31 1 "2018-12-20" ] [ 34 1 "2019-04-25" ]
    [ 34 2 "2019-05-14" ]
    [ 41 1 "2020-02-27" ] [ 43 1 "2020-05-07" ] [ 44 1 "2020-06-18" ] [ 45 1 "2020-07-30" ] [ 45 2 "2020-08-03" ]
    [ 52 1 "2021-05-10" ] [ 56 1 "2021-11-01" ] [ 58 1 "2022-01-20" ] [ 62 1 "2022-07-19" ] [ 66 1 "2023-01-10" ]
    [ 67 1 "2023-02-09" ] [ 68 1 "2023-03-23" ] [ 68 2 "2023-03-28" ] [ 71 1 "2023-08-03" ] [ 72 1 "2023-09-19" ]
    [ 74 1 "2023-12-07" ] [ 77 1 "2024-03-28" ] [ 77 2 "2024-04-09" ] [ 80 1 "2024-08-08" ] [ 84 1 "2025-01-30" ]
    [ 85 1 "2025-03-18" ] [ 91 1 "2025-11-10" ]
  ];
  patchOn =
    minor: days:
    foldl' (patch: point: if head point == minor && dayOfText (elemAt point 2) <= days then elemAt point 1 else patch) 0 points;
  latestPatch = minor: patchOn minor 99999999;
in
rec {
  inherit dayOfText minorOn textOfDay;
  dayOfTime = seconds: seconds / 86400;
  stableOn =
    days:
    let
      minor = minorOn days;
    in
    "1.${toString minor}.${toString (patchOn minor days)}";
  betaOn = days: "1.${toString (minorOn days + 1)}.0-beta";
  nightlyOn = days: "1.${toString (minorOn days + 2)}.0-nightly";
  # `1.75` means its newest point release.
  complete = minor: "1.${toString minor}.${toString (latestPatch minor)}";
  minorsUntil = days: builtins.genList (n: n + 29) (minorOn days - 28);
  # The newest minor version of which all point releases are listed.
  listedUntil = 91;
  pointsOf = minor: map (point: elemAt point 1) (filter (point: head point == minor) points);
}
