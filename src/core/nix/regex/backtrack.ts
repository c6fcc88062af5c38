import type { Graph } from './graph';
import { hasByte } from './syntax';

/** So much work, and so many levels of it, are done at most: what takes more is matched in another way. */
const MAX_STEPS = 20_000;
const MAX_DEPTH = 1_000;

/** What is to be found; see {@link MatchOptions}. */
interface Search {
  readonly from: number;
  readonly anchored: boolean;
  readonly whole: boolean;
  readonly notEmpty: boolean;
}

/**
 * Matches by trying one way after the other, in the order in which libstdc++ does (its depth-first executor, which Nix
 * uses): what a `?`, `*` or `{}` matched first is kept once the rest matches somehow, of alternatives the longest one
 * is, and a loop goes at most twice through the same place without a byte. Groups come out as they were on the way.
 */
export class Backtracker {
  steps = 0;
  private depth = 0;
  private gaveUp = false;
  private found = false;
  private begin = 0;
  private best: Int32Array | undefined;
  private readonly captures: Int32Array;
  /** For each loop where it was entered last, and how often there. */
  private readonly places: Int32Array;
  private readonly rounds: Int32Array;

  constructor(
    private readonly graph: Graph,
    groups: number,
    private readonly text: string,
    private readonly search: Search,
  ) {
    this.captures = new Int32Array((groups + 1) * 2).fill(-1);
    this.places = new Int32Array(graph.states.length);
    this.rounds = new Int32Array(graph.states.length);
  }

  /** Start and end of the match and of each group; undefined for none, null when it would take too much work. */
  run(): Int32Array | undefined | null {
    const { search, text, graph } = this;
    for (let at = search.from; at <= text.length; at++) {
      this.begin = at;
      this.found = false;
      this.try(graph.first, at);
      if (this.gaveUp) {
        return null;
      }
      if (this.best !== undefined) {
        this.best[0] = at;
        return this.best;
      }
      if (search.anchored) {
        break;
      }
    }
    return undefined;
  }

  private try(first: number, from: number): void {
    const { graph, text, captures } = this;
    let state = first;
    let at = from;
    if (++this.depth > MAX_DEPTH) {
      this.gaveUp = true;
    }
    while (!this.gaveUp) {
      if (++this.steps > MAX_STEPS) {
        this.gaveUp = true;
        break;
      }
      const current = graph.states[state]!;
      switch (current.op) {
        case 'byte':
          if (at >= text.length || !hasByte(current.set, text.charCodeAt(at))) {
            this.depth--;
            return;
          }
          at++;
          state = current.next;
          continue;
        case 'start':
        case 'end':
          if (at !== (current.op === 'start' ? 0 : text.length)) {
            this.depth--;
            return;
          }
          state = current.next;
          continue;
        case 'begin':
        case 'finish': {
          const slot = current.group * 2 + (current.op === 'begin' ? 0 : 1);
          const before = captures[slot]!;
          captures[slot] = at;
          this.try(current.next, at);
          captures[slot] = before;
          break;
        }
        case 'either': {
          this.try(current.first, at);
          const found = this.found;
          this.found = false;
          this.try(current.second, at);
          this.found ||= found;
          break;
        }
        case 'repeat':
          this.onceMore(state, current.more, at);
          if (!this.found) {
            state = current.next;
            continue;
          }
          break;
        case 'accept':
          this.accept(at);
          break;
      }
      break;
    }
    this.depth--;
  }

  private onceMore(state: number, more: number, at: number): void {
    const { places, rounds } = this;
    const place = places[state]!;
    const round = rounds[state]!;
    if (round === 0 || place !== at) {
      places[state] = at;
      rounds[state] = 1;
    } else if (round < 2) {
      rounds[state] = round + 1;
    } else {
      return;
    }
    this.try(more, at);
    places[state] = place;
    rounds[state] = round;
  }

  private accept(at: number): void {
    const { search, text, captures, best } = this;
    this.found = !((search.whole && at !== text.length) || (search.notEmpty && at === this.begin));
    if (this.found && (best === undefined || best[1]! < at)) {
      this.best = captures.slice();
      this.best[1] = at;
    }
  }
}
