/// <reference types="vite/client" />
import type { LockstepApi } from '../ipc/api';

declare global {
  interface Window {
    readonly lockstep: LockstepApi;
  }
}
