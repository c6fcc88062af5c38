import {
  Attrs,
  type EvalIo,
  Evaluator,
  type EvaluatorOptions,
  emptyIo,
  LazyAttrs,
  mkAttrs,
  Opaque,
  type Slot,
  type Value,
} from '../nix';
import type { NixpkgsIndex } from '../nixpkgs';
import { parseFlakeUrl } from './flake-ref';
import { isOwnProgram, librarySource, loadLibrary, withLibrary } from './lib-mount';
import { importNixpkgs } from './nixpkgs/instance';
import { recogniseNixpkgs } from './nixpkgs/pin';
import { nixpkgsSource } from './nixpkgs/sources';
import { LONGEST_TEXTS, type Session, textOf } from './session';
import { isStorePath, unknownContents, VirtualStore } from './virtual-store';

/** What one reading may use up, and what it leaves to the next. */
export interface EvaluationBounds {
  /** Milliseconds, monotonic. */
  readonly clock?: (() => number) | undefined;
  /** Bytes of heap in use, see {@link EvaluatorOptions.memory}. */
  readonly memory?: EvaluatorOptions['memory'] | undefined;
  /** Bytes of heap that may be in use; left out: what the evaluator allows. */
  readonly heap?: number | undefined;
  /** See {@link EvaluatorOptions.onOverflow}. */
  readonly onOverflow?: (() => void) | undefined;
  /** Milliseconds for the outputs with the first shell, and for each of the next few shells. */
  readonly time?: number | undefined;
  readonly evaluator?: KeptEvaluator | undefined;
}

/** An evaluator for one reading after another, which keeps our own programs (library, nixpkgs, models) compiled. */
export class KeptEvaluator {
  private evaluator: Evaluator | undefined;
  private system: string | undefined;

  start(options: EvaluatorOptions): Evaluator {
    if (this.evaluator === undefined || this.system !== options.system) {
      this.evaluator = new Evaluator(options);
      this.system = options.system;
    } else {
      this.evaluator.restart(options);
    }
    return this.evaluator;
  }

  /** Lets go of all that was read. */
  rest(): void {
    this.evaluator?.restart({ io: emptyIo });
  }
}

/** For the outputs with the first shell, and then for each further shell; a large one takes a tenth of it. */
const DEFAULT_TIME = 1_400;
/** Shells that get time of their own. */
const RENEWALS = 6;
/** Once time has run out, so much is left for each of so many further shells: most need no more. */
const LATE_TIME = 100;
const LATE_RENEWALS = 3;

/**
 * Makes the evaluator for one flake, with what reading a flake adds to the language: store paths that can be imported
 * though nothing is in a store, nixpkgs for known URLs, and no current system.
 *
 * @param folder the flake's folder, absolute; `io` is confined to it
 */
export function startSession(
  io: EvalIo,
  folder: string,
  system: string,
  index: NixpkgsIndex,
  bounds: EvaluationBounds,
): Session {
  const store = new VirtualStore();
  let library: Value | undefined;
  let renewals = RENEWALS;
  let lateRenewals = LATE_RENEWALS;
  const options: EvaluatorOptions = {
    io: withLibrary(io),
    limits: { time: bounds.time ?? DEFAULT_TIME, ...(bounds.heap === undefined ? {} : { memory: bounds.heap }) },
    ...(bounds.clock === undefined ? {} : { clock: bounds.clock }),
    ...(bounds.memory === undefined ? {} : { memory: bounds.memory }),
    ...(bounds.onOverflow === undefined ? {} : { onOverflow: bounds.onOverflow }),
    system,
    virtualFiles: (name) => nixpkgsSource(name) ?? librarySource(name),
    knownRight: isOwnProgram,
    elsewhere: {
      imported: (path) => store.importValue(path),
      contents: (path) => (isStorePath(path) ? unknownContents(path) : undefined),
    },
    fetch: (_builtin, argument) => fetched(session, argument, system),
  };
  const evaluator = bounds.evaluator?.start(options) ?? new Evaluator(options);
  const session: Session = {
    evaluator,
    index,
    store,
    system,
    folder,
    absences: new Map(),
    likeness: new Map(),
    nearestMembers: new Map(),
    unknownModules: new Set(),
    unknownOverlays: new Set(),
    guessedSystems: new Set(),
    refused: new Map(),
    keptDefaults: new Set(),
    texts: { left: LONGEST_TEXTS },
    renewTime: () => {
      if (evaluator.outOfTime) {
        if (lateRenewals > 0) {
          lateRenewals -= 1;
          evaluator.restartClock(Math.min(LATE_TIME, evaluator.limits.time));
        }
      } else if (renewals > 0) {
        renewals -= 1;
        evaluator.restartClock();
      }
    },
    lib: () => {
      library ??= loadLibrary(evaluator, anyone(), (module) => session.unknownModules.add(module));
      return library;
    },
  };
  return session;
}

/** `fetchTarball` and its kin: nixpkgs is known, the rest is not. */
function fetched(session: Session, argument: Slot, system: string): Slot | undefined {
  const { evaluator } = session;
  const value = evaluator.force(argument);
  const url = textOf(value) ?? (value instanceof Attrs ? urlOf(evaluator, value) : undefined);
  const ref = url === undefined ? undefined : parseFlakeUrl(url);
  const nixpkgs = recogniseNixpkgs(ref, undefined);
  if (nixpkgs === undefined) {
    return undefined;
  }
  const importer = importNixpkgs(session, { input: 'nixpkgs', pin: nixpkgs.pin }, system);
  const path = session.store.path(`fetched:${url}`, 'source');
  session.store.registerPath(path, (rest) =>
    rest === '' || rest === '/' || rest === '/default.nix' ? importer : new Opaque('this file of nixpkgs is not here'),
  );
  return mkAttrs({ outPath: path });
}

function urlOf(evaluator: Evaluator, value: Attrs): string | undefined {
  const slot = value.get('url');
  return slot === undefined ? undefined : textOf(evaluator.force(slot));
}

/** A set that answers any maintainer's name. */
function anyone(): Attrs {
  return new LazyAttrs({
    names: () => [],
    has: (name) => !name.startsWith('_'),
    get: (name) => (name.startsWith('_') ? undefined : mkAttrs({ name, github: name, githubId: 0, email: '' })),
  });
}
