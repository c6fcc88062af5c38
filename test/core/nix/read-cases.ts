import { readdirSync, readFileSync } from 'node:fs';
import { decodeUtf8, type EvalIo, Evaluator, emptyIo, NixError } from '../../../src/core/nix';

/** One program with what it must give: the printed value, or `error: …`. */
export interface NixCase {
  readonly topic: string;
  readonly program: string;
  readonly expected: string;
  /** Why a Nix of Debian's (2.8 in bookworm, 2.26 in trixie) gives something else. */
  readonly differs?: string;
}

const FOLDER = new URL('./cases/', import.meta.url);
const BETWEEN = '\n---\n';
const ARROW = '\n=> ';
const NOTE = '\n## ';

/** All hand-written programs: `program`, `=> expected`, and at most one line `## why a Nix of Debian's differs`. */
export function readCases(): readonly NixCase[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8').trimEnd();
    return text.split(BETWEEN).map((entry) => {
      const arrow = entry.lastIndexOf(ARROW);
      const [expected, differs] = entry.slice(arrow + ARROW.length).split(NOTE) as [string, string?];
      const program = entry.slice(0, arrow);
      return { topic: file.replace('.txt', ''), program, expected, ...(differs === undefined ? {} : { differs }) };
    });
  });
}

/** Evaluates as `nix-instantiate --eval --strict` does; errors become `error: message`. */
export function evaluate(program: string, basePath: string, io: EvalIo = emptyIo): string {
  const evaluator = new Evaluator({
    io,
    system: 'x86_64-linux',
    clock: () => performance.now(),
    limits: { time: 20_000 },
  });
  try {
    const value = evaluator.deepForce(evaluator.evalString(program, { basePath }));
    return decodeUtf8(evaluator.print(value));
  } catch (error) {
    if (error instanceof NixError) {
      return `error: ${error.message.split('\n')[0]}`;
    }
    throw error;
  }
}
