import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../../src/core/redact';
import { SHORTEST_TOKEN, tokenShapes } from '../../../src/core/redact/tokens';

/** What stays of a text in a document of any shape. */
function shown(text: string): string {
  return redact({ note: text }).document.note;
}

const HEX = '0123456789abcdef';
const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const MIXED = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${LOWER}`;
const URL64 = `${MIXED}-_`;
const BASE64 = `${MIXED}+/`;

let state = 7;

/** Text without a pattern, the same each time; made here so that no scanner takes this file for a leak. */
function random(length: number, alphabet: string): string {
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return alphabet[Math.floor((state / 2 ** 31) * alphabet.length)];
  }).join('');
}

const uuid = () => [8, 4, 4, 4, 12].map((length) => random(length, HEX)).join('-');

describe('secrets that no name stands before', () => {
  const secrets: Readonly<Record<string, string>> = {
    'a token of Asana': `2/1199301234567890/1203456789012345:${random(32, HEX)}`,
    'a secret of LinkedIn': `WPL_AP1.${random(16, MIXED)}.${random(6, MIXED)}==`,
    'a token of Sourcegraph': `sgp_${random(16, HEX)}_${random(40, HEX)}`,
    'a token of Gitea': `gitea_${random(40, HEX)}`,
    'a key of Shippo': `shippo_live_${random(40, HEX)}`,
    'a key of Inngest': `signkey-prod-${random(64, HEX)}`,
    'a key of LangSmith': `lsv2_pt_${random(32, HEX)}_${random(10, HEX)}`,
    'a key of Fireworks': `fw_7${random(21, MIXED)}`,
    'a key of RunPod': `rpa_${random(40, CAPITALS)}ab12cd`,
    'a key of DigitalOcean Spaces': `DO00${random(16, CAPITALS)}`,
    'a refresh token of Zoho': `1000.${random(32, HEX)}.${random(32, HEX)}`,
    'a token of Plaid': `access-sandbox-${uuid()}`,
    'a token of Braintree': `access_token$production$${random(16, LOWER)}$${random(32, HEX)}`,
    'a token of Twitch': `oauth:${random(30, LOWER)}`,
    'a token of Jenkins': `11${random(32, HEX)}`,
    'a token of an old Vault': `s.4${random(23, MIXED)}`,
    'a hash of htpasswd': `$apr1$${random(8, MIXED)}$${random(22, MIXED)}`,
    'a hash of shadow': `$6$${random(16, MIXED)}$${random(86, MIXED)}`,
    'an encrypted JSON web token': `eyJ${random(40, MIXED)}.${random(60, URL64)}.${random(16, URL64)}.${random(40, URL64)}.${random(22, URL64)}`,
    'a hook of Zapier': `hooks.zapier.com/hooks/catch/1234567/${random(7, LOWER)}`,
    'a token of a GitLab runner': `GR1348941${random(20, URL64)}`,
    'a routable token of GitLab': `glpat-${random(27, URL64)}.01.${random(9, LOWER)}`,
    'an old token of Azure DevOps': random(52, BASE32),
    'a refresh token of Google': `1//0${random(60, URL64)}`,
    'a bootstrap token of Kubernetes': `k3fj9x.${random(4, LOWER)}7b2c9d4e1f0a`,
    'a key of Mailchimp': `${random(32, HEX)}-us12`,
    'an origin key of Cloudflare': `v1.0-${random(24, HEX)}-${random(146, HEX)}`,
    'a token of Heroku': `HRKU-AA${random(58, URL64)}`,
    'a token of Supabase': `sbp_${random(40, HEX)}`,
    'a token of Pulumi': `pul-${random(40, HEX)}`,
    'a token of Buildkite': `bkua_${random(40, HEX)}`,
    'a token of CircleCI': `CCIPAT_${random(22, MIXED)}_${random(40, HEX)}`,
    'a token of SonarQube': `squ_${random(40, HEX)}`,
    'a token of Airtable': `pat${random(14, MIXED)}.${random(64, HEX)}`,
    'a token of HubSpot': `pat-na1-${uuid()}`,
    'a key of xAI': `xai-${random(80, MIXED)}`,
    'a key of Perplexity': `pplx-${random(48, MIXED)}`,
    'a key of Artifactory': `AKCp${random(69, MIXED)}`,
    'a login in base64': btoa(`ada:${random(20, MIXED)}`),
    'the private key of a cache of Nix': `cache.example.org-1:${random(86, BASE64)}==`,
    'a workspace token of GitLab': `glwt-${random(20, URL64)}`,
    'a token of an organization of Docker': `dckr_oat_${random(32, URL64)}`,
    'a token of Packagist': `packagist_${random(40, HEX)}`,
    'a user token of Sentry': `sntryu_${random(64, HEX)}`,
    'an OAuth token of Linear': `lin_oauth_${random(64, HEX)}`,
    'a key of ElevenLabs': `sk_${random(48, HEX)}`,
    'a key of Cursor': `key_${random(64, HEX)}`,
    'a key of Brevo': `xkeysib-${random(64, HEX)}-${random(16, MIXED)}`,
    'a token of Deno Deploy': `ddp_${random(36, MIXED)}`,
    'an access key of Scaleway': `SCW${random(17, CAPITALS)}`,
    'an access key of Tencent Cloud': `AKID${random(32, MIXED)}`,
    'an HMAC key of Google Cloud': `GOOG1E${random(55, CAPITALS)}`,
    'a key of Neon': `napi_${random(60, LOWER)}`,
    'a key of Resend': `re_${random(8, MIXED)}_${random(20, MIXED)}`,
    'a key of Razorpay': `rzp_live_${random(14, MIXED)}`,
    'a token of Dynatrace': `dt0c01.${random(24, CAPITALS)}.${random(64, CAPITALS)}`,
    'a secret key of 1Password': `A3-${[6, 11, 5, 5, 5].map((length) => random(length, CAPITALS)).join('-')}`,
    'a key of Google AI': `AQ.Ab8${random(48, URL64)}`,
    'a newer token of Supabase': `sbp_v0_${random(40, HEX)}`,
    'a service token of Infisical': `st.${random(24, HEX)}.${random(32, HEX)}.${random(32, HEX)}`,
    'a token of Snyk': `snyk_uat.${random(8, HEX)}.${random(60, URL64)}`,
    'a key of Mailgun': `${random(32, HEX)}-${random(8, HEX)}-${random(8, HEX)}`,
    'a key of Firecrawl': `fc-${random(32, HEX)}`,
    'a client token of Slack': `xoxc-${[12, 12, 12].map((length) => random(length, DIGITS)).join('-')}-${random(64, HEX)}`,
    'a cookie of Slack': `xoxd-${random(20, MIXED)}%2B${random(60, MIXED)}`,
    'an iPhone': `00008030-001${random(13, '0123456789ABCDEF')}`,
    'a token of Harness': `pat.${random(22, URL64)}.${random(24, HEX)}.${random(20, MIXED)}`,
    'a key of Octopus Deploy': `API-7${random(25, CAPITALS)}`,
    'a token of Akamai': `akab-${random(16, LOWER)}-${random(16, LOWER)}`,
    'a build hook of Netlify': `https://api.netlify.com/build_hooks/${random(24, HEX)}`,
    'a session token of AWS': `FwoGZXIvYXdzE${random(200, BASE64)}==`,
  };
  test.each(Object.entries(secrets))('%s', (_, secret) => {
    for (const text of [`note ${secret} end`, `/opt/${secret}/bin`, `x-${secret}`, `'${secret}'`]) {
      expect(shown(text)).not.toMatch(new RegExp(secret.slice(-24, -4).replace(/[+.]/g, '\\$&')));
    }
  });
});

