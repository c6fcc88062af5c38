import { grouped } from '../../grouped';
import type { Exporter } from '../exporter';
import type { Report } from '../report';
import barStyle from './bar.css?raw';
import { categoryChart } from './chart';
import { clauses, html, type Markup, nameInHead, nothing } from './escape';
import { findingsSection } from './findings';
import { firstSteps } from './first';
import { logo } from './logo';
import { contentPolicy } from './policy';
import reportStyle from './report.css?raw';
import script from './report.js?raw';
import { extrasSection, groupSection } from './rows';
import { barLegend, filters, segmentedBar } from './summary';
import { themeStyle } from './theme';

const style = themeStyle + barStyle + reportStyle;

/** From so many rows on, a browser would take seconds for what nobody reads. */
const BRIEF = 2_000;

/** One self-contained page: no network, a strict content policy, and readable without its script. */
export const htmlExporter: Exporter = {
  id: 'html',
  title: 'Web page',
  purpose: 'One self-contained file for anybody, also as a mail attachment.',
  extension: 'html',
  mime: 'text/html',
  render: (report) => page(report).markup,
};

function page(report: Report): Markup {
  const { summary, audit } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${report.generator}">
<meta name="referrer" content="no-referrer">
<title>${report.title}: ${grouped(summary.headline)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
${hatch}
<header class="top">
<div class="wrap">
<span class="brand">${logo}Lockstep</span>
<button type="button" id="theme" class="quiet" hidden>Dark</button>
</div>
</header>
<main class="wrap">
<section class="hero" aria-labelledby="headline">
<p class="subject">${report.title}<span class="sep" aria-hidden="true"> / </span>${nameInHead(audit.shell)}<span class="sep" aria-hidden="true"> / </span>${audit.target.system}<span class="against"> compared with ${machine(report)}</span></p>
<h1 id="headline">${summary.inStep && summary.total > 0 ? tick : nothing}${clauses(grouped(summary.headline))}</h1>
${segmentedBar(summary)}
${barLegend(summary)}
</section>
<div class="overview">
${firstSteps(report)}${report.groups.length > 1 ? categoryChart(report.groups) : nothing}</div>
${findingsSection(report.findings)}${report.groups.length === 0 ? empty() : comparison(report)}
${report.extras.length === 0 ? nothing : extrasSection(report.extras)}
<section class="compared" aria-labelledby="compared">
<h2 id="compared">What was compared</h2>
<dl class="facts">
${report.facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>\n`)}</dl>
</section>
</main>
<footer class="wrap">
<p>${report.generator} · <time datetime="${report.generatedAt}">${report.generatedAt.slice(0, 16).replace('T', ' ')} UTC</time>${redacted(report)}</p>
</footer>
<script>${{ markup: script }}</script>
</body>
</html>
`;
}

/** The pattern of what is unknown: to be told from what is in step without colour. */
export const hatch: Markup = {
  markup:
    '<svg class="hatch" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6"/><path d="M0 0V6"/></pattern></defs></svg>',
};

const tick: Markup = { markup: '<span class="tick" aria-hidden="true">✓</span>' };

function comparison(report: Report): Markup {
  return html`<section class="compare" aria-labelledby="compare">
<h2 id="compare">Comparison</h2>
${filters(report.summary)}
<div class="head" aria-hidden="true"><span>Status</span><span>Tool</span><span>This machine</span><span>Flake</span><span>Why</span></div>
${report.groups.map((group) => groupSection(group, report.rows.length > BRIEF))}${report.rows.length > BRIEF ? html`<p class="none">So many rows are told in brief: JSON has every copy, command and fact.</p>` : nothing}
<p class="none" id="none" hidden>Nothing here fits the filter. <button type="button" id="reset" class="quiet">Show everything</button></p>
</section>`;
}

/** `<host>, Debian GNU/Linux 12 x86_64, read 2026-11-30 10:49 UTC`. */
function machine({ facts }: Report): string {
  const value = (label: string) => facts.find(([name]) => name === label)?.[1];
  const parts = [value('Machine'), value('Operating system'), value('Read at')];
  return parts.filter((part) => part !== undefined).join(', ');
}

function empty(): Markup {
  return html`<section class="blank"><h2>Nothing to compare</h2><p>The shell that was read asks for no packages.</p></section>`;
}

/** What was taken out of a report, by kind, for its foot; nothing where nothing was. */
export function redacted({ redactions }: Report): Markup {
  const parts = Object.entries(redactions).map(([kind, count]) => `${grouped(count)} × ${kind}`);
  return parts.length === 0 ? nothing : html` · redacted: ${parts.join(', ')}`;
}
