import type { Exporter } from './exporter';
import { plainJson } from './plain';

/** The audit itself, as `schema/audit.schema.json` describes it. */
export const jsonExporter: Exporter = {
  id: 'json',
  title: 'JSON',
  purpose: 'The whole audit with a published schema, for scripts.',
  extension: 'json',
  mime: 'application/json',
  render: ({ audit }) => plainJson(audit),
};
