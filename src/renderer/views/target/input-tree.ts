import type { TargetInput } from '../../../core/model/target';

/** One input with the inputs of its own, as the lock file nests them. */
export interface InputNode {
  /** The name under which its parent knows it. */
  readonly name: string;
  /** Absent when the lock says that it follows another input. */
  readonly input: TargetInput | undefined;
  readonly follows: string | undefined;
  readonly children: readonly InputNode[];
}

/**
 * The flake's inputs as a tree. A lock is a graph: an input that was shown before is not opened again.
 *
 * @param inputs the lock's nodes, with or without its root
 */
export function inputTree(inputs: readonly TargetInput[]): readonly InputNode[] {
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const top = topOf(inputs);
  const own = new Set(top.map(([, reference]) => reference));
  const seen = new Set<string>();

  function nodeOf(name: string, reference: string, isTop: boolean): InputNode {
    const input = byName.get(reference);
    if (input === undefined || seen.has(reference) || (own.has(reference) && !isTop)) {
      return { name, input: undefined, follows: reference, children: [] };
    }
    seen.add(reference);
    return {
      name,
      input,
      follows: undefined,
      children: Object.entries(input.inputs).map(([child, target]) => nodeOf(child, target, false)),
    };
  }

  return top.map(([name, reference]) => nodeOf(name, reference, true));
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
