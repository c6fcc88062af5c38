/** Scripts and symbols that a terminal shows two cells wide (East Asian Wide and Fullwidth, emoji). */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** How many cells of a terminal a text takes. Expects text that went through `plain`. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width += /\p{Mark}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** At most `width` cells: a longer text ends in `…`. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) {
    return text;
  }
  let kept = '';
  let used = 0;
  for (const character of text) {
    const cells = displayWidth(character);
    if (used + cells > width - 1) {
      break;
    }
    kept += character;
    used += cells;
  }
  return width <= 0 ? '' : `${kept}…`;
}

/** Exactly `width` cells. */
export function padTo(text: string, width: number): string {
  const cut = truncate(text, width);
  return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

/** Lines of at most `width` cells, broken between words; a longer word has a line of its own, broken where it must. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && displayWidth(line) + 1 + displayWidth(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') {
      lines.push(line);
      line = '';
    }
    while (displayWidth(rest) > width) {
      const full = truncate(rest, width + 1).slice(0, -1);
      if (full === '') {
        break;
      }
      // A path is broken after a folder, where that leaves a line of some length.
      const folder = full.lastIndexOf('/') + 1;
      const head = folder > full.length / 2 ? full.slice(0, folder) : full;
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
