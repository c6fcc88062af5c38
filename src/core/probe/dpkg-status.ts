/*
 * `status` of dpkg(1), which has a record for each package: lines of fields, parted by blank lines (deb-control(5)).
 */

/** A package whose files are there. */
export interface DpkgPackage {
  readonly version: string;
  /** Names in `info/` carry the architecture for multi-arch packages. */
  readonly lists: readonly string[];
}

/** States in which a package's files are there (dpkg(1), "Package states"): also while it waits to be configured. */
const UNPACKED = / (?:installed|unpacked|half-configured|triggers-awaited|triggers-pending)$/;

/** What dpkg writes below the name of nearly every package. */
const INSTALLED = '\nStatus: install ok installed\n';

const NAME = 'Package: ';

/** Packages of `status` whose files are there; removed ones whose configuration stays do not count. */
export function parseStatus(text: string): ReadonlyMap<string, DpkgPackage> {
  const packages = new Map<string, DpkgPackage>();
  for (const [name, places] of indexStatus(text)) {
    const found = packageAt(text, name, places);
    if (found !== undefined) {
      packages.set(name, found);
    }
  }
  return packages;
}

/** Names of packages whose files are there → where their records begin: few of them are ever looked into. */
export function indexStatus(text: string): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let start = 0; start < text.length; ) {
    const line = text.indexOf('\n', start);
    const isPlain = text.startsWith(NAME, start) && text.startsWith(INSTALLED, line);
    const name = isPlain ? text.slice(start + NAME.length, line).trim() : nameOfUnpacked(stanzaAt(text, start));
    if (name !== undefined) {
      const known = places.get(name);
      if (known === undefined) {
        places.set(name, [start]);
      } else {
        known.push(start);
      }
    }
    const end = text.indexOf('\n\n', start);
    start = end < 0 ? text.length : end + 2;
  }
  return places;
}

function nameOfUnpacked(stanza: string): string | undefined {
  return UNPACKED.test(field(stanza, 'Status') ?? '') ? field(stanza, 'Package') : undefined;
}

/** A package by its records: one, or one for each architecture. */
export function packageAt(text: string, name: string, places: readonly number[]): DpkgPackage | undefined {
  const records = places.flatMap((place) => {
    const stanza = stanzaAt(text, place);
    const version = field(stanza, 'Version');
    const architecture = field(stanza, 'Architecture');
    const isOfMany = stanza.includes('\nMulti-Arch: same\n') && architecture !== undefined;
    return version === undefined ? [] : [{ version, list: isOfMany ? `${name}:${architecture}` : name }];
  });
  const [first] = records;
  return first && { version: first.version, lists: records.map(({ list }) => list) };
}

function stanzaAt(text: string, start: number): string {
  const end = text.indexOf('\n\n', start);
  return text.slice(start, end < 0 ? text.length : end + 1);
}

function field(stanza: string, name: string): string | undefined {
  const head = `${name}: `;
  const at = stanza.startsWith(head) ? 0 : stanza.indexOf(`\n${head}`) + 1;
  if (at === 0 && !stanza.startsWith(head)) {
    return undefined;
  }
  const from = at + head.length;
  const end = stanza.indexOf('\n', from);
  return stanza.slice(from, end < 0 ? stanza.length : end).trim();
}
