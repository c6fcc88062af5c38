import type { ProgramText, Tool, VersionFile, VersionScheme } from './catalog';

/** A regular expression, or one as the built catalog has it: `JSON` knows none. */
type Pattern = Pick<RegExp, 'source' | 'flags'>;

/** A tool as a data file writes it: what is usual is left out. */
export interface ToolData
  extends Pick<Tool, 'id' | 'title'>,
    Partial<Pick<Tool, 'packages' | 'vendorPackages' | 'programsOn' | 'embedsVersion'>> {
  /** Left out: one program, named as the id. */
  readonly programs?: readonly string[];
  readonly versioned?: true;
  /** Left out: the attribute is named as the id. */
  readonly nixpkgs?: readonly string[];
  /** Left out: `semver`. */
  readonly scheme?: VersionScheme;
  readonly files?: readonly (Omit<VersionFile, 'match'> & { readonly match?: Pattern })[];
  /** Arguments that make it print its version, split at spaces. Left out: it must not be run. */
  readonly run?: string;
  /** See `VersionCommand` of the catalog. */
  readonly beside?: string;
  /** Where the version is in what it prints. Left out: the first dotted number. */
  readonly match?: Pattern;
  readonly packageVersion?: Pattern;
  readonly programText?: Omit<ProgramText, 'match'> & { readonly match: Pattern };
  readonly places?: Tool['places'];
  /** Ids of its applications at Flathub, split at spaces. */
  readonly flatpak?: string;
}

/** The first dotted number, with what belongs to it: `1.2.3-rc.1`, `9.2p1`. */
const FIRST_VERSION = /(?<![\w.])v?(\d+(?:\.\d+)+(?:[-+._~]?[0-9A-Za-z]+)*)/;

/** What finding copies needs of each tool; the rest counts for the few that a machine has. */
const HEAD = ['id', 'category', 'programs', 'programsOn', 'versioned', 'places', 'flatpak'] as const;

type Head = Pick<ToolData & Pick<Tool, 'category'>, (typeof HEAD)[number]>;
type Rest = Omit<ToolData, keyof Head>;

/** The catalog's form of the tools of one category. */
export function defineTools(category: string, data: readonly ToolData[]): readonly Tool[] {
  return data.map((tool) => new DefinedTool({ ...tool, category }, () => tool));
}

/** Tools that {@link defineTools} gave as a text: a line of all heads, then a line of the rest of each. */
export function writeTools(tools: readonly Tool[]): string {
  const parts = tools.map((tool) => Object.entries((tool as DefinedTool).data()));
  const isOfHead = ([key]: readonly [string, unknown]) => (HEAD as readonly string[]).includes(key);
  const heads = parts.map((entries) => Object.fromEntries(entries.filter(isOfHead)));
  const rests = parts.map((entries) => Object.fromEntries(entries.filter((entry) => !isOfHead(entry))));
  return [heads, ...rests]
    .map((line) =>
      JSON.stringify(line, (_key, value: unknown) =>
        value instanceof RegExp ? ({ source: value.source, flags: value.flags } satisfies Pattern) : value,
      ),
    )
    .join('\n');
}

/** The tools of a text that {@link writeTools} gave. */
export function readTools(text: string): readonly Tool[] {
  const [heads = '', ...rests] = text.split('\n');
  return (JSON.parse(heads) as readonly Head[]).map(
    (head, index) => new DefinedTool(head, () => JSON.parse(rests[index]!) as Rest),
  );
}

/** What finding a tool needs is at hand; the rest is made when it is asked for: of most tools no machine has a copy. */
class DefinedTool implements Tool {
  readonly id: string;
  readonly category: string;
  readonly programs: readonly string[];
  readonly programsOn: Tool['programsOn'];
  readonly versioned: boolean;
  readonly places: Tool['places'];
  private made: ReturnType<typeof restOf> | undefined;

  constructor(
    private readonly head: Head,
    private readonly read: () => Rest,
  ) {
    this.id = head.id;
    this.category = head.category;
    this.programs = head.programs ?? [head.id];
    this.programsOn = head.programsOn;
    this.versioned = head.versioned ?? false;
    this.places = head.flatpak === undefined ? (head.places ?? NOWHERE) : withFlatpak(head.places, head.flatpak);
  }

  get title() {
    return this.rest.title;
  }
  get nixpkgs() {
    return this.rest.nixpkgs;
  }
  get versionScheme() {
    return this.rest.versionScheme;
  }
  get versionFiles() {
    return this.rest.versionFiles;
  }
  get programText() {
    return this.rest.programText;
  }
  get embedsVersion() {
    return this.rest.embedsVersion;
  }
  get versionCommand() {
    return this.rest.versionCommand;
  }
  get packageVersion() {
    return this.rest.packageVersion;
  }
  get packages() {
    return this.rest.packages;
  }
  get vendorPackages() {
    return this.rest.vendorPackages;
  }

  /** All that was given, for {@link writeTools}. */
  data(): Head & Rest {
    return { ...this.read(), ...this.head };
  }

  private get rest() {
    this.made ??= restOf(this.id, this.read());
    return this.made;
  }
}

const NOWHERE: Tool['places'] = {};

/** Where a part of Visual Studio lies, of each year and edition. */
export function inVisualStudio(path: string): readonly string[] {
  return ['%ProgramFiles%', '%ProgramFiles(x86)%'].map((root) => `${root}\\Microsoft Visual Studio\\*\\*\\${path}`);
}

function withFlatpak(places: Tool['places'] = NOWHERE, ids: string): Tool['places'] {
  const exported = ids
    .split(' ')
    .flatMap((id) => [`/var/lib/flatpak/exports/bin/${id}`, `~/.local/share/flatpak/exports/bin/${id}`]);
  return { ...places, linux: [...(places.linux ?? []), ...exported] };
}

function restOf(id: string, data: Rest): Omit<Tool, keyof Head> {
  const { run, match, beside, programText, packageVersion } = data;
  return {
    title: data.title,
    nixpkgs: data.nixpkgs ?? [id],
    versionScheme: data.scheme ?? 'semver',
    versionFiles: (data.files ?? []).map((file) =>
      file.match === undefined ? (file as VersionFile) : { ...file, match: expression(file.match) },
    ),
    programText: programText && { ...programText, match: expression(programText.match) },
    embedsVersion: data.embedsVersion,
    versionCommand:
      run === undefined
        ? undefined
        : {
            args: run === '' ? [] : run.split(' '),
            match: match === undefined ? FIRST_VERSION : expression(match),
            ...(beside === undefined ? {} : { beside }),
          },
    packageVersion: packageVersion && expression(packageVersion),
    packages: data.packages ?? {},
    vendorPackages: data.vendorPackages,
  };
}

function expression(pattern: Pattern): RegExp {
  return pattern instanceof RegExp ? pattern : new RegExp(pattern.source, pattern.flags);
}
