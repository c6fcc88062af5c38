import { randomUUID } from 'node:crypto';
import { BrowserWindow } from 'electron';
import { finishPdf, MARGIN_TEXTS, PAGE_NUMBERS, type PdfFacts } from '../core/report/pdf';
import type { Printable } from '../core/report/printables';
import { type Pages, pageUrl } from './app-protocol';

/**
 * A document as PDF: A4, with page numbers, a title and bookmarks; text stays text. The page is laid out in a window that
 * is never shown, runs no scripts and reaches nothing.
 *
 * @param pages where the page is put for the `app:` protocol, for as long as it is printed
 */
export async function printPdf(
  { html, title, bookmarks }: Printable,
  facts: Pick<PdfFacts, 'creator' | 'time'>,
  pages: Pages,
): Promise<Uint8Array> {
  const id = randomUUID();
  pages.set(id, html);
  const window = new BrowserWindow({
    show: false,
    width: 900,
    height: 1200,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    await window.loadURL(pageUrl(id));
    const printed = await window.webContents.printToPDF({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      displayHeaderFooter: Number.parseInt(process.versions['chrome'] ?? '', 10) < MARGIN_TEXTS,
      headerTemplate: '<span></span>',
      footerTemplate: PAGE_NUMBERS,
      // Both came after the oldest runtime in use, which passes them over.
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    return finishPdf(printed, { title, bookmarks, language: 'en', ...facts });
  } finally {
    window.destroy();
    pages.delete(id);
  }
}
