/**
 * What is known by hand of the members of package sets, where no records of them are at hand: facts about nixpkgs,
 * 2021–2025.
 */

/** Sets of which every name that some nixpkgs had is known. */
interface ClosedSet {
  readonly names: ReadonlySet<string>;
  /** More names: families, and functions of the set. */
  readonly others?: RegExp;
}

const FUNCTIONS = '^(?:callPackage|newScope|override\\w*|packages|extend|recurseForDerivations|__\\w+)$';

const XORG: ClosedSet = {
  names:
    words(`appres bdftopcf bitmap editres encodings fontadobe100dpi fontadobe75dpi fontadobeutopia100dpi fontadobeutopia75dpi
    fontadobeutopiatype1 fontalias fontarabicmisc fontbh100dpi fontbh75dpi fontbhlucidatypewriter100dpi
    fontbhlucidatypewriter75dpi fontbhttf fontbhtype1 fontbitstream100dpi fontbitstream75dpi fontbitstreamspeedo
    fontbitstreamtype1 fontcronyxcyrillic fontcursormisc fontdaewoomisc fontdecmisc fontibmtype1 fontisasmisc
    fontjismisc fontmicromisc fontmisccyrillic fontmiscethiopic fontmiscmeltho fontmiscmisc fontmuttmisc
    fontschumachermisc fontscreencyrillic fontsonymisc fontsunmisc fonttosfnt fontutil fontwinitzkicyrillic
    fontxfree86type1 gccmakedep iceauth ico imake libAppleWM libFS libICE libSM libWindowsWM libX11 libXScrnSaver
    libXTrap libXau libXaw libXaw3d libXcomposite libXcursor libXdamage libXdmcp libXext libXfixes libXfont libXfont2
    libXft libXi libXinerama libXmu libXp libXpm libXpresent libXrandr libXrender libXres libXt libXtst libXv libXvMC
    libXxf86dga libXxf86misc libXxf86vm libdmx libfontenc libpciaccess libpthreadstubs libxcb libxcvt libxkbfile
    libxshmfence listres lndir luit makedepend mkfontdir mkfontscale oclock pixman sessreg setxkbmap smproxy transset
    twm utilmacros viewres wrapWithXFileSearchPathHook x11perf xauth xbacklight xbitmaps xcalc xcbproto xcbutil
    xcbutilcursor xcbutilerrors xcbutilimage xcbutilkeysyms xcbutilrenderutil xcbutilwm xclock xcmsdb xcompmgr
    xconsole xcursorgen xcursorthemes xdm xdpyinfo xdriinfo xedit xev xeyes xfd xfindproxy xfontsel xfs xfsinfo xgamma
    xgc xhost xinit xinput xkbcomp xkbevd xkbprint xkbutils xkeyboardconfig xkeyboardconfig_custom xkill xload
    xlsatoms xlsclients xlsfonts xmag xmessage xmodmap xmore xorgcffiles xorgdocs xorgproto xorgserver
    xorgsgmldoctools xpr xprop xproxymanagementprotocol xrandr xrdb xrefresh xset xsetroot xsm xstdcmap xtrans xtrap
    xvfb xvinfo xwd xwininfo xwud`),
  // Headers of protocols, and drivers.
  others: new RegExp(`${FUNCTIONS}|^\\w+proto$|^xf86(?:input|video)\\w+$`),
};

const CLOSED: readonly (readonly [RegExp, ClosedSet])[] = [
  [/^xorg$/, XORG],
  [
    /^gst_all_1$/,
    {
      names:
        words(`gnonlin qt-gstreamer gst-devtools gst-editing-services gst-libav gst-plugins-bad gst-plugins-base gst-plugins-good gst-plugins-rs
        gst-plugins-ugly gst-plugins-viperfx gst-python gst-rtsp-server gst-vaapi gst-validate gstreamer gstreamermm`),
      others: new RegExp(`${FUNCTIONS}|^icamerasrc`),
    },
  ],
  [
    /^llvmPackages(?:_\d+)?$/,
    {
      names:
        words(`bintools bintools-unwrapped bintoolsNoLibc bintoolsUnwrapped clang clang-manpages clang-tools clang-unwrapped
        compiler-rt compiler-rt-libc compiler-rt-no-libc flang libclang libclc libcxx libcxxClang libcxxStdenv libcxxabi
        libllvm libraries libstdcxxClang libunwind lld lldb lldb-manpages llvm llvm-manpages mlir openmp polly stdenv
        tblgen tools`),
      others: new RegExp(
        `${FUNCTIONS}|^(?:clang|lib|lldb|llvm|flang|offload|release_version|version|monorepo|build|bolt)`,
      ),
    },
  ],
  [
    /^unixtools$/,
    {
      names:
        words(`arp col column eject fdisk fsck getconf getent getopt hexdump hostname ifconfig killall locale logger more
        mount net-tools netstat nettools ping procps ps quota route script sysctl top umount util-linux utillinux wall watch
        whereis write xxd`),
      others: new RegExp(FUNCTIONS),
    },
  ],
];

