import { isHostOfNobody, isNobody, isServiceAccount } from './identity';
import type { RedactionKind } from './kinds';
import { hasOne } from './signs';

/** Takes something out and gives what stands in its place. */
export type Take = (kind: RedactionKind, original: string) => string;

/** Also with letters of any script, and as URLs write it. */
const EMAIL =
  /(?<![\p{L}\p{N}_.+-](?<!%[2-5][0-9A-F]))([\p{L}\p{N}_.+-]{1,64})(?:@|%40)((?:[\p{L}\p{N}-]{1,63}\.)+(\p{L}{2,24}))(?![\p{L}\p{N}_-])/giu;
/** Ends of names that have an `@` too: units of systemd, files of packages. */
const NO_DOMAIN =
  /^(?:service|socket|timer|target|mount|path|slice|device|tgz|tar|gz|xz|zip|whl|deb|rpm|apk|nix|json|ya?ml|toml|lock|js|mjs|cjs|ts|py|rb|sh|md|txt|so|dylib|dll|exe|plist|png|jpe?g|gif|svg|ttf)$/i;
/** A file that is named for an address: `ada@example.com.tar.gz`. */
const FILE_OF_DOMAIN = /\.(?:com|org|net|edu|gov|io|dev|info|de|uk|fr|eu|ch|nl|jp|cn|us|ca|au|br)\.[a-z]/i;

const MAC =
  /(?<![0-9A-Fa-f:]|\b[0-9A-Fa-f]{2}-)(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])|(?<![\w.])(?=[\d.]*[a-f])(?=[a-f.]*\d)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])/g;
