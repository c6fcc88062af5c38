import * as v from 'valibot';
import { type Problem, ProblemError } from '../../core/model/problem';
import { type LockstepApi, outcomeSchema } from '../../ipc/api';
import {
  type Arguments,
  contract,
  type EventName,
  type EventPayload,
  events,
  type Method,
  type Result,
} from '../../ipc/contract';

type Words<M extends Method> = undefined extends Arguments<M> ? [] : [args: Arguments<M>];

/** One mistake is enough: an enormous answer may have ten thousand. */
const first = { abortEarly: true } as const;

/**
 * Asks the main process, and checks what comes back.
 *
 * @throws ProblemError when the main process refuses or fails, or when the answer is not what the contract says
 */
export async function call<M extends Method>(method: M, ...words: Words<M>): Promise<Result<M>> {
  const api: LockstepApi = window.lockstep;
  const invoke = api[method] as (...args: Words<M>) => Promise<unknown>;
  const outcome = v.parse(outcomeSchema, await invoke(...words));
  if (!outcome.ok) {
    throw new ProblemError(outcome.problem);
  }
  const result = v.safeParse(contract[method].result, outcome.value, first);
  if (!result.success) {
    throw new ProblemError(notAsAgreed(`The answer to ${method}`, v.summarize(result.issues)));
  }
  return result.output as Result<M>;
}

/**
 * Listens to the main process. Returns how to stop.
 *
 * @param refuse is told when something comes that is not as agreed
 */
export function listen<E extends EventName>(
  event: E,
  listener: (payload: EventPayload<E>) => void,
  refuse: (problem: Problem) => void,
): () => void {
  return window.lockstep.on[event]((payload) => {
    const checked = v.safeParse(events[event], payload, first);
    if (checked.success) {
      listener(checked.output as EventPayload<E>);
    } else {
      refuse(notAsAgreed(`The message ${event}`, v.summarize(checked.issues)));
    }
  });
}

function notAsAgreed(what: string, detail: string): Problem {
  return {
    code: 'answer-refused',
    message: `${what} is not what was agreed.`,
    hint: 'This is a defect of Lockstep: please report it with the details below.',
    detail,
  };
}
