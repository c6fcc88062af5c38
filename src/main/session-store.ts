import { type SavedTab, type Session, sessionSchema, TAB_LIMIT } from '../ipc/session';
import { readJsonFile, writeOwnFile } from './json-file';

export interface SessionStore {
  get(): Session;
  /** @throws the file system's error */
  save(session: Session): void;
}

/**
 * The tabs of the window in one file. A broken file is set aside: the window then begins with one tab.
 *
 * @param given the folder that the command line names: its tab comes first to the eye, and is made where there is none
 * @param otherwise the folder to open where neither the file nor the command line says one
 */
export function openSession(
  path: string,
  now: Date,
  given: string | undefined,
  otherwise: string | undefined,
): SessionStore {
  const read = readJsonFile(path, sessionSchema, now);
  let session = beginWith(read.state === 'ok' ? read.value : undefined, given, otherwise);
  return {
    get: () => session,
    save: (next) => {
      session = next;
      writeOwnFile(path, `${JSON.stringify(next, undefined, 2)}\n`);
    },
  };
}

/** See {@link openSession}. */
export function beginWith(
  saved: Session | undefined,
  given: string | undefined,
  otherwise: string | undefined,
): Session {
  const tabs = saved?.tabs ?? [];
  const widths = saved?.widths ?? {};
  if (given !== undefined) {
    const known = tabs.findIndex(({ request }) => request?.folder === given);
    if (known !== -1) {
      return { tabs, active: known, widths };
    }
    // A window that shows one project and is asked for another one shows that.
    const [only] = tabs;
    const kept = tabs.length === 1 && only !== undefined && isPlain(only) ? [] : tabs.slice(1 - TAB_LIMIT);
    return { tabs: [...kept, tabOf(given)], active: kept.length, widths };
  }
  if (tabs.length > 0) {
    return { tabs, active: Math.min(saved?.active ?? 0, tabs.length - 1), widths };
  }
  return { tabs: otherwise === undefined ? [] : [tabOf(otherwise)], active: 0, widths };
}

/** A project as it is opened, with nothing added to it. */
function isPlain({ columns }: SavedTab): boolean {
  return columns.every(({ kind }) => kind === 'own');
}

/** A project as it is opened: this machine beside the target. */
function tabOf(folder: string): SavedTab {
  return {
    request: { folder },
    columns: [
      { kind: 'own', half: 'machine' },
      { kind: 'own', half: 'target' },
    ],
    reference: 1,
  };
}
