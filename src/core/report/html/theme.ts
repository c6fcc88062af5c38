type Colours = Readonly<Record<string, string>>;

const light: Colours = {
  page: '#ffffff',
  raised: '#f6f8fa',
  hover: '#f3f5f8',
  line: '#d8dee4',
  'line-soft': '#eaeef2',
  text: '#1f2328',
  muted: '#59636e',
  orange: '#bc4c00',
  blue: '#0969da',
  amber: '#7d5700',
  'fill-match': '#b4bcc6',
  'fill-drift': '#d9641a',
  'fill-missing': '#1f7ae0',
  'fill-shadowed': '#d4a72c',
  'fill-unknown': '#dfe4ea',
  hatch: '#8c959f',
  focus: '#0969da',
};

const dark: Colours = {
  page: '#0d1117',
  raised: '#151b23',
  hover: '#161c25',
  line: '#2f3742',
  'line-soft': '#1f262f',
  text: '#e6edf3',
  muted: '#919ba6',
  orange: '#e8833a',
  blue: '#4c9aff',
  amber: '#d9a92f',
  'fill-match': '#4a5563',
  'fill-drift': '#db6d28',
  'fill-missing': '#388bfd',
  'fill-shadowed': '#d29922',
  'fill-unknown': '#262d37',
  hatch: '#6e7681',
  focus: '#388bfd',
};

/** Ink on paper: black text, and colours that stay apart on a grey printer. */
const print: Colours = {
  ...light,
  raised: '#f4f5f7',
  hover: '#ffffff',
  line: '#c9ced4',
  'line-soft': '#e1e4e8',
  text: '#000000',
  muted: '#444c56',
  orange: '#a04100',
  blue: '#0550ae',
  amber: '#6b4a00',
  'fill-unknown': '#e2e6eb',
};

const MONO = 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

/** The colours of a page as CSS: those of the system, of the page's own switch (`data-theme`), and of paper. */
export const themeStyle = `:root {
  color-scheme: light;
  --mono: ${MONO};
${declarations(light)}
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
    color-scheme: dark;
${declarations(dark)}
  }
}
:root[data-theme="dark"] {
  color-scheme: dark;
${declarations(dark)}
}
@media print {
  :root, :root[data-theme="dark"], :root:not([data-theme="light"]) {
    color-scheme: light;
${declarations(print)}
  }
}
`;

function declarations(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, value]) => `  --${name}: ${value};`)
    .join('\n');
}
