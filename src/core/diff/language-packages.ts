import type { Actual } from '../model/diff';
import type { GlobalPackage, Snapshot } from '../model/snapshot';
import type { Target } from '../model/target';
import { languageOf } from './not-to-be-seen';

/** Languages whose packages a machine records by name, with the words of {@link GlobalPackage.ecosystem}. */
const ECOSYSTEMS: Readonly<Record<string, readonly string[]>> = {
  Python: ['python'],
  'Node.js': ['npm', 'pnpm', 'yarn', 'bun'],
  Ruby: ['gem'],
};

/** The ecosystems that a package of a language may be recorded in; none for languages that keep no such records. */
function ecosystemsOf(attribute: string): readonly string[] {
  const language = languageOf(attribute);
  return language !== undefined && Object.hasOwn(ECOSYSTEMS, language) ? (ECOSYSTEMS[language] ?? []) : [];
}

/** The packages of languages that a target's shells ask for: ecosystem and name, as {@link isSamePackage} compares. */
export function askedPackages(target: Target): readonly { readonly ecosystem: string; readonly name: string }[] {
  return Object.values(target.shells).flatMap(({ packages }) =>
    packages.flatMap(({ attribute, name }) => ecosystemsOf(attribute).map((ecosystem) => ({ ecosystem, name }))),
  );
}

/** Python's names are compared as PEP 503 normalises them; nixpkgs calls some by the language first. */
export function isSamePackage(ecosystem: string, one: string, other: string): boolean {
  const plain = (name: string) =>
    ecosystem === 'python'
      ? name
          .toLowerCase()
          .replace(/[-_.]+/g, '-')
          .replace(/^python(?:3(?:\.\d+)?)?-/, '')
      : name;
  return plain(one) === plain(other);
}

/**
 * The copies of a package of a language on a machine: those of the Python that a shell starts first.
 *
 * @returns `undefined` where the machine's packages were not read, or the language keeps no records: nothing is known
 */
export function copiesOfPackage(snapshot: Snapshot, attribute: string, name: string): readonly Actual[] | undefined {
  const ecosystems = ecosystemsOf(attribute);
  if (snapshot.packages === undefined || ecosystems.length === 0) {
    return undefined;
  }
  const line = pythonLine(snapshot);
  return snapshot.packages
    .filter((found) => ecosystems.includes(found.ecosystem) && isSamePackage(found.ecosystem, found.name, name))
    .map((found) => ({ found, isFirst: line !== undefined && found.path.includes(`/python${line}/`) }))
    .sort((a, b) => Number(b.isFirst) - Number(a.isFirst))
    .map(({ found }, index) => actualOf(found, index === 0));
}

/** `3.11` of the Python that wins. */
function pythonLine({ installations }: Snapshot): string | undefined {
  const python = installations.find(({ tool, active }) => tool === 'python' && active);
  return /^\d+\.\d+/.exec(python?.version ?? '')?.[0];
}

function actualOf({ ecosystem, version, path }: GlobalPackage, active: boolean): Actual {
  return {
    ...(version === undefined ? {} : { version }),
    path,
    realPath: path,
    manager: ecosystem === 'python' && path.includes('dist-packages') ? 'dpkg' : ecosystem,
    active,
    onPath: false,
    evidence: [{ kind: 'file', source: path }],
  };
}
