/** Folders that hold other projects, or what is made from this one. */
const NOT_ENTERED =
  /^(?:\..*|node_modules|bower_components|vendor|vendored|third[-_]?party|deps|dist|build|out|target|result.*|coverage|venv|env|__.*__|tests?|spec|specs|testdata|test[-_]data|fixtures?|examples?|samples?|demos?|templates?|e2e|docs?|docker|mise|gradle)$/i;

/** True for a folder that may be a part of the project, with pins of its own: `api`, `apps/web`. */
export function mayBeSubproject(name: string): boolean {
  return !NOT_ENTERED.test(name);
}

/** The part of the repository that a pin file stands for: its folder; empty for the whole. */
export function subprojectOf(path: string): string {
  const [first = '', ...rest] = path.split('/');
  return rest.length === 0 || !mayBeSubproject(first) ? '' : [first, ...rest.slice(0, -1)].join('/');
}
