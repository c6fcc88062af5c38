import { plain } from '../plain';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute. Nothing else may put foreign text into the page. */
function escapeHtml(text: string): string {
  const safe = plain(text);
  return /[&<>"']/.test(safe) ? safe.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : safe;
}

/** Markup that needs no escaping, because {@link html} made it. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/**
 * A template tag: the text is markup, every value is escaped unless it is {@link Markup} itself. So that forgetting to
 * escape is not possible.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.map((part, index) => part + show(values[index] ?? '')).join('') };
}

/** Nothing. */
export const nothing: Markup = { markup: '' };

/** A sentence in which what stands in backticks is code: `nix flake update`. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}

/** A sentence whose lines end after a clause, so that a number and what it counts stay together. */
export function clauses(sentence: string): Markup {
  return html`${sentence.split(/(?<=[;,]) /u).map((clause) => html`<span class="clause">${clause}</span> `)}`;
}

/** Letters of a name that have room in a head. */
const NAME = 80;

/** A name in a head: of one that would take lines the beginning and the end, and all of it for whoever points at it. */
export function nameInHead(name: string): Markup {
  const letters = [...plain(name)];
  return letters.length <= NAME
    ? html`${name}`
    : html`<span title="${name}">${letters.slice(0, 52).join('')}…${letters.slice(-24).join('')}</span>`;
}

function show(value: Value): string {
  switch (typeof value) {
    case 'string':
      return escapeHtml(value);
    case 'number':
      return String(value);
    default:
      return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  }
}
