import type { GlobalPackage, Installation } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { npmPackages, projectPackages } from './node-packages';
import { cargoPackages, composerPackages, dotnetPackages, gemPackages, goPackages } from './other-packages';
import type { PackageSource } from './package-source';
import { pipxPackages, pythonPackages, uvPackages } from './python-packages';
import { dpkgPackages, homebrewPackages, nixPackages } from './system-packages';

const SOURCES: readonly PackageSource[] = [
  npmPackages,
  projectPackages,
  pythonPackages,
  pipxPackages,
  uvPackages,
  cargoPackages,
  gemPackages,
  goPackages,
  composerPackages,
  dotnetPackages,
  dpkgPackages,
  homebrewPackages,
  nixPackages,
];

/** Packages installed for everybody or for a user, from the records of their managers; nothing is run. Sorted. */
export function readPackages(context: ProbeContext, installations: readonly Installation[]): readonly GlobalPackage[] {
  return SOURCES.flatMap((source) => source(context, installations)).sort(inOrder);
}

function inOrder(one: GlobalPackage, other: GlobalPackage): number {
  const key = ({ ecosystem, name, path }: GlobalPackage) => `${ecosystem}\0${name}\0${path}`;
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
}
