import type { Markup } from './escape';

/** Two bars in step, one beside the other: drawn here, so that the page needs no file. */
export const logo: Markup = {
  markup:
    '<svg class="logo" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><rect x="1" y="3" width="6" height="4" rx="1"/><rect x="9" y="3" width="6" height="4" rx="1"/><rect x="1" y="9" width="6" height="4" rx="1"/><rect class="step" x="9" y="9" width="6" height="4" rx="1"/></svg>',
};
