/**
 * Where two versions begin to differ, at the boundary of a part: `3.11.7` and `3.12.4` share `3.`.
 *
 * @returns the common beginning and the rest of `version`
 */
export function splitAtDifference(version: string, other: string | undefined): { same: string; different: string } {
  if (other === undefined || version === other) {
    return { same: version, different: '' };
  }
  const parts = version.split(/(?<=[.\-+_])/u);
  const others = other.split(/(?<=[.\-+_])/u);
  let index = 0;
  while (index < parts.length && parts[index] === others[index]) {
    index += 1;
  }
  return { same: parts.slice(0, index).join(''), different: parts.slice(index).join('') };
}
