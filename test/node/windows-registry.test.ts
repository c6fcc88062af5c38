import { expect, test } from 'vitest';
import { parseRegQuery } from '../../src/node/windows-registry';

test('what reg.exe prints: texts by name, other kinds left out', () => {
  const output = [
    '',
    'HKEY_CURRENT_USER\\Environment',
    '    Path    REG_EXPAND_SZ    %USERPROFILE%\\bin;C:\\Program Files\\Go\\bin',
    '    JAVA_HOME    REG_SZ    C:\\jdk',
    '    With Blank    REG_SZ    a    b',
    '    Number    REG_DWORD    0x1',
    '    Empty    REG_SZ    ',
    '    __proto__    REG_SZ    x',
    '',
  ].join('\r\n');
  expect(parseRegQuery(output)).toEqual({
    Path: '%USERPROFILE%\\bin;C:\\Program Files\\Go\\bin',
    JAVA_HOME: 'C:\\jdk',
    'With Blank': 'a    b',
    Empty: '',
  });
});
