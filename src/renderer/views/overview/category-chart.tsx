import { useMemo, useState } from 'react';
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { categoryTitle } from '../../../core/catalog/categories';
import { grouped } from '../../../core/grouped';
import type { EarlyRow, RowStatus } from '../../../core/model/diff';
import { ChartTip } from '../../components/chart-tip';
import { compareCategories } from '../../lib/categories';
import { statusLooks } from '../../lib/status';
import { useChartTip } from '../../lib/use-chart-tip';

const shown: readonly Exclude<RowStatus, 'extra'>[] = ['match', 'drift', 'missing', 'shadowed', 'unknown'];

/** What is not judged comes last. */
const series = [...shown, 'open'] as const;

type Series = (typeof series)[number];

const fills: Readonly<Record<Series, string>> = {
  match: 'var(--fill-grey)',
  drift: 'var(--fill-orange)',
  missing: 'var(--fill-blue)',
  shadowed: 'var(--fill-amber)',
  unknown: 'url(#unknown-hatch)',
  open: 'var(--fill-faint)',
};

type Datum = { readonly title: string; readonly total: number } & Readonly<Record<Series, number>>;

/**
 * What the target asks for, by category and status: a picture, or the same numbers as a table.
 *
 * @param open what is said of rows that are not judged
 */
export function CategoryChart({
  rows,
  open = '',
}: {
  readonly rows: readonly EarlyRow[];
  readonly open?: string | undefined;
}) {
  const [asTable, setAsTable] = useState(false);
  const { tip, around } = useChartTip();
  const data = useMemo(() => dataOf(rows), [rows]);
  const used = series.filter((one) => data.some((datum) => datum[one] > 0));
  const labelOf = (one: Series) => (one === 'open' ? upperFirst(open) : statusLooks[one].label);
  if (data.length === 0) {
    return <p className="muted">There is nothing to count.</p>;
  }
  return (
    <>
      <button type="button" className="link chart-toggle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'Show as a chart' : 'Show as a table'}
      </button>
      {asTable ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Category</th>
              {used.map((status) => (
                <th key={status} scope="col" className="number">
                  {labelOf(status)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((datum) => (
              <tr key={datum.title}>
                <th scope="row">{datum.title}</th>
                {used.map((status) => (
                  <td key={status} className="number">
                    {grouped(datum[status])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div className="chart" role="img" aria-label={sentenceOf(data)} {...around}>
          <ResponsiveContainer
            width="100%"
            height={data.length * 26 + 4}
            initialDimension={{ width: 360, height: 100 }}
          >
            <BarChart
              data={data as Datum[]}
              layout="vertical"
              // The sentence above and the table have all of it: the picture is no stop of the Tab key.
              accessibilityLayer={false}
              margin={{ top: 0, right: 8, bottom: 0, left: 0 }}
              barSize={9}
            >
              <defs>
                <pattern
                  id="unknown-hatch"
                  width="5"
                  height="5"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <rect width="5" height="5" fill="var(--fill-faint)" />
                  <rect width="2" height="5" fill="var(--fill-grey)" />
                </pattern>
              </defs>
              <XAxis type="number" hide domain={[0, 'dataMax']} />
              <YAxis
                type="category"
                dataKey="title"
                width={labelWidth}
                axisLine={false}
                tickLine={false}
                interval={0}
                tick={({ x, y, index }: TickProps) => <CategoryTick x={x} y={y} datum={data[index]} />}
              />
              <Tooltip cursor={{ fill: 'var(--bg-hover)' }} content={ChartTip} isAnimationActive={false} {...tip} />
              {used.map((status) => (
                <Bar
                  key={status}
                  dataKey={status}
                  name={labelOf(status)}
                  stackId="all"
                  fill={fills[status]}
                  stroke="var(--bg)"
                  strokeWidth={1}
                  radius={2}
                  minPointSize={(_value, index) => ((data[index]?.[status] ?? 0) > 0 ? leastPart : 0)}
                  isAnimationActive={false}
                />
              ))}
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
    </>
  );
}

/** One of thousands is still to be seen (pixels). */
const leastPart = 4;

/** Room for a category and its count, left of the bars. */
const labelWidth = 218;

interface TickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly index: number;
}

/** A category, and how much of it is in step: `3/4`. */
function CategoryTick({ x, y, datum }: Pick<TickProps, 'x' | 'y'> & { readonly datum: Datum | undefined }) {
  return datum === undefined ? null : (
    <g className="chart-label" transform={`translate(${x}, ${y})`}>
      <text x={8 - labelWidth} dy="0.35em">
        {datum.title}
      </text>
      <text className="chart-count" x={-6} dy="0.35em" textAnchor="end">
        {grouped(`${datum.match}/${datum.total}`)}
      </text>
    </g>
  );
}

function dataOf(rows: readonly EarlyRow[]): readonly Datum[] {
  const byCategory = new Map<string, Record<Series, number>>();
  for (const { category, status, pending } of rows) {
    if (status !== 'extra') {
      const counts = byCategory.get(category) ?? { match: 0, drift: 0, missing: 0, shadowed: 0, unknown: 0, open: 0 };
      counts[pending === true ? 'open' : status] += 1;
      byCategory.set(category, counts);
    }
  }
  return [...byCategory]
    .sort(([a], [b]) => compareCategories(a, b))
    .map(([category, counts]) => ({
      title: categoryTitle(category),
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
      ...counts,
    }));
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function sentenceOf(data: readonly Datum[]): string {
  return `In step by category: ${data.map(({ title, match, total }) => `${title} ${match} of ${total}`).join(', ')}`;
}
