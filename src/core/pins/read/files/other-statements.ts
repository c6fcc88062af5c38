import type { PinReader } from '../../context';
import { dashes, hashes } from '../../format/comments';
import { entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { parseToml } from '../../format/toml';
import { parseYaml } from '../../format/yaml';
import { exact, gem, minimum, pep440, prefix, semver } from '../../range/rules';
import { spec } from '../../range/tool-rules';
import { pinAt, pinValue } from '../pin-value';
import { readStated } from './stated';

/** Scalafmt's `.scalafmt.conf`: the release that it fetches. Source: scalameta.org/scalafmt, "Configuration", "version". */
export const readScalafmt = readStated(hashes, [
  {
    pattern: /^[ \t]*version\s*=\s*"?([\w.-]{1,40})/dgm,
    tool: 'scalafmt',
    rule: exact,
    declaredBy: 'version',
    source: 'dependency',
  },
]);

/** RuboCop's `.rubocop.yml`: the lowest Ruby that the code is meant for. Source: docs.rubocop.org, "Setting the target Ruby version". */
export const readRubocop = readStated(hashes, [
  {
    pattern: /^\s+TargetRubyVersion:\s*["']?([\d.]{1,10})/dgm,
    tool: 'ruby',
    rule: minimum,
    declaredBy: 'TargetRubyVersion',
  },
]);

/** Biome's configuration names the release whose rules it follows. Source: biomejs.dev, "Configuration", "$schema". */
export const readBiome = readStated(undefined, [
  {
    pattern: /"\$schema"\s*:\s*"https?:\/\/biomejs\.dev\/schemas\/(\d[\d.]{1,20})\/schema\.json"/dg,
    tool: 'biome',
    rule: exact,
    declaredBy: '$schema',
    source: 'dependency',
  },
]);

/** Conan's `conanfile.py`: `required_conan_version = ">=2.0"`. Source: docs.conan.io, "conanfile.py". */
export const readConanfile = readStated(hashes, [
  {
    pattern: /^required_conan_version\s*=\s*["']([^"'\n]{1,60})["']/dgm,
    tool: 'conan',
    rule: spec,
    declaredBy: 'required_conan_version',
  },
]);

/** Xmake's `xmake.lua`: `set_xmakever("2.7.1")` is the lowest. Source: xmake.io, "set_xmakever". */
export const readXmake = readStated(dashes, [
  { pattern: /\bset_xmakever\(\s*["']([\d.]{1,20})["']/dg, tool: 'xmake', rule: minimum, declaredBy: 'set_xmakever' },
]);

/** `Vagrant.require_version ">= 2.2"` of a `Vagrantfile`. Source: developer.hashicorp.com/vagrant, "Minimum Vagrant Version". */
export const readVagrantfile = readStated(hashes, [
  {
    pattern: /^\s*Vagrant\.require_version\s*\(?\s*["']([^"'\n]{1,60})["']/dgm,
    tool: 'vagrant',
    rule: gem,
    declaredBy: 'Vagrant.require_version',
  },
]);

/** `version_settings(constraint='>=0.22.1')` of a `Tiltfile`. Source: docs.tilt.dev, "version_settings". */
export const readTiltfile = readStated(hashes, [
  {
    pattern: /\bversion_settings\([^()\n]{0,100}?\bconstraint\s*=\s*["']([^"'\n]{1,60})["']/dg,
    tool: 'tilt',
    rule: spec,
    declaredBy: 'version_settings',
  },
]);

/** Packer's `required_version`. Source: developer.hashicorp.com/packer, "packer block". */
export const readPacker = readStated(hashes, [
  {
    pattern: /^[ \t]*required_version\s*=\s*"([^"\n]{1,100})"/dgm,
    tool: 'packer',
    rule: gem,
    declaredBy: 'required_version',
  },
]);

/** CocoaPods wrote its own version at the end of `Podfile.lock`. Source: CocoaPods Guides, "Using CocoaPods". */
export const readPodfileLock = readStated(undefined, [
  {
    pattern: /^COCOAPODS:\s*([\w.]{1,30})/dgm,
    tool: 'cocoapods',
    rule: exact,
    declaredBy: 'COCOAPODS',
    source: 'lock',
  },
]);

/** A project of .NET: the SDK that knows its newest target framework. Source: learn.microsoft.com, "Target frameworks in SDK-style projects". */
export const readDotnetProject = readStated(undefined, [
  {
    pattern: /<TargetFrameworks?>[^<]{0,200}?\bnet(\d{1,2}\.\d)(?![^<]{0,200}\bnet\d{1,2}\.\d)[^<]{0,200}<\//dg,
    tool: 'dotnet',
    rule: minimum,
    declaredBy: 'TargetFramework',
  },
]);

/** Foundry's `foundry.toml`: the compiler that it fetches. Source: book.getfoundry.sh, "solc_version". */
export const readFoundry: PinReader = (context) => {
  const profile = valueAt(context.document(parseToml(context.source.text)), 'profile', 'default');
  for (const key of ['solc', 'solc_version']) {
    if (/^\d/.test(textOf(valueAt(profile, key)) ?? '')) {
      pinAt(context, profile, key, { tool: 'solc', rule: prefix, source: 'dependency', declaredBy: key });
    }
  }
};

/** Typst's `typst.toml`: the lowest compiler of a package. Source: typst/packages, "Package manifest". */
export const readTypst: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  pinAt(context, valueAt(root, 'package'), 'compiler', {
    tool: 'typst',
    rule: minimum,
    source: 'manifest',
    declaredBy: 'package.compiler',
  });
};

/** A Helm chart's `kubeVersion`: of the cluster, not of `kubectl`. Source: helm.sh, "The Chart.yaml File". */
export const readChart: PinReader = (context) => {
  // A chart that is a template for charts is no YAML.
  if (!/^kubeVersion:/m.test(context.source.text)) {
    return;
  }
  const root = context.document(parseYaml(context.source.text));
  pinAt(context, root, 'kubeVersion', {
    tool: 'kubernetes-cluster',
    rule: (text) => semver(text.replace(/,/g, ' ')),
    source: 'manifest',
    declaredBy: 'kubeVersion',
  });
};

/** dbt's `dbt_project.yml`: `require-dbt-version: [">=1.6.0", "<2.0.0"]`, both of which hold. Source: docs.getdbt.com, "require-dbt-version". */
export const readDbtProject: PinReader = (context) => {
  const entry = entryOf(context.document(parseYaml(context.source.text)), 'require-dbt-version');
  const parts = itemsOf(entry?.value).map((item) => textOf(item) ?? '');
  if (entry !== undefined && parts.length > 0) {
    const { offset, end } = entry.value;
    const facts = { tool: 'dbt', rule: pep440, source: 'manifest', declaredBy: 'require-dbt-version' } as const;
    context.pin({ ...facts, constraint: parts.join(', '), offset, end, from: entry.keyOffset });
  }
};

/** CMake's presets: `{"major": 3, "minor": 23}`. Source: CMake, "cmake-presets(7)", `cmakeMinimumRequired`. */
export const readCmakePresets: PinReader = (context) => {
  const least = valueAt(context.document(parseJson(context.source.text, true)), 'cmakeMinimumRequired');
  const numbers = ['major', 'minor', 'patch'].map((key) => textOf(valueAt(least, key)) ?? '0');
  if (least !== undefined) {
    pinValue(
      context,
      { ...least, kind: 'scalar', value: numbers.join('.'), raw: numbers.join('.') },
      { tool: 'cmake', rule: minimum, source: 'manifest', declaredBy: 'cmakeMinimumRequired' },
    );
  }
};
