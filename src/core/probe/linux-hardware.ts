import type { Host } from '../host/host';
import { readText } from '../host/text';
import type { HostFacts } from '../model/snapshot';

const LIMIT = 1024 * 1024;

/**
 * Processor and memory as Linux tells them: `model name` of /proc/cpuinfo (x86; other processors have no name there)
 * and `MemTotal` of /proc/meminfo, see proc(5).
 */
export function readLinuxHardware({ fs }: Host): Pick<HostFacts, 'cpu' | 'cores' | 'memoryBytes'> {
  const processors = readText(fs, '/proc/cpuinfo', LIMIT);
  const memory = readText(fs, '/proc/meminfo', LIMIT);
  const cpu = processors.ok ? /^model name\s*:\s*(\S.*)$/m.exec(processors.value)?.[1]?.trim() : undefined;
  const cores = processors.ok ? (processors.value.match(/^processor\s*:/gm)?.length ?? 0) : 0;
  const total = memory.ok ? /^MemTotal:\s*(\d+) kB$/m.exec(memory.value)?.[1] : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(cores === 0 ? {} : { cores }),
    ...(total === undefined ? {} : { memoryBytes: Number(total) * 1024 }),
  };
}
