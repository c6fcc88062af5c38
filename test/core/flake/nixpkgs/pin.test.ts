import { describe, expect, test } from 'vitest';
import { parseFlakeUrl } from '../../../../src/core/flake/flake-ref';
import { recogniseNixpkgs } from '../../../../src/core/flake/nixpkgs/pin';

const REVISION = '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d';
const recognise = (url: string) => recogniseNixpkgs(parseFlakeUrl(url), undefined);

describe('nixpkgs is recognised', () => {
  test.each([
    ['github:NixOS/nixpkgs/nixos-24.05', { branch: 'nixos-24.05' }],
    ['github:nixos/nixpkgs?ref=nixos-unstable', { branch: 'nixos-unstable' }],
    [`github:NixOS/nixpkgs/${REVISION}`, { revision: REVISION }],
    ['nixpkgs', {}],
    ['git+https://github.com/NixOS/nixpkgs?ref=nixos-23.05', { branch: 'nixos-23.05' }],
    [`https://github.com/NixOS/nixpkgs/archive/${REVISION}.tar.gz`, { revision: REVISION }],
    ['https://flakehub.com/f/NixOS/nixpkgs/0.2405.*.tar.gz', { branch: 'nixos-24.05' }],
    ['https://channels.nixos.org/nixos-24.05/nixexprs.tar.xz', { branch: 'nixos-24.05' }],
  ])('%s', (url, pin) => {
    const found = recognise(url);
    expect(found?.pin).toMatchObject(pin);
    expect(found?.fork).toBeUndefined();
  });
  test('as a fork', () => {
    expect(recognise('github:someone/nixpkgs/mine')).toMatchObject({
      fork: 'someone/nixpkgs',
      pin: { branch: 'mine' },
    });
  });
  test('as a clone on the machine', () => {
    const found = recogniseNixpkgs({ type: 'path', attributes: { path: '/home/someone/src/nixpkgs' } }, undefined);
    expect(found).toMatchObject({ fork: 'path:/nixpkgs', pin: {} });
    // A folder inside the flake is read as it is.
    expect(recogniseNixpkgs({ type: 'path', attributes: { path: './nixpkgs' } }, undefined)).toBeUndefined();
  });
  test('as its library only', () => {
    expect(recognise('github:nix-community/nixpkgs.lib')?.libOnly).toBe(true);
    expect(recognise('github:NixOS/nixpkgs?dir=lib')?.libOnly).toBe(true);
  });
});

test.each(['github:numtide/flake-utils', 'github:NixOS/nix', 'https://example.org/x.tar.gz', 'nixpkgs-fmt'])(
  '%s is not nixpkgs',
  (url) => {
    expect(recognise(url)).toBeUndefined();
  },
);
