import { describe, expect, it } from 'vitest';
import { driftSize, type VersionScheme } from '../../../src/core/version';

describe('driftSize', () => {
  it.each<[VersionScheme, string, string, string]>([
    ['semver', '20.11.1', '20.11.1', 'none'],
    ['semver', '20.11.1', 'v20.11.1', 'none'],
    ['semver', '1.2', '1.2.0', 'none'],
    ['semver', '20.11.1', '20.11.0', 'patch'],
    ['semver', '20.11.1', '20.9.0', 'minor'],
    ['semver', '20.11.1', '18.19.0', 'major'],
    ['semver', '5.2', '5.2.15', 'patch'],
    ['semver', '1.0.0', '1.0.0-rc.1', 'other'],
    ['semver', '09.1', '9.1', 'none'],
    ['pep440', '3.12.0', '3.12.0rc3', 'other'],
    ['pep440', '3.11.9', '3.12.4', 'minor'],
    ['jdk', '8u392', '1.8.0_392', 'none'],
    ['jdk', '17.0.9+9', '17.0.9', 'none'],
    ['jdk', '17.0.9+9', '17.0.9+8', 'patch'],
    ['jdk', '17.0.9+9', '17.0.10+7', 'patch'],
    ['jdk', '17.0.9', '21.0.1', 'major'],
    ['go', '1.21.0', 'go1.21', 'none'],
    ['go', '1.21.4', 'go1.22.0', 'minor'],
    ['openssl', '1.1.1w', '1.1.1n', 'patch'],
    ['openssl', '1.1.1w', '3.0.11', 'major'],
    ['date', '2024-03-01', '2023-12-31', 'other'],
    ['deb', '1:2.39.2', '1:2.40.0', 'minor'],
    ['nix', 'trunk', '1.0', 'other'],
  ])('%s: %s against %s is %s', (scheme, expected, actual, size) => {
    expect(driftSize(expected, actual, scheme)).toBe(size);
    expect(driftSize(actual, expected, scheme)).toBe(size);
  });
});
