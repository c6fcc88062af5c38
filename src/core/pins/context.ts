import type { Pin, PinSource } from '../model/pins';
import type { Problem } from '../model/problem';
import type { Unresolved } from '../model/target';
import type { DocNode, ParsedDocument } from './format/document';
import type { SourceText } from './format/source-text';
import type { ProjectFiles } from './project-files';
import { formatIntervals } from './range/interval';
import { prefix, type Rule } from './range/rules';
import { toolId } from './tool-names';

/** A pin as a reader finds it. */
export interface PinDraft {
  /** As the file names it. */
  readonly tool: string;
  readonly constraint: string;
  /** Left out: {@link prefix}. */
  readonly rule?: Rule;
  readonly source: PinSource;
  readonly declaredBy: string;
  readonly scope?: string | undefined;
  readonly group?: string | undefined;
  /** Where the value stands. */
  readonly offset: number;
  readonly end: number;
  /** Where its declaration starts, for the excerpt; left out: at the value. */
  readonly from?: number;
}

/** What a reader of one file works with. */
export interface PinContext {
  readonly source: SourceText;
  pin(draft: PinDraft): void;
  /** A declaration whose version cannot be told from here, and why. */
  unresolved(what: string, reason: string, offset: number): void;
  problem(code: string, message: string, hint: string, offset: number): void;
  /** Reports what a parser found wrong and gives what it could read. */
  document(parsed: ParsedDocument): DocNode | undefined;
  /** Another file of the project that this one names; its pins are not read. Undefined (and reported) when it is not to be had. */
  open(path: string, offset: number): SourceText | undefined;
  /**
   * Has the pins of another file of the project read too, which this one names.
   *
   * @param reader for a file whose name does not tell what it is
   */
  also(path: string, offset: number, reader?: PinReader): void;
  /** Says that another file of the project is read together with this one: it is not read by itself any more. */
  readsWith(path: string): void;
  /** The same reader's work in another text: several files read as one. */
  within(source: SourceText): PinContext;
  /** The folder's file names, sorted. */
  list(folder: string): readonly string[];
  /** Files that called one another to get here, the first first; absent where none did. */
  readonly callers?: readonly string[];
  /** What reading files as they are called may still cost. */
  readonly calls: Allowance;
}

/** So many characters that may still be read, in the whole of a project. */
interface Allowance {
  /** False when there are not so many left. */
  take(characters: number): boolean;
}

/** Reads the pins of one kind of file. */
export type PinReader = (context: PinContext) => void;

/** A project has fewer; what goes beyond is cut off, and said. */
const MOST_PINS = 2_000;
const MOST_NOTES = 500;
/** Characters of files that are read once more for every call: what is hostile costs seconds. */
const MOST_CALLED = 8 * 1024 * 1024;

