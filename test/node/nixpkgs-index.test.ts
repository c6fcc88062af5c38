import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/core/model/problem';
import { loadIndex } from '../../src/node/nixpkgs-index';
import { builtInIndexPath } from '../../src/node/nixpkgs-index-place';

const path = builtInIndexPath();
const index = loadIndex();

/** Read from the published data set by hand, first, last and odd revisions of each line; `-` where it is absent. */
const facts = `
revision                                 nodejs  python3  go      postgresql jdk        uv      exa    openssl AMB-plugins
8ecc61c91a596df7d3293603a9c2384190c1b89a 14.17.3 3.9.5    1.16.6  11.12      16+36      -       0.10.1 1.1.1k  0.8.1
caf436a52b25164b71e0d48b671127ac2e2a5b75 18.16.0 3.10.11  1.20.3  14.7       19.0.2+7   -       0.10.1 3.0.8   0.8.1
3030f185ba6a4bf4f18b87f345f104e6a6961f34 20.11.1 3.11.8   1.21.7  15.6       19.0.2+7   0.1.16  -      3.0.13  0.8.1
55d15ad12a74eb7d4646254e13638ad0c4128776 20.18.1 3.12.7   1.23.3  16.5       21.0.5+11  0.4.30  -      3.3.2   0.8.1
2dad7af78a183b6c486702c18af8a9544f298377 22.19.0 3.13.7   1.25.1  17.6       21.0.8+9   0.8.19  -      3.5.2   0.8.1
7b9eeb856cbf976482fa8d1cb295ea03fb3e1277 16.17.1 3.9.15   1.17.13 14.5       17.0.3+7   -       0.10.1 1.1.1s  0.8.1
ea4c80b39be4c09702b0cb3b42eab59e2ba4f24b 18.14.1 3.10.11  1.19.9  14.8       17.0.5+8   -       0.10.1 3.0.9   0.8.1
70bdadeb94ffc8806c0570eb5c2695ad29f0e421 18.17.1 3.10.13  1.20.8  14.9       19.0.2+7   -       0.10.1 3.0.12  0.8.1`;

describe('the index that Lockstep comes with', () => {
  it('is the file that was checked against the data when it was made', () => {
    const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(`${digest}  nixpkgs-index.bin\n`);
    expect(statSync(path).size).toBeLessThan(1_500_000);
  });

  it('has what the data set has', () => {
    const info = index.info();
    expect(info).toMatchObject({ attributes: 26_727, revisions: 2497 });
    expect(info.lines.map(({ name, revisions }) => [name, revisions])).toEqual([
      ['unstable', 2060],
      ['nixos-22.05', 158],
      ['nixos-22.11', 163],
      ['nixos-23.05', 116],
    ]);
    expect(index.names()).toHaveLength(26_727);
  });

  it('knows the versions', () => {
    const [head = [], ...rows] = facts
      .trim()
      .split('\n')
      .map((row) => row.split(/\s+/));
    const read = rows.map(([revision = '']) => [
      revision,
      ...head.slice(1).map((name) => {
        const found = index.lookup(name, revision);
        return found.state === 'found' ? found.version : found.state === 'absent' ? '-' : '?';
      }),
    ]);
    expect(read).toEqual(rows);
  });

  it('tells which revisions had a version', () => {
    const run = index.history('nodejs_20').find(({ version }) => version === '20.11.1');
    expect(run).toMatchObject({ line: 'unstable', revisions: 137 });
    expect(new Date((run?.first.date ?? 0) * 1000).toISOString()).toContain('2024-02-15');
  });

  it('reads as far as its records go', () => {
    const pin = { branch: 'nixos-unstable', lastModified: Date.parse('2026-05-01') / 1000 };
    expect(index.resolve('nodejs', pin)).toEqual({
      certainty: 'unknown',
      reason:
        'Records of unstable end on 2025-10-09; it was 22.19.0 then. `lockstep index update` brings newer records.',
    });
  });
});

describe('loadIndex', () => {
  it.each([
    ['a missing file', '/nonexistent/index.bin', 'index-unreadable'],
    ['another file', import.meta.filename, 'index-broken'],
  ])('refuses %s', (_, file, code) => {
    try {
      loadIndex(file);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect((error as ProblemError).problem).toMatchObject({ code, hint: expect.any(String) });
    }
  });
});
