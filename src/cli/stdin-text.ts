import { decodeText } from '../node/decode-text';
import type { CliIo } from './io';

/** Everything on standard input, in whatever encoding its first octets name. */
export async function stdinText(io: CliIo): Promise<string> {
  return io.readStdinOctets === undefined ? io.readStdin() : decodeText(await io.readStdinOctets());
}
