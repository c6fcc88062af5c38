/** A package as its manager knows it. */
export interface OwnedBy {
  /** Manager's id: `dpkg`, `rpm`, `apk`, `pacman`. */
  readonly manager: string;
  readonly package: string;
  /** In the manager's own form, with epoch and revision. */
  readonly packageVersion: string;
  /** What the package was made from, without epoch and revision. */
  readonly upstreamVersion: string;
  /** The file that told. */
  readonly source: string;
}

/** The records of one system package manager. */
export interface PackageDatabase {
  readonly manager: string;
  /**
   * The package that owns a file.
   *
   * @param paths spellings of the file, the real one first
   * @param guesses package names to look at first
   * @param depth `guesses`: one that is not among them need not be found, where that would cost a pass over all packages
   */
  ownerOf(paths: readonly string[], guesses: readonly string[], depth?: 'guesses' | 'all'): OwnedBy | undefined;
  /** Why it could not be read, or not all of it; of what is read late, known when it was asked. */
  readonly problem?: string | undefined;
}
