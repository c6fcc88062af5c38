import { expect, test } from 'vitest';
import { lockedInputs } from '../../src/core/flake/input-tree';
import { parseLock } from '../../src/core/flake/lock';
import { inputTree } from '../../src/renderer/views/target/input-tree';

const github = (repo: string) => ({ type: 'github', owner: 'o', repo, rev: 'a'.repeat(40), narHash: 'sha256-x' });

test('inputs keep their own names, though the keys of the lock say otherwise', () => {
  const nodes = {
    root: { inputs: { nixpkgs: 'nixpkgs_2', tool: 'tool', other: 'other' } },
    nixpkgs: { locked: github('nixpkgs-of-tool') },
    nixpkgs_2: { locked: github('nixpkgs') },
    tool: { locked: github('tool'), inputs: { nixpkgs: 'nixpkgs', systems: 'systems' } },
    other: { locked: github('other'), inputs: { nixpkgs: ['nixpkgs'], systems: ['tool', 'systems'] } },
    systems: { locked: github('systems') },
  };
  const inputs = lockedInputs(parseLock(JSON.stringify({ version: 7, root: 'root', nodes }), 'flake.lock'));
  expect(inputs.map(({ name, direct, url }) => [name, direct === true, url])).toEqual([
    ['nixpkgs', true, `github:o/nixpkgs/${'a'.repeat(40)}`],
    ['other', true, `github:o/other/${'a'.repeat(40)}`],
    ['tool', true, `github:o/tool/${'a'.repeat(40)}`],
    ['tool/nixpkgs', false, `github:o/nixpkgs-of-tool/${'a'.repeat(40)}`],
    ['systems', false, `github:o/systems/${'a'.repeat(40)}`],
  ]);
  const tree = inputTree(inputs).map(
    ({ name, follows, depth }) => `${'  '.repeat(depth)}${name}${follows === undefined ? '' : ` follows ${follows}`}`,
  );
  expect(tree).toEqual([
    'nixpkgs',
    'other',
    '  nixpkgs follows nixpkgs',
    '  systems follows tool/systems',
    'tool',
    '  nixpkgs',
    '  systems',
  ]);
});
