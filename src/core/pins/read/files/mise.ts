import type { PinContext, PinReader } from '../../context';
import { type DocEntry, entriesOf, itemsOf, textAt, textOf, valueAt } from '../../format/document';
import { parseToml } from '../../format/toml';
import { minimum } from '../../range/rules';
import { addManaged } from './version-files';

/** `mise.toml` and its other names: `[tools]`, each a version, a list of them, or a table with `version`. */
export const readMise: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  for (const entry of entriesOf(valueAt(root, 'tools'))) {
    readTool(context, entry);
  }
  const lowest = valueAt(root, 'min_version');
  const constraint = textOf(lowest);
  if (lowest !== undefined && constraint !== undefined) {
    context.pin({
      tool: 'mise',
      constraint,
      rule: minimum,
      source: 'version-file',
      declaredBy: 'min_version',
      offset: lowest.offset,
      end: lowest.end,
    });
  }
};

function readTool(context: PinContext, entry: DocEntry): void {
  const versions = itemsOf(entry.value);
  for (const item of versions) {
    const value = item.kind === 'map' ? valueAt(item, 'version') : item;
    const version = textOf(value) ?? textAt(item, 'prefix');
    if (version === undefined) {
      context.unresolved(`tools.${entry.key}`, 'it has no version', item.offset);
    } else {
      addManaged(context, entry.key, version, {
        offset: (value ?? item).offset,
        end: (value ?? item).end,
        group: `${context.source.path} ${entry.key}`,
        declaredBy: `tools.${entry.key}`,
        from: entry.keyOffset,
      });
    }
  }
}
