/** How a fact was learnt. `file`: read from a file; `path`: shown by the layout of a path; `package-database`: a
 * package manager's records; `command`: a program told; `environment`: a variable. */
type EvidenceKind = 'file' | 'path' | 'package-database' | 'command' | 'environment';

/** Where a fact comes from, so that a reader can check it. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** The file, path, variable or command line (argv joined with spaces) that was read. */
  readonly source: string;
  /** What was found there, shortened to one line. */
  readonly detail?: string;
}
