import type { Tool } from '../catalog';
import type { Evidence } from '../model/evidence';
import type { Layout } from './layout';
import type { Shim } from './shims';

/** One installation while it is being read. */
export interface Copy {
  readonly tool: Tool;
  /** Without extension. */
  readonly program: string;
  /** As found. */
  readonly path: string;
  /** `path` with every link resolved. */
  readonly realPath: string;
  /** The program whose files tell: for a shim the one that it leads to, with links resolved. */
  readonly subject: string;
  /** Bytes of the real file. */
  readonly size: number;
  readonly layout: Layout | undefined;
  readonly shim: Shim | undefined;
  /** Position of the folder in PATH; -1 off PATH. */
  readonly index: number;
  /** Every name under which PATH has it, with the folder's position. */
  readonly names: readonly { readonly name: string; readonly index: number; readonly path: string }[];
}

/** What became known of a copy. */
export interface ReadCopy {
  readonly copy: Copy;
  readonly version?: string;
  readonly manager: string;
  readonly package?: string;
  readonly architecture?: string;
  readonly evidence: readonly Evidence[];
  /** Why there is no version, in the order in which sources were asked. */
  readonly problems: readonly {
    readonly status: 'failed' | 'skipped';
    readonly code: string;
    readonly reason: string;
  }[];
}
