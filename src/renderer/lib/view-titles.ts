import type { View } from '../state/store';

/** What the views are called, everywhere. */
export const viewTitles: Readonly<Record<View, string>> = {
  overview: 'Overview',
  compare: 'Compare',
  snapshot: 'This machine',
  target: 'Target',
  reports: 'Reports',
  history: 'History',
  checklist: 'Checklist',
  settings: 'Settings',
};