const PYTHON = /^(?:python[23]?\d*|pypy\d*)Packages$/;

/** Aliases of Python packages that are more than another spelling. */
const PYTHON_ALIASES =
  words(`abodepy asyncio-nats-client bsblan btchip cchardet class-registry dateutil dictpath digital-ocean
    djangorestframework-jwt dns ev3dev2 fetchPypi garminconnect-ha gtimelog hglib homeassistant-bring-api
    jupyter-server-ydoc langchainplus-sdk ldap loo-py memcached mistune_2_0 mkdocs-minify net2grid ninja-python pam
    pathpy pdfminer pep257 protonup pushbullet pyflunearyou pyialarmxr pymc3 pymyq pyreadability pysmart-smartx
    pytest_6 python-Levenshtein python-igraph python-lz4 python-subunit pytorch pytorch-bin pytorchWithCuda
    pytorchWithoutCuda pytwitchapi retworkx ruff-lsp sapi-python-client scikitimage scikitlearn sharkiqpy slackclient
    sphinx-jquery sphinxcontrib-autoapi tensorflow-bin_2 tensorflow-build_2 tensorflow-estimator
    tensorflow-estimator_2 tensorflow-tensorboard tensorflow-tensorboard_2 wxPython wxPython_4_2 z3 zc-buildout221`);

/** Python packages that are asked for most. */
const PYTHON_POPULAR =
  words(`aiohttp alembic anyio argcomplete arrow astropy attrs autopep8 babel bcrypt beautifulsoup4 black bokeh boto3
    botocore build cairosvg cattrs celery certifi cffi chardet charset-normalizer click cloudpickle colorama coverage
    cryptography cython dash dask debugpy django docker docutils evdev faker fastapi filelock flake8 flask fonttools
    fsspec gensim geopandas gitpython google-api-python-client graphviz greenlet grpcio gunicorn h5py hatchling
    html5lib httpx huggingface-hub hypothesis idna imageio importlib-metadata ipdb ipykernel ipython ipywidgets isort
    jax jaxlib jedi jinja2 jmespath joblib jsonschema jupyter jupyter-client jupyter-core jupyterlab keras kubernetes
    librosa lightgbm llvmlite loguru lxml mako markdown markupsafe marshmallow matplotlib mccabe mock more-itertools
    mpmath msgpack mypy nbconvert nbformat networkx nltk notebook numba numpy oauthlib openai opencv4 openpyxl orjson
    packaging pandas paramiko parso passlib pathspec peewee pexpect pillow pip pipx plotly pluggy poetry-core polars
    pre-commit-hooks prometheus-client prompt-toolkit protobuf psutil psycopg psycopg2 ptpython pyarrow pyasn1
    pycodestyle pycparser pycryptodome pydantic pydot pyflakes pygame pygments pygobject3 pyjwt pylint pymongo pymysql
    pynvim pyopenssl pyparsing pyperclip pyqt5 pyqt6 pyserial pyside6 pytest pytest-asyncio pytest-cov pytest-mock
    pytest-xdist python-dateutil python-dotenv python-lsp-server pytz pyusb pyyaml pyzmq redis regex requests rich
    ruamel-yaml ruff scapy scikit-image scikit-learn scipy seaborn selenium setuptools setuptools-scm six sounddevice
    soupsieve sphinx sphinx-rtd-theme sqlalchemy starlette statsmodels streamlit sympy tabulate tensorflow termcolor
    tkinter toml tomli toolz torch torchaudio torchvision tornado tox tqdm traitlets transformers twine typer
    types-pyyaml types-requests typing-extensions ujson urllib3 uvicorn uvloop virtualenv watchdog webcolors
    websocket-client websockets werkzeug wheel wrapt wxpython xgboost xlsxwriter yapf zeroconf`);

