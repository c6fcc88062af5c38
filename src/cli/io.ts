/** What a command may touch of the process: injected, so that tests run commands without one. */
export interface CliIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text; octets where a program of the Nix language made what is no UTF-8. */
  readonly stdout: {
    write(text: string | Uint8Array): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number | undefined;
  };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Everything on standard input, as text. */
  readonly readStdin: () => Promise<string>;
  /** The same as it is, for what is maybe no UTF-8. */
  readonly readStdinOctets?: () => Promise<Uint8Array>;
  readonly now: () => Date;
  readonly setExitCode: (code: ExitCode) => void;
}

/** 0: in step; 1: drift; 2: trouble. */
export type ExitCode = 0 | 1 | 2;
