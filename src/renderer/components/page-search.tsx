/** The field above a list that shows only what holds the words that are typed. */
export function PageSearch({
  label,
  placeholder,
  text,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  return (
    <div className="search page-search">
      <input
        type="search"
        placeholder={placeholder}
        aria-label={label}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
