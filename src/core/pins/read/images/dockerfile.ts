import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { linesOf, type SourceText } from '../../format/source-text';
import { type GivenVariable, readCommands } from '../commands/read-commands';
import { addImage, type ImagePlace } from './add-image';
import { expandVariables } from './variables';

/** One instruction; `text` has the file's characters with continuations blanked, so that offsets stay true. */
interface Instruction {
  readonly keyword: string;
  readonly text: string;
  readonly offset: number;
  /** The whole of a `RUN`, with its here-documents. */
  readonly script?: string;
}

/** The value of an `ARG` and where it stands: its default before the first `FROM`, or what is passed to a build. */
export type BuildArgument = GivenVariable;

/** A Dockerfile has fewer; the rest is not read. */
const MOST_INSTRUCTIONS = 2_000;
/** What is looked for stands at the start of an instruction; patterns stay quick. */
const LONGEST_INSTRUCTION = 2_000;

/** `Dockerfile`, `Containerfile`: the images of `FROM` and `COPY --from`, with `ARG` defaults filled in. */
export const readDockerfile: PinReader = (context) => {
  readStages(context, context.source, {});
};

/**
 * The pins that hold when a Dockerfile is built with these arguments: only images that one of them decides, since the
 * rest is read from the Dockerfile itself. They stand where the argument is passed.
 */
export function readBuild(
  context: PinContext,
  dockerfile: SourceText,
  passed: Readonly<Record<string, BuildArgument>>,
  facts: Pick<ImagePlace, 'source' | 'declaredBy' | 'scope' | 'group'>,
): void {
  readStages(context, dockerfile, passed, facts);
}

/** All pins of a Dockerfile that stands inside of another file, at the places that it has there. */
export function readInlineBuild(
  context: PinContext,
  text: string,
  passed: Readonly<Record<string, BuildArgument>>,
): void {
  readStages(context, { ...context.source, text }, passed);
}

function readStages(
  context: PinContext,
  file: SourceText,
  passed: Readonly<Record<string, BuildArgument>>,
  facts?: Pick<ImagePlace, 'source' | 'declaredBy' | 'scope' | 'group'>,
): void {
  const defaults: Record<string, BuildArgument> = {};
  const stages = new Set<string>();
  let seenFrom = false;
  let stage: string | undefined;
  /** What holds in this stage: its `ENV`, then its `ARG`, which takes the default from above. */
  let inStage: Record<string, BuildArgument> = {};
  const group = alternativesGroup(file.path);
  for (const instruction of instructionsOf(file.text)) {
    if (instruction.keyword === 'ARG') {
      readArguments(instruction, seenFrom ? inStage : defaults);
    } else if (instruction.keyword === 'ENV') {
      readArguments(instruction, inStage);
    } else if (instruction.script !== undefined) {
      readCommands(context, instruction.script, instruction.offset, {
        source: 'container',
        label: 'RUN',
        ...(stage === undefined ? {} : { scope: `stage ${stage}` }),
        group,
        ...facts,
        lookUp: (name) => own(passed, name) ?? own(inStage, name) ?? own(defaults, name),
        ...(facts === undefined ? {} : { decidedBy: (name: string) => own(passed, name) !== undefined }),
      });
    }
    const found = instruction.keyword === 'FROM' ? fromImage(instruction) : copiedImage(instruction, stages);
    if (found !== undefined && !stages.has(found.image.toLowerCase()) && found.image.toLowerCase() !== 'scratch') {
      const lookUp = (name: string) => (own(passed, name) ?? own(defaults, name))?.value;
      const image = expandVariables(found.image, lookUp);
      const byPassed = image.used.some((name) => own(passed, name) !== undefined);
      if (facts === undefined || byPassed) {
        const place: ImagePlace = {
          source: 'container',
          declaredBy: instruction.keyword === 'FROM' ? 'FROM' : 'COPY --from',
          ...(found.stage === undefined ? {} : { scope: `stage ${found.stage}` }),
          ...(group === undefined ? {} : { group }),
          offset: found.offset,
          end: found.offset + found.image.length,
          from: instruction.offset,
          ...facts,
        };
        const deciding = (constraint: string) =>
          decidingArgument(image.used, constraint, passed, defaults, facts !== undefined);
        addImage(context, image, place, deciding);
      }
    }
    if (instruction.keyword === 'FROM') {
      seenFrom = true;
      stage = found?.stage;
      inStage = {};
      if (found?.stage !== undefined) {
        stages.add(found.stage.toLowerCase());
      }
    }
  }
}

