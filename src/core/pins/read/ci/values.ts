import type { PinContext, PinDraft } from '../../context';
import { type DocNode, entriesOf, textOf } from '../../format/document';
import { addImage } from '../images/add-image';
import { expandVariables, withoutVariables } from '../images/variables';

/** One value of a setting, and the node that holds it: the cell of a matrix, a variable, an input's default. */
export interface Value {
  readonly text: string;
  readonly node: DocNode;
}

/** What a setting may be: several values are alternatives; `unknown` says why there is none. */
export interface Values {
  readonly values: readonly Value[];
  readonly unknown?: string;
}

/** More alternatives than a matrix has. */
export const MOST_VALUES = 64;
/** More references than a version or an image has. */
const MOST_REFERENCES = 6;
/** No version or image is longer once it is filled in. */
const LONGEST = 1_000;

/**
 * Fills in the references of a text; with several values each, every combination.
 *
 * @param node the setting
 * @param pattern global; the group that took part is a reference
 * @param resolve the values of a reference
 */
export function fillIn(node: DocNode, pattern: RegExp, resolve: (reference: string) => Values): Values {
  const text = textOf(node);
  if (text === undefined) {
    return { values: [], unknown: 'it is no single value' };
  }
  let filled: readonly Value[] = [{ text, node }];
  for (const [whole, ...groups] of [...text.matchAll(pattern)].slice(0, MOST_REFERENCES)) {
    const reference = groups.find((group) => group !== undefined)?.trim() ?? '';
    const found = resolve(reference);
    if (found.values.length === 0) {
      return { values: [], unknown: found.unknown ?? `${reference} is set elsewhere` };
    }
    filled = filled
      .flatMap((made) =>
        found.values.map((value) => ({ text: made.text.replace(whole, () => value.text), node: value.node })),
      )
      .filter((value) => value.text.length <= LONGEST)
      .slice(0, MOST_VALUES);
  }
  return { values: filled };
}

/** Adds a pin for each value of a setting, or says why there is none. */
export function addValues(
  context: PinContext,
  setting: DocNode,
  { values, unknown }: Values,
  facts: Pick<PinDraft, 'tool' | 'rule' | 'declaredBy' | 'scope' | 'group'>,
): void {
  if (values.length === 0) {
    context.unresolved(
      `${facts.declaredBy}: ${textOf(setting) ?? ''}`,
      unknown ?? 'it is set elsewhere',
      setting.offset,
    );
  }
  for (const { text, node } of values) {
    warnOfLostZero(context, node, facts.declaredBy);
    context.pin({ ...facts, constraint: text, source: 'ci', offset: node.offset, end: node.end });
  }
}

/** Adds the pins of an image for each value of a setting, or says why there is none. */
export function addImages(
  context: PinContext,
  setting: DocNode,
  { values, unknown }: Values,
  facts: { readonly declaredBy: string; readonly job: string },
): void {
  if (values.length === 0) {
    context.unresolved(
      `${facts.declaredBy} ${textOf(setting) ?? ''}`,
      unknown ?? 'it is set elsewhere',
      setting.offset,
    );
  }
  const group = jobGroup(context, facts.job, values.length);
  const place = { source: 'ci', declaredBy: facts.declaredBy, scope: `job ${facts.job}`, group } as const;
  for (const { text, node } of values) {
    warnOfLostZero(context, node, facts.declaredBy);
    addImage(context, withoutVariables(text), { ...place, offset: node.offset, end: node.end });
  }
}

/**
 * Adds the pins of an image whose variables are written as shells do. Of those that have several values, the cells of a
 * matrix, the first is gone through; what is set elsewhere is said.
 *
 * @param valuesOf none for what is not known
 */
export function addImageOf(
  context: PinContext,
  setting: DocNode | undefined,
  { declaredBy, job }: { readonly declaredBy: string; readonly job: string },
  valuesOf: (name: string) => readonly Value[] = () => [],
): void {
  const text = textOf(setting);
  if (setting === undefined || text === undefined) {
    return;
  }
  const { used } = expandVariables(text, (name) => valuesOf(name)[0]?.text);
  const axis = used.find((name) => valuesOf(name).length > 1) ?? used[0];
  const cells = axis === undefined ? [undefined] : valuesOf(axis).slice(0, MOST_VALUES);
  for (const cell of cells) {
    const image = expandVariables(text, (name) => (name === axis ? cell : valuesOf(name)[0])?.text);
    const { offset, end } = cell?.node ?? setting;
    if (cell !== undefined) {
      warnOfLostZero(context, cell.node, axis ?? declaredBy);
    }
    const group = jobGroup(context, job, cells.length);
    addImage(context, image, { source: 'ci', declaredBy, scope: `job ${job}`, group, offset, end });
  }
}

/** The values of variables, one or a list of each. */
export function valuesIn(node: DocNode | undefined): (name: string) => readonly Value[] {
  const values = new Map<string, readonly Value[]>();
  for (const { key, value } of entriesOf(node)) {
    const items = value.kind === 'list' ? value.items : [value];
    const texts = items.flatMap((item) => {
      const text = textOf(item);
      return text === undefined ? [] : [{ text, node: item }];
    });
    values.set(key, texts.slice(0, MOST_VALUES));
  }
  return (name) => values.get(name) ?? [];
}

/** `3.10` without quotes is the number 3.1 to YAML, and that is what the step is given. */
function warnOfLostZero(context: PinContext, node: DocNode, declaredBy: string): void {
  if (node.kind === 'scalar' && typeof node.value === 'number' && /^\d+\.\d*0$/.test(node.raw)) {
    context.problem(
      'pin-unquoted-number',
      `${declaredBy} is written ${node.raw} without quotes, which YAML reads as ${node.value}.`,
      `Write '${node.raw}' in quotes.`,
      node.offset,
    );
  }
}

/** Jobs whose names differ in numbers only (`test-3.9`, `test-3.10`) are alternatives of one another. */
export function jobGroup(context: PinContext, job: string, alternatives: number): string | undefined {
  const name = job.replace(/\d+(?:[._-]?\d+)*/g, '#');
  return alternatives > 1 || name !== job ? `${context.source.path} ${name}` : undefined;
}
