# Pieces of text with an order given by what each one needs before it.
{ lib }:
rec {
  textClosureList =
    predefined: names:
    let
      go =
        done: todo:
        if todo == [ ] then
          done
        else
          let
            entry = builtins.head todo;
            rest = builtins.tail todo;
            key = if lib.isAttrs entry then entry.name or "" else entry;
          in
          if lib.isAttrs entry then
            let
              inner = go done entry.deps;
            in
            go { names = inner.names; result = inner.result ++ [ entry.text ]; } rest
          else if lib.elem key done.names then
            go done rest
          else
            let
              inner = go { names = done.names ++ [ key ]; inherit (done) result; } (predefined.${key}.deps);
            in
            go { inherit (inner) names; result = inner.result ++ [ predefined.${key}.text ]; } rest;
    in
    if names == [ ] then [ ] else (go { names = [ ]; result = [ ]; } names).result;
  textClosureMap = f: predefined: names: lib.concatStringsSep "\n" (map f (textClosureList predefined names));
  noDepEntry = text: { inherit text; deps = [ ]; };
  fullDepEntry = text: deps: { inherit text deps; };
  packEntry = deps: { inherit deps; text = ""; };
  stringAfter = deps: text: { inherit text deps; };
}
