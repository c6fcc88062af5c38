import { AUDIT_SCHEMA } from '../model/audit';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../model/snapshot';
import { type KnownIdentity, learnIdentity } from './identity';
import { type Note, type RedactionKind, replacements } from './kinds';
import { isHarmlessValue, isSecretName } from './secret-names';
import { type RedactText, redactTokens, textRedactor } from './text';

/** One thing that was taken out, for a preview. Holds the original: show it here, never write it to a report. */
export interface Removal {
  readonly kind: RedactionKind;
  readonly original: string;
  readonly replacement: string;
  readonly count: number;
  /** The first places, as paths into the document: `snapshot.environment.3.value`. */
  readonly places: readonly string[];
}

export interface Redacted<Document> {
  readonly document: Document;
  /** Sorted by kind, then by original. */
  readonly removed: readonly Removal[];
}

const PLACES = 5;

/**
 * A copy of a document (snapshot, target, audit, comparison, pins) without what concerns a person or opens a door: home
 * paths, user and host names, IP, MAC and e-mail addresses, tokens, credentials in URLs, values of variables with a
 * secret's name, identifiers of machines, and what looks random. Versions, store hashes, revisions and the names of tools
 * stay. A comparison and pins have no machine of their own to learn names from: they are found in their texts.
 *
 * @param known who the user is, for what the document does not tell
 */
export function redact<Document extends object>(document: Document, known: KnownIdentity = {}): Redacted<Document> {
  const snapshot = snapshotOf(document);
  const facts = gather(document);
  const identity = learnIdentity(snapshot, known, facts.texts, facts.words);
  const removals = new Map<string, { kind: RedactionKind; original: string; count: number; places: string[] }>();
  const place: string[] = [];
  const note: Note = (kind, original) => {
    const key = JSON.stringify([kind, original]);
    const removal = removals.get(key) ?? { kind, original, count: 0, places: [] };
    removal.count += 1;
    const here = place.join('.');
    if (removal.places.length < PLACES && !removal.places.includes(here)) {
      removal.places.push(here);
    }
    removals.set(key, removal);
  };
  const redactText = rememberClean(textRedactor(identity, facts.versions));
  const redactWord = rememberClean(redactTokens);
  return {
    document: walk(document, { place, redactText, redactWord, note }) as Document,
    removed: [...removals.values()]
      .map((removal) => ({ ...removal, replacement: replacements[removal.kind] }))
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.original, b.original)),
  };
}

/** The snapshot of a document that has one: it tells whose machine it is. */
function snapshotOf(document: object): Snapshot | undefined {
  const { schema, snapshot } = document as { readonly schema?: unknown; readonly snapshot?: Snapshot };
  switch (schema) {
    case SNAPSHOT_SCHEMA:
      return document as Snapshot;
    case AUDIT_SCHEMA:
      return snapshot;
    default:
      return undefined;
  }
}

/** How much of each kind was taken out: what a report may say. */
export function countRemovals(removed: readonly Removal[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind, count } of removed) {
    counts[kind] = (counts[kind] ?? 0) + count;
  }
  return counts;
}

/** Fields whose words are Lockstep's or nixpkgs' own: names of people do not stand there, names of tools do. */
const WORDS = new Set([
  'tool',
  'attribute',
  'title',
  'category',
  'manager',
  'package',
  'input',
  'status',
  'kind',
  'code',
  'step',
]);
const EXACT = new Set([
  'schema',
  'takenAt',
  'version',
  'revision',
  'narHash',
  'lastModified',
  'system',
  'systems',
  'arch',
  'os',
  'headline',
]);

/** What is no word: versions of packages may be where they came from. */
const PLACE = /:\/\/|\/home|sers[\\/]|\/per-user\/|\/run\/media\/|file:|\\\\/;

/** Where keys are names that people gave: texts that name a shell must still find it. */
const NAMED = new Set(['shells', 'outputs', 'inputs']);

interface Walk {
  /** Where in the document it is: the keys from its root on. */
  readonly place: string[];
  readonly redactText: RedactText;
  readonly redactWord: RedactText;
  readonly note: Note;
}

function walk(value: unknown, state: Walk): unknown {
  if (typeof value === 'string') {
    return walkText(value, state);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { place } = state;
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      place.push(String(index));
      const copy = walk(item, state);
      place.pop();
      return copy;
    });
  }
  const { redactText, redactWord, note } = state;
  const variable = value as { readonly name?: unknown; readonly value?: unknown };
  const isSecret =
    typeof variable.name === 'string' &&
    typeof variable.value === 'string' &&
    isSecretName(variable.name) &&
    !isHarmlessValue(variable.value);
  const redactKey = NAMED.has(place.at(-1) ?? '') ? redactText : redactWord;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    place.push(key);
    if (isSecret && key === 'value') {
      setOwn(copy, key, replacements.secret);
      note('secret', String(item));
    } else {
      const name = redactKey(key, note);
      setOwn(copy, name, walk(item, state));
    }
    place.pop();
  }
  return copy;
}

/** Sets a property, whatever its name is: documents may come from strangers. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

function walkText(value: string, { place, redactText, redactWord, note }: Walk): string {
  const name = place.at(-1) ?? '';
  if (name === 'name' && place.at(-2) === 'host') {
    note('host name', value);
    return replacements['host name'];
  }
  const isWord = (EXACT.has(name) || WORDS.has(name)) && !PLACE.test(value);
  return isWord ? redactWord(value, note) : redactText(value, note);
}

/** Looks at a text once: what nothing is taken out of needs no second look, and documents say most things twice. */
function rememberClean(redactText: RedactText): RedactText {
  const clean = new Set<string>();
  return (text, note) => {
    if (clean.has(text)) {
      return text;
    }
    let isTouched = false;
    const result = redactText(text, (kind, original) => {
      isTouched = true;
      note(kind, original);
    });
    if (!isTouched) {
      clean.add(text);
    }
    return result;
  };
}

/** Every text of a document, the versions in it, and the words that must not be taken for names of people. */
function gather(document: unknown) {
  const facts = {
    texts: new Set<string>(),
    versions: new Set<string>(),
    words: new Set<string>(),
  };
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      facts.texts.add(value);
      if (name === 'version' || name === 'release') {
        facts.versions.add(value);
      } else if (WORDS.has(name)) {
        facts.words.add(value.toLowerCase());
      }
    } else if (Array.isArray(value)) {
      for (const item of value) {
        visit(item, name);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        visit((value as Readonly<Record<string, unknown>>)[key], key);
      }
    }
  };
  visit(document, '');
  return facts;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
