import type {
  ContextDifference,
  EnvironmentFinding,
  EnvironmentVariable,
  Installation,
  PathContext,
  PathContextId,
  PathEntry,
} from '../model/snapshot';
import { NO_DESKTOP } from './derived-context';
import { CONTEXT_PHRASES } from './phrases';

/** What a probe found, as far as it concerns the environment. */
export interface EnvironmentFacts {
  readonly pathEntries: readonly PathEntry[];
  readonly installations: readonly Installation[];
  readonly environment: readonly EnvironmentVariable[];
  readonly compared?: {
    readonly contexts: readonly PathContext[];
    readonly differences: readonly ContextDifference[];
  };
}

/** Findings of one kind; more are counted. */
const MOST = 30;

/**
 * What is noteworthy about PATH in its contexts and about the variables: warnings first, each kind in the order of the
 * facts.
 *
 * @param chosen the context whose PATH decides
 */
export function findEnvironment(facts: EnvironmentFacts, chosen: PathContextId): readonly EnvironmentFinding[] {
  const { contexts = [], differences = [] } = facts.compared ?? {};
  const findings = [
    ...upToMost(differences.flatMap((difference) => versionsDiffer(difference, contexts, chosen))),
    ...missingTools(differences, contexts, chosen),
    ...upToMost(shadowedShell(facts, contexts)),
    ...upToMost(facts.pathEntries.flatMap(entryFinding)),
    ...facts.environment.flatMap(variableFinding),
    ...upToMost(contexts.flatMap(doubtsOf)),
  ];
  const rank = { warning: 0, info: 1 };
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity] || a.index - b.index)
    .map(({ finding }) => finding);
}

/** Of each code so many, and one more finding for the others. */
function upToMost(findings: readonly EnvironmentFinding[]): readonly EnvironmentFinding[] {
  const counts = new Map<string, number>();
  const kept = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST;
  });
  const others = [...counts]
    .filter(([, count]) => count > MOST)
    .map(([code, count]): EnvironmentFinding => {
      const { severity, hint } = findings.find((finding) => finding.code === code)!;
      const message = `${count - MOST} more findings of this kind (${code}) are not listed.`;
      return { code, severity, message, ...(hint === undefined ? {} : { hint }) };
    });
  return [...kept, ...others];
}

/** Contexts that start the same copy, said together: `20.11.0 (nvm) in the terminal, 18.19.0 (dpkg) from the desktop`. */
function versionsDiffer(
  { tool, starts }: ContextDifference,
  contexts: readonly PathContext[],
  chosen: PathContextId,
): readonly EnvironmentFinding[] {
  const present = starts
    .filter(({ path }) => path !== undefined)
    .sort((a, b) => Number(b.context === chosen) - Number(a.context === chosen));
  if (new Set(present.map(({ path }) => path)).size < 2) {
    return [];
  }
  const groups = new Map<string, { said: string; ids: PathContextId[]; path: string }>();
  for (const { context, path = '', version, manager } of present) {
    const said = `${version ?? 'of unknown version'}${manager === undefined ? '' : ` (${manager})`}`;
    const group = groups.get(path) ?? { said, ids: [], path };
    group.ids.push(context);
    groups.set(path, group);
  }
  const told = [...groups.values()];
  // Where versions and managers do not tell the copies apart, their places do.
  const isTold = new Set(told.map(({ said }) => said)).size === told.length;
  const parts = told.map(({ said, ids, path }) => `${said}${isTold ? '' : ` at ${path}`} ${phraseOf(ids)}`);
  const relevant = present.filter(({ context }) => context !== 'desktop' || hasDesktop(contexts));
  const versions = new Set(relevant.map(({ version }) => version));
  const source = whoAdds(
    told.map(({ path }) => path),
    contexts,
  );
  return [
    {
      code:
        new Set(present.map(({ version }) => version)).size > 1 ? 'context-version-differs' : 'context-copy-differs',
      severity: versions.size > 1 ? 'warning' : 'info',
      message: `${tool} is ${parts.join(', but ')}.`,
      ...(source === undefined
        ? {}
        : {
            hint: `${source.folder} is put on PATH by ${source.by}, which is not read everywhere.`,
            source: source.by,
          }),
    },
  ];
}

