import type { IndexFile } from './file/index-file';
import { setAlias } from './set-alias';
import { suggestNames } from './suggest';

/** Sets of which the records, which are made on Linux, have a part only. */
const PARTLY_RECORDED = /^darwin(?:\.|$)/;

/** Looks at members of nested sets: {@link NixpkgsIndex.hasMember}, {@link NixpkgsIndex.suggestMembers}. */
export class RecordedMembers {
  #column: number | undefined;
  readonly #present = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly file: IndexFile,
    /** The column of a revision that has nested sets. */
    private readonly columnOf: (revision: string) => number | undefined,
  ) {}

  has(set: string, member: string, revision: string): boolean | undefined {
    const column = this.columnOf(revision);
    if (column === undefined || PARTLY_RECORDED.test(set)) {
      return undefined;
    }
    for (const name of this.#namesOf(set, column)) {
      if (this.file.versionAt(`${name}.${member}`, column) !== undefined) {
        return true;
      }
    }
    return this.#at(set, column).size > 0 ? false : undefined;
  }

  suggest(set: string, member: string, revision: string, limit: number): readonly string[] {
    const column = this.columnOf(revision);
    const members = column === undefined ? new Set<string>() : this.#at(set, column);
    return suggestNames(member, members, (name) => members.has(name), limit);
  }

  /** The names under which a set may be recorded: its own, and that of which it is a general name. */
  #namesOf(set: string, column: number): readonly string[] {
    const alias = setAlias(`${set}.x`);
    const decided = alias?.decidedBy === undefined ? '' : this.file.versionAt(alias.decidedBy, column);
    const other = decided === undefined ? undefined : alias?.nameFor(decided).slice(0, -'.x'.length);
    return other === undefined || other === set ? [set] : [set, other];
  }

  /** The members of a set at a column; of the column that was last asked about they are kept. */
  #at(set: string, column: number): ReadonlySet<string> {
    if (this.#column !== column) {
      this.#column = column;
      this.#present.clear();
    }
    let present = this.#present.get(set);
    if (present === undefined) {
      present = new Set(
        this.#namesOf(set, column).flatMap((name) =>
          [...this.file.namesWith(`${name}.`)]
            .filter((path) => this.file.versionAt(path, column) !== undefined)
            .map((path) => path.slice(name.length + 1)),
        ),
      );
      this.#present.set(set, present);
    }
    return present;
  }
}
