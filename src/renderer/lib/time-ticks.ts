const minute = 60_000;
const hour = 60 * minute;

/** Steps of a day's hours and minutes, in milliseconds; days and months go by the calendar. */
const clockSteps = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour];
const dayCounts = [1, 2, 7, 14];
const monthCounts = [1, 2, 3, 6, 12, 24, 60, 120];

export interface TimeTick {
  readonly time: number;
  readonly label: string;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

/**
 * Where an axis of time has its marks: on round times of the user's clock and calendar, no two with the same words.
 *
 * @param most so many marks at most
 */
export function timeTicks(from: number, to: number, most = 6): readonly TimeTick[] {
  for (const step of clockSteps) {
    const ticks = labelled(
      walk(roundUp(from, step), to, (time) => time + step, most),
      labelOf,
    );
    if (ticks !== undefined) {
      // Two audits of one minute have no round time between them.
      return ticks.length === 0 ? [{ time: from, label: clock.format(from) }] : ticks;
    }
  }
  for (const count of dayCounts) {
    const ticks = labelled(
      walk(startOfDay(from), to, (time) => nextDay(time, count), most, from),
      date.format,
    );
    if (ticks !== undefined) {
      return ticks;
    }
  }
  for (const count of monthCounts) {
    const ticks = labelled(
      walk(startOfMonth(from), to, (time) => nextMonth(time, count), most, from),
      month.format,
    );
    if (ticks !== undefined) {
      return ticks;
    }
  }
  return [];
}

/** Marks with their words; undefined where two would say the same. */
function labelled(
  times: readonly number[] | undefined,
  format: (time: number) => string,
): readonly TimeTick[] | undefined {
  const ticks = times?.map((time) => ({ time, label: format(time) }));
  return ticks === undefined || new Set(ticks.map(({ label }) => label)).size < ticks.length ? undefined : ticks;
}

/** A day begins with its date: `30 Nov`; the rest of it is the clock's. */
function labelOf(time: number): string {
  return new Date(time).getHours() === 0 && new Date(time).getMinutes() === 0 ? date.format(time) : clock.format(time);
}

function walk(
  first: number,
  to: number,
  next: (time: number) => number,
  most: number,
  from = first,
): readonly number[] | undefined {
  const ticks: number[] = [];
  for (let time = first; time <= to; time = next(time)) {
    if (time >= from) {
      ticks.push(time);
    }
    if (ticks.length > most) {
      return undefined;
    }
  }
  return ticks;
}

/** Round by the user's clock, which may be half an hour off from everybody else's. */
function roundUp(time: number, step: number): number {
  const midnight = startOfDay(time);
  return midnight + Math.ceil((time - midnight) / step) * step;
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

function nextDay(time: number, count: number): number {
  const at = new Date(time);
  return at.setDate(at.getDate() + count);
}

function startOfMonth(time: number): number {
  const at = new Date(time);
  at.setHours(0, 0, 0, 0);
  return at.setDate(1);
}

function nextMonth(time: number, count: number): number {
  const at = new Date(time);
  return at.setMonth(at.getMonth() + count);
}