function phraseOf(ids: readonly PathContextId[]): string {
  return joinWords(
    ids.map((id) => CONTEXT_PHRASES[id]),
    'and',
  );
}

function joinWords(words: readonly string[], last: string): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** A folder of one of the copies that not every context has, and what puts it there. */
function whoAdds(
  paths: readonly string[],
  contexts: readonly PathContext[],
): { readonly folder: string; readonly by: string } | undefined {
  for (const path of paths) {
    for (const { pathEntries } of contexts) {
      const entry = pathEntries.find((one) => one.addedBy !== undefined && withoutEnd(one.path) === folderOf(path));
      const isEverywhere = contexts.every((context) => context.pathEntries.some((one) => one.path === entry?.path));
      if (entry?.addedBy !== undefined && !isEverywhere) {
        return { folder: entry.path, by: entry.addedBy };
      }
    }
  }
  return undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

/** A folder as PATH has it, without separators at its end. */
function withoutEnd(folder: string): string {
  return folder.replace(/[\\/]+$/, '');
}

/** Which tools of the deciding context others do not find at all, and the folders that these lack. */
function missingTools(
  differences: readonly ContextDifference[],
  contexts: readonly PathContext[],
  chosen: PathContextId,
): readonly EnvironmentFinding[] {
  const own = contexts.find((context) => context.id === chosen)?.pathEntries ?? [];
  const groups = new Map<string, { ids: PathContextId[]; names: readonly string[]; lacking: readonly PathEntry[] }>();
  for (const { id, pathEntries } of contexts) {
    const lost = differences.flatMap(({ tool, starts }) => {
      const here = starts.find(({ context }) => context === chosen)?.path;
      const there = starts.find(({ context }) => context === id)?.path;
      return here !== undefined && there === undefined ? [{ tool, path: here }] : [];
    });
    const there = new Set(pathEntries.map(({ path }) => path));
    const folders = new Set(lost.map(({ path }) => folderOf(path)));
    const lacking = own.filter(
      ({ state, path }) => state === 'ok' && !there.has(path) && folders.has(withoutEnd(path)),
    );
    const names = lost.map(({ tool }) => tool);
    const key = JSON.stringify([names, lacking.map(({ path }) => path)]);
    if (names.length > 0) {
      groups.set(key, { names, lacking, ids: [...(groups.get(key)?.ids ?? []), id] });
    }
  }
  return [...groups.values()].map(({ ids, names, lacking }): EnvironmentFinding => {
    const shown =
      names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : joinWords(names, 'and');
    const [first] = lacking;
    const folders = joinWords(
      lacking.slice(0, 3).map(({ path }) => path),
      'and',
    );
    const why = first === undefined ? '' : `: ${folders} ${lacking.length === 1 ? 'is' : 'are'} not on PATH there`;
    return {
      code: 'context-tools-missing',
      // A process may well have folders of its own; what the desktop lacks, its programs miss.
      severity: ids.includes('desktop') && hasDesktop(contexts) ? 'warning' : 'info',
      message: `${shown} ${names.length === 1 ? 'is' : 'are'} found ${CONTEXT_PHRASES[chosen]}, but not ${phraseOf(ids)}${why}.`,
      ...(first?.addedBy === undefined
        ? {}
        : { hint: `${first.path} is put on PATH by ${first.addedBy}.`, source: first.addedBy }),
    };
  });
}

/** Whether somebody can launch something from a desktop here. */
function hasDesktop(contexts: readonly PathContext[]): boolean {
  return contexts.some(({ id, evidence }) => id === 'desktop' && !evidence.some(({ source }) => source === NO_DESKTOP));
}

/** Tools of the dev shell that something in front of it hides. */
function shadowedShell(
  { installations }: EnvironmentFacts,
  contexts: readonly PathContext[],
): readonly EnvironmentFinding[] {
  const shell = contexts.find(({ id }) => id === 'shell');
  if (shell === undefined) {
    return [];
  }
  const place = (path: string) => shell.pathEntries.findIndex((entry) => withoutEnd(entry.path) === folderOf(path));
  return installations
    .filter(({ path, shadowedBy }) => {
      const [own, other] = [place(path), shadowedBy === undefined ? -1 : place(shadowedBy)];
      return isOfShell(path) && shadowedBy !== undefined && !isOfShell(shadowedBy) && other >= 0 && other < own;
    })
    .map(({ tool, version, path, shadowedBy }) => {
      const entry = shell.pathEntries[place(shadowedBy!)];
      return {
        code: 'dev-shell-shadowed',
        severity: 'warning' as const,
        message: `${tool}${version === undefined ? '' : ` ${version}`} of the dev shell is hidden by ${shadowedBy}: ${entry?.path} stands before ${path} on PATH.`,
        hint: 'Something puts that folder in front when the shell is entered: a hook of the prompt, or the shell hook.',
        ...(entry?.addedBy === undefined ? {} : { source: entry.addedBy }),
      };
    });
}

function isOfShell(path: string): boolean {
  return /^\/nix\/store\/|\/\.(?:devenv|devbox)\//.test(path);
}

function entryFinding({ path, state, writableByOthers, addedBy }: PathEntry): readonly EnvironmentFinding[] {
  const by = addedBy === undefined ? {} : { source: addedBy };
  const writable: readonly EnvironmentFinding[] =
    writableByOthers === true
      ? [
          {
            code: 'path-writable',
            severity: 'warning',
            message: `${path} is on PATH and may be written by everybody: whoever writes there chooses what you run.`,
            hint: `chmod o-w ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`,
            ...by,
          },
        ]
      : [];
  switch (state) {
    case 'relative':
      return [
        path === ''
          ? {
              code: 'path-empty',
              severity: 'warning',
              message: 'PATH has an empty entry, which means the folder that you are in.',
              hint: 'Take out a colon at the beginning or end of PATH, or two in a row.',
              ...by,
            }
          : {
              code: path.startsWith('~') ? 'path-tilde' : 'path-relative',
              severity: 'warning',
              message: path.startsWith('~')
                ? `${path} is on PATH as it is written: nothing opens the "~", so the folder is not found.`
                : `${path} on PATH is relative: it means another folder wherever you are.`,
              ...(path.startsWith('~') ? { hint: 'Write $HOME, or leave the quotes away.' } : {}),
              ...by,
            },
        ...writable,
      ];
    case 'missing':
    case 'not-a-directory':
    case 'unreadable':
    case 'duplicate':
      return [{ code: `path-${state}`, severity: 'info', message: `${path} ${STATES[state]}.`, ...by }, ...writable];
    case 'ok':
      return writable;
  }
}

const STATES = {
  missing: 'is not there, but on PATH',
  'not-a-directory': 'is no folder, but on PATH',
  unreadable: 'is on PATH and cannot be read',
  duplicate: 'is on PATH twice',
} as const;

function variableFinding({ name, finding }: EnvironmentVariable): readonly EnvironmentFinding[] {
  return finding === undefined
    ? []
    : [{ code: 'variable-contradicts', severity: name.startsWith('L') ? 'info' : 'warning', message: `${finding}.` }];
}

function doubtsOf({ id, doubts }: PathContext): readonly EnvironmentFinding[] {
  return doubts.slice(0, 5).map(({ source, reason }) => ({
    code: 'context-unclear',
    severity: 'info',
    message: `PATH ${CONTEXT_PHRASES[id]} is not known for sure: ${reason}.`,
    source,
  }));
}
