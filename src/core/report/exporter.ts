import type { Report } from './report';

/** One format. Pure: the same report gives the same bytes. */
export interface Exporter {
  /** What `--output` takes: `html`. */
  readonly id: string;
  /** For a menu: `Web page`. */
  readonly title: string;
  /** One sentence: what it is for. */
  readonly purpose: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mime: string;
  /** Text in UTF-8, ended by a newline. */
  readonly render: (report: Report) => string;
}
