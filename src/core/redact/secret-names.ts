const WORDS =
  'pass|passwd|password|passphrase|pwd|pw|secret|secrets|token|tokens|apikey|key|keys|credential|credentials|auth|cookie|cookies|dsn|pat|jwt|salt|pepper|bearer|webhook|sig|signature';

const NAME = new RegExp(`(?:^|[_.\\-\\s]|\\d)(?:${WORDS})(?:$|[_.\\-\\s\\d])`, 'i');
const CAMEL =
  /(?:[a-z0-9](?:Key|Token|Secret|Password|Passphrase|Credentials?)(?![A-Za-z])|^(?:api|auth|access|client|private)(?:key|token|secret)$)/;
const FUSED =
  /(?:PASSWORD|PASSWD|PASSPHRASE|APIKEY|AUTHTOKEN|ACCESSKEY|SECRETKEY|SESSID|SESSIONID|(?:^|[_.-])(?:PG|DB|SMTP|MYSQL|FTP|LDAP|ROOT)PASS(?:$|[_.-]))/i;

/** Names that sound secret, and are not. */
const HARMLESS =
  /public[_-]?keys?|pubkey|^(?:SSH_AUTH_SOCK|GPG_AGENT_INFO|NIX_SSL_CERT_FILE|KEYTIMEOUT|.*_(?:KEY|TOKEN|SECRET|PASSWORD)_?(?:FILE|PATH|DIR|URL|URI|TYPE|ID_TYPE|ALGORITHM))$/i;

const PASSWORD = /(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret)$|[a-z](?:Password|Passphrase|Secret)$/i;

/** What every such name has in it; `path` has none of it. */
const SIGN = /pass|pwd?|secret|token|key|cred|auth|cookie|dsn|pat(?!h)|jwt|salt|pepper|bearer|webhook|sig|sess/i;

/** Whether a text may have a secret's name in it: most have none, and need not be matched with the patterns of names. */
export function mayNameSecret(text: string): boolean {
  return SIGN.test(text);
}

/** Whether nothing but a secret can be meant, so that a value needs no other sign. */
export function isPasswordName(name: string): boolean {
  return PASSWORD.test(name);
}

/** Whether a variable or option of that name is likely to hold a secret. */
export function isSecretName(name: string): boolean {
  return mayNameSecret(name) && !HARMLESS.test(name) && (NAME.test(name) || CAMEL.test(name) || FUSED.test(name));
}

/** Values that even a variable with a secret's name does not hide: switches, numbers, plain paths, placeholders, a bracket. */
export function isHarmlessValue(value: string): boolean {
  return (
    /^\s*$/.test(value) ||
    /^(?:true|false|yes|no|on|off|null|none|disabled|enabled|required|optional|missing|invalid|expected|unset|empty|unknown|-?\d{1,5})$/i.test(
      value,
    ) ||
    /^(?:~|\.{0,2})\/[\w./~+@ -]*$/.test(value) ||
    /^[A-Za-z]:\\[\w.\\ -]*$/.test(value) ||
    // A version, of a package that is called so: `"js-tokens": "^4.0.0"`
    /^[\^~<>=v ]{0,3}\d+(?:\.\d+){1,3}(?:[-+][\w.]{1,20})?$/.test(value) ||
    /^(?:<[\w -]+>|\$\{?[\w.]+\}?|\*+|[[{(])$/.test(value)
  );
}

/** Whether what follows a name is rather code: a comparison, a call, a part of something else. */
export function looksLikeCode(value: string): boolean {
  return /^(?:=|[\w$.]*[\w$][([]|\{[\w$.()[\]]*\}$|[a-z]\w*:$|[a-z]\w*(?:\.[A-Za-z_]\w*)+$)/.test(value);
}
