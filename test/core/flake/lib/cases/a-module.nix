{ lib, ... }: { options.fromFile = lib.mkOption { }; config.fromFile = "yes"; }
