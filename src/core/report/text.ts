import type { Exporter } from './exporter';
import { layoutText } from './text-layout';

const WIDTH = 120;

/** Plain text in fixed columns, for a chat's code block or a mail. */
export const textExporter: Exporter = {
  id: 'text',
  title: 'Plain text',
  purpose: 'Fixed-width columns for chat and mail.',
  extension: 'txt',
  mime: 'text/plain',
  render: (report) =>
    `${layoutText(report, { width: WIDTH, extras: false })
      .map((line) =>
        line
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      )
      .join('\n')}\n\n${report.generator}, ${report.generatedAt}\n`,
};