/** What all readers found. */
export class PinCollector {
  readonly pins: Pin[] = [];
  readonly unresolved: Unresolved[] = [];
  readonly problems: Problem[] = [];
  /** Files that others name, to be read too. */
  readonly named: {
    readonly path: string;
    readonly by: SourceText;
    readonly offset: number;
    readonly reader?: PinReader | undefined;
  }[] = [];
  /** Files that are read together with others. */
  readonly readWith = new Set<string>();
  readonly #files: ProjectFiles;
  readonly #seen = new Set<string>();
  readonly #toolIds = new Map<string, string>();
  #leftForCalls = MOST_CALLED;
  #notesLeftOut = 0;

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  contextFor(source: SourceText): PinContext {
    return {
      source,
      pin: (draft) => this.#addPin(source, draft),
      unresolved: (what, reason, offset) => this.#addUnresolved(source, what, reason, offset),
      problem: (code, message, hint, offset) =>
        this.addProblem({ code, message, hint, position: source.positionAt(offset) }),
      document: (parsed) => {
        for (const { reason, offset } of parsed.errors) {
          this.addProblem({
            code: 'pin-file-broken',
            message: `${source.path} is broken: ${reason}.`,
            hint: 'Correct the file; pins that could be read beside the mistake are still compared.',
            position: source.positionAt(offset),
          });
        }
        return parsed.root;
      },
      open: (path, offset) => this.open(path, source, offset),
      also: (path, offset, reader) => this.named.push({ path, by: source, offset, reader }),
      readsWith: (path) => this.readWith.add(path),
      within: (other) => this.contextFor(other),
      list: (folder) => this.#files.list(folder).map((entry) => entry.name),
      calls: { take: (characters) => this.#take(characters) },
    };
  }

  /** A file that another one names at an offset. */
  open(path: string, by: SourceText, offset: number): SourceText | undefined {
    const reading = this.#files.read(path);
    if (reading.status === 'absent') {
      this.addProblem({
        code: 'pin-file-missing',
        message: `${by.path} names ${shorten(path)}, which is not there.`,
        hint: 'Correct the path, or add the file.',
        position: by.positionAt(offset),
      });
    } else if (reading.problem !== undefined) {
      this.addProblem(reading.problem);
    }
    return reading.status === 'read' ? reading.source : undefined;
  }

  addProblem(problem: Problem): void {
    const key = `${problem.code} ${problem.message} ${problem.position?.line}`;
    if (this.#isNew(key, this.problems)) {
      this.problems.push(problem);
    }
  }

  #addUnresolved(source: SourceText, what: string, reason: string, offset: number): void {
    const position = source.positionAt(offset);
    const key = `? ${position.file} ${position.line} ${position.column} ${what}`;
    if (this.#isNew(key, this.unresolved)) {
      this.unresolved.push({ what: shorten(what), reason, position });
    }
  }

  /** How many problems and unresolved declarations there were beyond those that are listed. */
  get notesLeftOut(): number {
    return this.#notesLeftOut;
  }

  #isNew(key: string, notes: readonly unknown[]): boolean {
    if (this.#seen.has(key)) {
      return false;
    }
    this.#seen.add(key);
    const hasRoom = notes.length < MOST_NOTES;
    this.#notesLeftOut += hasRoom ? 0 : 1;
    return hasRoom;
  }

  #take(characters: number): boolean {
    this.#leftForCalls -= characters;
    return this.#leftForCalls >= 0;
  }

  /** The catalog is asked once a name: unknown ones are compared with every pattern of it. */
  #toolId(name: string): string {
    const id = this.#toolIds.get(name) ?? toolId(name);
    this.#toolIds.set(name, id);
    return id;
  }

  #addPin(source: SourceText, draft: PinDraft): void {
    if (this.pins.length >= MOST_PINS) {
      this.addProblem({
        code: 'pin-too-many',
        message: `The project declares more than ${MOST_PINS} versions; the rest was not read.`,
        hint: 'Check the parts of the project one by one.',
      });
      return;
    }
    const position = source.positionAt(draft.offset);
    const tool = this.#toolId(draft.tool);
    const constraint = draft.constraint.trim();
    const key = `= ${tool} ${constraint} ${position.file} ${position.line} ${position.column}`;
    if (constraint === '' || this.#seen.has(key)) {
      return;
    }
    this.#seen.add(key);
    const reading = (draft.rule ?? prefix)(constraint);
    if (reading.scheme === 'unknown') {
      this.#addUnresolved(
        source,
        `${draft.declaredBy}: ${constraint}`,
        'it is not a version that its rules know',
        draft.offset,
      );
    } else if (reading.allowed?.length === 0) {
      this.addProblem({
        code: 'pin-impossible',
        message: `${source.path} asks for ${shorten(constraint)}, which no version satisfies.`,
        hint: 'Correct the range.',
        position,
      });
    }
    this.pins.push({
      tool,
      constraint: shorten(constraint),
      scheme: reading.scheme,
      ...(reading.allowed === undefined || reading.allowed.length === 0
        ? {}
        : { range: formatIntervals(reading.allowed) }),
      ...(reading.channel === undefined ? {} : { channel: reading.channel }),
      source: draft.source,
      declaredBy: draft.declaredBy,
      ...(draft.scope === undefined ? {} : { scope: shorten(draft.scope) }),
      ...(draft.group === undefined ? {} : { group: draft.group }),
      position,
      text: source.excerpt(draft.from ?? draft.offset, draft.end),
    });
  }
}

/** A text of the file on one line, no longer than a line. */
function shorten(text: string): string {
  const plain = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
}
