import { hostname, release as kernelRelease, uptime } from 'node:os';
import type { Host } from '../core/host/host';
import type { HostFacts } from '../core/model/snapshot';
import { readLinuxHardware } from '../core/probe/linux-hardware';
import { readReleaseFiles } from '../core/probe/release-files';

/** Milliseconds that systeminformation may take; what is not known by then is left out. */
const DEADLINE = 1500;

type Hardware = Pick<HostFacts, 'cpu' | 'cores' | 'memoryBytes' | 'distribution' | 'release'>;

/** What does not change before the next boot, kept between snapshots. */
export interface HardwareMemory {
  get(boot: string): Hardware | undefined;
  set(boot: string, hardware: Hardware): void;
}

/**
 * The machine's name, system and hardware. Never rejects.
 *
 * @param mayRun false: no program is started, and only files tell
 */
export async function readHostFacts(host: Host, memory?: HardwareMemory, mayRun = true): Promise<HostFacts> {
  const base: HostFacts = { source: host.source, os: host.os, arch: host.arch, system: nixSystem(host) };
  const files = readReleaseFiles(host);
  if (host.source !== 'local') {
    return { ...base, ...files };
  }
  const hardware = await readHardware(host, memory, mayRun);
  return { ...base, name: hostname(), kernel: kernelRelease(), ...files, ...hardware };
}

/** Nix's name for a host's system; Nix knows no Windows, whose projects are built in WSL. */
function nixSystem({ arch, os }: Pick<Host, 'arch' | 'os'>): string {
  return `${arch}-${os}`;
}

/**
 * What the kernel's files tell, where they tell all; else what the last snapshot since the boot learnt, or what
 * systeminformation tells now. What it does not tell in time comes from files, where there are any.
 */
async function readHardware(host: Host, memory: HardwareMemory | undefined, mayRun: boolean): Promise<Hardware> {
  const files = host.os === 'linux' ? readLinuxHardware(host) : {};
  if (files.cpu !== undefined && files.cores !== undefined && files.memoryBytes !== undefined) {
    return files;
  }
  const boot = bootId(host);
  const known = memory?.get(boot);
  const asked = known ?? (mayRun ? await withDeadline(askSystem(host)) : {});
  if (known === undefined && asked.cpu !== undefined) {
    memory?.set(boot, asked);
  }
  return { ...files, ...asked };
}

/**
 * Asks systeminformation, which starts programs. `osInfo` only on Windows: elsewhere it runs `hostname -f`, which may
 * ask the network and blocks until that answers, for what two small files say.
 */
async function askSystem(host: Host): Promise<Hardware> {
  const [{ cpu }, { mem }] = await Promise.all([
    import('systeminformation/lib/cpu'),
    import('systeminformation/lib/memory'),
  ]);
  const [processor, memory, system] = await Promise.all([cpu(), mem(), host.os === 'windows' ? readWindows() : {}]);
  const brand = `${processor.manufacturer} ${processor.brand}`.trim();
  return { cpu: brand, cores: processor.cores, memoryBytes: memory.total, ...system };
}

async function readWindows(): Promise<Pick<HostFacts, 'distribution' | 'release'>> {
  const { osInfo } = await import('systeminformation/lib/osinfo');
  const { distro, release } = await osInfo();
  return { distribution: distro.replace(/^Microsoft /, ''), release };
}

function withDeadline(work: Promise<Hardware>): Promise<Hardware> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Hardware>((resolve) => {
    timer = setTimeout(() => resolve({}), DEADLINE);
  });
  return Promise.race([work.catch(() => ({})), late]).finally(() => clearTimeout(timer));
}

function bootId(host: Host): string {
  const id = host.fs.readText?.('/proc/sys/kernel/random/boot_id', 64);
  // Elsewhere the minute of the boot, which clock corrections hardly move.
  return id?.ok === true ? id.value.trim() : `up-since-${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
}
