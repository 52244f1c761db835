import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Day } from '../../platform/clock.js';
import { dayAndMonth, numberInWords } from '../words/dates-in-words.js';
import type { Language } from '../words/language.js';
import { READINGS_PLOT_SIZES } from './plot-sizes.js';
import type { PlotWidth } from './plot-sizes.js';

use([BarChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

const INK = '#1b1b1b';
const QUIET = '#565c65';
const FONT = 'Helvetica, Roboto, Arial, sans-serif';
/** Okabe and Ito's, which most people can tell apart; patterns besides, so that nothing is told by colour alone. */
const COLOURS = ['#0f4c5c', '#e69f00', '#56b4e9', '#009e73', '#cc79a7', '#d55e00', '#999999', '#f0e442'];

export interface ReadingsSeries {
  readonly name: string;
  /** One for each day. */
  readonly values: readonly number[];
}

/** Readings a day, stacked, as SVG. */
export function drawReadings(days: readonly Day[], series: readonly ReadingsSeries[], width: PlotWidth, language: Language): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...READINGS_PLOT_SIZES[width] });
  const isWide = width === 'wide';
  const top = { left: 0, top: 0, itemWidth: 22, itemHeight: 14, textStyle: { color: INK, fontSize: 13, fontFamily: FONT } };
  // On a phone one under the other: how many stand side by side there depends on their lengths, which nobody measures here.
  const legend = isWide ? { ...top, itemGap: 30 } : { ...top, orient: 'vertical' as const, itemGap: 8 };
  const lines = isWide ? Math.ceil(series.length / 4) : series.length;
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT, color: INK },
      color: COLOURS,
      aria: { enabled: true, decal: { show: true } },
      legend: { ...legend, data: series.map(({ name }) => name) },
      grid: { left: 48, right: 8, top: isWide ? 12 + 44 * lines : 24 + 22 * lines, bottom: 28 },
      xAxis: {
        ...{ type: 'category' as const, data: [...days], axisTick: { show: false }, axisLine: { lineStyle: { color: QUIET } } },
        axisLabel: { color: QUIET, fontSize: 12, interval: isWide ? 14 : 29, formatter: (day: string) => dayAndMonth(day as Day, language) },
      },
      yAxis: {
        ...{ type: 'value' as const, minInterval: 1, splitNumber: 4, splitLine: { lineStyle: { color: '#dcdee0' } } },
        axisLabel: { color: QUIET, fontSize: 12, formatter: (value: number) => numberInWords(value, language) },
      },
      series: series.map(({ name, values }) => ({ type: 'bar' as const, stack: 'all', name, data: [...values], silent: true, barCategoryGap: '20%' })),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // it keeps a timer otherwise
  }
}
