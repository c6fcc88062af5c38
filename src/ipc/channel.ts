import type { EventName, Method } from './contract';

/** The name under which a method or event goes over Electron's wire. Apart from the contract, so that the preload
 * stays free of validation code. */
export function channelOf(name: Method | EventName): string {
  return `lockstep:${name}`;
}
