/**
 * Which names a package set has though nixpkgs has them at its top level as well. The index knows no set's members; but
 * `with pkgs; with python3Packages; [ git black ]` must not take `git` from the set. So a set is taken to have a name
 * that nixpkgs itself lacks, or one of these.
 */
const SHARED: readonly (readonly [set: RegExp, names: RegExp])[] = [
  [
    /^(?:python|pypy)\d*Packages$/,
    words(`ansible ansible-core asciinema autopep8 awscli bandit beautifulsoup4 black borgbackup bpython buildbot cachecontrol
    capstone celery cfn-lint checkov cmake codespell conan cookiecutter cython cython_0 dbus-python django docker docutils
    esptool fabric flake8 flask flit gdal glances graphviz gunicorn h5py hatch hidapi html5lib httpie hy invoke ipython
    isort jq jsonnet jupyter jupyterlab keyring kubernetes libusb1 libvirt litecli locust magic-wormhole mercurial meson
    mkdocs mkdocs-material mypy netcdf4 ninja notebook nox opencv opencv4 openai-whisper papis pdm pgcli pip pipx
    platformio poetry-core pre-commit-hooks protobuf psutil pwntools pycodestyle pydocstyle pyflakes pygments pylint
    pyqt5 pyqt6 pyright pyside2 pyside6 python-lsp-server pyupgrade radicale rdkit redis ropper ruff ruff-lsp scapy scons
    semgrep shapely sphinx sqlfluff sqlite-utils systemd tensorboard tkinter toml-sort torch tox twine unicorn uv uvicorn
    virtualenv vulture watchdog weasyprint weblate wheel xonsh yamllint yapf yt-dlp z3 zeroconf alembic arrow catboost click dash fire httpx
    lightgbm loguru maturin msgpack playwright rapidjson salt streamlit thrift typer tzdata xgboost
    affine altair apache-airflow argparse-manpage astral astroid bashate beancount behave binwalk breezy brotli
    buildbot-worker cairosvg cerberus certbot certipy circus clevercsv coloredlogs construct crc32c csvkit cutadapt datalad
    datasette deepdiff deeptools doit dropbox edlib elasticsearch exif eyed3 faiss falcon fasttext flatbuffers flower
    fontforge geographiclib gflags gmsh graphene griffe h2 hcloud hiredis hnswlib hpack html2text humanfriendly hypercorn
    hyperlink icecream icoextract igraph img2pdf influxdb internetarchive jedi-language-server jenkins-job-builder jmespath
    jsonschema kerberos libsass libxml2 lldb lmdb luigi lz4 m2r macs2 mako manim mitmproxy molecule msoffcrypto-tool mutagen
    nbconvert nbdime neo neuron nlopt notmuch ocrmypdf pika pkgconfig powerline prefect progress proselint ptpython pulp
    py7zr pyinstrument pyocd qrcode retry ropgadget scalene scour scrypt semver sentencepiece serpent silx snakemake sparse
    spglib sphinx-autobuild sqlmap srt subunit supervisor tenacity termcolor tinyobjloader virtualenv-clone whisper xmlsec
    youtube-dl yubikey-manager zstd zxing-cpp`),
  ],
  [
    /^haskellPackages$|^haskell\.packages\./,
    words(`alex apply-refact brittany cabal-fmt cabal-gild cabal-install cabal2nix dhall dhall-bash dhall-json dhall-lsp-server
    dhall-nix dhall-yaml doctest elm fourmolu ghc ghcid ghciwatch ghcide happy haskell-ci haskell-language-server
    hasktags hindent hledger hledger-ui hledger-web hlint hoogle hpack hpack-dhall implicit-hie ormolu pandoc
    pandoc-crossref postgrest purescript retrie stack stylish-haskell weeder xmobar xmonad async conduit
    criterion lens pipes rio scotty shake time turtle vector warp zlib
    SDL arbtt aws bitwise boomerang boring boxes cachix cairo cereal cmark cmark-gfm curl darcs double-conversion elm2nix entropy
    eventlog2html futhark git git-annex gitit glib graphviz greenclip gtk3 hadolint half hex hostname hscolour iconv
    idris kmonad lzma matterhorn mbox mime-types niv nix-derivation nix-diff nix-output-monitor nix-tree nixfmt pango parallel
    pid1 pretty-simple primitive readline retry safe safecopy spago taffybar tar termonad threadscope
    update-nix-fetchgit vault void zip`),
  ],
  [
    /^nodePackages$/,
    words(`bash-language-server browser-sync cspell dockerfile-language-server-nodejs eslint eslint_d graphql-language-service-cli
    gulp http-server js-beautify jsonlint lerna less lua-fmt mermaid-cli mocha node-gyp node2nix nodemon npm npm-check-updates
    pnpm postcss postcss-cli prettier prisma purescript-language-server pyright rollup sass serve stylelint
    svelte-language-server tailwindcss typescript typescript-language-server vercel vscode-json-languageserver
    vscode-langservers-extracted vue-language-server webpack-cli yaml-language-server yarn`),
  ],
  [/^xorg$/, /^(?:lib[FIXSx]|x[a-z]|font-|xf86|bdftopcf|mkfontscale|appres|iceauth|setxkbmap|lndir|twm|util-macros)/],
  [/^gst_all_1$/, /^gst/],
  [
    /^(?:qt5|qt6|qt6Packages|libsForQt5\w*|qt5Packages)$/,
    /^(?:qt(?!creator)|wrapQt|full$|k[a-z]*$|poppler$|phonon|qca)/,
  ],
  [
    /^(?:kdePackages|plasma5Packages)$/,
    /^(?:qt(?!creator)|wrapQt|k[a-z]|plasma|breeze|dolphin|okular|extra-cmake-modules|ark$)/,
  ],
  [/^cudaPackages/, /^(?:cuda|cudnn|cutensor|nccl|libcu|libn[pv]|nsight|saxpy|tensorrt)/],
  [
    /^llvmPackages/,
    /^(?:clang(?:-\w+|UseLLVM|NoLibcxx)?$|llvm|lld|lldb|libcxx|libcxxabi|compiler-rt|bintools|openmp|mlir|flang|libunwind|libllvm|libclang|stdenv|libstdcxxClang|libcxxClang|libcxxStdenv|libclc|polly)/,
  ],
  [
    /^beam/,
    words(
      'elixir elixir-ls elixir_1_14 elixir_1_15 elixir_1_16 elixir_1_17 elixir_1_18 erlang erlang-ls ex_doc hex lfe rebar rebar3 webdriver',
    ),
  ],
  [
    /^ocaml(?:Packages|-ng\.)/,
    /^(?:ocaml|dune|utop$|merlin|dot-merlin|odoc|findlib$|menhir$|reason$|camlp|topkg$|zarith$|z3$|js_of_ocaml|alcotest$|melange$|ounit|ppx|ocp-|opam-|(?:conduit|crowbar|ffmpeg|flac|fmt|gnuplot|hex|lastfm|ledit|llvm|mariadb|postgresql|shine|soundtouch|speex|srt|taglib|uri|uucp|why3)$)/,
  ],
  [
    /^lua\w*Packages$/,
    words(
      'luarocks luacheck busted fennel lua lpeg luv moonscript tl cyan ldoc lua-lsp luafilesystem sqlite stdlib http luaposix',
    ),
  ],
  [
    /^rubyPackages/,
    words(
      'rubocop solargraph rails bundler jekyll sass cocoapods pry rspec rake puma sqlite3 pg mysql2 nokogiri ruby-lsp ffi curses',
    ),
  ],
  [
    /^php\d*Packages$/,
    words('composer phpstan php-cs-fixer php-codesniffer psalm psysh box castor deployer phan phive phpmd'),
  ],
  [/^php\d*Extensions$/, /^[a-z0-9_]+$/],
  [/^perl\d*Packages$/, /^(?:[A-Z]|perl$|ack$|perlcritic)/],
  [/^rPackages$/, /^(?!(?:git|gcc|pandoc|cmake|curl|R|rstudio)$)/],
  [/^dotnetCorePackages$/, /^(?:sdk|runtime|aspnetcore|dotnet)/],
  [
    /^darwin/,
    /^(?:[A-Z]|cctools|libiconv|xnu|sigtool|apple_sdk|libobjc|objc4|bootstrap_cmds|ps$|network_cmds|adv_cmds)/,
  ],
  [
    /^(?:emacsPackages|vimPlugins|tmuxPlugins|zshPlugins|fishPlugins|gnomeExtensions|texlive\w*|vscode-extensions|azure-cli\w*|terraform-providers|haskell\.compiler|obs-studio-plugins|mpvScripts|\w+Plugins|google-cloud-sdk\.components|jetbrains|nerd-fonts|hunspellDicts|postgresql\w*Packages|unixtools)/,
    /./,
  ],
  [/^elmPackages$/, /^elm/],
  [
    /^agdaPackages|^coqPackages|^idris2Packages|^rocqPackages/,
    /^(?:agda|coq|idris2|rocq|standard-library|stdlib|mathcomp|ssreflect)/,
  ],
];

/** Whether a set has a name that the top level of nixpkgs has, too. */
export function sharesName(set: string, name: string): boolean {
  const found = SHARED.find(([pattern]) => pattern.test(set));
  return found?.[1].test(name) ?? false;
}

function words(text: string): RegExp {
  return new RegExp(`^(?:${text.trim().split(/\s+/).join('|')})$`);
}
