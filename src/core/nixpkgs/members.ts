import type { IndexFile } from './file/index-file';
import { setAlias } from './set-alias';
import { suggestNames } from './suggest';

/** Sets of which the records, which are made on Linux, have a part only. */
const PARTLY_RECORDED = /^darwin(?:\.|$)/;

/** Looks at members of nested sets: {@link NixpkgsIndex.hasMember}, {@link NixpkgsIndex.suggestMembers}. */
export class RecordedMembers {
  /** Members that a set has at some revision. */
  readonly #members = new Map<string, readonly string[]>();

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
    return this.#at(set, column).length > 0 ? false : undefined;
  }

  suggest(set: string, member: string, revision: string, limit: number): readonly string[] {
    const column = this.columnOf(revision);
    const members = new Set(column === undefined ? [] : this.#at(set, column));
    return suggestNames(member, members, (name) => members.has(name), limit);
  }

  /** The names under which a set may be recorded: its own, and that of which it is a general name. */
  #namesOf(set: string, column: number): readonly string[] {
    const alias = setAlias(`${set}.x`);
    const decided = alias?.decidedBy === undefined ? '' : this.file.versionAt(alias.decidedBy, column);
    const other = decided === undefined ? undefined : alias?.nameFor(decided).slice(0, -'.x'.length);
    return other === undefined || other === set ? [set] : [set, other];
  }

  #at(set: string, column: number): readonly string[] {
    return this.#namesOf(set, column).flatMap((name) =>
      this.#membersOf(name).filter((member) => this.file.versionAt(`${name}.${member}`, column) !== undefined),
    );
  }

  #membersOf(set: string): readonly string[] {
    let members = this.#members.get(set);
    if (members === undefined) {
      const prefix = `${set}.`;
      members = [...this.file.names()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
      this.#members.set(set, members);
    }
    return members;
  }
}
