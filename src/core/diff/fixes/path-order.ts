import type { Fix } from '../../model/diff';
import type { OperatingSystem } from '../../model/snapshot';
import type { Machine } from './machine';
import type { Need } from './need';
import { commandFor } from './quote';

/** Version managers choose among what they have: by a command, not by the order of PATH. */
const choosers: Readonly<Record<string, (version: string) => readonly string[]>> = {
  nvm: (version) => ['nvm', 'alias', 'default', version],
  fnm: (version) => ['fnm', 'default', version],
  pyenv: (version) => ['pyenv', 'global', version],
  rbenv: (version) => ['rbenv', 'global', version],
  goenv: (version) => ['goenv', 'global', version],
  nodenv: (version) => ['nodenv', 'global', version],
  phpenv: (version) => ['phpenv', 'global', version],
  plenv: (version) => ['plenv', 'global', version],
  rvm: (version) => ['rvm', '--default', 'use', version],
  n: (version) => ['n', version],
  rustup: (version) => ['rustup', 'default', version],
  tfenv: (version) => ['tfenv', 'use', version],
};

/** For a hidden copy: make it the one that a shell starts, or take away what hides it. */
export function pathOrderFixes(need: Need, machine: Machine): readonly Fix[] {
  const { hidden, winner, tool } = need;
  if (hidden === undefined || tool === undefined) {
    return [];
  }
  const line = commandFor(machine.os);
  const fixes: (Fix | undefined)[] = [];
  const choose = Object.hasOwn(choosers, hidden.manager) ? choosers[hidden.manager] : undefined;
  if (choose !== undefined && hidden.version !== undefined && /^\d[\w.+-]*$/.test(hidden.version)) {
    fixes.push({
      manager: hidden.manager,
      command: choose(hidden.version).join(' '),
      title: `Choose ${tool.title} ${hidden.version} in ${hidden.manager}`,
      risk: 'Becomes the default of your user: projects that name no version get it, too.',
    });
  }
  const folder = parentOf(hidden.path, machine.os);
  if (folder !== undefined && folder !== (winner === undefined ? undefined : parentOf(winner.path, machine.os))) {
    const command =
      machine.os === 'windows' ? line`$env:Path = ${`${folder};`} + $env:Path` : line`export PATH=${folder}:"$PATH"`;
    fixes.push(
      command === undefined
        ? undefined
        : {
            manager: 'path',
            command,
            title: `Put ${folder} first on PATH`,
            risk: `Every program in ${folder} then goes first, not only this one; put the line into your shell's start-up file to keep it.`,
          },
    );
  }
  fixes.push(...removalFixes(need, machine, 'Remove the copy that hides it'));
  return fixes.filter((fix) => fix !== undefined);
}

/** Taking away the copy that wins, where its package is known. */
export function removalFixes(
  { winner, tool }: Pick<Need, 'winner' | 'tool'>,
  machine: Machine,
  title = 'Remove it',
): readonly Fix[] {
  if (winner?.package === undefined || tool === undefined) {
    return [];
  }
  const verbs: Readonly<Record<string, string>> = {
    dpkg: `${machine.sudo}apt-get remove`,
    apt: `${machine.sudo}apt-get remove`,
    rpm: `${machine.sudo}dnf remove`,
    apk: `${machine.sudo}apk del`,
    pacman: `${machine.sudo}pacman -R`,
    homebrew: 'brew uninstall',
    scoop: 'scoop uninstall',
    chocolatey: 'choco uninstall',
    npm: 'npm uninstall --global',
    pipx: 'pipx uninstall',
    cargo: 'cargo uninstall',
  };
  const verb = Object.hasOwn(verbs, winner.manager) ? verbs[winner.manager] : undefined;
  const name = commandFor(machine.os)`${winner.package}`;
  return verb === undefined || name === undefined || name.startsWith('-')
    ? []
    : [
        {
          manager: winner.manager,
          command: `${verb} ${name}`,
          title: `${title}, ${winner.path}`,
          risk: `Other programs may need ${winner.package}; read what would go with it before you agree.`,
        },
      ];
}

function parentOf(path: string, os: OperatingSystem): string | undefined {
  const end = os === 'windows' ? Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) : path.lastIndexOf('/');
  return end <= 0 ? undefined : path.slice(0, end);
}
