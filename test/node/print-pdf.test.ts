import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { printPdf } from '../../src/node/print-pdf';
import { runCli } from '../cli/fake-io';

vi.setConfig({ testTimeout: 60_000 });

const page = { html: '<!doctype html><title>x</title>', title: 'x', bookmarks: [] };
const facts = { creator: 'Lockstep', time: new Date(0) };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-print-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('printing through a browser', () => {
  test('gives it the page, a profile of its own and no network; leaves nothing behind', async () => {
    const words = join(folder, 'words');
    const browser = join(folder, 'chromium');
    writeFileSync(
      browser,
      `#!/bin/sh
printf '%s\\n' "$@" > ${words}
for word in "$@"; do case $word in --print-to-pdf=*) printf '%%PDF-1.4 fake' > "\${word#--print-to-pdf=}";; esac; done
`,
      { mode: 0o755 },
    );
    const bytes = await printPdf(page, facts, { PATH: `${folder}:/bin:/usr/bin` });
    expect(Buffer.from(bytes).toString()).toBe('%PDF-1.4 fake');
    const given = readFileSync(words, 'utf8').trim().split('\n');
    expect(given).toEqual(
      expect.arrayContaining(['--headless', '--disable-background-networking', '--export-tagged-pdf']),
    );
    const address = given.at(-1) ?? '';
    expect(address).toMatch(/^file:\/\/.*report\.html$/);
    expect(existsSync(new URL(address))).toBe(false);
  });

  test('a browser that writes nothing is told of', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    writeFileSync(join(empty, 'chromium'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const env = { PATH: empty, ELECTRON_OVERRIDE_DIST_PATH: empty };
    await expect(printPdf(page, facts, env)).rejects.toMatchObject({
      problem: { code: 'pdf-failed', detail: /exit 3/ },
    });
  });
});

test('a PDF does not go to standard output', async () => {
  const { stderr, exitCode } = await runCli(['audit', '-o', 'pdf=-']);
  expect(stderr).toContain('A PDF goes to a file, not to standard output.');
  expect(exitCode).toBe(2);
});