test.each<[before: string, secret: string, after?: string]>([
  ['MYSQL_PWD=', 'sesame12', ' mysql'],
  ['sshpass -p ', 'Winter2025', ' ssh x'],
  ["sshpass -p '", 'Winter 2027!', "' ssh x"],
  ['mysql -uroot -p', 'Summer2026x', ' app'],
  ['docker login -u ada -p ', 'dockpw1'],
  ['htpasswd -b file ada ', 'htpw77'],
  ['openssl enc -aes-256-cbc -pass pass:', 'sslpw77'],
  ['7z x -p', 'zipp4ss', ' a.7z'],
  ['echo "ada:', 'chpw88', '" | chpasswd'],
  ['curl -b "JSESSIONID=', '7F3A9C2B11', '" x'],
  ['-H "Cookie: theme=dark; session=', 's3ss10nV4lu3', '"'],
  ['jdbc:oracle:thin:scott/', 't1gerX99', '@db:1521/x'],
  ['jdbc:postgresql://db/x?user=app&password=', 'jdbcpw1', '&ssl=true'],
  ['Server=x;Uid=sa;Pwd=', 'Pw0rd77', ';'],
  ['https://x.example.com/f?access_token=', 'abc123xyz', '&v=1'],
  ['https://b.example.com/k?X-Amz-Signature=', random(64, HEX)],
  ['//npm.example.com/:_authToken=', 'a1b2c3d4'],
  ['//registry.example.com/:_password=', 'cGFzcw=='],
  ['password: ', 'correcthorse'],
  ['/opt/PASSWORD=', 'pathpw1', '/bin'],
  ['PATH=/usr/bin:/srv/DB_TOKEN=', 'pathpw2', ':/sbin'],
  ['pw=', 'shortpw1'],
  ['PGPASS=', 'fusedpw1'],
  ['set -gx API_TOKEN ', 'fishtok1'],
  ['setx API_KEY "', 'winkey11', '"'],
  ['$env:API_KEY = "', 'pskey111', '"'],
  ['-H "X-Auth-Token: ', 'zxcv99', '"'],
  ['aws configure set aws_secret_access_key ', 'Zq12abc'],
  ['npm config set //reg.example.com/:_authToken ', 'tok55aa'],
  ['<password>', 'xmlpw99', '</password>'],
  ['<apiKey>', 'xmlak99', '</apiKey>'],
  ["CREATE USER a IDENTIFIED BY '", 'sqlpw99', "'"],
  ['db.example.com:5432:app:ada:', 'pgpass99'],
  ['echo ', 'sudopw98', ' | sudo -S ls'],
  ['smbclient //srv/share -U ada%', 'smbpw99'],
  ['redis-cli -h x -a ', 'redpw99', ' ping'],
  ['SetEnvironmentVariable("API_TOKEN","', 'psv99', '")'],
  ['os.environ["DB_PASSWORD"] = "', 'pyenv99', '"'],
  ['ether ', '001a.2b3c.4d60'],
  ['owner ', `S-1-5-21-${random(10, DIGITS)}-${random(10, DIGITS)}-${random(8, DIGITS)}-1013`],
  ['Serial Number (system): ', 'FVFXC2ABHV2D'],
  ['volume ', `backup-${uuid()}`],
  ['node-', uuid(), '.tar'],
  ['trace-', 'a4:83:e7:2b:9c:11', '.pcap'],
  [':password => "', 'hashpw99', '"'],
  ['password := ', 'makepw99'],
  ['echo "', 'stdinpw9', '" | docker login -u ada --password-stdin'],
  ["password='one''", 'two99x', "'"],
  ['password=one"', 'two99x', '"'],
  ['password="one\\"', 'two99x', '"'],
  ['password=one\\ ', 'two99x', ' next'],
  ['password="', 'cut-off-at-the-end9'],
  ['CONTOSO\\', 'marjane.watson', ' may not read it'],
  ['AzureAD\\', 'MarjaneWatson'],
  ['c:\\users\\', 'marjan~1', '\\AppData'],
  ['file:///C%3A/Users/', 'marjane', '/x'],
  ['/Users/', 'Marjane Watson', '/bin/node'],
  ['/Volumes/Macintosh HD/Users/', 'marjane', '/bin'],
  ['/afs/example.org/user/m/', 'marjane', '/bin'],
  ['PATH has ~', 'marjane', '/bin'],
  ['MACAddress=', '3c22fb9abcde'],
  ['mounted smb://', 'nas', '/share'],
  ['http://', 'nas01', ':5000/x'],
  ['C:\\\\Users\\\\', 'marjane', '\\\\AppData'],
  ['/c/Users/', 'marjane', '/x'],
  ['file:///home/', 'marjane', '/x'],
  ['\\\\fileserver\\home$\\', 'marjane', '\\x'],
  ['\\\\', 'fileserver', '\\share\\x'],
  ['/export/home/', 'marjane', '/x'],
  ['curl http://', 'build07.corp.example.com', ':8080/x'],
  ['psql -h ', 'db-7.internal'],
  ['open http://', 'ip-10-0-13-7', '/x'],
  ['', 'marjane@laptop-4711', ':~$ ls'],
  ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGfake ', 'marjane@adas-mbp'],
  ['git config user.name "', 'Mary Jane Watson', '"'],
  ['HOSTNAME=', 'mj-xps-13'],
  ['COMPUTERNAME=', 'DESKTOP-A1B2C3D'],
  ['{\\"password\\": \\"', 'jsonInJson9', '\\"}'],
  ['{\\"apiKey\\":\\"', 'two words9', '\\",\\"a\\":1}'],
  ['//r.example.com/:_auth = "', 'am9lOnB3Nzc=', '"'],
  ['//r.example.com/:_authToken = ', 'npmspaced9'],
  ['//r.example.com/:username=', 'marjane.w'],
  ['machine x login ada password "', 'n3trc Pw9', '"'],
  ['Driver={ODBC};Uid=x;PWD=', '{0dbc;Pw9}', ';'],
  ['DB_PASSWORD=', 'winter.summer', ' run'],
  ['DB_PASSWORD=', 'hunter(2'],
  ['x11vnc -passwd ', 'Vnc9Pw'],
  ['keytool -storepass ', 'changeit9', ' -list'],
  ['mosquitto_pub -u a -P ', 'M0sqPw9'],
  ['twine upload -u __token__ -p ', 'Tw1nePw9', ' dist/x'],
  ['http -a joe:', 'Ht7pPw9', ' example.com'],
  ['lftp -u joe,', 'Lf7pPw9', ' ftp.example.com'],
  ['skopeo copy --src-creds joe:', 'Sk0peoPw', ' a b'],
  ['wget --user=', 'marjane.w', ' x'],
  ['{"username": "', 'marjane.w', '"}'],
  ['password: "', 'winter.summer', '"'],
  ['helm repo add x y --username ', 'marjane.w'],
  ['sudo -u ', 'marjane', ' nix'],
  ['.example.com\tTRUE\t/\tTRUE\t1790000000\tsid\t', 'c00kieval9'],
  ['route ', '2001:0db8:0000:0042:0000:8a2e:0370:7334', ' via eth0'],
  ['mailto ', 'jürgen.döe@example.org'],
  ['?to=', 'jane.doe%40example.org', '&x'],
  ['backup-of-', 'jane.doe@example.com', '.tar.gz'],
  ['/etc/profiles/per-user/', 'marjane', '/bin'],
  ['/nix/var/nix/profiles/per-user/', 'marjane', '/profile'],
  ['/run/media/', 'marjane', '/usb'],
  ['/homes/', 'marjane', '/x'],
  ['see ', 'nas07.fritz.box'],
  ['go/pkg/mod/', 'gitlab.corp.example.com', '/team/x'],
  ['go/pkg/mod/', 'db07.acme.internal', '/team/x'],
  ['see ', 'mj-mbp.tail1a2b3.ts.net'],
  ['PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n', 'AAAAIHx9fake', '\nPrivate-MAC: aabb'],
])('%s… %s goes', (before, secret, after = '') => {
  const text = shown(`${before}${secret}${after}`);
  expect(text.split(/[\s@]/)).not.toContain(secret.split('@')[0]);
  expect(text).not.toContain(secret);
});

