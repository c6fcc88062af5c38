import { userId } from '../env-files';
import { pathHelper } from '../path-helper';
import { capture } from '../shell/run';
import { createScope, exportedTexts, getText, setValue } from '../shell/scope';
import { doubt, type World } from '../shell/world';
import type { ShellStart } from '../startup';
import { createCsh, runCshFile } from './run';
import { CshError } from './values';

/**
 * The environment of csh or tcsh after their files; an error in one of them is the end of all, as csh has it. Source:
 * tcsh(1), "Startup and shutdown".
 */
export function runCsh(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const scope = createScope(world, { ...start, dialect: 'sh', capture });
  const csh = createCsh(scope);
  const home = start.env.get('HOME') ?? host.home;
  // A Mac's csh is tcsh, and so is Debian's where that is installed.
  const isTcsh = isNamedTcsh(start.shell) || host.os === 'darwin' || leadsToTcsh(world, start.shell);
  const own: Readonly<Record<string, readonly string[] | undefined>> = {
    tcsh: isTcsh ? [VERSION] : undefined,
    version: isTcsh ? [`tcsh ${VERSION}`] : undefined,
    prompt: start.interactive || start.login ? ['% '] : undefined,
    loginsh: start.login ? [''] : undefined,
    shell: [start.shell],
    uid: [userId(world)],
  };
  for (const [name, words] of Object.entries(own)) {
    if (words !== undefined) {
      csh.variables.set(name, words);
    }
  }
  const isThere = (path: string) => host.fs.stat(path).ok;
  const rc = [...(isTcsh ? [`${home}/.tcshrc`] : []), `${home}/.cshrc`].find(isThere);
  const files = [
    '/etc/csh.cshrc',
    ...(start.login ? ['/etc/csh.login'] : []),
    ...(rc === undefined ? [] : [rc]),
    ...(start.login ? [`${home}/.login`] : []),
  ];
  if (host.os === 'darwin' && start.login && !isThere('/etc/csh.login')) {
    // Every Mac has that file; a recording may have left it out.
    scope.file = '/usr/libexec/path_helper';
    setValue(scope, 'PATH', pathHelper(host, getText(scope, 'PATH') ?? ''), true);
  }
  try {
    for (const file of files.filter(isThere)) {
      runCshFile(csh, file);
    }
  } catch (error) {
    if (!(error instanceof CshError)) {
      throw error;
    }
    doubt(world, error.place, `the shell stops reading its files here: ${error.message}`);
  }
  return exportedTexts(scope);
}

const VERSION = '6.24.10';

function leadsToTcsh({ host: { fs } }: World, shell: string): boolean {
  const real = fs.realPath(shell);
  return real.ok && isNamedTcsh(real.value);
}

function isNamedTcsh(shell: string): boolean {
  return /(?:^|\/)tcsh$/.test(shell);
}
