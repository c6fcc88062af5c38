import { own } from '../../../own';

/** Input → tool. */
type Inputs = Readonly<Record<string, string>>;

/** Orb commands and jobs that install a tool, by the orb's source. Source: circleci.com/developer/orbs. */
const orbs: Readonly<Record<string, Inputs>> = {
  'circleci/node': { 'node-version': 'node', 'pnpm-version': 'pnpm', 'yarn-version': 'yarn', 'npm-version': 'npm' },
  'circleci/python': { version: 'python', 'python-version': 'python' },
  'circleci/go': { version: 'go' },
  'circleci/ruby': { version: 'ruby' },
  'circleci/rust': { version: 'rust' },
  'circleci/php': { 'php-version': 'php' },
  'circleci/terraform': { terraform_version: 'terraform', tag: 'terraform' },
  'circleci/kubernetes': { 'kubectl-version': 'kubectl', 'kops-version': 'kops' },
  'circleci/helm': { 'helm-version': 'helm', helm_version: 'helm' },
  'circleci/aws-cli': { version: 'aws' },
  'circleci/gcp-cli': { version: 'gcloud' },
  'circleci/maven': {},
};

/** Commands and jobs whose `version` is not that of the orb's own tool, or the only ones that take one. */
const calls: Readonly<Record<string, Inputs>> = {
  'circleci/node/install-npm': { version: 'npm' },
  'circleci/node/install-pnpm': { version: 'pnpm' },
  'circleci/node/install-yarn': { version: 'yarn' },
  'circleci/node/test': { version: 'node' },
  'circleci/node/run': { version: 'node' },
  'circleci/kubernetes/install-kubectl': { 'kubectl-version': 'kubectl' },
};

/** The orbs' executors are images of CircleCI's own, by a tag. */
const executors: Readonly<Record<string, string>> = {
  'circleci/node': 'cimg/node',
  'circleci/python': 'cimg/python',
  'circleci/go': 'cimg/go',
  'circleci/ruby': 'cimg/ruby',
  'circleci/rust': 'cimg/rust',
  'circleci/php': 'cimg/php',
};

/**
 * The inputs of an orb's command or job that give a version.
 *
 * @param source the orb as its registry calls it: `circleci/node`
 * @param name of the command or job
 */
export function orbInputs(source: string, name: string): Inputs {
  return own(calls, `${source}/${name}`) ?? own(orbs, source) ?? {};
}

/** The image of an orb's executor, without its tag; undefined for orbs that are not known. */
export function orbImage(source: string): string | undefined {
  return own(executors, source);
}
