// The parts of systeminformation that Lockstep loads: the whole costs three times as much at start.
declare module 'systeminformation/lib/cpu' {
  import type { Systeminformation } from 'systeminformation';
  export function cpu(): Promise<Systeminformation.CpuData>;
}
declare module 'systeminformation/lib/memory' {
  import type { Systeminformation } from 'systeminformation';
  export function mem(): Promise<Systeminformation.MemData>;
}
declare module 'systeminformation/lib/osinfo' {
  import type { Systeminformation } from 'systeminformation';
  export function osInfo(): Promise<Systeminformation.OsData>;
}
