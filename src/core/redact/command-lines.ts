import { hasOne } from './signs';

/**
 * Passwords that no name stands before, by the programs that take them so. Each pattern has two groups: what stays, and
 * the secret, which is one word or stands in quotes. It needs one of the signs before it, in letters of either case.
 */
const PATTERNS: readonly (readonly [signs: readonly string[], RegExp])[] = [
  // .netrc
  [['password'], /(\b(?:login|account)\s+\S{1,200}\s+password\s+)("[^"\r\n]+"|\S+)/g],
  // curl and its like; a pair of numbers is a user and a group
  [
    ['-u', '--auth'],
    /((?:^|\s)(?:-u|--user|--proxy-user|-U|--auth)[\s=]+["']?(?!\d+:\d+(?!\S))[\w.@\\-]+:)([^\s"']+)/g,
  ],
  [
    ['bearer', 'basic', 'digest', 'negotiate', 'token'],
    /(\b(?:Bearer|Basic|Digest|Negotiate|Token)\s+)(?=\S*(?:\d|=|[a-z][A-Z]))([A-Za-z0-9+/=._~-]{12,})/g,
  ],
  [['cookie:'], /(\b(?:Set-)?Cookie:\s{0,8})([^\s"'=]{1,64}=[^\r\n"']+)/gi],
  [['curl'], /(\bcurl\b[^\r\n;|&]{0,400}?\s(?:-b|--cookie)[\s=]+)("[^"=]+=[^"]*"|'[^'=]+=[^']*'|[^\s"'=]+=[^\s"']+)/g],
  // A password as the value of -p, or glued to it
  [
    ['sshpass', 'mysql', 'mariadb', '7z', 'rar'],
    /(\b(?:sshpass|mysql\w*|mariadb(?:-\w+)?|7z[azr]?|rar|unrar)\b[^\r\n;|&]{0,200}?\s-p)(?!\s)("[^"]+"|'[^']+'|[^\s"']+)/g,
  ],
  [
    ['sshpass', 'zip'],
    /((?:\bsshpass\b[^\r\n;|&]{0,200}?\s-p|\b(?:un)?zip\b[^\r\n;|&]{0,200}?\s-P)\s+)("[^"]+"|'[^']+'|[^\s"'-][^\s"']*)/g,
  ],
  [[' login'], /(\b\w+ login\b[^\r\n;|&]{0,200}?\s-p[\s=]+)("[^"]+"|'[^']+'|(?!(?:https|ssh)\b)[^\s"'-][^\s"']*)/g],
  [['htpasswd'], /(\bhtpasswd\s+-\w*b\w*(?:\s+-\w+){0,4}\s+\S{1,200}\s+\S{1,200}\s+)("[^"]+"|'[^']+'|[^\s"']+)/g],
  [
    ['mosquitto_', 'twine'],
    /(\b(?:mosquitto_\w+\b[^\r\n;|&]{0,200}?\s-P|twine\b[^\r\n;|&]{0,200}?\s-p)\s+)("[^"]+"|'[^']+'|[^\s"'-][^\s"']*)/g,
  ],
  [
    ['http', 'lftp', 'creds'],
    /((?:\bhttps?\b[^\r\n;|&]{0,200}?\s-a|\blftp\b[^\r\n;|&]{0,200}?\s-u|--(?:src-|dest-)?creds)[\s=]+["']?[\w.@\\-]+[:,])([^\s"']+)/g,
  ],
  [['sqlcmd', 'bcp'], /(\b(?:sqlcmd|bcp)\b[^\r\n;|&]{0,200}?\s-P\s{0,4})("[^"]+"|'[^']+'|[^\s"'-][^\s"']*)/g],
  // Options of programs of X and Java
  [
    ['-passw', 'pass'],
    /((?:^|\s)-(?:passw(?:or)?d|(?:store|key|src|dest)\w{0,8}pass)\s+)("[^"]+"|'[^']+'|[^\s"'-][^\s"']*)/g,
  ],
  // Cookies as curl keeps them: seven fields
  [
    ['\ttrue\t', '\tfalse\t'],
    /(\t(?:TRUE|FALSE)\t[^\t\r\n]{1,200}\t(?:TRUE|FALSE)\t\d{1,12}\t[^\t\r\n]{1,200}\t)([^\s]+)/g,
  ],
  // openssl-passphrase-options(1)
  [['pass:'], /(\s-pass(?:in|out)?\s+["']?pass:)([^\s"']+)/g],
  [['chpasswd'], /(["'\s][\w.-]{1,64}:)([^\s"':|]{3,})(?=["']?\s{0,8}\|\s{0,8}(?:sudo\s+)?chpasswd\b)/g],
  [
    ['echo'],
    /((?:^|[\s"'|;&])echo\s+)("[^"]+"|'[^']+'|[^\s"'|$]+)(?=\s{0,8}\|[^\r\n|]{0,80}(?:\bsudo\s+-S\b|\s--?(?:password-)?stdin\b|\bcryptsetup\b))/g,
  ],
  [['<<<'], /(\bsudo\s+-S\b[^\r\n;|&]{0,80}?<<<\s{0,8})("[^"]+"|'[^']+'|[^\s"']+)/g],
  [['%'], /(\s-U\s+[\w.\\-]{1,64}%)([^\s"']+)/g],
  [['/user:'], /(\/user:[\w.\\-]{1,64}\s+)(?!\/)([^\s"']+)/gi],
  [
    ['redis-', 'valkey-', 'keydb-', 'ldap', 'rclone'],
    /(\b(?:(?:redis|valkey|keydb)-cli\b[^\r\n;|&]{0,200}?\s-a|ldap\w+\b[^\r\n;|&]{0,200}?\s-w|rclone obscure)\s+)("[^"]+"|'[^']+'|[^\s"'-][^\s"']*)/g,
  ],
  // Settings of npm, Maven and PostgreSQL
  [[':_'], /(:_(?:authToken|password|auth)(?:\s{0,8}=\s{0,8}|\s+)["']?)([^\s"'=\\][^\s"'\\]*)/g],
  [['</'], /(<(?:password|passphrase|secret|token|api-?key|private-?key|client-?secret)>)([^<\r\n]+)(?=<\/)/gi],
  [
    [':'],
    /((?<![\w.])(?!(?:[0-9A-Fa-f]{1,4}:){4}[0-9A-Fa-f]{1,4}(?!\w))[\w.*-]{1,255}:\d{4,5}:[\w*-]{1,64}:[\w.*-]{1,64}:)([^\s:"']+)/g,
  ],
  [['identified by', 'password'], /(\b(?:identified by|password)\s+)('[^']+')/gi],
  // Oracle's user/password@host
  [
    ['jdbc:oracle', 'sqlplus'],
    /(\bjdbc:oracle:\w{1,20}:[\w$#]{1,64}\/|\bsqlplus\s+(?:-\w+\s+){0,4}[\w$#]{1,64}\/)([^\s@/"']+)(?=@)/g,
  ],
];

/** A variable, or what was taken out already. */
const PLACEHOLDER = /^(?:\$[\w{(].*|%\w+%|<[\w -]+>|\*+)$/;

/** Replaces the secrets of command lines and headers; quotes around one stay. */
export function replaceInCommandLines(text: string, replacement: (secret: string) => string): string {
  const lower = text.toLowerCase();
  let result = text;
  for (const [signs, pattern] of PATTERNS) {
    if (hasOne(lower, signs)) {
      result = replaceSecond(result, pattern, replacement);
    }
  }
  return result;
}

function replaceSecond(text: string, pattern: RegExp, replacement: (secret: string) => string): string {
  return text.replace(pattern, (found: string, before: string, value: string) => {
    const mark = /^["']/.test(value) ? value.slice(0, 1) : '';
    const secret = mark === '' ? value : value.slice(1, -1);
    return PLACEHOLDER.test(secret) ? found : `${before}${mark}${replacement(secret)}${mark}`;
  });
}
