import type { ReactNode } from 'react';

/** Preformatted text that scrolls: reached and scrolled by keyboard too, and named for a screen reader. */
export function ScrollingText({
  label,
  className,
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre className={className} role="group" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  );
}
