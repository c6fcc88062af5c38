import type { PinPlace } from '../model/pins';
import type { Statement } from './statements';

/** More clauses than a sentence bears, and more lines than a clause does; all places are listed in any case. */
const MOST_CLAUSES = 6;
const MOST_LINES = 3;

/** What several places of one file say alike. */
interface Clause {
  readonly first: PinPlace;
  readonly lines: Set<number>;
  readonly verb: string;
  readonly said: string;
}

/** One sentence that names every statement: `Dockerfile:1 says 18, flake.nix:12 gives 20.11.1, …`. */
export function contradictionSentence(title: string, statements: readonly Statement[]): string {
  const clauses = new Map<string, Clause>();
  for (const { places, speaker } of statements) {
    const first = places[0]!;
    const said = listed([...new Set(places.map(({ says }) => says))], 'or');
    const verb = speaker === 'flake' ? 'give' : speaker === 'machine' ? 'run' : 'say';
    const key = JSON.stringify([verb, first.position?.file, said]);
    const clause = clauses.get(key) ?? { first, lines: new Set(), verb, said };
    clause.lines.add(first.position?.line ?? 0);
    clauses.set(key, clause);
  }
  const all = [...clauses.values()];
  const more = all.length - MOST_CLAUSES;
  const rest = more > 0 ? `, and ${more} more ${more === 1 ? 'place differs' : 'places differ'}` : '';
  const shown = all.slice(0, MOST_CLAUSES).map(clauseText).join(', ');
  return `${title} is asked for in versions that exclude each other: ${shown}${rest}.`;
}

/** `ci.yml:10 and :20 say 18`. */
function clauseText({ first, lines, verb, said }: Clause): string {
  if (lines.size === 1) {
    return `${whereOf(first)} ${verb}s ${said}`;
  }
  const others = [...lines].slice(1, MOST_LINES).map((line) => `:${line}`);
  const more = lines.size - 1 - others.length;
  const where = [whereOf(first), ...others, ...(more > 0 ? [`${more} more`] : [])];
  return `${listed(where, 'and')} ${verb} ${said}`;
}

function listed(words: readonly string[], last: string): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}` : (words[0] ?? '');
}

/** `flake.nix:12`; the machine by its program. */
export function whereOf(place: PinPlace): string {
  if (place.position !== undefined) {
    return `${place.position.file}:${place.position.line}`;
  }
  return place.kind === 'machine' ? 'this machine' : 'the flake';
}
