import { useMedia } from '../lib/use-media';
import { getState, useAppState } from './store';

/** Windows with room for the details beside the grid: there they are shown until somebody closes them. */
const besideGrid = '(min-width: 981px)';

/** Whether the details of a row are to be shown: as the user has chosen, or else where there is room beside the grid. */
export function useDetailsOpen(): boolean {
  const chosen = useAppState((state) => state.detailsOpen);
  const hasRoom = useMedia(besideGrid);
  return chosen ?? hasRoom;
}

/** The same, asked once. */
export function areDetailsOpen(): boolean {
  return getState().detailsOpen ?? matchMedia(besideGrid).matches;
}
