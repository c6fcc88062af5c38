import { describe, expect, test } from 'vitest';
import { redact } from '../../../src/core/redact';

/** What stays of a text in a document of any shape. */
function shown(text: string): string {
  return redact({ note: text }).document.note;
}

/** Text without a pattern, the same each time; made here so that no scanner takes this file for a leak. */
function random(length: number, alphabet: string, seed = 1): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return alphabet[Math.floor((state / 2 ** 31) * alphabet.length)];
  }).join('');
}

const HEX = '0123456789abcdef';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

describe('what looks random goes', () => {
  const words: Readonly<Record<string, string>> = {
    'an access key of AWS': `${random(19, MIXED)}/${random(20, MIXED, 2)}`,
    'a session token of AWS': `IQoJb3JpZ2luX2Vj${random(120, `${MIXED}/+`)}`,
    'a client secret of Azure': `${random(3, MIXED)}8Q~${random(34, MIXED)}`,
    'a storage key of Azure': `${random(86, `${MIXED}+/`)}==`,
    'a key of Twilio': `SK${random(32, HEX)}`,
    'a token of Discord': `M${random(23, MIXED)}.${random(6, MIXED)}.${random(27, MIXED)}`,
    'a key in lower case': random(40, 'abcdefghijklmnopqrstuvwxyz0123456789'),
    'a UUID': `${random(8, HEX)}-${random(4, HEX)}-4${random(3, HEX)}-9${random(3, HEX)}-${random(12, HEX)}`,
    'a machine-id': random(32, HEX),
  };
  test.each(Object.entries(words))('%s', (_, secret) => {
    for (const place of [`said ${secret} twice`, `/opt/${secret}/bin`, `x="${secret}"`, `x:${secret},`]) {
      expect(shown(place)).not.toContain(secret.slice(2, 18));
    }
  });

  test('passwords of logins', () => {
    expect(shown('machine api.example.com login ada password tr0ubador')).toBe(
      'machine api.example.com login ada password <credentials>',
    );
    expect(shown('curl -u deploy:tr0ubador https://example.com')).toBe(
      'curl -u <user>:<credentials> https://example.com',
    );
  });

  test('in keys, too', () => {
    const secret = `ghp_${random(36, MIXED)}`;
    expect(JSON.stringify(redact({ shells: { [secret]: 1 } }).document)).toBe('{"shells":{"<token>":1}}');
  });

  test('a long user name inside of other words', () => {
    const known = { user: 'lovelace', home: '/home/lovelace' };
    expect(redact({ note: 'LOVELACE_BACKUP on lovelace-laptop, D:\\Lovelace' }, known).document.note).toBe(
      '<user>_BACKUP on <user>-laptop, D:\\<user>',
    );
  });
});

test.each([
  `/nix/store/${random(32, '0123456789abcdfghijklmnpqrsvwxyz')}-nodejs-20.11.1/bin/node`,
  `github:NixOS/nixpkgs/${random(40, HEX)}`,
  `sha256-${random(43, `${MIXED}+/`)}=`,
  `sha256:${random(64, HEX)}`,
  `image@sha256:${random(64, HEX)}`,
  random(52, '0123456789abcdfghijklmnpqrsvwxyz'),
  `h1:${random(43, `${MIXED}+/`)}=`,
  '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
  'C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_3.12.1008.0_x64__qbz5n2kfra8p0\\python.exe',
  'C:\\Users\\Public\\Microsoft\\WinGet\\Packages\\BurntSushi.ripgrep.MSVC_Microsoft.Winget.Source_8wekyb3d8bbwe',
  '/home/linuxbrew/.linuxbrew/Cellar/python@3.12/3.12.3/Frameworks/Python.framework/Versions/3.12/bin/python3.12',
  'stable-x86_64-unknown-linux-gnu',
  'openjdk version "21.0.2" 2024-01-16 LTS, Temurin-21.0.2+13 (build 21.0.2+13-LTS)',
  'go1.22.3-0.20240501172256-3a2b1c9d8e7f',
  'clang version 18.1.6 (https://github.com/llvm/llvm-project.git 1118c2e05e67a36ed8ca250524525cdb66a55256)',
  '00000000-0000-0000-0000-000000000000',
])('%s stays', (text) => {
  expect(shown(text)).toBe(text);
});

test('a shell that is named for its user is found under its new name', () => {
  const { document } = redact(
    { shell: 'lovelace@adas-laptop', shells: { 'lovelace@adas-laptop': { packages: [] } }, lovelace: 1 },
    { user: 'lovelace', host: 'adas-laptop' },
  );
  expect(document).toEqual({ shell: '<user>@<host>', shells: { '<user>@<host>': { packages: [] } }, lovelace: 1 });
});

test('a text of many megabytes is looked at like any other', () => {
  const text = 'X'.repeat(48 * 1024 * 1024);
  expect(shown(text)).toBe(text);
});
