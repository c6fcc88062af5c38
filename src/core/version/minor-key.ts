/**
 * A version cut to its first two numbers, as a key to compare by: `20.11.1` → `20.11`, `17.0.9+9` → `17.0`,
 * `2024-03-01` → `2024.3`, `9` → `9`. A version without numbers is its own key.
 */
export function minorKey(version: string): string {
  const [major, minor] = version.match(/\d+/g) ?? [];
  if (major === undefined) {
    return version;
  }
  return minor === undefined ? plain(major) : `${plain(major)}.${plain(minor)}`;
}

function plain(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}
