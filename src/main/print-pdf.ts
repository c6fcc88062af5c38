import { randomUUID } from 'node:crypto';
import { BrowserWindow } from 'electron';
import { type Pages, pageUrl } from './app-protocol';

const footer = `<div style="width:100%;padding:0 12mm;font:8px sans-serif;color:#59636e;display:flex;justify-content:space-between">
<span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;

/**
 * A report as PDF: A4, with page numbers; text stays text. The page is laid out in a window that is never shown, runs
 * no scripts and reaches nothing.
 *
 * @param pages where the page is put for the `app:` protocol, for as long as it is printed
 */
export async function printPdf(html: string, pages: Pages): Promise<Uint8Array> {
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
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer,
      // Both came after the oldest runtime in use, which passes them over.
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
    pages.delete(id);
  }
}
