import { describe, expect, it } from 'vitest';
import { type RangeKind, satisfiesRange } from '../../../src/core/version';

describe('satisfiesRange', () => {
  it.each<[RangeKind, string, string, boolean | undefined]>([
    ['semver', '^20.11', '20.19.5', true],
    ['semver', '^20.11', '20.9.0', false],
    ['semver', '>=18 <21', 'v20.11.1', true],
    ['semver', '20.x || 22.x', '21.0.0', false],
    ['semver', '~1.2', '1.2', true],
    ['semver', '*', '9.0.0', true],
    ['semver', 'workspace:*', '9.0.0', undefined],
    ['pep440', '>=3.10,<3.13', '3.12.4', true],
    ['pep440', '>=3.10,<3.13', '3.13.0', false],
    ['pep440', '~=3.11', '3.12.0', true],
    ['pep440', '~=3.11.2', '3.12.0', false],
    ['pep440', '==3.11.*', '3.11.9', true],
    ['pep440', '!=3.11.3', '3.11.3', false],
    ['pep440', 'nonsense', '3.11', undefined],
    ['poetry', '^3.11', '3.12.4', true],
    ['poetry', '^3.11', '4.0.0', false],
    ['poetry', '^0.3.1', '0.3.9', true],
    ['poetry', '^0.3.1', '0.4.0', false],
    ['poetry', '~3.11', '3.12.0', false],
    ['poetry', '~3', '3.12.0', true],
    ['poetry', '^2.7 || ^3.11', '3.11.2', true],
    ['poetry', '*', '3.11.2', true],
    ['nvmrc', 'v20', '20.11.1', true],
    ['nvmrc', '20.1', '20.11.1', false],
    ['nvmrc', 'lts/iron', 'v20.11.1', true],
    ['nvmrc', 'lts/*', '21.0.0', false],
    ['nvmrc', 'lts/unheard', '20.0.0', undefined],
    ['nvmrc', 'node', '20.0.0', undefined],
    ['prefix', '3.11', '3.11.9', true],
    ['prefix', '3.1', '3.11.9', false],
    ['prefix', '1.75.0', '1.75.0', true],
    ['prefix', '3.11.x', '3.11.9', true],
    ['prefix', '3.12', '3.12rc1', true],
    ['prefix', 'stable', '1.75.0', undefined],
    ['minimum', '1.21', 'go1.21.0', true],
    ['minimum', 'go1.22.3', '1.22.1', false],
    ['minimum', 'latest', '1.22.1', undefined],
  ])('%s %s with %s: %s', (kind, range, version, answer) => {
    expect(satisfiesRange(kind, range, version)).toBe(answer);
  });

  it('takes hostile pins', () => {
    for (const kind of ['semver', 'pep440', 'poetry', 'nvmrc', 'prefix', 'minimum'] as const) {
      expect(satisfiesRange(kind, '1.'.repeat(100_000), '1.0')).toBeUndefined();
      expect(satisfiesRange(kind, ' - '.repeat(80), '1.0')).not.toBe(true);
    }
  });
});
