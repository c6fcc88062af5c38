import * as v from 'valibot';
import type { Arguments, EventName, Method } from './contract';
import { problemSchema } from './problem-schema';

/** An answer of the main process. A refusal or failure is a value: Electron would flatten an error to its message. */
export const outcomeSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.optional(v.unknown()) }),
  v.object({ ok: v.literal(false), problem: problemSchema }),
]);

export type Outcome = v.InferOutput<typeof outcomeSchema>;

type Invoke<M extends Method> =
  undefined extends Arguments<M> ? () => Promise<unknown> : (args: Arguments<M>) => Promise<unknown>;

/**
 * What the preload gives to the window: one function per method of the contract, one per event, and nothing that
 * takes a channel's name. Answers are `unknown` until the window has checked them.
 */
export type LockstepApi = { readonly [M in Method]: Invoke<M> } & {
  readonly on: { readonly [E in EventName]: (listener: (payload: unknown) => void) => () => void };
  /** The path of a dropped file or folder; empty when it has none. */
  readonly pathOfFile: (file: File) => string;
};