/** One of them is before every address that stands without colons. */
const MAC_SIGNS = ['mac', 'hwaddr', 'ether'];
const PLAIN_MAC = /(\b(?:mac|hwaddr|ether)(?:[ _-]?addr(?:ess)?)?["']?\s{0,4}[:=]\s{0,4}["']?)([0-9a-f]{12})\b/gi;
const IPV4 =
  /(?<![\w.-])(?<!version["']?[ :=]{1,3}["']?|[<>]=? ?)(?!0\.(?!0\.0\.0))(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w+~-]|\.\d)/gi;
/** Of networks that no version begins with (RFC 1918, RFC 3927, RFC 6598); some do with `10.`, which is left out. */
export const PRIVATE_NETWORK =
  /^(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const IPV6 = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\w+)?(?![\w:])/g;
/** What every one of them has. */
const FOUR_NUMBERS = /\d\.\d+\.\d+\.\d/;
/** How clouds name their machines. */
const IP_NAME_SIGNS = ['ip-', 'ec2-'];
const IP_NAME = /\b(?:ip|ec2)-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?![\w-])(?:\.[\w-]+)*/g;

/** Names that only a network of its own resolves, by their last label. */
const INNER_NAME =
  /(?<![\w.\\-]|[^/]\/)(?:(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}(?:corp|internal|intranet|lan|localdomain|home\.arpa|cluster\.local|fritz\.box|ts\.net)|[a-z0-9]+(?:-[a-z0-9]+)+\.local)(?![\w.-])/gi;
/** The same by the label that companies put inside of theirs. */
const COMPANY_NAME =
  /(?<![\w.\\-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:corp|internal|intern|intra|intranet|lan|priv)\.(?:[a-z0-9-]{1,63}\.){1,3}(?:com|net|org|io|dev|cloud|app|co|edu|gov|mil|biz|info|example|de|uk|fr|eu|ch|nl|jp|cn|us|ca|au|br|es|se|no|fi|dk|at|be|cz|nz|za|kr)(?![\w.-])/gi;
/** The same as a folder, as Go and ghq name theirs by where they came from; `org.example.internal` is a package of Java. */
const FOLDER_NAME =
  /(?<=[^/]\/)(?:(?!(?:org|com|net|io|edu|javax?|jdk|sun|lib)\.)(?:[a-z0-9][a-z0-9-]{0,62}\.){2,6}(?:corp|internal|intranet|lan|localdomain)|(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}(?:home\.arpa|cluster\.local|fritz\.box|ts\.net))(?![\w.-])/gi;
/** What every name of these kinds has, looked for at once. */
const ANY_INNER_NAME = /\.(?:corp|intern|intra|lan|priv|local|home\.arpa|fritz\.box|ts\.net)/i;
/** Names that are the same for everybody. */
const NO_INNER_NAME = /(?:host|gateway)\.docker\.internal$|^localhost\./i;
/** Two words with a dot between them are code as often as a machine. */
const TWO_WORDS = /^[a-z]+\.[a-z]+$/i;

/** Machines that share files or screens, and machines of the same network with a number to their name. */
const NEIGHBOR =
  /(\b(?:(?:smb|cifs|nfs|afp|rdp|vnc|ldaps?):\/\/(?:<credentials>@)?|(?:https?|ssh|sftp|git):\/\/(?:<credentials>@)?(?=[a-z-]*\d)))([a-z][\w-]{1,62})(?=[:/\s"']|$)/gi;

/** Apple's devices since 2018: the kind of chip, and its number. */
const DEVICE = /(?<!\w)0000[0-9A-F]{4}-[0-9A-F]{16}(?![\w-])/g;

/** Accounts of Amazon's cloud by their numbers: in names of resources, and of registries of images. */
const CLOUD_ACCOUNT = /(?<=\barn:aws[\w-]{0,8}:[\w-]{1,30}:[\w-]{0,30}:)\d{12}(?=:)|(?<!\w)\d{12}(?=\.dkr\.ecr\.)/g;

/** Security identifiers of accounts on Windows. */
const SID = /\bS-1-5-21-\d+-\d+-\d+(?:-\d+)?\b/g;
const SERIAL_SIGNS = ['serial', 'imei', 'product id', 'asset tag'];
const SERIAL =
  /(\b(?:serial(?:[ _-]?(?:number|no\.?|num))?|IMEI|product id|asset tag)(?: \(\w+\))?["']?\s{0,4}[:=#]\s{0,8}["']?)((?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{6,30})(?![\w.])/gi;

/** The server of `\\server\share`, also with its backslashes doubled; not the names that Windows reserves. */
const SHARE =
  /((?<=^|[\s"'=;,(|])(?:\\{2}|\\{4}))((?!wsl[$.]|u[0-9a-f]{4}|x[0-9a-f]{2}|\d+\\)[\w][\w.-]{1,63})(?=\\{1,2}[\w$.-])/gi;

/** Folders of somebody: on disks that were plugged in, in mounted or backed up systems, mail and timetables. */
const FOLDERS: readonly (readonly [RegExp, RedactionKind])[] = [
  [
    /((?:^|[\s"'=:;,(])\/media\/)(?!(?:cdrom|floppy|usb|dvd|sd|disk|data)\w*\/)([a-z_][\w.-]{1,31})(?=\/[^/\s])/g,
    'user name',
  ],
  [
    /(\/(?:mnt|media|srv|backups?|rootfs|sysroot|snapshots?|host|hostfs|chroot|merged|root|machines)(?:\/[^/\s]{1,60}){0,4}?\/home\/)([^\\/\s"'`:;,<>|$%{}*]+)(?=\/|$)/g,
    'user name',
  ],
  [/(\/var\/(?:spool\/)?mail\/)([a-z_][\w.-]{1,31})/g, 'user name'],
  [/(\/crontabs\/)([a-z_][\w.-]{1,31})/g, 'user name'],
  [/(\/tmp\/(?:hsperfdata_|nix-shell-|tmux-))([a-z_][\w.-]{1,31})/g, 'user name'],
  // What macOS calls a user's own temporary folder, made from the account's identifier
  [/(\/var\/folders\/[\w+]{2}\/)([\w+]{20,40})(?=\/|$)/g, 'identifier'],
  [/(\/Volumes\/)([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+\.local)(?=\/|$)/g, 'host name'],
  // Where the automounter shows machines, and shares of Windows with its slashes turned
  [/((?:^|[\s"'=:;,(])\/net\/)([A-Za-z][\w.-]{1,62})(?=\/)/g, 'host name'],
  [/((?:^|[\s"'=;,(|])\/\/)([A-Z][A-Z0-9-]{2,14})(?=\/[\w$])/g, 'host name'],
];
/** What one of them has, looked for at once. */
const ANY_FOLDER = /\/(?:media|home|net|mail|crontabs|folders|Volumes)\/|\/tmp\/[hnt]|\/\/[A-Z]/;

/** Somebody on some machine, where only that can be meant: what stands before, the user, the machine. */
const ACCOUNTS: readonly RegExp[] = [
  /(\b(?:ssh|scp|sftp|mosh|rsync|ssh-copy-id|autossh)\b[^\r\n;|&@]{0,200}?\s["']?)([\w.-]{1,64})@([\w.-]{1,255})/g,
  // A prompt, and what scp writes
  /((?:^|[\s[("']))([\w.-]{1,64})@([\w-]{1,63})(?=:[~/]|[ :][~/\w.-]{0,200}\]?[$#%>](?:\s|$))/gm,
  // The comment of a public key
  /(\b(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-\S{1,40}|sk-\S{1,60})\s+\S{1,2000}\s+)([\w.-]{1,64})@([\w.-]{1,255})/g,
];

/** `DOMAIN\\user` as Windows writes accounts: a name of a domain in capitals, and no program or escape behind it. */
const DOMAIN_ACCOUNT =
  /((?<=^|[\s"'=:,;([])(?:AzureAD|(?!HK(?:LM|CU|CR|U|CC)\b)[A-Z][A-Z0-9-]{1,14})\\{1,2})((?![abefnrtuvx0-9][^.\\]{0,64}(?=$|[\s"',;:)\]]))(?!\S{0,255}\.(?:exe|dll|cmd|bat|com|ps1|msi)\b)[A-Za-z][\w.-]{1,63})(?=$|[\s"',;:)\]])/g;
/** A home folder as shells shorten it. */
const TILDE = /((?:^|(?<!sourcehut)[\s"'=:,;(])~)([a-z_][\w.-]{1,31})(?=\/)/g;

/** Variables and settings that name a machine or somebody, with the signs of which a text has one. */
const NAMED: readonly (readonly [signs: readonly string[], RegExp, RedactionKind])[] = [
  [
    ['HOSTNAME', 'COMPUTERNAME', 'USERD', 'LOGONSERVER'],
    /(\b(?:HOSTNAME|COMPUTERNAME|USERDOMAIN|USERDNSDOMAIN|LOGONSERVER)\s{0,4}=\s{0,4}["']?)([A-Za-z][\w.\\-]{1,63})/g,
    'host name',
  ],
  [['USER', 'LOGNAME'], /(\b(?:LOGNAME|USERNAME|SUDO_USER|PGUSER|USER)=["']?)([A-Za-z][\w.-]{1,63})/g, 'user name'],
  [
    ['user.name', 'GIT_'],
    // A blank links a name to its value, and a sentence's words, too
    /(\b(?:user\.name|GIT_(?:AUTHOR|COMMITTER)_NAME)(?:\s{0,4}=\s{0,4}|\s{1,4}(?!(?:is|are|was|has|must|should|may|can|and|or|not|in|for|to|of|from|if|with)\s)))("[^"]+"|'[^']+'|[^\s"'$<]+)/g,
    'user name',
  ],
  // Options of those who log in, and npm's setting; `sudo -u`
  [
    ['username', '--user='],
    /(--user=|["']username["']\s{0,4}:\s{0,4}["']|(?:--username|:username)(?:\s{0,4}=\s{0,4}|\s{1,4}(?!(?:is|was|must|and|or|not|in|for|to|from|if|with)\s))["']?)([A-Za-z][\w.-]{1,63})/g,
    'user name',
  ],
  // Options of clients: `psql -U ada`, `mysql -uada`, `ssh -l ada`, `curl -u ada`, `su - ada`
  [
    [' -u', ' -U'],
    /(\b(?:psql|pg_\w+|(?:create|drop)db|mysql\w*|mariadb[\w-]*|mongosh?|mongo(?:dump|restore)|cqlsh|sqlcmd|clickhouse-client|lftp)\b[^\r\n;|&]{0,200}?\s-[uU]\s{0,4}["']?)([A-Za-z][\w.-]{1,63})(?![\w.-]*[/@=])/g,
    'user name',
  ],
  [[' -l'], /(\bssh\b[^\r\n;|&]{0,200}?\s-l\s{0,4})([A-Za-z][\w.-]{1,63})/g, 'user name'],
  [
    [' -u', ' -U', 'user'],
    /(\bcurl\b[^\r\n;|&]{0,400}?\s(?:-u|-U|--user|--proxy-user)[\s=]{1,4}["']?)([A-Za-z][\w.-]{1,63})(?=["']?(?:\s|$|:<))/g,
    'user name',
  ],
  [
    [' --user '],
    /(\b(?:wget|mysql\w*|mariadb(?:-\w+)?|ansible(?:-\w+)?|docker|podman|nerdctl|kubectl|oc|az|bcp|cqlsh|clickhouse-client|svn|rsync|smbclient)\b[^\r\n;|&]{0,400}?\s--user\s{1,4}["']?)([A-Za-z][\w.-]{1,63})(?=["']?(?:\s|$|:))/g,
    'user name',
  ],
  // Whom a name of a resource of Amazon's cloud tells of
  [
    ['arn:'],
    /(\barn:aws[^\s"']{1,100}:(?:(?:federated-)?user|assumed-role\/[\w+=,.@-]{1,64})\/)([\w+=,.@-]{2,64})/g,
    'user name',
  ],
  [['su -'], /(\bsu\s{1,4}(?:-l?|--login)\s{1,4})([a-z_][\w.-]{1,31})/g, 'user name'],
  [
    ['sudo', 'runuser'],
    /(\b(?:sudo|runuser)\s(?:-[A-Za-tv-z]+\s){0,4}(?:-u|--user)[\s=])([A-Za-z][\w.-]{1,63})/g,
    'user name',
  ],
];

/** Somebody's name before an address: `Ada Lovelace <ada@example.com>`. */
const NAME_OF_ADDRESS =
  /(?<![\p{L}\p{N}_])\p{Lu}[\p{L}'.-]{0,40}(?: \p{Lu}[\p{L}'.-]{0,40}){1,3}(?= <[^<>@\s]{1,64}@[^<>@\s]{1,255}>)/gu;

/** Replaces who is named, before what looks random goes: a key's comment is known by the key. */
export function replaceAccounts(text: string, take: Take): string {
  let result = text.includes('@') ? text.replace(NAME_OF_ADDRESS, (found) => take('user name', found)) : text;
  for (const pattern of result.includes('@') ? ACCOUNTS : []) {
    result = result.replace(pattern, (found, before: string, user: string, host: string) =>
      isServiceAccount(user) || /^\d/.test(host)
        ? found
        : `${before}${isNobody(user) ? user : take('user name', user)}@${isHostOfNobody(host) || isPublic(host) ? host : take('host name', host)}`,
    );
  }
  if (result.includes('\\')) {
    result = result.replace(DOMAIN_ACCOUNT, (found, before: string, user: string) =>
      isNobody(user) ? found : `${take('host name', before.replace(/\\+$/, ''))}\\${take('user name', user)}`,
    );
  }
  if (result.includes('~') && result.includes('/')) {
    result = result.replace(TILDE, (found, before: string, user: string) =>
      isNobody(user) ? found : `${before}${take('user name', user)}`,
    );
  }
  for (const [signs, pattern, kind] of NAMED) {
    if (!hasOne(result, signs)) {
      continue;
    }
    const isTelling = (name: string) =>
      !(kind === 'user name' ? isNobody(name) : isHostOfNobody(name)) && !/^(?:\$|<\w+>$)/.test(name);
    result = result.replace(pattern, (found, before: string, value: string) => {
      const mark = /^["']/.test(value) ? value.slice(0, 1) : '';
      const name = mark === '' ? value : value.slice(1, -1);
      return isTelling(name) ? `${before}${mark}${take(kind, name)}${mark}` : found;
    });
  }
  return replaceEmails(result, (found) => take('e-mail address', found));
}

/** Replaces e-mail addresses. */
export function replaceEmails(text: string, replacement: (found: string) => string): string {
  if (!text.includes('@') && !text.includes('%40')) {
    return text;
  }
  return text.replace(EMAIL, (found, account: string, domain: string, end: string) => {
    const isFile = NO_DOMAIN.test(end) && !FILE_OF_DOMAIN.test(domain);
    return isServiceAccount(account) || isFile ? found : replacement(found);
  });
}

/** Machines that everybody may know. */
function isPublic(host: string): boolean {
  return /(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht)$/i.test(host);
}

/**
 * Replaces addresses of machines, their names in networks of their own, and what is written on them.
 *
 * @param isVersion what looks like an address and is a version
 */
export function replaceAddresses(text: string, isVersion: (text: string) => boolean, take: Take): string {
  let result = text;
  if (ANY_INNER_NAME.test(result)) {
    const inner = (found: string, at: number, whole: string) =>
      NO_INNER_NAME.test(found) ||
      (TWO_WORDS.test(found) && !/[/@]$/.test(whole.slice(0, at)) && !/^:\d/.test(whole.slice(at + found.length)))
        ? found
        : take('host name', found);
    result = result.replace(INNER_NAME, inner).replace(COMPANY_NAME, inner).replace(FOLDER_NAME, inner);
  }
  if (result.includes('://')) {
    result = result.replace(NEIGHBOR, (found, before: string, name: string) =>
      isHostOfNobody(name) ? found : `${before}${take('host name', name)}`,
    );
  }
  if (result.includes('S-1-5-21-')) {
    result = result.replace(SID, (found) => take('identifier', found));
  }
  if (result.includes('arn:') || result.includes('.dkr.')) {
    result = result.replace(CLOUD_ACCOUNT, (found) => take('identifier', found));
  }
  if (result.includes('0000')) {
    result = result.replace(DEVICE, (found) => take('identifier', found));
  }
  const lower = /[:=#]/.test(result) ? result.toLowerCase() : '';
  if (hasOne(lower, SERIAL_SIGNS)) {
    result = result.replace(SERIAL, (_, before: string, value: string) => `${before}${take('identifier', value)}`);
  }
  result = result.replace(MAC, (found) => take('MAC address', found));
  if (hasOne(lower, MAC_SIGNS)) {
    result = result.replace(PLAIN_MAC, (_, before: string, found: string) => `${before}${take('MAC address', found)}`);
  }
  if (result.includes('\\\\')) {
    result = result.replace(SHARE, (_, before: string, host: string) => `${before}${take('host name', host)}`);
  }
  for (const [pattern, kind] of ANY_FOLDER.test(result) ? FOLDERS : []) {
    const isAnybody = kind === 'user name' ? isNobody : isHostOfNobody;
    result = result.replace(pattern, (found, before: string, name: string) =>
      isAnybody(name) ? found : `${before}${take(kind, name)}`,
    );
  }
  if (hasOne(result, IP_NAME_SIGNS)) {
    result = result.replace(IP_NAME, (found) => take('host name', found));
  }
  if (result.includes(':')) {
    result = result.replace(IPV6, (found) => (isIpv6(found) ? take('IP address', found) : found));
  }
  if (FOUR_NUMBERS.test(result)) {
    result = result.replace(IPV4, (found) =>
      (isVersion(found) && !PRIVATE_NETWORK.test(found)) || /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.)/.test(found)
        ? found
        : take('IP address', found),
    );
  }
  return result;
}

function isIpv6(text: string): boolean {
  const [address = ''] = text.split('%');
  const groups = address.split(':');
  const isShort =
    address.includes('::') && address.indexOf('::') === address.lastIndexOf('::') && !address.includes(':::');
  return (
    /\d/.test(address) &&
    address.replace(/:/g, '').length >= 3 &&
    (isShort ? groups.length <= 8 : groups.length === 8 && !groups.includes(''))
  );
}
