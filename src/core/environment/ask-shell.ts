import type { Host } from '../host/host';
import type { DerivedContext } from './derived-context';
import { BEGIN, END, questionFor } from './shell-questions';
import { isKnownVariable } from './variables';

/** Told to every shell: ask nobody, look for no update, start no multiplexer. */
const QUIET: Readonly<Record<string, string>> = {
  DISABLE_AUTO_UPDATE: 'true',
  DISABLE_UPDATE_PROMPT: 'true',
  ZSH_TMUX_AUTOSTART: 'false',
  ZSH_DISABLE_COMPFIX: 'true',
  HOMEBREW_NO_AUTO_UPDATE: '1',
  POWERLEVEL9K_INSTANT_PROMPT: 'off',
  LOCKSTEP_RESOLVING_ENVIRONMENT: '1',
};

/**
 * Asks a user's shell for its environment: argv only, standard input closed, a deadline, nothing of this process's own
 * environment. Gives the context with the answer, or with a doubt more that says why there is none.
 *
 * @param deadline milliseconds
 */
export async function askShell(host: Host, context: DerivedContext, deadline: number): Promise<DerivedContext> {
  const { ask, doubts } = context;
  if (ask === undefined || host.run === undefined) {
    return context;
  }
  const argv = questionFor(ask);
  const command = argv?.slice(0, -1).join(' ') ?? ask.shell;
  const fail = (reason: string): DerivedContext => ({ ...context, doubts: [...doubts, { source: command, reason }] });
  if (argv === undefined || deadline <= 0) {
    return fail(deadline <= 0 ? 'there was no time left to ask' : `${ask.shell} is not asked: it is not known how`);
  }
  const result = await host.run({ argv, deadline, env: { ...ask.env, ...QUIET, TERM: 'dumb' }, ownEnvironment: true });
  const answer = parseAnswer(result.stdout);
  if (answer === undefined) {
    const said = result.stderr.trim().split('\n').at(-1);
    const why =
      result.reason ?? (said === undefined || said === '' ? 'it ended without an answer' : said.slice(0, 200));
    return fail(`it was asked, and gave no answer: ${why}`);
  }
  const path = answer.get('PATH') ?? '';
  return {
    ...context,
    answeredBy: 'program',
    entries: path === '' ? [] : path.split(':'),
    env: Object.fromEntries([...answer].filter(([name]) => isKnownVariable(name))),
    evidence: [...context.evidence, { kind: 'command', source: command, detail: `PATH=${path}`.slice(0, 500) }],
    doubts: [],
  };
}

/** The variables between the marks; undefined where they are not there. */
function parseAnswer(output: string): ReadonlyMap<string, string> | undefined {
  const from = output.indexOf(`${BEGIN}\n`);
  const to = output.indexOf(`\n${END}`, from);
  if (from < 0 || to < 0) {
    return undefined;
  }
  const text = output.slice(from + BEGIN.length + 1, to);
  const variables = new Map<string, string>();
  for (const line of text.split(text.includes('\0') ? '\0' : '\n')) {
    const [, name, value = ''] = /^\n?([A-Za-z_]\w*)=([\s\S]*)$/.exec(line) ?? [];
    if (name !== undefined) {
      variables.set(name, value);
    }
  }
  return variables.has('PATH') ? variables : undefined;
}
