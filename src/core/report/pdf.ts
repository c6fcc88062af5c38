import { decodeLatin1 } from '../host/text';
import type { Bookmark } from './html/print-report';

/** Chromium from this version on puts the page numbers there itself, as the page's style asks. */
export const MARGIN_TEXTS = 131;

/** What others are given as their footer: Chromium's own template, with its classes for the numbers. */
export const PAGE_NUMBERS =
  '<div style="width:100%;padding:0 14mm;font:8px sans-serif;color:#444c56;text-align:right"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/** What a finished PDF says of itself. */
export interface PdfFacts {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** `Lockstep 0.1.0`. */
  readonly creator: string;
  readonly time: Date;
  /** In the order of the document; each id is a destination that a link of the document names. */
  readonly bookmarks: readonly Bookmark[];
}

/**
 * Gives a PDF that Chromium printed what older Chromiums leave out: title, language and bookmarks; and the time of the
 * report in place of the time of printing, so that the same facts give the same bytes. Done as an incremental update
 * (ISO 32000-1, 7.5.6): the printed bytes stay where they are.
 *
 * @param pdf as Skia writes it: a classic cross-reference table, nothing encrypted. Others are given back untouched.
 */
export function finishPdf(pdf: Uint8Array, facts: PdfFacts): Uint8Array {
  const text = decodeLatin1(pdf);
  const dated = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}[^)]{0,8}\)/g, (whole, key: string) => {
    const date = `/${key} (D:${digits(facts.time)}+00'00')`;
    return date.length === whole.length ? date : whole;
  });
  const trailer =
    /trailer\s*<<\/Size (\d+)\s*\/Root (\d+) 0 R\s*(?:\/Info (\d+) 0 R\s*)?>>\s*startxref\s*(\d+)\s*%%EOF\s*$/.exec(
      dated,
    );
  const [, size, root, info, start] = trailer ?? [];
  const catalog = root === undefined ? undefined : dictionaryOf(dated, Number(root));
  if (size === undefined || root === undefined || start === undefined || catalog === undefined) {
    return bytesOf(dated);
  }
  const objects = new Map<number, string>();
  const additions: string[] = [];
  if (!/\/Lang\b/.test(catalog)) {
    additions.push(`/Lang (${facts.language.replace(/[^\w-]/g, '')})`);
  }
  if (!/\/ViewerPreferences\b/.test(catalog)) {
    additions.push('/ViewerPreferences <</DisplayDocTitle true>>');
  }
  let next = Number(size);
  if (!/\/Outlines\b/.test(catalog)) {
    const known = destinations(dated, catalog);
    const bookmarks = facts.bookmarks.filter(({ id }) => known.has(id));
    if (bookmarks.length > 0) {
      additions.push(`/Outlines ${next} 0 R`, '/PageMode /UseOutlines');
      next = outline(bookmarks, next, objects);
    }
  }
  const infoNumber = info === undefined ? next++ : Number(info);
  objects.set(Number(root), `<<${catalog}\n${additions.join('\n')}>>`);
  objects.set(infoNumber, informationOf(dated, infoNumber, facts));
  return bytesOf(dated + update(objects, dated.length, next, Number(root), infoNumber, start));
}

/** The inside of an object that is a dictionary. */
function dictionaryOf(text: string, number: number): string | undefined {
  const head = new RegExp(`(?:^|[\\r\\n])${number} 0 obj\\s*<<`).exec(text);
  if (head === null) {
    return undefined;
  }
  const begin = head.index + head[0].length;
  const end = text.indexOf('endobj', begin);
  const close = text.lastIndexOf('>>', end);
  return end < 0 || close < begin ? undefined : text.slice(begin, close);
}

/** The names under `/Dests` of the catalog. */
function destinations(text: string, catalog: string): ReadonlySet<string> {
  const number = /\/Dests (\d+) 0 R/.exec(catalog)?.[1];
  const names = number === undefined ? undefined : dictionaryOf(text, Number(number));
  return new Set([...(names ?? '').matchAll(/\/([\w-]+) \[/g)].map(([, name]) => name ?? ''));
}

/**
 * The objects of an outline: its root, then an item a bookmark; parts stand below their section, which starts closed.
 *
 * @returns the first number that is free
 */
function outline(bookmarks: readonly Bookmark[], root: number, objects: Map<number, string>): number {
  const numbers = bookmarks.map((_, index) => root + 1 + index);
  const sections = bookmarks.flatMap(({ level }, index) => (level === 1 ? [index] : []));
  const childrenOf = (index: number): readonly number[] => {
    const end = sections.find((other) => other > index) ?? bookmarks.length;
    return bookmarks.flatMap((_, other) => (other > index && other < end ? [other] : []));
  };
  const write = (siblings: readonly number[], parent: number): void => {
    for (const [place, index] of siblings.entries()) {
      const bookmark = bookmarks[index] as Bookmark;
      const children = bookmark.level === 1 ? childrenOf(index) : [];
      const link = (key: string, other: number | undefined) =>
        other === undefined ? '' : `\n/${key} ${numbers[other]} 0 R`;
      objects.set(
        numbers[index] as number,
        `<</Title ${textString(bookmark.title)}\n/Parent ${parent} 0 R${link('Prev', siblings[place - 1])}${link('Next', siblings[place + 1])}${link('First', children[0])}${link('Last', children.at(-1))}${children.length === 0 ? '' : `\n/Count -${children.length}`}\n/Dest /${bookmark.id}>>`,
      );
      write(children, numbers[index] as number);
    }
  };
  write(sections, root);
  const [first] = sections;
  objects.set(
    root,
    `<</Type /Outlines\n/First ${numbers[first ?? 0]} 0 R\n/Last ${numbers[sections.at(-1) ?? 0]} 0 R\n/Count ${sections.length}>>`,
  );
  return root + 1 + bookmarks.length;
}

function informationOf(text: string, number: number, { title, creator, time }: PdfFacts): string {
  const producer = /\/Producer \([^()]*\)/.exec(dictionaryOf(text, number) ?? '')?.[0] ?? '';
  const date = `(D:${digits(time)}+00'00')`;
  return `<</Title ${textString(title)}\n/Creator ${textString(creator)}\n${producer}\n/CreationDate ${date}\n/ModDate ${date}>>`;
}

/** The changed objects, a table of where they are, and a trailer that leads to the earlier ones. */
function update(
  objects: ReadonlyMap<number, string>,
  offset: number,
  size: number,
  root: number,
  info: number,
  previous: string,
): string {
  let body = '\n';
  const places: (readonly [number: number, place: number])[] = [];
  for (const [number, content] of [...objects].sort(([a], [b]) => a - b)) {
    places.push([number, offset + body.length]);
    body += `${number} 0 obj\n${content}\nendobj\n`;
  }
  const table = places.map(([number, place]) => `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return `${body}xref\n${table}trailer\n<</Size ${size}\n/Root ${root} 0 R\n/Info ${info} 0 R\n/Prev ${previous}>>\nstartxref\n${offset + body.length}\n%%EOF\n`;
}

/** A text string in UTF-16 with its mark, as hexadecimal digits: nothing in it can act. */
function textString(text: string): string {
  const units = [...Array(text.length).keys()].map((index) => text.charCodeAt(index).toString(16).padStart(4, '0'));
  return `<feff${units.join('')}>`;
}

function digits(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, 14);
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = text.charCodeAt(index);
  }
  return bytes;
}
