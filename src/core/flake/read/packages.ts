import type { Position } from '../../model/problem';
import { SHELL_HOOK, type TargetPackage, type Unresolved } from '../../model/target';
import { Attrs, decodeUtf8, type NixError, NixString, Opaque, type Slot, type Value } from '../../nix';
import { sentence } from '../../sentence';
import { type CompositeMark, type ForeignMark, markOf, type PackageMark, type UnknownFlakeMark } from '../mark';
import { unknownModules } from '../module-findings';
import { resolveVersion } from '../nixpkgs/package';
import { canonicalPath, packageName } from '../nixpkgs/package-name';
import { attempt, memberText, type Session, textOf } from '../session';
import { isWith, nixpkgsPath, packagePath, withoutOutputs, withoutOverrides } from './package-paths';
import type { Places } from './places';
import { givenArguments, joinedParts } from './unknown-call';

/** Where an item stands, when its own place is not known. */
interface At {
  readonly position: Position | undefined;
  /** How the flake writes it. */
  readonly text: string;
}

/** Items that are listed, and items that are looked at for it: one can stand in a list many times. */
const MAX_ITEMS = 20_000;
const MAX_LOOKS = 100_000;
const MAX_DEPTH = 64;

/**
 * Turns lists of dependencies into packages. Each item is read by itself: one that fails is noted, with its reason and
 * place, and the rest goes on. The same package asked for twice is listed once, at its first place.
 */
export class PackageReader {
  readonly packages: TargetPackage[] = [];
  readonly unresolved: Unresolved[] = [];
  private readonly seen = new Set<string>();
  private option: string | undefined;
  private looks = 0;

  constructor(
    private readonly session: Session,
    private readonly places: Places,
    private readonly system: string,
  ) {}

  /** Reads what a member of a shell lists. `position`: where the member is written. */
  readList(slot: Slot | undefined, position: Position | undefined, text: string): void {
    if (slot !== undefined) {
      this.read(slot, { position, text }, 0);
    }
  }

  /** Notes something that is asked for and cannot be read. */
  readUnreadable(what: string, reason: string, position: Position | undefined): void {
    this.note({ position, text: what }, sentence(reason));
  }

  /** Adds a package that stands in no list of packages, such as one that Homebrew installs. */
  readOther(found: TargetPackage, position: Position | undefined): void {
    this.add(found, { position, text: found.attribute });
  }

  /** Reads something; what it adds is marked as asked for by an option. */
  under(option: string, read: () => void): void {
    const outer = this.option;
    this.option = option;
    read();
    this.option = outer;
  }

  private read(slot: Slot, outer: At, depth: number): void {
    const at = this.at(slot, outer);
    if (depth > MAX_DEPTH || this.isEnough(at)) {
      return;
    }
    const found = attempt(() => this.readValue(this.session.evaluator.force(slot), at, depth));
    if (!found.ok) {
      this.fail(at, found.error);
    }
  }

  /** Whether more has been read than any shell has; that is noted, so that nothing is left out in silence. */
  private isEnough(at: At): boolean {
    const listed = this.packages.length + this.unresolved.length;
    if (++this.looks > MAX_LOOKS || listed > MAX_ITEMS) {
      return true;
    }
    if (this.looks === MAX_LOOKS || listed === MAX_ITEMS) {
      this.note(at, 'What is listed after this is not read: there is too much of it.');
      return true;
    }
    return false;
  }

