/** `1979-05-27T07:32:00.5-07:00`, or a part of it: a date, a time of day, or both. */
export const DATE_TIME =
  /(?:(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))?)?|(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?)/y;

/**
 * What of a date and time cannot be, by the bounds of the library that Nix reads TOML with.
 *
 * @param match of {@link DATE_TIME}
 */
export function impossiblePart(match: RegExpExecArray): 'date' | 'time' | 'offset' | undefined {
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute, ...alone] = match
    .slice(1)
    .map((digits) => (digits === undefined ? undefined : Number(digits)));
  if (year !== undefined && !isDate(year, month!, day!)) {
    return 'date';
  }
  const time = hour === undefined ? alone : [hour, minute, second];
  if (time[0] !== undefined && !(time[0] < 24 && time[1]! < 60 && time[2]! <= 60)) {
    return 'time';
  }
  return (offsetHour ?? 0) <= 24 && (offsetMinute ?? 0) <= 60 ? undefined : 'offset';
}

const TIME_OF_DAY = 'dd:dd:dd';

/**
 * Where a time of day after a date breaks off, and what is expected there.
 *
 * @param at where the date ends
 * @returns undefined when no time follows
 */
export function unfinishedTime(text: string, at: number): { readonly at: number; readonly note: string } | undefined {
  if (!/^(?:[Tt]| \d)/.test(text.slice(at, at + 2))) {
    return undefined;
  }
  for (let i = 0; i < TIME_OF_DAY.length; i++) {
    const place = at + 1 + i;
    const char = text[place] ?? '';
    const wantsDigit = TIME_OF_DAY[i] === 'd';
    if (wantsDigit ? !/^\d$/.test(char) : char !== ':') {
      return { at: place, note: wantsDigit ? 'expected digit [0-9]' : 'expected :' };
    }
  }
  return undefined;
}

function isDate(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** As toml11 prints it: `T` between date and time, `Z` for Zulu, fractions of a second in groups of three digits. */
export function normalTime(text: string): string {
  return text
    .replace(/^(\d{4}-\d{2}-\d{2})[Tt ]/, '$1T')
    .replace(/z$/, 'Z')
    .replace(/\.(\d+)/, (_, digits: string) => {
      const kept = digits.slice(0, 9).replace(/0+$/, '');
      return kept === '' ? '' : `.${kept.padEnd(Math.ceil(kept.length / 3) * 3, '0')}`;
    });
}
