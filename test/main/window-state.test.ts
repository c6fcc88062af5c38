import { expect, test } from 'vitest';
import { fitBounds } from '../../src/main/window-state';

const screen = { x: 0, y: 0, width: 1440, height: 900 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };

test('a window comes back where it was', () => {
  const bounds = { x: 1500, y: 100, width: 1000, height: 700, maximized: true };
  expect(fitBounds(bounds, [screen, second])).toEqual(bounds);
});

test('a window on a screen that is gone comes back on the first one', () => {
  const bounds = { x: 1500, y: 100, width: 1000, height: 700, maximized: false };
  expect(fitBounds(bounds, [screen])).toEqual({ width: 1000, height: 700, maximized: false });
});

test('a window is no larger than its screen', () => {
  expect(fitBounds({ width: 5000, height: 4000, maximized: false }, [screen])).toEqual({
    width: 1440,
    height: 900,
    maximized: false,
  });
});
