import type { Installation, OperatingSystem, ProbeFailure } from '../model/snapshot';
import type { ProbeContext } from './context';
import type { Copy, ReadCopy } from './copy';
import { mergeCopies } from './merge-copies';
import { rankCopies } from './rank-copies';

/** What is known of a machine while it is still being read. */
export interface ProbeSoFar {
  /** Of what was read; which copy wins is settled once none of its tool is open. */
  readonly installations: readonly Installation[];
  readonly failures: readonly ProbeFailure[];
  /** Ids of tools that were found and of which a copy is still to be read, or a program has not answered yet. */
  readonly open: readonly string[];
  /** False: folders are still to be looked into, so that what was not found may be there all the same. */
  readonly everywhere: boolean;
}

/** Gathers what is read, copy by copy. */
export interface Gathering {
  /** Says what there is to read; what was gathered of other copies is kept. */
  expect(copies: readonly Copy[]): void;
  read(copy: ReadCopy): void;
  /** What a program has told of its copy, or why it has not. */
  answered(copy: ReadCopy): void;
  /** Every folder was looked into. */
  settle(): void;
  soFar(): ProbeSoFar;
}

/**
 * @param asks whether a program will be asked for the version that the files of a copy do not tell
 * @param failuresOf why a copy has no version
 */
export function gather(
  context: ProbeContext,
  os: OperatingSystem,
  asks: (copy: ReadCopy) => boolean,
  failuresOf: (copy: ReadCopy) => readonly ProbeFailure[],
): Gathering {
  const expected = new Map<string, string>();
  const copies = new Map<string, ReadCopy>();
  const answers = new Map<string, ReadCopy>();
  let everywhere = false;
  return {
    expect: (found) => {
      for (const copy of found) {
        expected.set(copyKey(copy), copy.tool.id);
      }
    },
    read: (copy) => void copies.set(copyKey(copy.copy), copy),
    answered: (copy) => void answers.set(programKey(copy.copy), copy),
    settle: () => {
      everywhere = true;
    },
    soFar: () => {
      const known = [...copies.values()].map((read) => withAnswer(read, answers.get(programKey(read.copy))));
      const merged = mergeCopies(known, context);
      const open = new Set([...expected].filter(([key]) => !copies.has(key)).map(([, tool]) => tool));
      for (const read of merged) {
        if (asks(read) && !answers.has(programKey(read.copy))) {
          open.add(read.copy.tool.id);
        }
      }
      return {
        installations: rankCopies(merged, os),
        failures: merged.filter(({ copy }) => !open.has(copy.tool.id)).flatMap(failuresOf),
        open: [...open],
        everywhere,
      };
    },
  };
}

function withAnswer(read: ReadCopy, answer: ReadCopy | undefined): ReadCopy {
  return answer === undefined || read.version !== undefined ? read : { ...answer, copy: read.copy };
}

function copyKey({ tool, path, subject }: Copy): string {
  return `${tool.id}\0${path}\0${subject}`;
}

function programKey({ tool, subject }: Copy): string {
  return `${tool.id}\0${subject}`;
}
