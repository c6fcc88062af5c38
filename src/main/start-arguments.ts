/**
 * The flake folder that the command line names. Switches belong to Chromium and are passed over; a program that is
 * not packaged has the application itself as its first word.
 *
 * @param argv all words, the program first
 * @param packaged true for an installed application
 */
export function folderFromArguments(argv: readonly string[], packaged: boolean): string | undefined {
  const words = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return words[packaged ? 0 : 1];
}
