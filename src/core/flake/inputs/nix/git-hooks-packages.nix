# The nixpkgs package that a hook of git-hooks.nix runs, by the hook's name.
{ lib, ... }:
let
  # Hooks whose name is not their package's.
  table = {
    annex = "git-annex";
    ansible-lint = "ansible-lint";
    autoflake = "python3Packages.autoflake";
    black = "black";
    cabal2nix = "cabal2nix-unwrapped";
    cabal-fmt = "haskellPackages.cabal-fmt";
    cabal-gild = "haskellPackages.cabal-gild";
    cargo-check = "cargo";
    circleci = "circleci-cli";
    clang-format = "clang-tools";
    clang-tidy = "clang-tools";
    clippy = "clippy";
    cmake-format = "cmake-format";
    commitizen = "commitizen";
    credo = "elixir";
    cspell = "cspell";
    dart-analyze = "dart";
    dart-format = "dart";
    denofmt = "deno";
    denolint = "deno";
    dhall-format = "dhall";
    dialyzer = "elixir";
    dune-fmt = "ocamlPackages.dune_3";
    elm-format = "elmPackages.elm-format";
    elm-review = "elmPackages.elm-review";
    elm-test = "elmPackages.elm-test";
    eslint = "eslint";
    flake8 = "python3Packages.flake8";
    flynt = "python3Packages.flynt";
    fourmolu = "fourmolu";
    gofmt = "go";
    gotest = "go";
    govet = "go";
    golangci-lint = "golangci-lint";
    hindent = "haskellPackages.hindent";
    hlint = "hlint";
    hpack = "hpack";
    html-tidy = "html-tidy";
    isort = "isort";
    latexindent = "texliveMedium";
    lacheck = "texliveMedium";
    chktex = "texliveMedium";
    lua-ls = "lua-language-server";
    luacheck = "lua51Packages.luacheck";
    markdownlint = "markdownlint-cli";
    mdformat = "mdformat";
    mix-format = "elixir";
    mix-test = "elixir";
    mypy = "mypy";
    nixfmt-classic = "nixfmt-classic";
    nixfmt-rfc-style = "nixfmt-rfc-style";
    ocp-indent = "ocamlPackages.ocp-indent";
    opam-lint = "opam";
    ormolu = "ormolu";
    php-cs-fixer = "php82Packages.php-cs-fixer";
    phpcbf = "php82Packages.php-codesniffer";
    phpcs = "php82Packages.php-codesniffer";
    phpstan = "php82Packages.phpstan";
    poetry-check = "poetry";
    poetry-lock = "poetry";
    pre-commit-hook-ensure-sops = "pre-commit-hook-ensure-sops";
    psalm = "php82Packages.psalm";
    purs-tidy = "nodePackages.purs-tidy";
    purty = "nodePackages.purty";
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
    terraform-validate = "opentofu";
    tflint = "tflint";
    tagref = "tagref";
    uv-check = "uv";
    uv-export = "uv";
    uv-lock = "uv";
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
    "trim-trailing-whitespace"
  ];
  # Hooks that are named as their packages. Any other name is a hook of the project's own, which has no package.
  sameName = [
    "action-validator" "actionlint" "alejandra" "bats" "beautysh" "biome" "chart-testing" "checkmake" "cljfmt" "comrak" "conform" "convco"
    "crystal" "deadnix" "dune-opam-sync" "eclint" "editorconfig-checker" "flake-checker" "fprettify" "gitlint" "gitleaks"
    "golines" "gptcommit" "hadolint" "headache" "hunspell" "keep-sorted" "lychee" "mdl" "mdsh" "mkdocs-linkcheck" "nbstripout" "nil"
    "nixf-diagnose" "nixfmt" "nixpkgs-fmt" "openapi-spec-validator" "prettier" "proselint" "purescript" "pyright" "regal" "reuse"
    "revive" "ripsecrets" "rumdl" "ruff" "selene" "shellcheck" "shfmt" "sqlfluff" "sqlfmt" "statix" "tombi" "topiary" "treefmt" "trufflehog" "ty"
    "typos" "typstfmt" "typstyle" "vale" "woodpecker-cli-lint" "yamllint" "zizmor"
  ];
in
pkgs: name:
let
  known =
    if builtins.elem name ofPython then
      "python3Packages.pre-commit-hooks"
    else
      table.${name} or (if builtins.elem name sameName then name else null);
in
if known == null then null else builtins.foldl' (set: part: set.${part}) pkgs (lib.splitString "." known)
