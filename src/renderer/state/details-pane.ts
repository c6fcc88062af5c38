/** Windows with room for the details beside the grid: there they are shown; elsewhere only when they are asked for. */
const besideGrid = '(min-width: 981px)';

/** Whether there is room for the details beside the grid now. */
export function hasRoomForDetails(): boolean {
  return globalThis.matchMedia?.(besideGrid).matches ?? true;
}

/** Calls back when there is room for the first time: a window may get its size after its page was made. */
export function onceThereIsRoomForDetails(listener: () => void): void {
  matchMedia(besideGrid).addEventListener('change', listener, { once: true });
}
