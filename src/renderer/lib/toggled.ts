/** A set with a member that it did not have, or without it. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) {
    next.add(member);
  }
  return next;
}
