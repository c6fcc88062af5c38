import { chatBlock } from './chat-block';
import type { Exporter } from './exporter';
import { plain } from './plain';
import { remediesOf } from './remedies';
import type { Report } from './report';
import { layoutText } from './text-layout';

/** What a chat's block of code, a mail and half a screen show without breaking lines. */
const WIDTH = 80;

/** Plain text in fixed columns, as a block that chats show as it is. */
export const textExporter: Exporter = {
  id: 'text',
  title: 'Plain text',
  purpose: 'A fixed-width block for chat.',
  extension: 'txt',
  mime: 'text/plain',
  render: (report) =>
    chatBlock(
      `${layoutText(report, { width: WIDTH, extras: false })
        .map((line) =>
          line
            .map(({ text }) => text)
            .join('')
            .trimEnd(),
        )
        .join('\n')}\n${everything(report)}\n${report.generator}, ${report.generatedAt}\n`,
    ),
};

/** The command that brings all of it, to be copied from the chat: on a line of its own, never broken. */
function everything(report: Report): string {
  const { whole } = remediesOf(report);
  return whole === undefined ? '' : `\neverything at once:\n  ${plain(whole.command)}\n`;
}
