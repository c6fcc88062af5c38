import type { Snapshot } from '../model/snapshot';

/** Who and where, as far as documents tell: what has to go from texts that were written elsewhere, too. */
export interface Identity {
  /** Home folders, the longest first. */
  readonly homes: readonly string[];
  /** User names that can be looked for in any text. */
  readonly users: readonly string[];
  /** Host names that can be looked for in any text. */
  readonly hosts: readonly string[];
}

/** What whoever redacts knows of the user. */
export interface KnownIdentity {
  readonly home?: string | undefined;
  readonly user?: string | undefined;
  readonly host?: string | undefined;
}

/** What the variables of a process tell of its user. */
export function identityOfEnvironment(env: Readonly<Record<string, string | undefined>>): KnownIdentity {
  return {
    home: env['HOME'] ?? env['USERPROFILE'],
    user: env['USER'] ?? env['USERNAME'],
    host: env['HOSTNAME'] ?? env['COMPUTERNAME'],
  };
}

/** Accounts that say nothing about a person, or whose names are words that reports need. */
const NOBODY = new Set(
  'root admin administrator user users guest public shared default home linuxbrew nobody nix nixos build builder runner vscode gitpod codespace vagrant ubuntu debian fedora centos alpine arch pi ec2-user dev developer test tester ci docker node python ruby postgres mysql redis git jenkins nginx www-data local app me all'.split(
    ' ',
  ),
);

const HOSTS_OF_NOBODY = new Set(
  'localhost localhost.localdomain local nixos ubuntu debian fedora alpine raspberrypi docker server desktop laptop macbook workstation computer home dev prod test build runner node host container machine'.split(
    ' ',
  ),
);

/** Whether an account of that name says nothing about a person. */
export function isNobody(name: string): boolean {
  return name.length < 2 || NOBODY.has(name.toLowerCase());
}

/** Whether an account is one that a service has for everybody: `git@github.com`. */
export function isServiceAccount(name: string): boolean {
  return /^(?:git|gitea|forgejo|aur|hg|svn|anonymous|anon|ftp)$/.test(name);
}

/** Whether a machine of that name could be anybody's. */
export function isHostOfNobody(name: string): boolean {
  return HOSTS_OF_NOBODY.has(name.toLowerCase());
}

/** Home folders of the three systems, as mounts, WSL, MSYS and servers show them, too. */
const HOME_FOLDER =
  /(?:^|[\s"'`=:;,(]|\/\/)((?:(?:\/(?:var|usr|export|nfs|net|data))?\/homes?|(?:\/(?:System\/)?Volumes\/[\w .-]{1,40})?\/Users|(?:\/mnt|\/cygdrive)?\/[a-z]\/[Uu]sers|(?:[A-Za-z]:)?\\+[Uu]sers|\/?[A-Za-z](?::|%3A)\/+[Uu]sers|(?:[A-Za-z]:)\\+Documents and Settings|\/afs\/[\w.-]+\/u(?:sers?)?(?:\/[a-z])?)[\\/]+([^\\/\s"'`:;,<>|$%{}*]+(?: \p{Lu}[^\\/\s"'`:;,<>|$%{}*]*(?=[ \\/])){0,3}))/gu;

/** What {@link HOME_FOLDER} always has, looked for at once: most texts have no home folder in them. */
const MAY_BE_HOME = /\/home|sers[\\/]|Documents and Settings|\/afs\//;

/** Folders that are named for an account and are not its home: profiles and roots of Nix, disks that it plugged in. */
const ACCOUNT_FOLDER =
  /\/(?:nix\/var\/nix\/(?:profiles|gcroots)\/per-user|etc\/profiles\/per-user|run\/media)\/([^\\/\s"'`:;,<>|$%{}*]+)/g;
const MAY_BE_ACCOUNT = /\/(?:per-user|run\/media)\//;

/** Home folders on a server of Windows' files. */
const HOME_SHARE = /\\(?:home|users|profiles)\$?\\{1,2}([^\\/\s"'`:;,<>|$%]+)/gi;

/**
 * Learns names from a snapshot (its host and variables) and from every text of a document that has a home folder in it.
 *
 * @param texts every string of the document
 * @param words what must survive: ids and names of tools
 */
export function learnIdentity(
  snapshot: Snapshot | undefined,
  known: KnownIdentity,
  texts: Iterable<string>,
  words: ReadonlySet<string>,
): Identity {
  const homes = new Set<string>();
  const users = new Set<string>();
  const hosts = new Set<string>();
  const told = [
    { name: 'HOME', value: known.home },
    { name: 'USER', value: known.user },
    { name: 'HOSTNAME', value: known.host },
  ];
  for (const { name, value } of [...told, ...(snapshot?.environment ?? [])]) {
    if (value === undefined || value === '') {
      continue;
    }
    if (/^(?:HOME|USERPROFILE)$/i.test(name) && isPrivateHome(value)) {
      homes.add(value.replace(/[\\/]+$/, ''));
    }
    if (/^(?:USER|LOGNAME|USERNAME|SUDO_USER)$/i.test(name)) {
      users.add(value);
    }
    if (/^(?:HOSTNAME|HOST|COMPUTERNAME|USERDOMAIN)$/i.test(name)) {
      hosts.add(value);
    }
  }
  if (snapshot?.host.name !== undefined) {
    hosts.add(snapshot.host.name);
  }
  for (const text of texts) {
    for (const [, folder, user] of MAY_BE_HOME.test(text) ? text.matchAll(HOME_FOLDER) : []) {
      if (folder !== undefined && user !== undefined && !/^(?:Shared|Public|Default|linuxbrew)$/.test(user)) {
        homes.add(folder);
        users.add(user);
      }
    }
    for (const [, user] of MAY_BE_ACCOUNT.test(text) ? text.matchAll(ACCOUNT_FOLDER) : []) {
      users.add(user!);
    }
    for (const [, user] of text.includes('\\\\') ? text.matchAll(HOME_SHARE) : []) {
      users.add(user!);
    }
  }
  for (const home of homes) {
    users.add(home.split(/[\\/]/).pop() ?? '');
  }
  for (const host of [...hosts]) {
    hosts.add(host.split('.')[0] ?? host);
  }
  const telling = (nobody: ReadonlySet<string>) => (name: string) =>
    name.length >= 3 && !nobody.has(name.toLowerCase()) && !words.has(name.toLowerCase());
  return {
    homes: longestFirst([...homes]),
    users: longestFirst([...users].filter(telling(NOBODY))),
    hosts: longestFirst([...hosts].filter(telling(HOSTS_OF_NOBODY))),
  };
}

/** `/root` and `/` are on every machine and name nobody. */
function isPrivateHome(path: string): boolean {
  return !/^(?:\/|\/root|\/nonexistent|\/var\/empty|[A-Za-z]:\\?)\/?$/.test(path);
}

function longestFirst(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
