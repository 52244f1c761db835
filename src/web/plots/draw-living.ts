import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { addDays, daysBetween, type Day } from '../../platform/clock.js';
import { classesCounted, type LivingOn } from '../../retention/foresee.js';
import type { HeldOverTime } from '../../retention/preview.js';
import { CLASS_WORDS } from '../words/class-words.js';
import { dayAndMonth, numberInWords } from '../words/dates-in-words.js';
import type { Language } from '../words/language.js';
import { PREVIEW_WORDS as WORDS } from '../words/preview-words.js';
import { livingPlotSize, PANEL, PANELS_IN_A_ROW, type PlotWidth } from './plot-sizes.js';

use([LineChart, GridComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

const INK = '#1b1b1b';
const QUIET = '#565c65';
const LINE = '#0f4c5c';
/** A picture gets no font of the page's, and a name in quotes would end the attribute that it goes into. */
const FONT = 'Helvetica, Roboto, Arial, sans-serif';
const MARGIN = { left: 44, right: 14, top: 40, bottom: 26 };

/**
 * How many intakes of each class open, day by day, as SVG: filled and solid what has been, dashed what will be. All panels have
 * one scale, so that they can be compared; nothing is told by colour alone.
 */
export function drawLiving({ past, coming }: HeldOverTime, width: PlotWidth, language: Language): string {
  const points = [...past, ...coming];
  const names = classesCounted(points);
  const top = roundUp(Math.max(1, ...points.flatMap(({ classes }) => Object.values(classes))));
  const days: DaysShown = { first: points[0]!.day, last: points.at(-1)!.day };
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...livingPlotSize(width, names.length) });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT, color: INK },
      title: names.map((name, at) => titleOf(name, placeOf(at, width), language)),
      grid: names.map((_, at) => gridOf(placeOf(at, width))),
      xAxis: names.map((_, at) => dayAxis(at, days, language)),
      yAxis: names.map((_, at) => countAxis(at, top, language)),
      series: names.flatMap((name, at) => [
        pastLine(lineOf(name, at, days, [...past, coming[0]])),
        comingLine(lineOf(name, at, days, coming), language),
      ]),
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // it keeps a timer otherwise
  }
}

interface DaysShown {
  readonly first: Day;
  readonly last: Day;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

function placeOf(at: number, width: PlotWidth): Place {
  const across = PANELS_IN_A_ROW[width];
  return { left: (at % across) * PANEL.width, top: Math.floor(at / across) * PANEL.height };
}

function titleOf(name: RetentionClass, { left, top }: Place, language: Language) {
  return { text: CLASS_WORDS[name][language], left: left + 2, top: top + 2, padding: 0, textStyle: { fontSize: 14, fontWeight: 600, color: INK, fontFamily: FONT } };
}

function gridOf({ left, top }: Place) {
  const { width, height } = PANEL;
  return {
    ...{ left: left + MARGIN.left, top: top + MARGIN.top },
    ...{ width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom },
  };
}

/** Labelled at both ends; `now` has its own line. */
function dayAxis(at: number, { first, last }: DaysShown, language: Language) {
  const max = daysBetween(first, last);
  return {
    ...{ type: 'value' as const, gridIndex: at, min: 0, max, interval: max },
    ...{ splitLine: { show: false }, axisTick: { show: false }, axisLine: { onZero: false, lineStyle: { color: QUIET } } },
    axisLabel: {
      ...{ color: QUIET, fontSize: 12, alignMinLabel: 'left' as const, alignMaxLabel: 'right' as const },
      formatter: (value: number) => dayAndMonth(addDays(first, value), language),
    },
  };
}

function countAxis(at: number, top: number, language: Language) {
  return {
    ...{ type: 'value' as const, gridIndex: at, min: 0, max: top, interval: top, splitLine: { lineStyle: { color: '#dcdee0' } } },
    axisLabel: { color: QUIET, fontSize: 12, formatter: (value: number) => numberInWords(value, language) },
  };
}

/** A step, for what is destroyed goes at once. */
function lineOf(name: RetentionClass, at: number, { first }: DaysShown, points: readonly LivingOn[]) {
  const data = points.map(({ day, classes }) => [daysBetween(first, day), classes[name] ?? 0]);
  return { type: 'line' as const, xAxisIndex: at, yAxisIndex: at, step: 'end' as const, symbol: 'none', silent: true, emphasis: { disabled: true }, data };
}

type Line = ReturnType<typeof lineOf>;

function pastLine(line: Line) {
  return { ...line, lineStyle: { color: LINE, width: 2 }, areaStyle: { color: LINE, opacity: 0.25 } };
}

function comingLine(line: Line, language: Language) {
  return {
    ...{ ...line, lineStyle: { color: LINE, width: 2, type: 'dashed' as const } },
    markLine: {
      ...{ silent: true, symbol: 'none', data: [{ xAxis: line.data[0]![0]! }], lineStyle: { color: QUIET, type: 'solid' as const, width: 1 } },
      label: { formatter: WORDS.today[language], color: QUIET, fontSize: 12, position: 'end' as const, align: 'left' as const, offset: [3, 0], distance: 1 },
    },
  };
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value)!;
}
