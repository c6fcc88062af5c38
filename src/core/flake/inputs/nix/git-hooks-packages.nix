# The nixpkgs package that a hook of git-hooks.nix runs, by the hook's name.
{ lib, lockstep, ... }:
let
  lockedAt = lockstep.input.lastModified or 0;
  # From the summer of 2025 on the hooks follow the default PHP and the newest LLVM.
  isNew = lockedAt == 0 || lockedAt > 1750000000;
  php = if isNew then "phpPackages" else "php82Packages";

  # Hooks whose name is not their package's.
  table = {
    ansible-lint = "ansible-lint";
    autoflake = "python3Packages.autoflake";
    black = "python3Packages.black";
    cabal2nix = "cabal2nix-unwrapped";
    cabal-fmt = "haskellPackages.cabal-fmt";
    cabal-gild = "haskellPackages.cabal-gild";
    cargo-check = "cargo";
    circleci = "circleci-cli";
    clang-format = if isNew then "llvmPackages_latest.clang-tools" else "clang-tools";
    clang-tidy = if isNew then "llvmPackages_latest.clang-tools" else "clang-tools";
    clippy = "clippy";
    cmake-format = "cmake-format";
    commitizen = "commitizen";
    credo = "elixir";
    dart-analyze = "dart";
    dart-format = "dart";
    denofmt = "deno";
    denolint = "deno";
    dhall-format = "dhall";
    dialyzer = "elixir";
    elm-format = "elmPackages.elm-format";
    elm-review = "elmPackages.elm-review";
    elm-test = "elmPackages.elm-test";
    flake8 = "python3Packages.flake8";
    flynt = "python3Packages.flynt";
    fourmolu = "haskellPackages.fourmolu";
    gofmt = "go";
    gotest = "go";
    govet = "go";
    golangci-lint = "golangci-lint";
    hindent = "haskellPackages.hindent";
    hlint = "hlint";
    hpack = "hpack";
    html-tidy = "html-tidy";
    isort = "python3Packages.isort";
    juliaformatter = "julia-bin";
    lua-ls = "lua-language-server";
    luacheck = "luaPackages.luacheck";
    mdformat = "mdformat";
    mix-format = "elixir";
    mkdocs-linkcheck = "python3Packages.mkdocs-linkcheck";
    mix-test = "elixir";
    mypy = "python3Packages.mypy";
    nixfmt-classic = "nixfmt-classic";
    nixfmt-rfc-style = "nixfmt-rfc-style";
    ocp-indent = "ocamlPackages.ocp-indent";
    openapi-spec-validator = "python3Packages.openapi-spec-validator";
    ormolu = "ormolu";
    php-cs-fixer = "${php}.php-cs-fixer";
    phpcbf = "${php}.php-codesniffer";
    phpcs = "${php}.php-codesniffer";
    phpstan = "${php}.phpstan";
    poetry-check = "poetry";
    poetry-lock = "poetry";
    pre-commit-hook-ensure-sops = "pre-commit-hook-ensure-sops";
    psalm = "${php}.psalm";
    purs-tidy = "nodePackages.purs-tidy";
    pylint = "python3Packages.pylint";
    pyupgrade = "python3Packages.pyupgrade";
    rome = "biome";
    ruff-format = "ruff";
    rustfmt = "rustfmt";
    sort-simple-yaml = "python3Packages.pre-commit-hooks";
    staticcheck = "go-tools";
    stylish-haskell = "stylish-haskell";
    stylua = "stylua";
    taplo = "taplo";
    terraform-format = "opentofu";
    tagref = "tagref";
    uv-check = "uv";
    uv-export = "uv";
    uv-lock = "uv";
    woodpecker-cli-lint = "woodpecker-cli";
    yamlfmt = "yamlfmt";
    zprint = "zprint";
  };
  # Small checks that the pre-commit-hooks package of Python brings.
  ofPython = [
    "check-added-large-files" "check-builtin-literals" "check-case-conflicts" "check-docstring-first"
    "check-executables-have-shebangs" "check-json" "check-merge-conflicts" "check-python"
    "check-shebang-scripts-are-executable" "check-symlinks" "check-toml" "check-vcs-permalinks" "check-xml" "check-yaml"
    "detect-aws-credentials" "detect-private-keys" "double-quote-string-fixer" "end-of-file-fixer" "file-contents-sorter"
    "fix-byte-order-marker" "fix-encoding-pragma" "forbid-new-submodules" "mixed-line-endings" "name-tests-test"
    "no-commit-to-branch" "pretty-format-json" "python-debug-statements" "requirements-txt-fixer" "simple-yaml"
    "single-quoted-strings" "sort-file-contents" "sort-requirements-txt"
    "trim-trailing-whitespace"
  ];
  # Hooks that are named as their packages. Any other name is a hook of the project's own, which has no package.
  sameName = [
    "action-validator" "actionlint" "alejandra" "bats" "beautysh" "biome" "chart-testing" "checkmake" "cljfmt" "comrak" "conform" "convco"
    "crystal" "deadnix" "eclint" "editorconfig-checker" "flake-checker" "fprettify" "gitlint" "gitleaks"
    "golines" "gptcommit" "hadolint" "headache" "keep-sorted" "lychee" "mdl" "mdsh" "nbstripout" "nil"
    "nixf-diagnose" "nixpkgs-fmt" "proselint" "purescript" "regal" "reuse"
    "revive" "ripsecrets" "rumdl" "ruff" "selene" "shellcheck" "shfmt" "sqlfluff" "sqlfmt" "statix" "tombi" "topiary" "treefmt" "trufflehog" "ty"
    "tflint" "typos" "typstfmt" "typstyle" "vale" "yamllint" "zizmor"
  ];
  # Programs that the hooks took from the set of Node.js packages, each until a day, and since then as packages of their
  # own: another derivation, whose version may differ.
  ofNode = {
    cspell = { package = "cspell"; until = 1762000000; };
    eslint = { package = "eslint"; until = 1762000000; };
    markdownlint = { package = "markdownlint-cli"; until = 1762000000; };
    prettier = { package = "prettier"; until = 1762000000; };
    pyright = { package = "pyright"; until = 1717200000; };
  };
  nodePackage =
    pkgs:
    { package, until }:
    if lockedAt != 0 && lockedAt < until then
      pkgs.nodePackages.${package} or pkgs.${package}
    else
      pkgs.${package} or pkgs.nodePackages.${package};
  # nixfmt was a name for nixfmt-classic until nixfmt-rfc-style took it over with version 1.0.
  nixfmt =
    pkgs:
    if pkgs ? nixfmt-classic && lib.versionOlder (pkgs.nixfmt.version or "0") "1.0" then pkgs.nixfmt-classic else pkgs.nixfmt;
  # Hooks that bring a script which calls their program, and not the program.
  scripts = {
    dune-fmt = "dune-fmt";
    dune-opam-sync = "dune-build-opam-files";
    hunspell = "hunspell";
    purty = "purty";
    terraform-validate = "terraform-validate";
    tflint = "tflint";
  };
  # At first tflint was called as it is.
  isScript = name: scripts ? ${name} && !(name == "tflint" && lockedAt != 0 && lockedAt < 1677628800);
  # Programs that macOS goes without.
  notOnDarwin = {
    annex = "git-annex";
    opam-lint = "opam";
  };
  isLeftOut = pkgs: name: notOnDarwin ? ${name} && pkgs.stdenv.hostPlatform.isDarwin;
  at = pkgs: path: builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." path);
  # Tools are named as the package that they are.
  toolOf =
    name:
    if builtins.elem name ofPython then
      "pre-commit-hooks"
    else if ofNode ? ${name} then
      ofNode.${name}.package
    else if table ? ${name} then
      lib.last (lib.splitString "." table.${name})
    else
      name;
