import * as v from 'valibot';
import type { Audit } from '../model/audit';
import { auditSchema } from '../model/schemas';
import type { Exporter } from './exporter';
import { plainJson } from './plain';

/** The audit itself, as `schema/audit.schema.json` describes it. */
export const jsonExporter: Exporter = {
  id: 'json',
  title: 'JSON',
  purpose: 'The whole audit with a published schema, for scripts.',
  extension: 'json',
  mime: 'application/json',
  render: ({ audit }) => plainJson(inOrder(audit)),
};

/** With its keys in the order of the schema, whoever put the audit together: the same facts give the same bytes. */
function inOrder(audit: Audit): unknown {
  const { success, output } = v.safeParse(auditSchema, audit);
  return success ? output : audit;
}