test.each([
  'password = cfg.password; token = inputs.x.token; secret = lib.mkOption {',
  'user.name is not set; GIT_AUTHOR_NAME must be set, --username is missing',
  'GIT_AUTHOR_NAME="$NAME" httpd -a x, http -a, curl -passive, foo%40bar.tgz, x@1.2.tar.gz',
  'plugins/org.eclipse.ui.internal/x, lib/config.local/x, 2:8.2.3995-1ubuntu2, 1:2.3.4.5-1',
  "{ key: 'cuda.version', token: x.y.z } <li key={id.x} />, keys = {}",
  'systemctl --user start foo, docker run --user 1000',
  'key = JSON.parse(x) and cafe:1234:1:2',
  'extra-trusted-public-keys = cache.nixos.org-1:6NCHDD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=',
  'node-version: 20.x of actions/setup-node@v4, typescript@5.4.2, foo@bar.service, left-pad@1.3.0.tgz',
  'gh auth login -p https',
  'docker run -u 1000:1000 -p 8080:80 image',
  'unzip -p file.zip; mysql -p --all; 7z x -o/tmp/out a.7z; curl -b cookies.txt x',
  'Basic authentication, Digest authentication and Bearer authentication',
  'password: required',
  'The password: ask Bob for it',
  'git config user.name "$NAME"',
  'USER=root HOSTNAME=localhost KEY_FILE=/etc/ssl/key.pem',
  'config.local.json, .env.local, lib.internal.foo, host.docker.internal',
  'B::Deparse and A::B and Foo::Bar',
  'libtool (>= 1.2.3.57), version 10.5.16.62, 0.23.18.1',
  '\\\\wsl$\\Ubuntu\\home and \\\\?\\C:\\x and "\\u00e9"',
  '"js-tokens": "^4.0.0", tokenizers==0.15.2, keyring = ">=25.0.0"',
  'const key = JSON.stringify([a, b]); if (key === name) {',
  'used in set tokens to specify a range',
  'deps: ["cookie", "jsonwebtoken"], flake.nix:12:5: error, /nix/store:1:2:3',
  'echo hello | sudo tee /etc/x',
  'key=value, token = next, HKCU\\environment and BIN\\gcc.exe, ERROR\\nfoo',
  'http://registry:5000/x, postgres://db:5432, 1.0~rc1/bin',
  'npm ERR! code ELIFECYCLE; com.jetbrains.intellij 233.13135.103',
])('%s stays', (text) => {
  expect(shown(text)).toBe(text);
});

