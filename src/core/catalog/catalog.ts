import type { OperatingSystem } from '../model/snapshot';

/** Which rules order a tool's versions; `loose` compares digit runs and words, as package managers do. */
export type VersionScheme = 'semver' | 'pep440' | 'gem' | 'jdk' | 'loose';

export interface Category {
  readonly id: string;
  readonly title: string;
}

/** Package managers and version managers for which the catalog knows a tool's install name. */
export type PackageSource =
  | 'apt'
  | 'dnf'
  | 'apk'
  | 'pacman'
  | 'brew'
  | 'cask'
  | 'winget'
  | 'scoop'
  | 'choco'
  | 'npm'
  | 'pip'
  | 'cargo'
  | 'gem'
  | 'go'
  | 'mise'
  | 'asdf'
  | 'sdkman';

/** Install names, as `package-names.ts` takes them apart: one, or several (Debian's `nodejs node`) split at spaces. */
type PackageNames = Readonly<Partial<Record<PackageSource, string>>>;

/** A file beside a program that tells its version. */
export interface VersionFile {
  /**
   * Relative to the folder of the real program (`../VERSION`), or to the place where one matched. A `*` stands for any
   * run of characters inside one segment; the greatest match is read.
   */
  readonly file: string;
  /** Of several that match none tells: they are of other versions that lie in the same place. */
  readonly sole?: true;
  /** Dotted key of a JSON or property-list file; without it, `match` (or the first version in the text) decides. */
  readonly key?: string;
  /** The first group is the version; of several groups all, with dots between them. */
  readonly match?: RegExp;
}

/** A text in the program's read-only data that tells its version. */
export interface ProgramText {
  /** What it begins with. */
  readonly start: string;
  /** Of the text from there on; the first group is the version. */
  readonly match: RegExp;
  /** It stands at the end of what Bun's bundler packed into the program, not in read-only data. */
  readonly bundled?: true;
}

/** How to ask the program itself: the last resort. */
interface VersionCommand {
  readonly args: readonly string[];
  /** The program in the same folder that is asked in its place: rustfmt has Rust's version, and only `rustc` knows it. */
  readonly beside?: string;
  /** The first group is the version; searched in standard output, then in standard error. */
  readonly match: RegExp;
}

/** What is known of one tool. */
export interface Tool {
  /** Kebab-case, stable: `node`, `postgresql`. */
  readonly id: string;
  readonly title: string;
  /** Id of a {@link Category}. */
  readonly category: string;
  /** Names without extension. The first that is on PATH decides which copy is active. */
  readonly programs: readonly string[];
  /** In place of `programs` on that system. */
  readonly programsOn: Readonly<Partial<Record<OperatingSystem, readonly string[]>>> | undefined;
  /** Names with a version at the end count too: `python3.11`, `gcc-12`. */
  readonly versioned: boolean;
  /**
   * Attribute patterns below nixpkgs, all lower or upper case as Nix writes them. `#` is any run of digits and
   * underscores, `*` anything but a dot, `**` anything: `nodejs#`, `python*Packages.pip`, `rust-bin.**`.
   */
  readonly nixpkgs: readonly string[];
  readonly versionScheme: VersionScheme;
  readonly versionFiles: readonly VersionFile[];
  readonly programText: ProgramText | undefined;
  /** A program of Go that embeds a file with nothing but its version (`//go:embed VERSION`). */
  readonly embedsVersion: true | undefined;
  readonly versionCommand: VersionCommand | undefined;
  /** Takes the version out of a package manager's upstream version where the two differ: its groups, with `-` between. */
  readonly packageVersion: RegExp | undefined;
  /**
   * Places off PATH as globs of absolute paths; `~` is the home folder. A place names a program, or a folder with an
   * application (`/Applications/Firefox.app`).
   */
  readonly places: Readonly<Partial<Record<OperatingSystem, readonly string[]>>>;
  readonly packages: PackageNames;
  /**
   * Names of packages from the maker's own repository, of whatever manager: they tell a program's owner, and are never
   * suggested, since no distribution has them. A `#` is a version. One, or several split at spaces.
   */
  readonly vendorPackages: string | undefined;
}

/** The whole of what is known. */
export interface Catalog {
  readonly tools: readonly Tool[];
  /** In the order in which they are shown. */
  readonly categories: readonly Category[];
  findById(id: string): Tool | undefined;
  /**
   * The tool that a nixpkgs attribute brings. Understands output suffixes (`openssl.dev`) and both spellings of
   * package sets (`python311.pkgs.pip`, `python311Packages.pip`).
   */
  findByAttribute(attribute: string): Tool | undefined;
  /** The tool that a package manager's package brings, by its install name there. */
  findByPackage(source: PackageSource, name: string): Tool | undefined;
}