in
{
  # Null where the hook has none, or is not known. `tools` are what the project takes instead of nixpkgs' packages.
  of =
    tools: pkgs: name:
    if (tools.${toolOf name} or null) != null && !(isScript name) then
      tools.${toolOf name}
    else if name == "nixfmt" then
      nixfmt pkgs
    else if ofNode ? ${name} then
      nodePackage pkgs ofNode.${name}
    else if name == "lacheck" then
      pkgs.texlive.combine { inherit (pkgs.texlive) lacheck scheme-basic; }
    else if name == "chktex" || name == "latexindent" then
      pkgs.texlive.combine { inherit (pkgs.texlive) latexindent chktex scheme-basic; }
    else if builtins.elem name ofPython then
      pkgs.python3Packages.pre-commit-hooks
    else if isScript name then
      pkgs.writeShellScriptBin scripts.${name} ""
    else if notOnDarwin ? ${name} then
      if isLeftOut pkgs name then null else pkgs.${notOnDarwin.${name}}
    else if table ? ${name} then
      at pkgs table.${name}
    else if builtins.elem name sameName then
      pkgs.${name}
    else
      null;
  # Hooks whose program is left out on a system.
  inherit isLeftOut;
  # Hooks of git-hooks.nix itself.
  isKnown =
    name:
    builtins.elem name ([ "nixfmt" "lacheck" "chktex" "latexindent" ] ++ ofPython ++ sameName)
    || builtins.any (set: set ? ${name}) [ ofNode scripts notOnDarwin table ];
}
