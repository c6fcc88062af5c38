import type { ComparedPins, Pin, PinContradiction, PinPlace } from '../model/pins';
import { plain } from '../report/plain';
import type { Line, Span, Style } from '../report/text-layout';
import { displayWidth, padTo, truncate, wrap } from '../report/text-width';
import { whereOf } from './sentence';
import { toolTitle } from './tool-names';

/** Widest column of places; longer paths push the rest to the right. */
const PLACE_WIDTH = 44;
const VERSION_WIDTH = 22;

/**
 * Pins and contradictions as lines of text: what contradicts first, then every pin by tool.
 *
 * @param width cells; at least 40 are used
 */
export function layoutPins(pins: ComparedPins, width: number): readonly Line[] {
  const { contradictions } = pins;
  const cells = Math.max(40, width);
  const lines: Line[] = [[span(headline(pins), contradictions.length === 0 ? 'match' : 'drift')]];
  for (const contradiction of contradictions) {
    lines.push([], ...layoutContradiction(contradiction, cells));
  }
  const width1 = Math.min(PLACE_WIDTH, Math.max(0, ...pins.pins.map((pin) => displayWidth(plain(placeOf(pin))))));
  const width2 = Math.min(VERSION_WIDTH, Math.max(0, ...pins.pins.map((pin) => displayWidth(plain(pin.constraint)))));
  for (const tool of new Set(pins.pins.map((pin) => pin.tool))) {
    lines.push([], [span(plain(toolTitle(tool)), 'strong')]);
    for (const pin of pins.pins.filter((one) => one.tool === tool)) {
      lines.push([
        span(`  ${padTo(plain(placeOf(pin)), width1)}  ${padTo(plain(pin.constraint), width2)}  `, 'none'),
        span(plain(pin.scope === undefined ? pin.declaredBy : `${pin.declaredBy}, ${pin.scope}`), 'faint'),
      ]);
    }
  }
  if (pins.unresolved.length > 0) {
    lines.push([], [span('Not to be told from here', 'strong')]);
    for (const { what, reason, position } of pins.unresolved) {
      const where = position === undefined ? '' : `${position.file}:${position.line}  `;
      lines.push([span(truncate(plain(`  ${where}${what}: ${reason}`), cells), 'faint')]);
    }
  }
  return lines;
}

function headline({ pins, files, contradictions }: ComparedPins): string {
  if (pins.length === 0) {
    return 'No versions are declared outside the flake.';
  }
  const declared = `${count(pins.length, 'pin')} in ${count(files.length, 'file')}`;
  return contradictions.length === 0
    ? `${declared}; none contradict.`
    : `${declared}; ${count(contradictions.length, 'tool')} contradicted.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const looks: Readonly<Record<PinContradiction['severity'], { readonly word: string; readonly style: Style }>> = {
  error: { word: '≠ contradiction', style: 'drift' },
  warning: { word: '≠ warning', style: 'shadowed' },
  info: { word: '· differs', style: 'unknown' },
};

function layoutContradiction({ severity, message, places }: PinContradiction, width: number): readonly Line[] {
  const { word, style } = looks[severity];
  const sentence = wrap(plain(`${word}: ${message}`), width).map((line) => [span(line, style)]);
  return [...sentence, ...places.map((place) => [span(truncate(plain(`    ${placeLine(place)}`), width), 'faint')])];
}

function placeLine(place: PinPlace): string {
  const about = place.scope ?? place.path;
  return `${whereOf(place)}  ${place.says}${about === undefined ? '' : `  (${about})`}`;
}

function placeOf({ position }: Pin): string {
  return `${position.file}:${position.line}`;
}

function span(text: string, style: Style): Span {
  return { text, style };
}
