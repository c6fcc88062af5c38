/** Two columns of bars, the last of them not yet in step. */
export function Logo({ size = 18 }: { readonly size?: number }) {
  return (
    <svg className="logo" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <rect x="1" y="3" width="6" height="4" rx="1" />
      <rect x="9" y="3" width="6" height="4" rx="1" />
      <rect x="1" y="9" width="6" height="4" rx="1" />
      <rect className="step" x="9" y="9" width="6" height="4" rx="1" />
    </svg>
  );
}
