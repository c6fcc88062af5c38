import type { TargetInput } from '../../../core/model/target';

/** One input, and how deep the lock file nests it. */
export interface InputLine {
  /** The name under which its parent knows it. */
  readonly name: string;
  /** Absent when the lock says that it follows another input. */
  readonly input: TargetInput | undefined;
  readonly follows: string | undefined;
  /** 0: the flake's own. */
  readonly depth: number;
  /** The name of the input that it is one of; absent for the flake's own. */
  readonly parent: string | undefined;
  /** Unique among the lines. */
  readonly key: string;
}

/**
 * The flake's inputs as a tree, line by line: each with its own inputs below it. A lock is a graph: an input that was
 * shown before is not opened again. Chains may be as long as they like.
 *
 * @param inputs the lock's nodes, with or without its root
 */
export function inputTree(inputs: readonly TargetInput[]): readonly InputLine[] {
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const top = topOf(inputs);
  const own = new Set(top.map(([, reference]) => reference));
  const seen = new Set<string>();
  const lines: InputLine[] = [];
  const open = top
    .map(([name, reference]) => ({ name, reference, depth: 0, parent: undefined as string | undefined, key: name }))
    .reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, reference, depth, parent, key } = next;
    const input = byName.get(reference);
    if (input === undefined || seen.has(reference) || (own.has(reference) && depth > 0)) {
      lines.push({ name, input: undefined, follows: reference, depth, parent, key });
      continue;
    }
    seen.add(reference);
    lines.push({ name, input, follows: undefined, depth, parent, key });
    for (const [child, target] of Object.entries(input.inputs).reverse()) {
      open.push({ name: child, reference: target, depth: depth + 1, parent: name, key: `${reference}/${child}` });
    }
  }
  return lines;
}

/** The flake's own inputs. Documents of earlier versions do not mark them: those that no other one uses. */
function topOf(inputs: readonly TargetInput[]): readonly (readonly [name: string, reference: string])[] {
  const direct = inputs.filter((input) => input.direct === true);
  if (direct.length > 0) {
    return direct.map(({ name }) => [name, name]);
  }
  const root = inputs.find(({ type }) => type === 'root');
  const used = new Set(inputs.flatMap((input) => (input === root ? [] : Object.values(input.inputs))));
  return root === undefined
    ? inputs.filter(({ name }) => !used.has(name)).map(({ name }) => [name, name])
    : Object.entries(root.inputs);
}
