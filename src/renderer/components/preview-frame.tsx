import { useEffect, useRef, useState } from 'react';

/**
 * Scroll bars like those of the window (`base.css`), which no style of its own reaches in there. They take their colours
 * from the page, that may be dark, or paper.
 */
const scrollBars = `<style>
::-webkit-scrollbar { width: 11px; height: 11px; }
::-webkit-scrollbar-corner { background: transparent; }
::-webkit-scrollbar-thumb {
  border: 3px solid transparent;
  border-radius: 6px;
  background: color-mix(in srgb, CanvasText 22%, Canvas) content-box;
}
::-webkit-scrollbar-thumb:hover { background: color-mix(in srgb, CanvasText 60%, Canvas) content-box; }
@media (prefers-contrast: more) {
  ::-webkit-scrollbar-thumb { background: color-mix(in srgb, CanvasText 65%, Canvas) content-box; }
}
</style>`;

/**
 * A page that runs nothing. It shows that the keyboard is in it: no style of ours can tell, only the window that lost it.
 *
 * @param isPaper it will be printed: it is as light as paper, also in a dark window
 */
export function PreviewFrame({
  title,
  html,
  isPaper,
}: {
  readonly title: string;
  readonly html: string;
  readonly isPaper: boolean;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [hasFocus, setFocus] = useState(false);
  useEffect(() => {
    const look = () => setFocus(document.activeElement === frame.current);
    addEventListener('blur', look);
    addEventListener('focus', look);
    return () => {
      removeEventListener('blur', look);
      removeEventListener('focus', look);
    };
  }, []);
  return (
    <iframe
      ref={frame}
      className={['preview-page', isPaper && 'is-paper', hasFocus && 'has-focus'].filter(Boolean).join(' ')}
      sandbox=""
      title={title}
      srcDoc={(isPaper ? html.replace('<html', '<html data-theme="light"') : html).replace(
        '<head>',
        `<head>${scrollBars}`,
      )}
    />
  );
}
