import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Installation } from '../model/snapshot';
import type { TargetPackage } from '../model/target';
import type { Exporter } from './exporter';
import { plain, plainJson } from './plain';
import { purlOf, purlOfTarget } from './purl';
import type { Report } from './report';

/** CycloneDX 1.6 (cyclonedx.org): what the machine has, as a bill of materials. */
export const cyclonedxExporter: Exporter = {
  id: 'cyclonedx',
  title: 'CycloneDX SBOM of the machine',
  purpose: 'A bill of materials of what is installed, with package URLs.',
  extension: 'cdx.json',
  mime: 'application/vnd.cyclonedx+json',
  render: (report) => {
    const { host, installations } = report.audit.snapshot;
    const components = installations.map((installation, index) => ({
      ...component(`installation-${index + 1}`, installation.tool, installation.version),
      purl: purlOf(installation, host),
      evidence: { occurrences: [{ location: plain(installation.path) }] },
      properties: properties(machineFacts(installation)),
    }));
    const name = plain(host.name ?? host.source);
    return plainJson(bom(report, { type: 'device', name, 'bom-ref': 'machine' }, components));
  },
};

/** CycloneDX 1.6: what the flake asks for, as a bill of materials. */
export const cyclonedxTargetExporter: Exporter = {
  id: 'cyclonedx-target',
  title: 'CycloneDX SBOM of the target',
  purpose: "A bill of materials of the flake's shell, with package URLs.",
  extension: 'cdx.json',
  mime: 'application/vnd.cyclonedx+json',
  render: (report) => {
    const { target, shell } = report.audit;
    const components = (target.shells[shell]?.packages ?? []).map((asked, index) => ({
      ...component(`package-${index + 1}`, asked.name, asked.certainty === 'range' ? undefined : asked.version),
      purl: purlOfTarget(asked, target),
      properties: properties(targetFacts(asked, report)),
    }));
    return plainJson(bom(report, { type: 'application', name: report.title, 'bom-ref': 'shell' }, components));
  },
};

interface Subject {
  readonly type: 'device' | 'application';
  readonly name: string;
  readonly 'bom-ref': string;
}

function bom(
  { generator, generatedAt }: Report,
  subject: Subject,
  components: readonly { 'bom-ref': string }[],
): object {
  const [name = 'Lockstep', version = '0'] = generator.split(' ');
  const content = {
    metadata: {
      timestamp: generatedAt,
      tools: { components: [{ type: 'application', name, version }] },
      component: subject,
    },
    components,
    dependencies: [{ ref: subject['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
}

function component(reference: string, name: string, version: string | undefined) {
  return {
    type: 'application' as const,
    'bom-ref': reference,
    name: plain(name),
    ...(version === undefined ? {} : { version: plain(version) }),
  };
}

type Fact = readonly [name: string, value: string | undefined];

function machineFacts({ path, realPath, manager, active, architecture }: Installation): readonly Fact[] {
  const store = /^\/nix\/store\/[0-9a-z]{32}-[^/]+/.exec(realPath)?.[0];
  return [
    ['lockstep:path', path],
    ['lockstep:real_path', realPath === path ? undefined : realPath],
    ['lockstep:manager', manager],
    ['lockstep:active', String(active)],
    ['lockstep:architecture', architecture],
    ['nix:store_path', store],
  ];
}

function targetFacts(
  { attribute, certainty, version, input = 'nixpkgs' }: TargetPackage,
  { audit }: Report,
): readonly Fact[] {
  return [
    ['nix:attribute', attribute],
    ['nix:input', input],
    ['nix:revision', audit.target.flake.inputs.find(({ name }) => name === input)?.revision],
    ['nix:system', audit.target.system],
    ['lockstep:certainty', certainty],
    ['lockstep:version_range', certainty === 'range' ? version : undefined],
  ];
}

function properties(facts: readonly Fact[]): readonly { name: string; value: string }[] {
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: plain(value) }]));
}

/** A UUID of version 8 (RFC 9562) from a content's hash: the same facts, the same number. */
function uuidOf(content: string): string {
  const hash = bytesToHex(sha256(utf8ToBytes(content)));
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
}
