import type { PinContext, PinReader } from '../../context';
import { findInLines, linesOf } from '../../format/source-text';
import { prefix, type Rule } from '../../range/rules';
import { go, java, node, python, ruby, ruleFor, spec } from '../../range/tool-rules';

/** What one tool's version file is called and how it is read. */
interface VersionFile {
  readonly tool: string;
  readonly rule: Rule;
}

/** Files that hold nothing but the version of one tool, by name. */
export const versionFiles: Readonly<Record<string, VersionFile>> = {
  '.nvmrc': { tool: 'node', rule: node },
  '.node-version': { tool: 'node', rule: node },
  '.python-version': { tool: 'python', rule: python },
  '.ruby-version': { tool: 'ruby', rule: ruby },
  '.java-version': { tool: 'java', rule: java },
  '.go-version': { tool: 'go', rule: go },
  '.terraform-version': { tool: 'terraform', rule: spec },
  '.opentofu-version': { tool: 'opentofu', rule: spec },
  '.terragrunt-version': { tool: 'terragrunt', rule: spec },
  '.packer-version': { tool: 'packer', rule: spec },
  '.bun-version': { tool: 'bun', rule: spec },
  '.deno-version': { tool: 'deno', rule: spec },
  '.dvmrc': { tool: 'deno', rule: spec },
  '.zigversion': { tool: 'zig', rule: spec },
  '.zig-version': { tool: 'zig', rule: spec },
  '.php-version': { tool: 'php', rule: spec },
  '.bazelversion': { tool: 'bazel', rule: spec },
  '.swift-version': { tool: 'swift', rule: spec },
  '.perl-version': { tool: 'perl', rule: spec },
  '.crystal-version': { tool: 'crystal', rule: spec },
  '.julia-version': { tool: 'julia', rule: spec },
  '.lua-version': { tool: 'lua', rule: spec },
  '.xcode-version': { tool: 'xcode', rule: spec },
  '.elixir-version': { tool: 'elixir', rule: spec },
  '.erlang-version': { tool: 'erlang', rule: spec },
  '.kotlin-version': { tool: 'kotlin', rule: spec },
  '.mill-version': { tool: 'mill', rule: spec },
  '.nim-version': { tool: 'nim', rule: spec },
  '.pulumi.version': { tool: 'pulumi', rule: spec },
  '.tfswitchrc': { tool: 'terraform', rule: spec },
  '.yvmrc': { tool: 'yarn', rule: spec },
};

/** Other implementations of a language are other tools: `pypy3.10`, `jruby-9.4`. */
const IMPLEMENTATION =
  /^(pypy|graalpy|miniconda|miniforge|mambaforge|anaconda|jruby|truffleruby|mruby|rubinius)(?:\+graalvm)?(?:py)?\d?[-+]?(?=v?\d)/i;

/** A reader of one such file: the first word of each line that is no comment; further lines are fallbacks. */
export function readVersionFile({ tool, rule }: VersionFile): PinReader {
  return (context) => {
    const { source } = context;
    let empty = true;
    for (const line of linesOf(source.text)) {
      // A constraint may have blanks in it, a version has none.
      const word = /^\s*([<>=~^!][^#]*[^#\s])/.exec(line.text) ?? /^\s*([^\s#]+)/.exec(line.text);
      if (word !== null) {
        const offset = line.offset + word[0].length - word[1]!.length;
        addVersion(context, tool, rule, word[1]!, { offset, group: source.path });
        empty = false;
      }
    }
    if (empty) {
      context.problem(
        'pin-file-empty',
        `${source.path} names no version.`,
        'Write the version into it, or remove it.',
        0,
      );
    }
  };
}

/** Where a version stands, and what declares it. */
interface Place {
  readonly offset: number;
  /** Left out: the version stands as it is, without quotes. */
  readonly end?: number;
  readonly group?: string;
  readonly declaredBy?: string;
  readonly from?: number;
}

/** One version of a version manager's file. */
function addVersion(context: PinContext, tool: string, rule: Rule, constraint: string, place: Place): void {
  const other = IMPLEMENTATION.exec(constraint);
  const environment =
    tool === 'python' &&
    other === null &&
    /^[a-z_]/i.test(constraint) &&
    !/^(?:c?python|system|latest)/i.test(constraint);
  if (environment) {
    context.unresolved(constraint, 'it names a virtual environment, not a version', place.offset);
    return;
  }
  context.pin({
    tool: other === null ? tool : other[1]!.toLowerCase(),
    constraint,
    rule: other === null ? rule : (text) => prefix(text.replace(IMPLEMENTATION, '')),
    source: 'version-file',
    declaredBy: place.declaredBy ?? context.source.path.replace(/^.*\//, ''),
    group: place.group,
    offset: place.offset,
    end: place.end ?? place.offset + constraint.length,
    ...(place.from === undefined ? {} : { from: place.from }),
  });
}

/** `.tool-versions` (asdf, mise): a tool and its versions on each line; the first that is installed is used. */
export const readToolVersions: PinReader = (context) => {
  for (const line of linesOf(context.source.text)) {
    const words = [...line.text.replace(/#.*$/, '').matchAll(/\S+/g)];
    const tool = words[0]?.[0];
    for (const word of words.slice(1)) {
      addManaged(context, tool!, word[0], {
        offset: line.offset + word.index,
        group: `${context.source.path} ${tool}`,
        declaredBy: tool!,
        from: line.offset + words[0]!.index,
      });
    }
  }
};

/** A version in asdf's and mise's words: also `ref:…`, `path:…`, `prefix:1.20`, `sub-1:latest`. */
export function addManaged(context: PinContext, tool: string, version: string, place: Place): void {
  if (/^(?:ref|path|sub-[^:]*|tag|branch|rev):/.test(version)) {
    context.unresolved(`${tool} ${version}`, 'it names a source or a folder, not a version', place.offset);
  } else if (version.includes('{{')) {
    context.unresolved(`${tool} ${version}`, 'it is a template that the version manager fills in', place.offset);
  } else {
    const rule = ruleFor(tool);
    addVersion(context, tool, (text) => rule(text.replace(/^(?:prefix|latest):/, '')), version, place);
  }
}

/** `.sdkmanrc`: `java=17.0.10-tem`. */
export const readSdkmanrc: PinReader = (context) => {
  for (const line of linesOf(context.source.text)) {
    const match = /^(\s*)([a-z][\w-]*)(\s*=\s*)([^\s#]+)/.exec(line.text);
    if (match !== null) {
      const [, before, tool, equals, version] = match;
      const start = line.offset + before!.length;
      addVersion(context, tool!, ruleFor(tool!), version!, {
        offset: start + tool!.length + equals!.length,
        declaredBy: tool!,
        from: start,
      });
    }
  }
};

/** Heroku's `runtime.txt`: `python-3.11.4`. */
export const readRuntimeTxt: PinReader = (context) => {
  const found = findInLines(context.source.text, /^\s*(python|ruby|node)-(\S+)/);
  if (found !== undefined) {
    const [whole, tool, version] = found.match;
    addVersion(context, tool!, ruleFor(tool!), version!, { offset: found.offset + whole.length - version!.length });
  }
};
