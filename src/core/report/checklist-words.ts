import {
  type Checklist,
  type ChecklistItem,
  type ChecklistSection,
  checklistSections,
  type StepState,
} from '../model/checklist';

/** The headings of a checklist, the same in every format. */
export const sectionTitles: Readonly<Record<ChecklistSection, string>> = {
  manager: 'First',
  tools: 'Tools',
  variables: 'Variables',
  services: 'Ports',
  check: 'At the end',
};

/** How the state of a step is shown: never by colour alone. */
export const stateLooks: Readonly<Record<StepState, { readonly glyph: string; readonly word: string }>> = {
  done: { glyph: '✓', word: 'done' },
  skipped: { glyph: '−', word: 'skipped' },
  claimed: { glyph: '!', word: 'ticked, but not seen' },
  open: { glyph: '☐', word: 'to do' },
  unseen: { glyph: '?', word: 'yours to tick' },
};

export interface SectionOfChecklist {
  readonly id: ChecklistSection;
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

/** The sections that have steps, in order. */
export function sectionsOf({ items }: Checklist): readonly SectionOfChecklist[] {
  return checklistSections.flatMap((id) => {
    const members = items.filter(({ section }) => section === id);
    return members.length === 0 ? [] : [{ id, title: sectionTitles[id], items: members }];
  });
}
