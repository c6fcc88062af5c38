import { counted } from './counted';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in the words of a person: `3 days`, `2 years`. Both ISO 8601. */
export function ageOf(then: string, now: string): string {
  const elapsed = Date.parse(now) - Date.parse(then);
  if (Number.isNaN(elapsed)) {
    return 'unknown age';
  }
  if (elapsed < minute) {
    return 'now';
  }
  const [size, unit] = scale(elapsed);
  const count = Math.floor(elapsed / size);
  return counted(count, unit);
}

function scale(elapsed: number): readonly [number, string] {
  if (elapsed < hour) {
    return [minute, 'minute'];
  }
  if (elapsed < day) {
    return [hour, 'hour'];
  }
  if (elapsed < 60 * day) {
    return [day, 'day'];
  }
  return elapsed < 730 * day ? [30.44 * day, 'month'] : [365.25 * day, 'year'];
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `6 Jul 2024`. */
export function dayOf(iso: string): string {
  return Number.isNaN(Date.parse(iso)) ? iso : dayFormat.format(new Date(iso));
}

/** `21:43`, in the user's time zone. */
export function timeOf(iso: string): string {
  return Number.isNaN(Date.parse(iso)) ? iso : timeFormat.format(new Date(iso));
}

const secondFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** `21:43:07`, in the user's time zone: tells two things of the same minute apart. */
export function secondOf(iso: string): string {
  return Number.isNaN(Date.parse(iso)) ? iso : secondFormat.format(new Date(iso));
}