test.each([
  ['/Users/Zoë Müller', 'file:///Users/Zo%C3%AB%20M%C3%BCller/bin'],
  ['/Users/Zoë Müller', '/Users/Zoe\u0308 Mu\u0308ller/bin'],
  ['/Users/Zoë Müller', '/Users/Zoë\\ Müller/bin'],
  ['/Users/Zoë Müller', '{"a":"/Users/Zo\\u00eb M\\u00fcller/bin"}'],
  ['/Users/Zoë Müller', '{"a":"\\/Users\\/Zoë Müller\\/bin"}'],
  ['/home/marjane', 'x%2Fhome%2Fmarjane%2Fbin and /media/marjane/usb'],
  ['C:\\Users\\Marjane Watson', 'C:/Users/Marjane%20Watson/x in D:\\Temp\\MARJAN~1.ZIP'],
  ['C:\\Users\\Marjane Watson', 'd:\\profiles\\marjan~2\\x'],
  ['C:\\Users\\m.w+a(x)', 'c:/users/m.w+a(x)/bin, m.w+a(x)'],
])('%s is taken out of %s', (home, text) => {
  const { document } = redact({ note: text }, { home, user: home.replace(/^.*[\\/]/, '') });
  expect(document.note).not.toMatch(/zo(?:ë|%|\\u|e\u0308)|m(?:ü|%|\\u|u\u0308)ller|watson|marjan|m\.w/i);
});