/** The argument whose value has the version in it: that is the line to change. */
function decidingArgument(
  used: readonly string[],
  constraint: string,
  passed: Readonly<Record<string, BuildArgument>>,
  defaults: Readonly<Record<string, BuildArgument>>,
  onlyPassed: boolean,
): BuildArgument | undefined {
  const candidates = used.map((name) => own(passed, name) ?? (onlyPassed ? undefined : own(defaults, name)));
  const found = candidates.find((argument) => argument?.value.includes(constraint));
  return found ?? (onlyPassed ? candidates.find((argument) => argument !== undefined) : undefined);
}

/** `Dockerfile.node18` and `Dockerfile.node20` are alternatives: their names differ in a number only. */
function alternativesGroup(path: string): string | undefined {
  const name = path.replace(/^.*\//, '');
  return /\d/.test(name) ? path.replace(/\d+(?:[._-]\d+)*/g, '#') : undefined;
}

function readArguments(instruction: Instruction, defaults: Record<string, BuildArgument>): void {
  // `ENV NAME value`, the old form.
  const old = instruction.keyword === 'ENV' ? /^ENV(\s+)([A-Za-z_]\w*)(\s+)(\S+)\s*$/i.exec(instruction.text) : null;
  if (old !== null) {
    const offset = instruction.offset + 3 + old[1]!.length + old[2]!.length + old[3]!.length;
    defaults[old[2]!] = { value: old[4]!, offset, end: offset + old[4]!.length, from: instruction.offset };
  }
  for (const match of instruction.text.matchAll(/(?<=\s)([A-Za-z_]\w*)=("[^"\n]*"|'[^'\n]*'|\S*)/g)) {
    const written = match[2]!;
    const quoted = /^["']/.test(written);
    const offset = instruction.offset + match.index + match[1]!.length + 1;
    const plain = quoted ? written.slice(1, -1) : written;
    const value = expandVariables(plain, (name) => own(defaults, name)?.value);
    if (value.missing.length === 0) {
      defaults[match[1]!] = {
        value: value.text,
        offset: offset + (quoted ? 1 : 0),
        end: offset + written.length - (quoted ? 1 : 0),
        from: instruction.offset,
      };
    }
  }
}

interface NamedImage {
  readonly image: string;
  readonly stage?: string;
  readonly offset: number;
}

/** `FROM [--platform=…] image [AS stage]`. */
function fromImage({ text, offset }: Instruction): NamedImage | undefined {
  const words = [...text.matchAll(/\S+/g)].slice(1).filter((word) => !word[0].startsWith('--'));
  const [image, as, stage] = words;
  if (image === undefined) {
    return undefined;
  }
  const quotes = /^(["']).*\1$/.test(image[0]) ? 1 : 0;
  return {
    image: image[0].slice(quotes, image[0].length - quotes),
    offset: offset + image.index + quotes,
    ...(as !== undefined && /^as$/i.test(as[0]) && stage !== undefined ? { stage: stage[0] } : {}),
  };
}

/** `COPY --from=image` and `RUN --mount=…,from=image`, unless it names a stage by name or number. */
function copiedImage({ keyword, text, offset }: Instruction, stages: ReadonlySet<string>): NamedImage | undefined {
  const pattern =
    keyword === 'COPY' ? /\s--from=(\S+)/ : keyword === 'RUN' ? /\s--mount=\S*?\bfrom=([^\s,]+)/ : undefined;
  const match = pattern?.exec(text);
  if (match === null || match === undefined || /^\d+$/.test(match[1]!) || stages.has(match[1]!.toLowerCase())) {
    return undefined;
  }
  // A plain word is a stage or a named build context far more often than an image without a tag.
  return /[:/$]/.test(match[1]!)
    ? { image: match[1]!, offset: offset + match.index + match[0].length - match[1]!.length }
    : undefined;
}

/**
 * Splits a Dockerfile into instructions. Knows the `escape` directive, comments between continued lines and
 * here-documents. Source: Dockerfile reference, "Format", "Parser directives", "Here-documents".
 */
function instructionsOf(text: string): readonly Instruction[] {
  const continuation = escapeOf(text);
  const instructions: Instruction[] = [];
  let pending: { text: string; offset: number } | undefined;
  let hereEnds: string[] = [];
  /** The `RUN` whose here-document is being read. */
  let hereOf: Instruction | undefined;
  for (let at = 0; at < text.length && instructions.length < MOST_INSTRUCTIONS; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next);
    const bare = line.trimEnd();
    if (hereEnds.length > 0) {
      if (bare.trimStart() === hereEnds[0]) {
        hereEnds = hereEnds.slice(1);
        if (hereEnds.length === 0 && hereOf !== undefined) {
          instructions.push({ ...hereOf, script: asShell(text.slice(hereOf.offset, at)) });
        }
      }
    } else if (/^\s*#/.test(line)) {
      pending = pending === undefined ? undefined : { ...pending, text: pending.text + ' '.repeat(line.length) };
    } else if (bare !== '' || pending !== undefined) {
      const continued = bare.endsWith(continuation);
      const kept = continued ? bare.slice(0, -1).padEnd(line.length) : bare.padEnd(line.length);
      pending = pending === undefined ? { text: kept, offset: at } : { ...pending, text: pending.text + kept };
      if (!continued && bare !== '') {
        const made = toInstruction(pending.text, pending.offset);
        hereEnds = /^(?:RUN|COPY|ADD)$/.test(made.keyword)
          ? [...made.text.matchAll(/<<-?["']?([A-Za-z_]\w*)["']?/g)].map((m) => m[1]!)
          : [];
        hereOf = hereEnds.length > 0 && made.keyword === 'RUN' ? made : undefined;
        if (hereOf === undefined) {
          instructions.push(made);
        }
        pending = undefined;
      }
    }
    at = next;
  }
  return pending === undefined ? instructions : [...instructions, toInstruction(pending.text, pending.offset)];
}

/** Parser directives are comments before everything else. */
function escapeOf(text: string): string {
  for (const line of linesOf(text)) {
    if (/^\s*#\s*escape\s*=\s*`\s*$/i.test(line.text)) {
      return '`';
    }
    if (!/^\s*#/.test(line.text)) {
      break;
    }
  }
  return '\\';
}

function toInstruction(text: string, offset: number): Instruction {
  const indent = text.length - text.trimStart().length;
  const keyword = (/^\s*([A-Za-z]+)/.exec(text)?.[1] ?? '').toUpperCase();
  return {
    keyword,
    text: text.slice(indent, indent + LONGEST_INSTRUCTION),
    offset: offset + indent,
    ...(keyword === 'RUN' ? { script: asShell(text.slice(indent)) } : {}),
  };
}

/** What a `RUN` runs, `["npm", "install"]` too, as the words of a command; every character keeps its place. */
function asShell(text: string): string {
  const command = text.replace(/^RUN/i, (keyword) => ' '.repeat(keyword.length));
  return /^\s+\[/.test(command) ? command.replace(/[[\],](?=[^"]*(?:"[^"]*"[^"]*)*$)/g, ' ') : command;
}
