/*
 * Writes the published JSON Schemas in schema/ from the valibot schemas that Lockstep itself checks with:
 *
 *   npx tsx scripts/build-schemas.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { checklistSchema } from '../src/core/model/checklist-schema';
import { auditSchema, snapshotSchema, targetSchema } from '../src/core/model/schemas';
import { baselineSchema } from '../src/core/policy/baseline';
import { comparisonSchema } from '../src/core/report/comparison-schema';

const published = {
  snapshot: { schema: snapshotSchema, title: 'Lockstep snapshot', description: 'What a machine has.' },
  target: { schema: targetSchema, title: 'Lockstep target', description: "What a project's flake asks for." },
  comparison: {
    schema: comparisonSchema,
    title: 'Lockstep comparison',
    description: 'Machines, images and flakes side by side: what "lockstep diff --json" prints.',
  },
  checklist: {
    schema: checklistSchema,
    title: 'Lockstep checklist',
    description: 'Steps with what was done of them: what "lockstep checklist --json" prints.',
  },
  baseline: {
    schema: baselineSchema,
    title: 'Lockstep baseline',
    description: 'Differences that are accepted: what "lockstep audit --write-baseline" writes.',
  },
  audit: { schema: auditSchema, title: 'Lockstep audit', description: 'A machine compared with a target.' },
} as const;

/** File name in `schema/` → its whole text. */
export function buildSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, { schema, title, description }]) => {
      const { $schema, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', ignoreActions: ['readonly'] });
      return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, description, ...rest }, null, 2)}\n`];
    }),
  );
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'schema');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of buildSchemas()) {
    writeFileSync(join(folder, name), text);
  }
}
