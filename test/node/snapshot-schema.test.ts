import { readdirSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { plainJson } from '../../src/core/report/plain';
import { readDocument } from '../../src/core/report/read-document';
import { localHost } from '../../src/node/local-host';
import { openRecording } from '../../src/node/recording-file';
import { takeSnapshot } from '../../src/node/snapshot';

const MACHINES = 'test/fixtures/machines';
const schema = JSON.parse(readFileSync('schema/snapshot.schema.json', 'utf8'));
const validate = addFormats.default(new Ajv2020({ strict: false })).compile(schema);
const now = new Date('2026-01-02T03:04:05Z');

describe('snapshots of whole machines', () => {
  const recorded = readdirSync(MACHINES).filter((name) => !name.endsWith('.md'));
  test.each([...recorded, 'this machine'])(
    '%s follows the published schema, twice the same, and is read back',
    async (name) => {
      const take = async () => {
        const host = name === 'this machine' ? localHost() : openRecording(`${MACHINES}/${name}/machine.json`);
        return plainJson(await takeSnapshot({ host, now, packages: true, run: false, cache: false }));
      };
      const [text, again] = [await take(), await take()];
      expect(validate(JSON.parse(text)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
      expect(again).toBe(text);
      expect(readDocument(text, name).kind).toBe('snapshot');
    },
    30_000,
  );
});

test.each([
  ['lockstep.snapshot/2', 'document-later'],
  ['lockstep.snapshot/1.5', 'document-later'],
  ['lockstep.snapshot/2-beta.1', 'document-later'],
  ['lockstep.snapshot/0.9', 'document-unknown'],
  ['lockstep.snapshot/0', 'document-unknown'],
  [5, 'document-unknown'],
])('a document of format %s is refused', (format, code) => {
  expect(() => readDocument(JSON.stringify({ schema: format }), 'x.json')).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code, hint: expect.any(String) }) }),
  );
});
