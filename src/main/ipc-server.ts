import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import * as v from 'valibot';
import type { Outcome } from '../ipc/api';
import { channelOf } from '../ipc/channel';
import { type Arguments, contract, type EventName, type EventPayload, type Method, type Result } from '../ipc/contract';
import { appOrigin } from './app-protocol';
import { problemOf } from './problem-of';

export type Handlers = { readonly [M in Method]: (args: Arguments<M>) => Result<M> | Promise<Result<M>> };

/**
 * Answers the window. A call is refused, aloud, unless it comes from the main frame of our own window and its
 * arguments are what the contract says.
 *
 * @param isOurWindow tells our window's contents from all others
 */
export function setupIpc(handlers: Handlers, isOurWindow: (contents: WebContents) => boolean): void {
  for (const method of Object.keys(contract) as Method[]) {
    ipcMain.handle(channelOf(method), async (event, ...words: unknown[]): Promise<Outcome> => {
      if (!isFromOurPage(event, isOurWindow)) {
        return refuse(method, 'the sender is not the main frame of the window');
      }
      if (words.length > 1) {
        return refuse(method, 'too many arguments');
      }
      const args = v.safeParse(contract[method].args, words[0], { abortEarly: true });
      if (!args.success) {
        return refuse(method, v.summarize(args.issues));
      }
      return answer(handlers[method] as (args: unknown) => unknown, args.output);
    });
  }
}

async function answer(handler: (args: unknown) => unknown, args: unknown): Promise<Outcome> {
  try {
    return { ok: true, value: await handler(args) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

function isFromOurPage(event: IpcMainInvokeEvent, isOurWindow: (contents: WebContents) => boolean): boolean {
  const { senderFrame, sender } = event;
  return (
    senderFrame !== null &&
    isOurWindow(sender) &&
    senderFrame === sender.mainFrame &&
    senderFrame.url.startsWith(`${appOrigin}/`)
  );
}

function refuse(method: Method, reason: string): Outcome {
  console.error(`refused: ${method}: ${reason}`);
  return { ok: false, problem: { code: 'ipc-refused', message: `The request ${method} was refused: ${reason}.` } };
}

/** Tells the window something. */
export function send<E extends EventName>(contents: WebContents, event: E, payload: EventPayload<E>): void {
  if (!contents.isDestroyed()) {
    contents.send(channelOf(event), payload);
  }
}
