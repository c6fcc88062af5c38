import type { Tool } from './catalog';
import { aiTools } from './tools/ai';
import { analysisTools } from './tools/analysis-tools';
import { browsers } from './tools/browsers';
import { buildTools } from './tools/build';
import { classicLanguages } from './tools/classic-languages';
import { cloud } from './tools/cloud';
import { compilers } from './tools/compilers';
import { containers } from './tools/containers';
import { dataTools } from './tools/data-tools';
import { databases } from './tools/databases';
import { deploymentTools } from './tools/deployment-tools';
import { editors } from './tools/editors';
import { embeddedTools } from './tools/embedded-tools';
import { functionalLanguages } from './tools/functional-languages';
import { jvmLanguages } from './tools/jvm-languages';
import { kubernetesTools } from './tools/kubernetes-tools';
import { languageServers } from './tools/language-servers';
import { languages } from './tools/languages';
import { mediaTools } from './tools/media';
import { networkTools } from './tools/network-tools';
import { nixTools } from './tools/nix';
import { packageManagers } from './tools/package-managers';
import { platformTools } from './tools/platform';
import { quality } from './tools/quality';
import { releaseTools } from './tools/release-tools';
import { servers } from './tools/servers';
import { shells } from './tools/shells';
import { systemTools } from './tools/system-tools';
import { terminalTools } from './tools/terminal';
import { terminalApps } from './tools/terminal-apps';
import { testTools } from './tools/test-tools';
import { versionControl } from './tools/version-control';
import { versionManagers } from './tools/version-managers';
import { webQualityTools, webTools } from './tools/web-tools';

/**
 * Every tool that Lockstep knows. What is built has this module as text that `JSON` reads (scripts/lib/catalog-as-text.mjs):
 * making a thousand tools from code takes four times as long.
 */
export const tools: readonly Tool[] = [
  ...languages,
  ...jvmLanguages,
  ...functionalLanguages,
  ...classicLanguages,
  ...packageManagers,
  ...versionManagers,
  ...buildTools,
  ...compilers,
  ...embeddedTools,
  ...quality,
  ...testTools,
  ...analysisTools,
  ...webTools,
  ...releaseTools,
  ...webQualityTools,
  ...languageServers,
  ...versionControl,
  ...containers,
  ...kubernetesTools,
  ...cloud,
  ...deploymentTools,
  ...databases,
  ...dataTools,
  ...servers,
  ...nixTools,
  ...editors,
  ...aiTools,
  ...browsers,
  ...shells,
  ...terminalTools,
  ...terminalApps,
  ...systemTools,
  ...networkTools,
  ...mediaTools,
  ...platformTools,
];
