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
  const top = { left: 0, top: 0, itemGap: 30, itemWidth: 22, itemHeight: 14, textStyle: { color: INK, fontSize: 13, fontFamily: FONT } };
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT, color: INK },
      color: COLOURS,
      aria: { enabled: true, decal: { show: true } },
      legend: { ...top, data: series.map(({ name }) => name) },
      grid: { left: 48, right: 8, top: 34 + 22 * Math.ceil(series.length / (width === 'wide' ? 4 : 2)), bottom: 28 },
      xAxis: {
        ...{ type: 'category' as const, data: [...days], axisTick: { show: false }, axisLine: { lineStyle: { color: QUIET } } },
        axisLabel: { color: QUIET, fontSize: 12, interval: width === 'wide' ? 14 : 29, formatter: (day: string) => dayAndMonth(day as Day, language) },
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
