import type { Page } from 'playwright-core';

/** What a walk by Tab through the window has found wrong; each is a sentence. */
export interface Walk {
  /** What had the focus, in order. */
  readonly stops: readonly string[];
  readonly faults: readonly string[];
}

/** More stops than any view has: whoever needs as many is in a trap. */
const farthest = 500;

/**
 * Goes through the whole window with the Tab key, from its start until it is there again, and back. At each stop the
 * focus must be seen: by an outline or a ring that is not there without it, and not under something else (WCAG 2.2: 2.4.7,
 * 2.4.11). Whatever can be clicked must have been met (2.1.1), nothing may hold the focus (2.1.2), and the order is that of
 * reading (2.4.3).
 */
export async function tabWalk(page: Page): Promise<Walk> {
  await page.evaluate(helpers);
  await page.evaluate('tabWalk.start()');
  const there = await walk(page, 'Tab');
  const back = await walk(page, 'Shift+Tab');
  const missed = (await page.evaluate('tabWalk.missed()')) as string[];
  const [start = '', ...rest] = there.stops;
  // Messages go by themselves.
  const stay = (name: string) => !name.includes('Dismiss');
  const forth = [start, ...rest.toReversed()].filter(stay);
  const other = back.stops.filter(stay).findIndex((name, index) => name !== forth[index]);
  return {
    stops: there.stops,
    faults: [
      ...new Set([...there.faults, ...back.faults, ...missed]),
      ...(other === -1 ? [] : [`back it comes to ${back.stops.filter(stay)[other]}, not to ${forth[other]}`]),
    ],
  };
}

async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<Walk> {
  const stops: string[] = [];
  const faults: string[] = [];
  for (let index = 0; index < farthest; index += 1) {
    const { name, isStart, wrong } = (await page.evaluate(`tabWalk.look(${key === 'Tab'})`)) as Stop;
    if (isStart && index > 0) {
      return { stops, faults };
    }
    // A frame has the focus for as long as anything in it has.
    if (name !== stops.at(-1)) {
      stops.push(name);
    }
    faults.push(...wrong);
    await page.keyboard.press(key);
  }
  return { stops, faults: [...faults, `the walk came to no end: ${stops.slice(-4).join(', ')}`] };
}

interface Stop {
  readonly name: string;
  /** The walk is round. */
  readonly isStart: boolean;
  readonly wrong: readonly string[];
}

/** Runs in the window, so it is text; it reads styles and places, and React's handlers off the elements. */
const helpers = String.raw`globalThis.tabWalk = (() => {
  const native = 'button, a[href], input, select, textarea, summary';
  /** One of these is a stop of the Tab key, arrows go to the others. */
  const roving = '[role=tablist], [role=radiogroup], .grid-head, fieldset';
  /** What stands in lines, one below the other, is walked line by line. */
  const lines = '[role=toolbar], header, footer';
  const met = new Set();
  let first;
  let last;
  const nameOf = (e) => {
    const text = (e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? '').trim().replace(/\s+/g, ' ').slice(0, 50);
    return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (text ? ' “' + text + '”' : '.' + e.className);
  };
  const look = (e) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(e);
    return [outlineStyle === 'none' ? '' : outlineWidth + outlineColor, boxShadow, borderColor, backgroundColor].join();
  };
  /** The element, what is drawn for it, and the line of a grid that has its focus. */
  const shown = (e) =>
    [e, e.parentElement, e.nextElementSibling, document.getElementById(e.getAttribute('aria-activedescendant'))].filter(Boolean);
  const isThere = (e) => {
    const { width, height } = e.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(e).visibility !== 'hidden' && !e.matches(':disabled');
  };
  const wrongAt = (e) => {
    const wrong = [];
    const whole = e.getBoundingClientRect();
    // Of what is higher than the window its part in sight counts.
    const box = { left: Math.max(whole.left, 0), right: Math.min(whole.right, innerWidth), top: Math.max(whole.top, 0), bottom: Math.min(whole.bottom, innerHeight) };
    if (box.right - box.left < 1 || box.bottom - box.top < 1) {
      wrong.push('is out of sight');
    } else {
      const points = [[0.5, 0.5], [0.1, 0.15], [0.9, 0.15], [0.1, 0.85], [0.9, 0.85]];
      const isSeen = points.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + (box.right - box.left) * x, box.top + (box.bottom - box.top) * y);
        return top !== null && (e.contains(top) || top.contains(e) && shown(e).includes(top) || e.labels?.[0]?.contains(top));
      });
      if (!isSeen) wrong.push('is under something else');
    }
    // A frame keeps the focus that is in it.
    if (e.matches('iframe')) {
      if (getComputedStyle(e).outlineStyle === 'none') wrong.push('does not show the focus');
      return wrong.map((what) => nameOf(e) + ' ' + what);
    }
    const parts = shown(e);
    const focused = parts.map(look);
    e.blur();
    const plain = parts.map(look);
    e.focus({ preventScroll: true });
    const changed = parts.filter((part, index) => focused[index] !== plain[index]);
    if (!changed.some((part) => Number(getComputedStyle(part).opacity) > 0.5)) wrong.push('looks the same with the focus and without');
    if (e.tabIndex > 0) wrong.push('is out of order');
    return wrong.map((what) => nameOf(e) + ' ' + what);
  };
  return {
    start() {
      first = document.querySelector(native);
      first?.focus();
    },
    look(isForward) {
      const e = document.activeElement;
      met.add(e);
      const wrong = wrongAt(e);
      const [one, next] = isForward ? [last, e] : [e, last];
      if (one?.closest(lines) && one.closest(lines) === next?.closest(lines)) {
        const isAbove = next.getBoundingClientRect().bottom <= one.getBoundingClientRect().top;
        if (isAbove) wrong.push(nameOf(next) + ' comes after ' + nameOf(one) + ', which is below it');
      }
      last = e;
      return { name: nameOf(e), isStart: e === first, wrong };
    },
    missed() {
      const every = [...document.querySelectorAll('body *')].filter(isThere);
      const isMet = (e) => met.has(e) || [...met].some((one) => one.closest(roving)?.contains(e) && one.closest(roving) !== document.body);
      const clickable = (e) => Object.entries(e).some(([key, props]) => key.startsWith('__reactProps$') && props?.onClick);
      return every.flatMap((e) =>
        e.matches(native)
          ? isMet(e) || e.closest('[aria-hidden=true]') ? [] : [nameOf(e) + ' is never reached']
          : clickable(e) && !e.closest('[role=treegrid] [role=rowgroup]') && !e.matches('dialog, [role=img] *') ? [nameOf(e) + ' can be clicked only'] : [],
      );
    },
  };
})();`;
