import type { Tool, VersionCommand, VersionFile, VersionScheme } from './catalog';

/** A tool as a data file writes it: what is usual is left out. */
export interface ToolData
  extends Pick<Tool, 'id' | 'title' | 'programsOn' | 'packageVersion' | 'programText' | 'embedsVersion'>,
    Partial<Pick<Tool, 'packages' | 'vendorPackages'>> {
  /** Left out: one program, named as the id. */
  readonly programs?: readonly string[];
  readonly versioned?: true;
  /** Left out: the attribute is named as the id. */
  readonly nixpkgs?: readonly string[];
  /** Left out: `semver`. */
  readonly scheme?: VersionScheme;
  readonly files?: readonly VersionFile[];
  /** Arguments that make it print its version, split at spaces. Left out: it must not be run. */
  readonly run?: string;
  /** See {@link VersionCommand.beside}. */
  readonly beside?: string;
  /** Where the version is in what it prints. Left out: the first dotted number. */
  readonly match?: RegExp;
  readonly places?: Tool['places'];
  /** Ids of its applications at Flathub, split at spaces. */
  readonly flatpak?: string;
}

/** The first dotted number, with what belongs to it: `1.2.3-rc.1`, `9.2p1`. */
const FIRST_VERSION = /(?<![\w.])v?(\d+(?:\.\d+)+(?:[-+._~]?[0-9A-Za-z]+)*)/;

/** The catalog's form of the tools of one category. */
export function defineTools(category: string, data: readonly ToolData[]): readonly Tool[] {
  return data.map((tool) => ({
    id: tool.id,
    title: tool.title,
    category,
    programs: tool.programs ?? [tool.id],
    versioned: tool.versioned ?? false,
    nixpkgs: tool.nixpkgs ?? [tool.id],
    versionScheme: tool.scheme ?? 'semver',
    versionFiles: tool.files ?? [],
    places: withFlatpak(tool.places ?? {}, tool.flatpak),
    packages: tool.packages ?? {},
    ...(tool.vendorPackages === undefined ? {} : { vendorPackages: tool.vendorPackages }),
    ...(tool.programsOn === undefined ? {} : { programsOn: tool.programsOn }),
    ...(tool.packageVersion === undefined ? {} : { packageVersion: tool.packageVersion }),
    ...(tool.programText === undefined ? {} : { programText: tool.programText }),
    ...(tool.embedsVersion === undefined ? {} : { embedsVersion: tool.embedsVersion }),
    ...(tool.run === undefined ? {} : { versionCommand: command(tool.run, tool) }),
  }));
}

function withFlatpak(places: Tool['places'], ids: string | undefined): Tool['places'] {
  const exported = (ids?.split(' ') ?? []).flatMap((id) => [
    `/var/lib/flatpak/exports/bin/${id}`,
    `~/.local/share/flatpak/exports/bin/${id}`,
  ]);
  return exported.length === 0 ? places : { ...places, linux: [...(places.linux ?? []), ...exported] };
}

function command(run: string, { match, beside }: ToolData): VersionCommand {
  const args = run === '' ? [] : run.split(' ');
  return { args, match: match ?? FIRST_VERSION, ...(beside === undefined ? {} : { beside }) };
}