  private readValue(value: Value, at: At, depth: number): void {
    if (value === null) {
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value as readonly Slot[]) {
        this.read(item, at, depth + 1);
      }
      return;
    }
    const mark = markOf(this.session.evaluator, value);
    switch (mark?.kind) {
      case 'package': {
        const path = value instanceof Opaque ? nixpkgsPath(value, mark) : [];
        const call = path.indexOf(Opaque.CALL);
        if (call === -1) {
          const found = this.nixpkgsPackage(value, mark);
          this.add(found, at);
          this.noteRefusal(found, mark, at);
          const steps = value instanceof Opaque ? [...mark.path.split('.'), ...value.path] : [];
          const extended = steps.includes(Opaque.CALL) ? steps.findIndex((name, i) => i > 0 && isWith(name)) : -1;
          if (extended !== -1) {
            this.note(
              at,
              `What ${steps.slice(0, extended + 1).join('.')} of nixpkgs adds to the package is not known.`,
            );
          }
        } else {
          this.note(at, `What the function ${path.slice(0, call).join('.')} of nixpkgs gives is not known.`);
        }
        return;
      }
      case 'composite':
        this.readComposite(mark, at, depth);
        return;
      case 'foreign':
        this.add(this.foreignPackage(value as Attrs, mark), at);
        return;
      case 'unknown-flake':
        this.readUnknown(value as Opaque, mark, at, depth);
        return;
      case 'stdenv':
        this.add(
          {
            attribute: mark.name,
            name: mark.name,
            certainty: 'unknown',
            reason: 'It is an environment of several packages.',
            input: 'nixpkgs',
          },
          at,
        );
        return;
      case 'dependencies':
        this.note(
          at,
          mark.input === undefined
            ? `What ${mark.of} of nixpkgs is built with is known only to nixpkgs itself.`
            : `What ${mark.of} of the flake "${mark.input}" is built with is known only to that flake.`,
        );
        return;
      case 'configuration':
        this.note(at, 'It is a whole configuration, not a package.');
        return;
      case 'unresolved':
        this.note({ ...at, text: mark.what }, sentence(mark.reason));
        return;
      default:
        if (mark?.kind === 'built' && mark.how === 'join' && this.hasParts(value)) {
          this.read(value.get('paths')!, at, depth + 1);
        } else {
          this.readUnmarked(value, mark?.kind === 'built', at);
        }
    }
  }

  /** Packages that were joined under one name: what is on PATH is what they have. */
  private hasParts(value: Value): value is Attrs {
    const slot = value instanceof Attrs ? value.get('paths') : undefined;
    const paths = slot === undefined ? undefined : attempt(() => this.session.evaluator.force(slot));
    // Of a list that cannot be read, reading it tells why.
    return paths !== undefined && !(paths.ok && Array.isArray(paths.value) && paths.value.length === 0);
  }

  private readUnmarked(value: Value, built: boolean, at: At): void {
    // A text that was made of a package, such as the path of its program, stands for the package.
    const [context, ...others] = value instanceof NixString ? value.context : [];
    const owner = context === undefined || others.length > 0 ? undefined : this.session.store.ownerOf(context);
    if (owner !== undefined) {
      this.readValue(owner, at, MAX_DEPTH);
    } else if (value instanceof Opaque) {
      this.note(at, sentence(value.reason), this.places.of(value.pos) ?? at.position);
    } else if (value instanceof Attrs && (built || this.isDerivation(value))) {
      const broken = this.brokenSource(value);
      if (broken === undefined) {
        this.add(this.ownPackage(value), at);
      } else {
        this.fail(at, broken);
      }
    } else {
      this.note(at, `It is ${describe(value)}, not a package.`);
    }
  }

  /** The parts of a composite stand where they are written; the interpreter stands where the whole does. */
  private readComposite(mark: CompositeMark, at: At, depth: number): void {
    for (const item of mark.items) {
      this.read(item, at, depth + 1);
    }
  }

  private nixpkgsPackage(value: Value, mark: PackageMark): TargetPackage {
    const { session, system } = this;
    if (!(value instanceof Attrs)) {
      const path = nixpkgsPath(value, mark).join('.');
      const found = resolveVersion({ session, source: mark.source, system }, path);
      return { attribute: path, name: packageName(path, system), input: mark.source.input, ...found };
    }
    const found = resolveVersion({ session, source: mark.source, system }, mark.path);
    const said = attempt(() => memberText(session, value, 'version'));
    const name = this.text(value, 'pname') ?? packageName(mark.path, system);
    const base = { attribute: mark.path, name, input: mark.source.input };
    if (said.ok && said.value !== undefined && said.value !== found.version && found.certainty !== 'range') {
      return {
        ...base,
        version: decodeUtf8(said.value),
        certainty: 'exact',
        reason: 'The flake itself sets this version.',
      };
    }
    return { ...base, ...found };
  }

  /** A configuration sets what its nixpkgs allows by its own options. */
  private noteRefusal({ attribute, version }: TargetPackage, mark: PackageMark, at: At): void {
    const { refused } = this.session;
    const isOwnChoice = this.option === undefined || this.option === SHELL_HOOK;
    const { fork, wraps } = mark.source;
    if (!isOwnChoice || refused.has(attribute) || fork !== undefined || wraps !== undefined) {
      return;
    }
    const refusal = mark.refusal?.(version);
    if (refusal !== undefined) {
      refused.set(attribute, { refusal, position: at.position });
    }
  }

  private foreignPackage(value: Attrs, mark: ForeignMark): TargetPackage {
    const version = this.text(value, 'version');
    // No index of nixpkgs has it.
    const told = mark.certainty === 'exact' ? `The input "${mark.input}" gives this version.` : undefined;
    const reason = mark.reason ?? told;
    return {
      attribute: mark.attribute,
      name: this.text(value, 'pname') ?? this.text(value, 'name') ?? mark.attribute,
      ...(version === undefined || version === '' ? {} : { version }),
      certainty: mark.certainty,
      ...(reason === undefined ? {} : { reason }),
      input: mark.input,
    };
  }

  /** Something of a flake that we do not know: a package where it stands among packages, who knows what elsewhere. */
  private readUnknown(value: Opaque, mark: UnknownFlakeMark, at: At, depth: number): void {
    const parts = joinedParts(this.session, value);
    if (parts !== undefined) {
      this.read(parts, at, depth + 1);
      return;
    }
    const revision = mark.revision === undefined ? '' : ` at revision ${mark.revision.slice(0, 7)}`;
    const others = (mark.others ?? []).map((input) => ` or from "${input}"`).join('');
    const origin = `It comes from the flake "${mark.input}" (${mark.url})${revision}${others}`;
    const steps = value.path.filter((name) => name !== Opaque.CALL);
    const made = this.madePackage(value, mark, steps);
    if (made !== undefined) {
      this.add(made, at);
      return;
    }
    const path = withoutOutputs(packagePath(withoutOverrides(steps), this.system));
    if (path === undefined) {
      this.note(at, `${origin}, and what it holds is not known here.`);
      return;
    }
    const last = path.at(-1) ?? 'default';
    const found: TargetPackage = {
      attribute: path.join('.') || 'default',
      name: last === 'default' ? mark.input : last,
      certainty: 'unknown',
      reason: `${origin}, whose versions are not known here.`,
      input: [mark.input, ...(mark.others ?? [])].join(' or '),
    };
    this.add(found, at);
  }

  /** What a function of such a flake makes, where it was told what that is called. */
  private madePackage(value: Opaque, mark: UnknownFlakeMark, steps: readonly string[]): TargetPackage | undefined {
    const given = value.path.at(-1) === Opaque.CALL ? givenArguments(this.session, value) : undefined;
    if (given === undefined || (this.text(given, 'pname') ?? this.text(given, 'name')) === undefined) {
      return undefined;
    }
    const made = this.ownPackage(given);
    const reason = `The flake makes it with a function of the flake "${mark.input}" (${steps.join('.')}).`;
    return made.version === undefined ? { ...made, reason } : made;
  }

  private ownPackage(value: Attrs): TargetPackage {
    const said = this.text(value, 'version');
    const own = this.text(value, 'pname');
    const whole = own ?? this.text(value, 'name') ?? UNNAMED;
    // By Nix's rule the version starts at the first `-` that no letter follows.
    const [, name = whole, found] =
      own === undefined && (said === undefined || said === '') ? (/^(.+?)-([^a-zA-Z].*)$/.exec(whole) ?? []) : [];
    const version = said === undefined || said === '' ? found : said;
    return {
      attribute: name,
      name,
      ...(version === undefined
        ? { certainty: 'unknown', reason: NO_VERSION }
        : { version, certainty: 'exact', reason: 'The flake itself sets this version.' }),
      input: 'self',
    };
  }

  /** Why a package cannot be: what it is made of is for other platforms only, for one. Nix evaluates it with the shell. */
  private brokenSource(value: Attrs): NixError | undefined {
    const { evaluator } = this.session;
    const slot = value.get('src');
    const source = slot === undefined ? undefined : attempt(() => evaluator.force(slot));
    const results =
      source?.ok === true && source.value instanceof Attrs
        ? ['name', 'url', 'rev'].map((member) => {
            const part = (source.value as Attrs).get(member);
            return attempt(() => (part === undefined ? null : evaluator.force(part)));
          })
        : source === undefined
          ? []
          : [source];
    return results
      .flatMap((result) => (result.ok ? [] : [result.error]))
      .find(({ kind }) => kind === 'throw' || kind === 'assert');
  }

  private isDerivation(value: Attrs): boolean {
    const type = attempt(() => memberText(this.session, value, 'type'));
    return type.ok && type.value === 'derivation';
  }

  /** A text member; undefined when it is absent, unknown or fails. */
  private text(value: Attrs, name: string): string | undefined {
    const found = attempt(() => memberText(this.session, value, name));
    return found.ok && found.value !== undefined ? decodeUtf8(found.value) : undefined;
  }

  private at(slot: Slot, outer: At): At {
    return this.places.originOf(slot) ?? outer;
  }

  private add(found: TargetPackage, at: At): void {
    // Two packages whose names are not known are not the same one.
    const place = found.name === UNNAMED ? at.position : undefined;
    const attribute = found.input === 'self' ? found.attribute : canonicalPath(found.attribute);
    const key = JSON.stringify([found.input, attribute, found.version, place]);
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.packages.push({
        ...found,
        ...(at.position === undefined ? {} : { position: at.position }),
        ...(this.option === undefined ? {} : { option: this.option }),
      });
    }
  }

  private note(at: At, reason: string, position = at.position): void {
    const key = JSON.stringify([at.text, reason]);
    if (!this.seen.has(key)) {
      this.seen.add(key);
      this.unresolved.push({ what: at.text, reason, ...(position === undefined ? {} : { position }) });
    }
  }

  private fail(at: At, error: NixError): void {
    const hint = error.suggestion();
    const name = /'([^']+)'/.exec(error.message)?.[1];
    const absence = name === undefined ? undefined : this.session.absences.get(name);
    // What is missing in a configuration may come from a module of it that is not known.
    const modules = absence === undefined && / missing$/.test(error.message) ? unknownModules(this.session) : [];
    const doubts = modules.map((module) => `${module}, which is not known here, may bring it.`);
    const more = [absence === undefined ? undefined : sentence(absence), ...doubts, hint].filter(
      (part) => part !== undefined,
    );
    const reason = [sentence(error.message), ...more].join(' ');
    this.note(at, reason, this.places.ofError(error) ?? at.position);
  }
}

/** The name of a package whose name is not known. */
const UNNAMED = 'unnamed';

const NO_VERSION = 'The flake makes it itself and gives it no version.';

function describe(value: Value): string {
  if (textOf(value) !== undefined) {
    return 'a text';
  }
  if (value instanceof Attrs) {
    return value.has('outPath') ? 'a folder' : 'a set';
  }
  return typeof value === 'object' ? 'a path or a function' : `a ${typeof value}`;
}
