import * as v from 'valibot';
import { readJsonFile, writeOwnFile } from './json-file';

const boundsSchema = v.object({
  x: v.exactOptional(v.number()),
  y: v.exactOptional(v.number()),
  width: v.pipe(v.number(), v.minValue(200), v.maxValue(20_000)),
  height: v.pipe(v.number(), v.minValue(200), v.maxValue(20_000)),
  maximized: v.boolean(),
});

export type WindowBounds = v.InferOutput<typeof boundsSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const initial: WindowBounds = { width: 1280, height: 820, maximized: false };

/** Where the window was; a place that is on no screen any more is forgotten, the size is kept within the screen. */
export function loadWindowBounds(path: string, areas: readonly Area[], now: Date): WindowBounds {
  const read = readJsonFile(path, boundsSchema, now);
  return fitBounds(read.state === 'ok' ? read.value : initial, areas);
}

/** See {@link loadWindowBounds}. */
export function fitBounds(bounds: WindowBounds, areas: readonly Area[]): WindowBounds {
  const { x, y, width, height, maximized } = bounds;
  const home = areas.find(
    (area) =>
      x !== undefined &&
      y !== undefined &&
      x + width > area.x + 80 &&
      x < area.x + area.width - 80 &&
      y >= area.y - 40 &&
      y < area.y + area.height - 40,
  );
  const area = home ?? areas[0];
  const size = {
    width: Math.min(width, area?.width ?? width),
    height: Math.min(height, area?.height ?? height),
    maximized,
  };
  return home === undefined || x === undefined || y === undefined ? size : { x, y, ...size };
}

/**
 * Remembers where the window was.
 *
 * @throws what the file system says
 */
export function saveWindowBounds(path: string, bounds: WindowBounds): void {
  writeOwnFile(path, JSON.stringify(bounds));
}
