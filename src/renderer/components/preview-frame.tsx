import { useEffect, useRef, useState } from 'react';

/** A page that runs nothing. It shows that the keyboard is in it: no style of ours can tell, only the window that lost it. */
export function PreviewFrame({ title, html }: { readonly title: string; readonly html: string }) {
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
      className={hasFocus ? 'preview-page has-focus' : 'preview-page'}
      sandbox=""
      title={title}
      srcDoc={html}
    />
  );
}
