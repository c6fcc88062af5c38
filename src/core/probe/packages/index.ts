import type { GlobalPackage, Installation } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { npmPackages, projectPackages } from './node-packages';
import { cargoPackages, composerPackages, dotnetPackages, gemPackages, goPackages } from './other-packages';
import type { PackageSource } from './package-source';
import { pipxPackages, pythonPackages, uvPackages } from './python-packages';
import { dpkgPackages, homebrewPackages, nixPackages } from './system-packages';

const SOURCES: Readonly<Record<string, PackageSource>> = {
  npm: npmPackages,
  'package.json': projectPackages,
  Python: pythonPackages,
  pipx: pipxPackages,
  uv: uvPackages,
  cargo: cargoPackages,
  gem: gemPackages,
  go: goPackages,
  Composer: composerPackages,
  '.NET': dotnetPackages,
  dpkg: dpkgPackages,
  Homebrew: homebrewPackages,
  Nix: nixPackages,
};

/** Packages installed for everybody or for a user, from the records of their managers; nothing is run. Sorted. */
export function readPackages(context: ProbeContext, installations: readonly Installation[]): readonly GlobalPackage[] {
  const steps = packagesStepByStep(context, installations);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      return step.value;
    }
  }
}

/** The same for a reader who wants to know what is being read, or may have had enough: gives the name of each manager. */
export function* packagesStepByStep(
  context: ProbeContext,
  installations: readonly Installation[],
): Generator<string, readonly GlobalPackage[]> {
  const packages: GlobalPackage[] = [];
  for (const [manager, source] of Object.entries(SOURCES)) {
    yield manager;
    packages.push(...source(context, installations));
  }
  return packages.sort(inOrder);
}

function inOrder(one: GlobalPackage, other: GlobalPackage): number {
  const key = ({ ecosystem, name, path }: GlobalPackage) => `${ecosystem}\0${name}\0${path}`;
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
}
