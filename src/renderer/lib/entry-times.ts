import type { HistoryEntry } from '../../ipc/contract';
import { dayOf, secondOf, timeOf } from './time';

/** When each entry was made, by its id; those of the same minute are told apart by their seconds. */
export function timesOf(entries: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  const toMinute = ({ takenAt }: HistoryEntry) => `${dayOf(takenAt)}, ${timeOf(takenAt)}`;
  const counts = new Map<string, number>();
  for (const entry of entries) {
    counts.set(toMinute(entry), (counts.get(toMinute(entry)) ?? 0) + 1);
  }
  return new Map(
    entries.map((entry) => {
      const isAlone = counts.get(toMinute(entry)) === 1;
      return [entry.id, isAlone ? toMinute(entry) : `${dayOf(entry.takenAt)}, ${secondOf(entry.takenAt)}`];
    }),
  );
}
