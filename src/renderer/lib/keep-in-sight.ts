/**
 * Scrolls something into sight now, and whenever the window has another size: what is chosen does not go out of it.
 *
 * @param find gives the element, as it is then
 * @returns ends that
 */
export function keepInSight(find: () => Element | null | undefined): () => void {
  const show = () => find()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  show();
  addEventListener('resize', show);
  return () => removeEventListener('resize', show);
}
