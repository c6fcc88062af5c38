import * as electron from 'electron';

/** Electron up to 44 takes one object with a key for each kind and is done when the call returns. */
interface EarlierClipboard {
  write(data: { text: string; html: string }): void;
}

/** Puts plain text and HTML on the clipboard together: the program that pastes takes what it understands. */
export async function writeRichText(text: string, html: string): Promise<void> {
  const { clipboard } = electron;
  const { ClipboardItem } = electron as { ClipboardItem?: typeof electron.ClipboardItem };
  if (ClipboardItem === undefined) {
    (clipboard as unknown as EarlierClipboard).write({ text, html });
    return;
  }
  await clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
}