/** When a member was taken out on the main branch, and what became of it: by name, the day and a clause. */
const PYTHON_GONE: Readonly<Record<string, readonly [day: string, what: string]>> = {
  'ansible-doctor': ['2023-05-16', 'it moved to the top level'],
  'ansible-lint': ['2023-05-16', 'it moved to the top level'],
  'apache-airflow': ['2023-06-05', 'it moved to the top level'],
  buildbot: ['2022-04-07', 'it moved to the top level'],
  codespell: ['2022-10-02', 'it moved to the top level'],
  'docker-py': ['2024-05-29', 'docker replaces it'],
  'flask-restplus': ['2023-02-21', 'flask-restx replaces it'],
  functorch: ['2022-12-01', 'it is part of torch'],
  gdtoolkit: ['2023-02-15', 'it moved to the top level'],
  glances: ['2020-12-28', 'it moved to the top level'],
  'google-apitools': ['2023-02-25', 'it is deprecated'],
  imdbpy: ['2022-08-08', 'cinemagoer replaces it'],
  imgaug: ['2023-07-10', 'nobody maintains it'],
  ipaddress: ['2022-05-30', 'it is part of Python'],
  jsonschema_3: ['2023-06-28', 'jsonschema replaces it'],
  lektor: ['2023-08-01', 'it moved to the top level'],
  mutmut: ['2022-10-02', 'it moved to the top level'],
  opencv3: ['2023-10-12', 'opencv4 replaces it'],
  ordereddict: ['2022-05-28', 'it is part of Python'],
  pathlib: ['2024-05-13', 'it is part of Python'],
  poetry: ['2023-01-09', 'it moved to the top level; poetry-core builds Python packages'],
  pur: ['2021-11-08', 'it moved to the top level'],
  pycallgraph: ['2022-01-18', 'it needs an old setuptools'],
  pydrive: ['2022-06-01', 'pydrive2 replaces it'],
  pyfftw: ['2024-06-17', 'nobody maintains it'],
  pygeos: ['2024-05-26', 'it is part of shapely'],
  pyqt4: ['2022-06-09', 'Qt 4 is gone'],
  pysha3: ['2023-05-20', 'safe-pysha3 replaces it'],
  'pytest-ordering': ['2023-06-22', 'nobody maintains it'],
  'pytest-pythonpath': ['2022-03-09', 'pytest itself has it'],
  'pytest-sanic': ['2023-06-22', 'nobody maintains it'],
  'python-language-server': ['2022-08-03', 'python-lsp-server replaces it'],
  pytoml: ['2023-04-11', 'toml replaces it'],
  'rotate-backups': ['2021-07-01', 'it moved to the top level'],
  theano: ['2024-05-20', 'nobody maintains it'],
  'theano-pymc': ['2024-05-20', 'nobody maintains it'],
  unittest2: ['2022-12-01', 'it is part of Python'],
  uuid: ['2024-04-18', 'it is part of Python'],
  wxPython_4_0: ['2023-03-19', 'wxpython replaces it'],
  wxPython_4_1: ['2023-03-19', 'wxpython replaces it'],
  zipstream: ['2024-05-26', 'nobody maintains it'],
};

/** All that some nixpkgs had in a set; undefined for a set of which that is not known. */
export function closedSet(set: string): ClosedSet | undefined {
  return CLOSED.find(([pattern]) => pattern.test(set))?.[1];
}

/** Whether nixpkgs has or had an alias in a set, which records leave out. */
export function aliasedMember(set: string, member: string): boolean {
  return PYTHON.test(set) && PYTHON_ALIASES.has(member);
}

/** Members that a set surely has, for who looks for near names. */
export function popularMembers(set: string): ReadonlySet<string> | undefined {
  return PYTHON.test(set) ? PYTHON_POPULAR : undefined;
}

/** When a member was taken out of a set on the main branch, and what became of it. */
export function goneMember(set: string, member: string): readonly [day: string, what: string] | undefined {
  return PYTHON.test(set) && Object.hasOwn(PYTHON_GONE, member) ? PYTHON_GONE[member] : undefined;
}

/** Whether `xorg` has a package of that name. */
export function isXorgName(name: string): boolean {
  return XORG.names.has(name) || /^xf86(?:input|video)\w+$/.test(name);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
