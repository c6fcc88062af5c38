/**
 * A text as chats show it in fixed width: between fences, as in Markdown, Slack, Teams and Discord. A fence within it could
 * end the block, so that what follows would be obeyed; it becomes apostrophes.
 *
 * @param text lines, the last one ended
 */
export function chatBlock(text: string): string {
  return `\`\`\`\n${text.replaceAll('```', "'''")}\`\`\`\n`;
}
