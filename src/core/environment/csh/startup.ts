import { pathHelper } from '../path-helper';
import { capture } from '../shell/run';
import { createScope, exportedTexts, getText, setValue } from '../shell/scope';
import type { World } from '../shell/world';
import type { ShellStart } from '../startup';
import { runCshFile } from './run';

/**
 * The environment of csh or tcsh after its files: every shell reads those of the terminal, a login shell its own, too.
 * Source: tcsh(1), "Startup and shutdown".
 */
export function runCsh(world: World, start: ShellStart): Map<string, string> {
  const { host } = world;
  const scope = createScope(world, { ...start, dialect: 'sh', capture });
  const home = start.env.get('HOME') ?? host.home;
  // A Mac's csh is tcsh, and so is Debian's where that is installed.
  const isTcsh = isNamedTcsh(start.shell) || host.os === 'darwin' || leadsToTcsh(world, start.shell);
  scope.vars.set('shell', { value: start.shell, exported: false });
  if (isTcsh) {
    scope.vars.set('tcsh', { value: '6.24.00', exported: false });
    scope.vars.set('version', { value: 'tcsh 6.24.00', exported: false });
  }
  if (start.interactive) {
    scope.vars.set('prompt', { value: '> ', exported: false });
  }
  if (start.login) {
    scope.vars.set('loginsh', { value: '', exported: false });
  }
  const own = [...(isTcsh ? [`${home}/.tcshrc`] : []), `${home}/.cshrc`].find((path) => host.fs.stat(path).ok);
  for (const path of [
    '/etc/csh.cshrc',
    ...(start.login ? ['/etc/csh.login'] : []),
    ...(own === undefined ? [] : [own]),
    ...(start.login ? [`${home}/.login`] : []),
  ]) {
    // Every Mac has this one; a recording may have left it out.
    if (path === '/etc/csh.login' && host.os === 'darwin' && !host.fs.stat(path).ok) {
      scope.file = '/usr/libexec/path_helper';
      setValue(scope, 'PATH', pathHelper(host, getText(scope, 'PATH') ?? ''), true);
    }
    runCshFile(scope, path);
    scope.stop = undefined;
  }
  return exportedTexts(scope);
}

function leadsToTcsh({ host: { fs } }: World, shell: string): boolean {
  const real = fs.realPath(shell);
  return real.ok && isNamedTcsh(real.value);
}

function isNamedTcsh(shell: string): boolean {
  return /(?:^|\/)tcsh$/.test(shell);
}
