import * as v from 'valibot';

/** What the native menu and the palette can ask the window to do. */
const commandIds = [
  'open-flake',
  'new-tab',
  'close-tab',
  'reopen-tab',
  'next-tab',
  'previous-tab',
  'move-tab-left',
  'move-tab-right',
  'add-column',
  'compare-files',
  'audit-again',
  'cancel-audit',
  'export',
  'copy-report',
  'save-snapshot',
  'palette',
  'find',
  'clear-filters',
  'toggle-details',
  'open-groups',
  'close-groups',
  'next-difference',
  'previous-difference',
  'back',
  'forward',
  'view-overview',
  'view-compare',
  'view-snapshot',
  'view-target',
  'view-reports',
  'view-checklist',
  'view-history',
  'view-settings',
  'shortcuts',
] as const;

export const commandIdSchema = v.picklist(commandIds);

export type CommandId = (typeof commandIds)[number];
