/**
 * nixpkgs' `lib`, in our own words, as source text: it is evaluated by our evaluator like any other Nix file, and a file
 * of it is parsed only when one of its names is used.
 *
 * Who evaluates it mounts {@link libSources} as the files of one folder (relative imports between them must work) and
 * imports {@link LIB_ENTRY} with what that file names as its arguments; only the entry imports others, through `file`.
 */
import asserts from './nix/asserts.nix?raw';
import attrsets from './nix/attrsets.nix?raw';
import cli from './nix/cli.nix?raw';
import customisation from './nix/customisation.nix?raw';
import debugFile from './nix/debug.nix?raw';
import entry from './nix/default.nix?raw';
import derivations from './nix/derivations.nix?raw';
import fetchers from './nix/fetchers.nix?raw';
import fileset from './nix/fileset.nix?raw';
import filesystem from './nix/filesystem.nix?raw';
import fixedPoints from './nix/fixed-points.nix?raw';
import flakes from './nix/flakes.nix?raw';
import generators from './nix/generators.nix?raw';
import gvariant from './nix/gvariant.nix?raw';
import kernel from './nix/kernel.nix?raw';
import licenses from './nix/licenses.nix?raw';
import lists from './nix/lists.nix?raw';
import meta from './nix/meta.nix?raw';
import misc from './nix/misc.nix?raw';
import moduleErrors from './nix/module-errors.nix?raw';
import moduleMerge from './nix/module-merge.nix?raw';
import moduleProperties from './nix/module-properties.nix?raw';
import moduleRenames from './nix/module-renames.nix?raw';
import modules from './nix/modules.nix?raw';
import network from './nix/network.nix?raw';
import nixpkgsModule from './nix/nixpkgs-module.nix?raw';
import options from './nix/options.nix?raw';
import path from './nix/path.nix?raw';
import sourceTypes from './nix/source-types.nix?raw';
import sources from './nix/sources.nix?raw';
import strings from './nix/strings.nix?raw';
import stringsMore from './nix/strings-more.nix?raw';
import stringsWithDeps from './nix/strings-with-deps.nix?raw';
import systems from './nix/systems.nix?raw';
import systemsArchitectures from './nix/systems-architectures.nix?raw';
import systemsDoubles from './nix/systems-doubles.nix?raw';
import systemsInspect from './nix/systems-inspect.nix?raw';
import systemsParse from './nix/systems-parse.nix?raw';
import systemsPlatforms from './nix/systems-platforms.nix?raw';
import trivial from './nix/trivial.nix?raw';
import types from './nix/types.nix?raw';
import typesSimple from './nix/types-simple.nix?raw';
import typesSubmodule from './nix/types-submodule.nix?raw';
import versions from './nix/versions.nix?raw';

/** The file whose value is a function that gives `lib`. */
export const LIB_ENTRY = 'default.nix';

/** File name → Nix source. */
export const libSources: Readonly<Record<string, string>> = {
  'asserts.nix': asserts,
  'attrsets.nix': attrsets,
  'cli.nix': cli,
  'customisation.nix': customisation,
  'debug.nix': debugFile,
  'default.nix': entry,
  'derivations.nix': derivations,
  'fetchers.nix': fetchers,
  'fileset.nix': fileset,
  'filesystem.nix': filesystem,
  'fixed-points.nix': fixedPoints,
  'flakes.nix': flakes,
  'generators.nix': generators,
  'gvariant.nix': gvariant,
  'kernel.nix': kernel,
  'licenses.nix': licenses,
  'lists.nix': lists,
  'meta.nix': meta,
  'misc.nix': misc,
  'module-errors.nix': moduleErrors,
  'module-merge.nix': moduleMerge,
  'module-properties.nix': moduleProperties,
  'module-renames.nix': moduleRenames,
  'modules.nix': modules,
  'network.nix': network,
  'nixpkgs-module.nix': nixpkgsModule,
  'options.nix': options,
  'path.nix': path,
  'source-types.nix': sourceTypes,
  'sources.nix': sources,
  'strings-more.nix': stringsMore,
  'strings-with-deps.nix': stringsWithDeps,
  'strings.nix': strings,
  'systems-architectures.nix': systemsArchitectures,
  'systems-doubles.nix': systemsDoubles,
  'systems-inspect.nix': systemsInspect,
  'systems-parse.nix': systemsParse,
  'systems-platforms.nix': systemsPlatforms,
  'systems.nix': systems,
  'trivial.nix': trivial,
  'types-simple.nix': typesSimple,
  'types-submodule.nix': typesSubmodule,
  'types.nix': types,
  'versions.nix': versions,
};
