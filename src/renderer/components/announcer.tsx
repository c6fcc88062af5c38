import { useAppState } from '../state/store';

/** Tells a screen reader what others see: results of a filter, the end of an audit. */
export function Announcer() {
  const text = useAppState((state) => state.announcement);
  return (
    <div role="status" className="visually-hidden">
      {text}
    </div>
  );
}
