import { withFullStop } from '../sentence';
import type { Requirement } from './requirements';

/** Package sets whose members belong to a language and are found by its interpreter or compiler, not by PATH. */
const LANGUAGE_SETS: readonly (readonly [RegExp, string])[] = [
  [/^(?:python|pypy)\d*(?:Packages|\.pkgs)\./, 'Python'],
  [/^haskell(?:Packages|\.packages)\b/, 'Haskell'],
  [/^(?:ocamlPackages\w*|ocaml-ng\.\w+)\./, 'OCaml'],
  [/^perl\d*Packages\./, 'Perl'],
  [/^rPackages\./, 'R'],
  [/^(?:nodePackages\w*|nodePackages_latest)\./, 'Node.js'],
  [/^rubyPackages\w*\./, 'Ruby'],
  [/^lua\w*Packages\./, 'Lua'],
  [/^php\d*(?:Packages|Extensions)\./, 'PHP'],
  [/^(?:emacsPackages|melpaPackages)\./, 'Emacs'],
  [/^vscode-extensions\./, 'Visual Studio Code'],
  [/^(?:texlive|texlivePackages)\./, 'TeX Live'],
];

/** Well-known libraries, by the name of their attribute without a version: there is no program to look for. */
const LIBRARIES =
  /^(?:lib[\w.+-]+|zlib|zstd\.dev|bzip2\.dev|xz\.dev|ncurses|readline|gmp|mpfr|glibc|musl|icu|pcre2?|expat|boost|eigen|fftw|blas|lapack|openblas|hdf5|protobuf\.dev|grpc|abseil-cpp|gtk|glib|cairo|pango|gdk-pixbuf|atk|at-spi2-\w+|webkitgtk(?:_\w+)?|freetype|fontconfig|harfbuzz|alsa-lib|pulseaudio\.dev|dbus\.dev|udev|eudev|systemd\.dev|wayland|wayland-protocols|mesa|vulkan-loader|vulkan-headers|glfw|SDL2?\w*|openssl\.dev|cacert|nss|nspr|gsettings-desktop-schemas|hicolor-icon-theme|qt\d?\w*)[\d_]*$/;

/** Whether a program of its own may be expected of a requirement: not of a library, not of a package of a language. */
export function isSeenByProgram({ expected: { attribute } }: Requirement): boolean {
  return languageOf(attribute) === undefined && !isLibrary(attribute);
}

/** The language whose packages a set holds, such as `Python` for `python3Packages.numpy`. */
export function languageOf(attribute: string): string | undefined {
  return LANGUAGE_SETS.find(([pattern]) => pattern.test(attribute))?.[1];
}

function isLibrary(attribute: string): boolean {
  return LIBRARIES.test(attribute) || /^(?:xorg|gst_all_1|darwin|libsForQt\w*|qt\d\w*)\./.test(attribute);
}

/**
 * Why a requirement cannot be judged by looking for a program, in one sentence: what could not be read from the flake,
 * a library, a package of a language, or something that the catalog does not know.
 */
export function whyNotToBeSeen({ expected, unresolved, input }: Requirement): string {
  const { attribute, reason } = expected;
  if (unresolved) {
    return withFullStop(`The flake asks for this, but it could not be read: ${reason ?? 'no cause was given'}`);
  }
  const language = languageOf(attribute);
  if (language !== undefined) {
    return `A package of ${language}: it belongs to the flake's own ${language}, and PATH does not tell whether this machine has it.`;
  }
  const last = attribute.split('.').slice(-1)[0] ?? attribute;
  if (isLibrary(attribute)) {
    return `A library: it has no program on PATH by which this machine's copy could be known.`;
  }
  if (input === 'self') {
    return `Built by the flake itself (${last}): a machine without it gets it from "nix develop".`;
  }
  return `Lockstep's catalog does not know ${last}, and no program of that name was found: it may have another name.`;
}
