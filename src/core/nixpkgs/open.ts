import { UNSTABLE } from './channels';
import { estimateVersion } from './estimate';
import { existenceOf } from './existence';
import { IndexFile } from './file/index-file';
import { historyOf } from './history';
import { RecordedMembers } from './members';
import type { NixpkgsIndex, NixpkgsPin, RevisionInfo } from './model';
import { setAlias } from './set-alias';
import { suggestNames } from './suggest';
import { readTimelines, type Timeline } from './timeline';

type Lookup = ReturnType<NixpkgsIndex['lookup']>;

/** Answers remembered of one revision: more than a flake asks, fewer than a hostile one could. */
const MAX_ANSWERS = 4096;

/**
 * Opens an index file. Reads its header only; the rest is read as it is asked for, straight from `bytes`.
 *
 * @param bytes the file; must not change afterwards
 * @throws ProblemError `index-broken`: here when the file is not an index, and from any method that meets damage
 */
export function openIndex(bytes: Uint8Array): NixpkgsIndex {
  const file = new IndexFile(bytes);
  let names: readonly string[] | undefined;
  let topLevel: ReadonlyMap<string, Timeline> | undefined;
  let nested: ReadonlyMap<string, Timeline> | undefined;

  /** What was asked of the last revision: a flake asks the same of few revisions, again and again. */
  let asked:
    | { readonly revision: string; readonly column: number | undefined; readonly answers: Map<string, Lookup> }
    | undefined;
  const askedOf = (revision: string) => {
    if (asked?.revision !== revision) {
      asked = { revision, column: file.columnOf(revision), answers: new Map() };
    }
    return asked;
  };
  const columnOf = (revision: string | undefined) => (revision === undefined ? undefined : askedOf(revision).column);
  const topLevelNames = () => {
    names ??= Object.freeze([...file.names()].filter((name) => !isNested(name)));
    return names;
  };
  const allTimelines = () => {
    topLevel ??= readTimelines(file);
    return topLevel;
  };
  const timelinesOf = (attribute: string) => {
    if (!isNested(attribute)) {
      return allTimelines();
    }
    nested ??= readTimelines(file, true);
    return nested;
  };
  /** The column of a revision, when it has attributes of this kind. */
  const columnFor = (attribute: string, revision: string | undefined) => {
    const column = columnOf(revision);
    return column !== undefined && isNested(attribute) && !file.isNested(column) ? undefined : column;
  };
  /** What is on record of the pin's own revision fills what the lock does not tell. */
  const completed = (pin: NixpkgsPin): NixpkgsPin => {
    const column = pin.lastModified === undefined ? columnOf(pin.revision) : undefined;
    if (column === undefined) {
      return pin;
    }
    const { date, line } = file.momentOf(column);
    return { ...pin, branch: line === UNSTABLE ? 'master' : line, lastModified: date };
  };
  const estimateSource = (attribute: string) => {
    const own = timelinesOf(attribute);
    const versionAt = readerOf(file, attribute, own.values());
    return versionAt && { attribute, timelines: own, versionAt };
  };

  const lookUp = (attribute: string, revision: string): Lookup => {
    const column = columnFor(attribute, revision);
    if (column === undefined) {
      return { state: 'unknown-revision' };
    }
    const version = isNested(attribute)
      ? readerOf(file, attribute, timelinesOf(attribute).values())?.(column)
      : file.versionAt(attribute, column);
    return version === undefined ? { state: 'absent' } : { state: 'found', version, certainty: 'exact' };
  };

  const members = new RecordedMembers(file, (revision) => columnFor('a.b', revision));

  const index: NixpkgsIndex = {
    lookup(attribute, revision) {
      const { answers } = askedOf(revision);
      const known = answers.get(attribute);
      if (known !== undefined) {
        return known;
      }
      const answer = lookUp(attribute, revision);
      if (answers.size < MAX_ANSWERS) {
        answers.set(attribute, answer);
      }
      return answer;
    },

    estimate(attribute, pin) {
      const source = estimateSource(attribute);
      return source === undefined
        ? { certainty: 'unknown', reason: unlisted(attribute) }
        : estimateVersion(source, pin);
    },

    resolve(attribute, pin) {
      const found = pin.revision === undefined ? undefined : index.lookup(attribute, pin.revision);
      if (found?.state === 'found') {
        return { version: found.version, certainty: 'exact' };
      }
      if (found?.state === 'absent') {
        return { certainty: 'unknown', reason: index.existence(attribute, pin).reason };
      }
      return index.estimate(attribute, completed(pin));
    },

    existence(attribute, pin) {
      // The usual question, answered without reading when each revision was.
      if (pin.revision !== undefined && index.lookup(attribute, pin.revision).state === 'found') {
        return { state: 'exists', certainty: 'exact', reason: `The records of this revision have ${attribute}.` };
      }
      const source = estimateSource(attribute);
      return source === undefined
        ? { state: 'unlisted', certainty: 'exact', reason: unlisted(attribute) }
        : existenceOf(source, columnFor(attribute, pin.revision), completed(pin));
    },

    hasMember(set, member, revision) {
      return members.has(set, member, revision);
    },

    suggestMembers(set, member, revision, limit = 5) {
      return members.suggest(set, member, revision, limit);
    },

    suggest(name, pin: NixpkgsPin = {}, limit = 5) {
      const dot = name.lastIndexOf('.');
      if (dot > 0 && pin.revision !== undefined) {
        const set = name.slice(0, dot);
        const near = members.suggest(set, name.slice(dot + 1), pin.revision, limit);
        if (near.length > 0) {
          return near.map((member) => `${set}.${member}`);
        }
      }
      const placed = pin.revision !== undefined || pin.lastModified !== undefined;
      return suggestNames(
        name,
        isNested(name) ? file.names() : topLevelNames(),
        (candidate) => file.has(candidate) && !(placed && index.existence(candidate, pin).state === 'absent'),
        limit,
      );
    },

    revisionInfo(revision): RevisionInfo | undefined {
      const column = columnOf(revision);
      return column === undefined ? undefined : file.column(column);
    },

    names: topLevelNames,

    history(attribute) {
      return historyOf(file.changes(attribute) ?? [], timelinesOf(attribute).values(), (column) => file.column(column));
    },

    info() {
      return {
        attributes: file.nameCount,
        revisions: file.columnCount,
        bytes: file.size,
        lines: [...allTimelines().values()].map(({ line, columns, first, last }) => ({
          name: line,
          revisions: columns.length,
          first,
          last,
        })),
      };
    },
  };
  return Object.freeze(index);
}

