# Functions on lists.
{ lib }:
let
  inherit (builtins) length elemAt genList head tail isList;
  inherit (lib.__parts) isUnknown;
in
rec {
  inherit (builtins)
    head tail length elem elemAt filter concatLists concatMap any all genList isList map partition groupBy sort;

  singleton = x: [ x ];
  forEach = list: f: map f list;

  foldr =
    op: nul: list:
    let
      size = length list;
      go = n: if n == size then nul else op (elemAt list n) (go (n + 1));
    in
    go 0;
  fold = foldr;
  foldl =
    op: nul: list:
    let
      go = n: if n == -1 then nul else op (go (n - 1)) (elemAt list n);
    in
    go (length list - 1);
  # Strict in the accumulator, from the first one on.
  foldl' = op: acc: list: builtins.seq acc (builtins.foldl' op acc list);

  imap0 = f: list: genList (n: f n (elemAt list n)) (length list);
  imap1 = f: list: genList (n: f (n + 1) (elemAt list n)) (length list);
  ifilter0 = predicate: list: map (n: elemAt list n) (filter (n: predicate n (elemAt list n)) (genList lib.id (length list)));
  flatten = x: if isUnknown x || !isList x then [ x ] else concatMap flatten x;
  remove = x: filter (y: y != x);
  findSingle =
    predicate: none: multiple: list:
    let
      found = filter predicate list;
      size = length found;
    in
    if size == 0 then none else if size > 1 then multiple else head found;
  findFirstIndex =
    predicate: fallback: list:
    let
      size = length list;
      # A fold instead of recursion, so that a long list does not need a deep stack: below zero means "not yet".
      index = builtins.foldl' (
        at: x: if at >= 0 then at else if predicate x then -at - 1 else at - 1
      ) (-1) list;
    in
    if size == 0 || index < 0 then fallback else index;
  findFirst =
    predicate: fallback: list:
    let
      index = findFirstIndex predicate null list;
    in
    if index == null then fallback else elemAt list index;
  count = predicate: builtins.foldl' (n: x: if predicate x then n + 1 else n) 0;
  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: list: if condition then list else [ ];
  toList = x: if isUnknown x || !isList x then [ x ] else x;
  range = first: last: if first > last then [ ] else genList (n: first + n) (last - first + 1);
  replicate = n: x: genList (_: x) n;
  groupBy' =
    op: nul: key: list:
    builtins.mapAttrs (_: builtins.foldl' op nul) (groupBy key list);

  zipListsWith =
    f: a: b:
    genList (n: f (elemAt a n) (elemAt b n)) (lib.min (length a) (length b));
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });
  reverseList =
    list:
    let
      size = length list;
    in
    genList (n: elemAt list (size - n - 1)) size;

  # Depth-first walk from `list`'s first element, where `before a b` says that a comes before b.
  listDfs =
    stopOnCycles: before: list:
    let
      go =
        us: visited: rest:
        let
          cycles = filter (x: before x us) visited;
          split = partition (x: before x us) rest;
        in
        if stopOnCycles && cycles != [ ] then
          {
            cycle = us;
            loops = cycles;
            inherit visited rest;
          }
        else if split.right == [ ] then
          {
            minimal = us;
            inherit visited rest;
          }
        else
          go (head split.right) ([ us ] ++ visited) (tail split.right ++ split.wrong);
    in
    go (head list) [ ] (tail list);
  toposort =
    before: list:
    let
      step = listDfs true before list;
      later = toposort before (step.visited ++ step.rest);
    in
    if length list < 2 then
      { result = list; }
    else if step ? cycle then
      {
        cycle = reverseList ([ step.cycle ] ++ step.visited);
        inherit (step) loops;
      }
    else if later ? cycle then
      later
    else
      { result = [ step.minimal ] ++ later.result; };

  sortOn =
    key: list:
    map (pair: elemAt pair 1) (sort (a: b: head a < head b) (map (x: [ (key x) x ]) list));
  compareLists =
    cmp: a: b:
    if a == [ ] then
      (if b == [ ] then 0 else -1)
    else if b == [ ] then
      1
    else
      let
        first = cmp (head a) (head b);
      in
      if first == 0 then compareLists cmp (tail a) (tail b) else first;
  # Numbers inside of text count as numbers: "disk2" comes before "disk10".
  naturalSort =
    list:
    let
      parts = text: map (part: if isList part then lib.toIntBase10 (head part) else part) (builtins.split "(0|[1-9][0-9]*)" text);
    in
    map (pair: elemAt pair 1) (
      sort (a: b: compareLists lib.compare (head a) (head b) < 0) (map (text: [ (parts text) text ]) list)
    );

  sublist =
    start: count: list:
    let
      size = length list;
    in
    genList (n: elemAt list (n + start)) (
      if start >= size then 0 else if start + count > size then size - start else count
    );
  take = sublist 0;
  takeEnd = n: list: drop (lib.max 0 (length list - n)) list;
  drop = n: list: sublist n (length list) list;
  dropEnd = n: list: take (lib.max 0 (length list - n)) list;
  hasPrefix = prefix: list: take (length prefix) list == prefix;
  hasSuffix = suffix: list: takeEnd (length suffix) list == suffix;
  removePrefix =
    prefix: list:
    if hasPrefix prefix list then
      drop (length prefix) list
    else
      throw "lib.lists.removePrefix: First argument is not a list prefix of the second argument";
  removeSuffix =
    suffix: list:
    if hasSuffix suffix list then
      dropEnd (length suffix) list
    else
      throw "lib.lists.removeSuffix: First argument is not a list suffix of the second argument";
  commonPrefix =
    a: b:
    let
      equal = zipListsWith (x: y: x == y) a b;
      end = findFirstIndex (same: !same) (length equal) equal;
    in
    take end a;
  last =
    list:
    if list == [ ] then throw "lists.last: list must not be empty!" else elemAt list (length list - 1);
  init =
    list:
    if list == [ ] then throw "lists.init: list must not be empty!" else genList (elemAt list) (length list - 1);

  crossLists = lib.warn "lib.crossLists is deprecated, use lib.mapCartesianProduct instead." (f: builtins.foldl' (fs: args: concatMap (g: map g args) fs) [ f ]);
  # What is unknown is like nothing else. The first of two is not looked at before there is a second.
  unique =
    list:
    let
      size = length list;
    in
    if !(isUnknown size) && size < 2 then
      list
    else
      (builtins.foldl' (
        { known, all }@before:
        x:
        if isUnknown x then
          { inherit known; all = all ++ [ x ]; }
        else if builtins.elem x known then
          before
        else
          { known = known ++ [ x ]; all = all ++ [ x ]; }
      ) { known = [ ]; all = [ ]; } list).all;
  # For strings only, without an order to rely on.
  uniqueStrings = list: builtins.attrNames (groupBy lib.id list);
  allUnique = list: length (unique list) == length list;
  intersectLists = a: filter (x: builtins.elem x a);
  subtractLists = a: filter (x: !(builtins.elem x a));
  mutuallyExclusive = a: b: length a == 0 || !(any (x: builtins.elem x a) b);
  concatAttrValues = attrs: concatLists (builtins.attrValues attrs);
}
