import { printChecklist } from './html/checklist-page';
import { type Printable, printReport } from './html/print-report';
import type { Report } from './report';

export type { Printable } from './html/print-report';

/** A format that is printed: a page is laid out by Chromium, wherever there is one. */
export interface PrintedFormat {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly extension: 'pdf';
  readonly print: (report: Report) => Printable;
}

export const printedFormats: readonly PrintedFormat[] = [
  { id: 'pdf', title: 'PDF', purpose: 'Pages to print, sign or file.', extension: 'pdf', print: printReport },
  {
    id: 'checklist-pdf',
    title: 'Checklist as PDF',
    purpose: 'The tasks on paper, to work through with a pen.',
    extension: 'pdf',
    print: printChecklist,
  },
];

/** The printed format of an id, in capitals or not. */
export function findPrinted(id: string): PrintedFormat | undefined {
  return printedFormats.find((format) => format.id === id.toLowerCase());
}