function unlisted(attribute: string): string {
  const known = `No recorded revision of nixpkgs has ${attribute} with a version.`;
  return isNested(attribute)
    ? `${known} Nested sets are recorded of the releases that \`lockstep index update\` brings.`
    : known;
}

/** `python312Packages.numpy`: no name at the top level has a dot. */
function isNested(attribute: string): boolean {
  return attribute.includes('.');
}

/** The version of an attribute by column, also under another name of its set; `undefined` when it is never there. */
function readerOf(
  file: IndexFile,
  attribute: string,
  timelines: Iterable<Timeline>,
): ((column: number) => string | undefined) | undefined {
  if (file.has(attribute)) {
    return versionReader(file, attribute);
  }
  const alias = isNested(attribute) ? setAlias(attribute) : undefined;
  if (alias === undefined) {
    return undefined;
  }
  const decider = alias.decidedBy === undefined ? () => '' : versionReader(file, alias.decidedBy);
  const members = new Map<string, (column: number) => string | undefined>();
  const versionAt = (column: number) => {
    const decided = decider(column);
    if (decided === undefined) {
      return undefined;
    }
    const name = alias.nameFor(decided);
    const member = members.get(name) ?? versionReader(file, name);
    members.set(name, member);
    return member(column);
  };
  const isSomewhere = [...timelines].some(({ columns }) => columns.some((column) => versionAt(column) !== undefined));
  return isSomewhere ? versionAt : undefined;
}

/** The version of one attribute by column: its row is read once, then each answer is a binary search. */
function versionReader(file: IndexFile, attribute: string): (column: number) => string | undefined {
  const changes = file.changes(attribute) ?? [];
  return (column) => {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle]?.column as number) <= column) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return changes[low - 1]?.version;
  };
}
