import { setVariable } from '../diff/fixes/set-variable';
import type { DiffRow } from '../model/diff';
import type { Policy, PortRule, VariableRule } from '../model/policy';
import type { PolicyContext } from './apply';

/** A variable that must be set; its value is compared, and never part of a row. */
export function variableRow(
  { name, value, position }: VariableRule,
  { file }: Policy,
  context: PolicyContext,
): DiffRow {
  const actual = context.variable(name);
  const isSet = actual !== undefined && actual !== '';
  const isRight = isSet && (value === undefined || actual === value);
  const line = isRight || value === undefined ? undefined : setVariable(name, value, context.machine.os);
  return {
    ...environmentRow(`variable:${name}`, name, position, 'set'),
    ...(isSet ? environmentActual(name, 'set') : {}),
    status: isRight ? 'match' : isSet ? 'drift' : 'missing',
    ...(isSet && !isRight ? { drift: 'other' as const } : {}),
    reason: isRight
      ? `${name} is set, as ${file} asks.`
      : isSet
        ? `${name} has another value than ${file} asks for.`
        : `${name} is not set; ${file} asks for it.`,
    fixes: line === undefined ? [] : [line],
  };
}

/** A port that must be free. */
export function portRow({ port, reason, position }: PortRule, { file }: Policy, { busyPorts }: PolicyContext): DiffRow {
  const isBusy = busyPorts.has(port);
  return {
    ...environmentRow(`port:${port}`, `Port ${port}`, position, 'free'),
    ...environmentActual(`127.0.0.1:${port}`, isBusy ? 'in use' : 'free'),
    status: isBusy ? 'drift' : 'match',
    ...(isBusy ? { drift: 'other' as const } : {}),
    reason: isBusy
      ? `Something listens on port ${port}, which ${file} keeps for ${reason}.`
      : `Port ${port} is free for ${reason}.`,
  };
}

function environmentRow(tool: string, title: string, position: VariableRule['position'], wanted: string) {
  return {
    tool,
    title,
    category: 'environment',
    expected: { attribute: tool, name: title, version: wanted, certainty: 'exact' as const, position },
    copies: [],
    fixes: [],
  };
}

/** What was found, in one word; the value of a variable is nobody's business. */
function environmentActual(source: string, found: string): Pick<DiffRow, 'actual'> {
  return {
    actual: {
      version: found,
      path: source,
      realPath: source,
      manager: 'environment',
      active: true,
      onPath: false,
      evidence: [{ kind: 'environment', source }],
    },
  };
}
