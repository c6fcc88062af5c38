import type { Host } from '../host/host';
import type { PathContextId } from '../model/snapshot';
import { askShell } from './ask-shell';
import type { DerivedContext } from './derived-context';
import { knownOf, readDevShell } from './dev-shell';
import { readUnixContexts } from './unix-contexts';
import { isKnownVariable } from './variables';
import { readWindowsContexts } from './windows-contexts';

/** A host with the contexts that it has, seen from one of them. */
export interface SeenHost {
  /** Its PATH and variables are those of the chosen context. */
  readonly host: Host;
  readonly chosen: PathContextId;
  /** The contexts, where one had to be chosen among them; else they are derived when somebody asks. */
  readonly known?: DerivedContexts;
  /** Works the contexts out, once; from then on, shells are asked. */
  derive(): Promise<DerivedContexts>;
}

interface DerivedContexts {
  /** As files tell them, in the order of {@link CONTEXT_ORDER}. */
  readonly contexts: readonly DerivedContext[];
  /** The same with what shells answered that are still being asked. */
  readonly settled: Promise<readonly DerivedContext[]>;
}

export interface SeeOptions {
  /** Whose PATH decides; left out: this process's own, or a login's where there is no process. */
  readonly pathContext?: PathContextId | undefined;
  /** The project: what its dev shell left there counts. */
  readonly folder?: string | undefined;
  /** False: no program is run, so no shell is asked. */
  readonly run?: boolean | undefined;
  /** Milliseconds that one shell may take. */
  readonly deadline: number;
}

const CONTEXT_ORDER: readonly PathContextId[] = ['process', 'login', 'interactive', 'desktop', 'shell'];

/**
 * PATH in every context that a host has: from its files; where these cannot tell and programs may be run, from the
 * user's shell. The shell is waited for only when its answer decides; else it is asked while others work. Where this
 * process's own PATH decides, nothing is read before somebody wants to know the others.
 *
 * @returns the contexts that the host has, where it does not have the one that is asked for
 */
export async function seeHost(
  host: Host,
  options: SeeOptions,
): Promise<SeenHost | { readonly available: readonly PathContextId[] }> {
  const first = options.pathContext ?? (host.assumedPath === true ? 'login' : 'process');
  if (first === 'process' && host.assumedPath !== true) {
    let deriving: Promise<DerivedContexts> | undefined;
    return {
      host,
      chosen: first,
      derive: () => {
        deriving ??= deriveContexts(host, options).then(({ contexts, settled }) => ({ contexts, settled }));
        return deriving;
      },
    };
  }
  const derived = await deriveContexts(host, options);
  const { contexts, asking, settled } = derived;
  const chosen =
    contexts.find(({ id }) => id === first) ?? (options.pathContext === undefined ? contexts[0] : undefined);
  if (chosen === undefined) {
    return { available: contexts.map(({ id }) => id) };
  }
  const own = await asking[contexts.indexOf(chosen)]!;
  const known = { contexts, settled };
  return { host: hostIn(host, own), chosen: own.id, known, derive: async () => known };
}

async function deriveContexts(
  host: Host,
  options: SeeOptions,
): Promise<DerivedContexts & { readonly asking: readonly Promise<DerivedContext>[] }> {
  const contexts = withOrigins(await readContexts(host, options));
  const mayAsk = options.run !== false && host.source === 'local' && host.run !== undefined;
  const asking = contexts.map(async (context) =>
    mayAsk && context.doubts.length > 0 ? askShell(host, context, options.deadline) : context,
  );
  return { contexts, asking, settled: Promise.all(asking).then(withOrigins) };
}

async function readContexts(host: Host, { folder, run }: SeeOptions): Promise<readonly DerivedContext[]> {
  const others = host.os === 'windows' ? await readWindowsContexts(host, run !== false) : readUnixContexts(host);
  const terminal = others.find(({ id }) => id === 'interactive');
  const shell = readDevShell(host, folder, terminal);
  const process: readonly DerivedContext[] =
    host.assumedPath === true && others.length > 0
      ? []
      : [
          {
            id: 'process',
            answeredBy: 'process',
            entries: host.pathEntries,
            env: knownOf(host.env),
            origins: new Map(),
            evidence: [{ kind: 'environment', source: 'PATH' }],
            doubts: [],
          },
        ];
  const all = [
    ...process,
    ...others.map((context) => withAssumed(host, context)),
    ...(shell === undefined ? [] : [shell]),
  ];
  return CONTEXT_ORDER.flatMap((id) => all.filter((context) => context.id === id));
}

const ASSUMED = /\/\.?nix|homebrew|linuxbrew|\/run\/current-system\//;

/** Where nobody is logged in, folders of Nix and Homebrew that a login would add are believed in, too. */
function withAssumed(host: Host, context: DerivedContext): DerivedContext {
  if (host.assumedPath !== true || context.id === 'desktop') {
    return context;
  }
  const missing = host.pathEntries.filter((entry) => ASSUMED.test(entry) && !context.entries.includes(entry));
  return { ...context, entries: [...missing, ...context.entries] };
}

/** The process, and a dev shell inside of it, know where an entry comes from by the files of the others. */
function withOrigins(contexts: readonly DerivedContext[]): readonly DerivedContext[] {
  const known = new Map<string, string>();
  for (const id of ['login', 'desktop', 'interactive'] as const) {
    for (const [entry, source] of contexts.find((context) => context.id === id)?.origins ?? []) {
      known.set(entry, source);
    }
  }
  return contexts.map((context) =>
    context.id === 'process' || context.id === 'shell'
      ? { ...context, origins: new Map([...known, ...context.origins]) }
      : context,
  );
}

/** The host as a program finds it that is started in a context. */
function hostIn(host: Host, context: DerivedContext): Host {
  if (context.id === 'process' || (context.id === 'shell' && context.answeredBy === 'process')) {
    return host;
  }
  const path = context.entries.join(host.os === 'windows' ? ';' : ':');
  const others = Object.entries(host.env).filter(([name]) => !isKnownVariable(name) && !/^path$/i.test(name));
  const { run } = host;
  return {
    ...host,
    env: { ...Object.fromEntries(others), ...context.env, PATH: path },
    pathEntries: context.entries,
    ...(run === undefined ? {} : { run: (request) => run({ ...request, env: { PATH: path, ...request.env } }) }),
  };
}
