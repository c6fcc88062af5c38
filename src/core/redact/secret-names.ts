const WORDS =
  'pass|passwd|password|passphrase|secret|secrets|token|tokens|apikey|key|keys|credential|credentials|auth|cookie|cookies|dsn|pat|jwt|salt|pepper|bearer|webhook';

const NAME = new RegExp(`(?:^|[_.\\-\\s]|\\d)(?:${WORDS})(?:$|[_.\\-\\s\\d])`, 'i');
const CAMEL =
  /(?:[a-z0-9](?:Key|Token|Secret|Password|Passphrase|Credentials?)(?![a-z])|^(?:api|auth|access|client|private)(?:key|token|secret)$)/;
const FUSED = /(?:PASSWORD|PASSWD|PASSPHRASE|APIKEY|AUTHTOKEN|ACCESSKEY|SECRETKEY)/i;

/** Names that sound secret, and are not. */
const HARMLESS =
  /^(?:SSH_AUTH_SOCK|GPG_AGENT_INFO|NIX_SSL_CERT_FILE|KEYTIMEOUT|.*_(?:KEY|TOKEN|SECRET|PASSWORD)_?(?:FILE|PATH|DIR|URL|URI|TYPE|ID_TYPE|ALGORITHM))$/i;

/** Whether a variable or option of that name is likely to hold a secret. */
export function isSecretName(name: string): boolean {
  return !HARMLESS.test(name) && (NAME.test(name) || CAMEL.test(name) || FUSED.test(name));
}

/** Values that even a variable with a secret's name does not hide: switches, numbers, plain paths, placeholders. */
export function isHarmlessValue(value: string): boolean {
  return (
    /^\s*$/.test(value) ||
    /^(?:true|false|yes|no|on|off|null|none|disabled|enabled|-?\d{1,5})$/i.test(value) ||
    /^(?:~|\.{0,2})\/[\w./~+@ -]*$/.test(value) ||
    /^[A-Za-z]:\\[\w.\\ -]*$/.test(value) ||
    /^(?:<[\w -]+>|\$\{?\w+\}?|\*+)$/.test(value)
  );
}