test.each([
  ['credentials in an address', 'git+https://joe:hunter2@example.com/pkg.git', 'hunter2'],
  ["a value of a secret's name", '1.0.0;api_key=hunter2-x', 'hunter2'],
  ['an identifier', `1.0.0+f9c4fa8c-6b23-4ce9-a20c-837d85c070a9`, '837d85c070a9'],
])('%s goes from versions and names of packages, too', (_, version, secret) => {
  const { document } = redact({ packages: [{ package: version, version }] });
  expect(JSON.stringify(document)).not.toContain(secret);
});

test.each([
  'file:///home/marjane/work/x',
  'link:/Users/marjane/x',
  '1.0-/run/media/marjane/x',
  'git+ssh://git@db-7.internal/marjane/x',
  'C:\\Users\\marjane\\x.whl',
])('a version that is a place goes like any text: %s', (version) => {
  const { document } = redact({ packages: [{ package: 'x', version }] }, { user: 'marjane' });
  expect(JSON.stringify(document)).not.toMatch(/marjane|db-7/);
});

test.each(['192.168.7.9', '172.20.0.4', '169.254.3.7', '100.64.9.1'])(
  'an address of a private network that a program tells as its version goes: %s',
  (version) => {
    const { document } = redact({ version, text: `x ${version}` });
    expect(JSON.stringify(document)).not.toContain(version);
  },
);

test.each(['1.2.3.4', '10.2.0.4', '172.0.7000.12', '100.0.48.96'])(
  'a version with four numbers stays: %s',
  (version) => {
    const document = { version, text: `x ${version}` };
    expect(redact(document).document).toEqual(document);
  },
);

test.each(['correct.horse', 'hunter(2', '=abc9'])('a variable with the name of a secret hides %s', (value) => {
  const { document } = redact({ variables: [{ name: 'DB_PASSWORD', value }] });
  expect(document.variables[0]?.value).toBe('<secret>');
});

