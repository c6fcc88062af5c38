import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { finishPdf } from '../../../src/core/report/pdf';

/** A PDF in the form that Skia writes: two pages, named places, no title, language or bookmarks. */
function printed(catalogMore = ''): Uint8Array {
  const objects = [
    "<</Creator (Mozilla/5.0 \\(X11\\))\n/Producer (Skia/PDF m114)\n/CreationDate (D:20261123000813+00'00')\n/ModDate (D:20261123000813+00'00')>>",
    '<</Type /Page\n/MediaBox [0 0 595 842]\n/Parent 4 0 R>>',
    '<</Type /Page\n/MediaBox [0 0 595 842]\n/Parent 4 0 R>>',
    '<</Type /Pages\n/Count 2\n/Kids [2 0 R 3 0 R]>>',
    '<</one [2 0 R /XYZ 34 728.7 0]\n/group-1 [2 0 R /XYZ 34 600 0]\n/two [3 0 R /XYZ 34 255.04 0]>>',
    `<</Type /Catalog\n/Pages 4 0 R\n/Dests 5 0 R${catalogMore}>>`,
  ];
  let text = '%PDF-1.4\n%\u00d3\u00eb\u00e9\u00e1\n';
  const places = objects.map((content, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${content}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 7\n0000000000 65535 f \n${table}trailer\n<</Size 7\n/Root 6 0 R\n/Info 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const facts = {
  title: 'Gärten (1 of 2) 🌱',
  language: 'en',
  creator: 'Lockstep 0.1.0',
  time: new Date('2023-11-14T22:13:20Z'),
  bookmarks: [
    { id: 'one', title: 'Comparison', level: 1 as const },
    { id: 'group-1', title: ') >> /JS (evil)', level: 2 as const },
    { id: 'gone', title: 'Nowhere', level: 1 as const },
    { id: 'two', title: 'How to fix', level: 1 as const },
  ],
};

/** As a PDF reader takes it. pdf.js keeps the bytes that it is given. */
async function read(bytes: Uint8Array) {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const outline = await document.getOutline();
  const { info } = await document.getMetadata();
  return { pages: document.numPages, outline, info: info as Record<string, unknown> };
}

test('title, time and bookmarks, as a reader of PDF finds them', async () => {
  const { pages, outline, info } = await read(finishPdf(printed(), facts));
  expect(pages).toBe(2);
  expect(info).toMatchObject({
    Title: facts.title,
    Creator: 'Lockstep 0.1.0',
    Language: 'en',
    CreationDate: "D:20231114221320+00'00'",
  });
  expect(outline.map(({ title, dest }: { title: string; dest: unknown }) => [title, dest])).toEqual([
    ['Comparison', 'one'],
    ['How to fix', 'two'],
  ]);
  expect(outline[0]?.items.map(({ title }: { title: string }) => title)).toEqual([') >> /JS (evil)']);
});

test('the same facts give the same bytes, whenever they were printed', () => {
  const later = Uint8Array.from(printed());
  const text = Buffer.from(later).toString('latin1').replaceAll('20261123000813', '20270101120000');
  expect(finishPdf(Buffer.from(text, 'latin1'), facts)).toEqual(finishPdf(printed(), facts));
});

test('what a newer browser has written itself stays', async () => {
  const bytes = finishPdf(printed('\n/Outlines 9 0 R\n/Lang (de)'), facts);
  const text = Buffer.from(bytes).toString('latin1');
  expect(text.match(/\/Outlines/g)).toHaveLength(2);
  expect(text).not.toContain('/Lang (en)');
});

test('a PDF of another form is given back as it is', () => {
  const other = new TextEncoder().encode('%PDF-1.7\nno table here\nstartxref\n9\n%%EOF\n');
  expect(finishPdf(other, facts)).toEqual(other);
});