test('no token is so short that its text is passed over, and the shortest is taken out', () => {
  for (const shape of tokenShapes.filter((shape) => !shape.startsWith('(?<='))) {
    const pattern = new RegExp(`^(?:${shape.replace(/\(\?[!=](?:[^()]|\([^()]*\))*\)/g, '')})$`);
    const lengths = fc
      .sample(fc.stringMatching(pattern, { size: 'xsmall' }), { numRuns: 3, seed: 1 })
      .map((one) => one.length);
    expect([shape, Math.min(...lengths) >= SHORTEST_TOKEN]).toEqual([shape, true]);
  }
  const shortest = `xoxb-${'1'.repeat(SHORTEST_TOKEN - 5)}`;
  expect([shown(shortest), shown(`a ${shortest}`)]).toEqual(['<token>', 'a <token>']);
});

test.each([
  ['-Dx=judy:s3cr3tpw@db.example.com:5432', '-Dx=<credentials>@db.example.com:5432'],
  ['judy:s3cr3tpw@10.0.0.5', '<credentials>@<ip>'],
  ['psql -U heidi -h db', 'psql -U <user> -h db'],
  ['mysql -uheidi -h db', 'mysql -u<user> -h db'],
  ['sqlcmd -S srv -U ivan -P Str0ngPw', 'sqlcmd -S srv -U <user> -P <credentials>'],
  ['ssh -p 22 -l karl box', 'ssh -p 22 -l <user> box'],
  ['curl --user nora https://example.com', 'curl --user <user> https://example.com'],
  ['su - ursula -c make', 'su - <user> -c make'],
  ['Author: Dora Meyer <dora@example.org>', 'Author: <user> <<email>>'],
  ['/mnt/backup/home/carol/bin', '/mnt/backup/home/<user>/bin'],
  ['/var/lib/machines/old/home/carol', '/var/lib/machines/old/home/<user>'],
  ['/media/erin/disk/bin', '/media/<user>/disk/bin'],
  ['/var/spool/mail/oscar', '/var/spool/mail/<user>'],
  ['/var/spool/cron/crontabs/oscar', '/var/spool/cron/crontabs/<user>'],
  ['/tmp/hsperfdata_peggy/12', '/tmp/hsperfdata_<user>/12'],
  ['/net/fileserver/share/bin', '/net/<host>/share/bin'],
  ['//FILES02/share/bin', '//<host>/share/bin'],
  ['curl -U nora https://example.com', 'curl -U <user> https://example.com'],
  ['curl --proxy-user nora https://example.com', 'curl --proxy-user <user> https://example.com'],
  ['docker exec --user nora box sh', 'docker exec --user <user> box sh'],
  ['mysql --user nora -h db', 'mysql --user <user> -h db'],
  ['/tmp/tmux-nora/default', '/tmp/tmux-<user>/default'],
  ['/Volumes/noras-mbp.local/bin', '/Volumes/<host>/bin'],
  ['/private/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/x', '/private/var/folders/zz/<id>/T/x'],
  ['arn:aws:iam::469337168156:user/nora', 'arn:aws:iam::<id>:user/<user>'],
  ['arn:aws:sts::469337168156:assumed-role/dev/nora', 'arn:aws:sts::<id>:assumed-role/dev/<user>'],
  ['469337168156.dkr.ecr.eu-west-1.amazonaws.com/app:1', '<id>.dkr.ecr.eu-west-1.amazonaws.com/app:1'],
])('%s shows no name', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  'npm:react@18.2.0',
  'node:20.1@sha256:0123',
  'docker.io/library/node:20@sha256:0123',
  'git@github.com:owner/repository',
  'psql -U postgres -h db',
  'mysql -h db -u root',
  'curl -u $USER:$PASS https://example.com',
  'su - postgres -c psql',
  '/media/cdrom0/pool/main',
  'public/media/images/logo.png',
  '/nix/store/home/shell.nix',
  'modules/home/git.nix',
  '/tmp/nix-shell-12345-0/x',
  '//usr/bin/env',
  '//tools/build:all',
  'sourcehut:~someone/repository/main',
  'pip install --user poetry',
  'systemctl --user start foo',
  'docker run --user node image, docker exec --user www-data x',
  '/tmp/tmux-1000/default',
  '/Volumes/Data/bin and /Volumes/my-disk/bin',
  'postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE',
  'git+ssh://forgejo@git.example.org/x.git',
  'key_groups = [ sops ]; keys = { a = 1; }; resolve_key = key: key',
  'sha256 = "lliwSmiIpql9GhXRnnjP9YrWQweVESzomCzG/lT+TQU=";',
  'arn:aws:s3:::bucket/x',
])('%s stays', (text) => {
  expect(shown(text)).toBe(text);
});
