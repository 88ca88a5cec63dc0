// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const DAY = 86400;
  /** Beyond this many days, such as with a date in 1970, days without a change are not drawn. */
  const MOST_DAYS = 20000;
  /** With more days, marks would hide the line. */
  const MARKED_DAYS = 62;
  const HEIGHT = 220;
  /** Customers are counted in whole numbers. */
  const COUNTS = [...Array(13).keys()].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
  const DAYS = [1, 2, 3, 7, 14, 28, 56, 91, 182, 365, 730, 1825, 3650].map((days) => days * DAY);
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let charts = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function width(element) {
    return Math.max(240, element.clientWidth);
  }

  function number(value) {
    return value === null || value === undefined ? "" : value.toLocaleString("en");
  }

  /** Big numbers would not fit beside the chart. */
  function short(value) {
    if (!Number.isInteger(value)) {
      return "";
    }
    return value < 100000 ? number(value) : value.toLocaleString("en", { notation: "compact", maximumFractionDigits: 2 });
  }

  /** The data leaves out days without a change: nobody entered or left on these. */
  function everyDay(chart) {
    const first = chart.x[0];
    const days = (chart.x[chart.x.length - 1] - first) / DAY + 1;
    if (chart.kind === "steps" || days > MOST_DAYS) {
      return chart;
    }
    const x = Array.from({ length: days }, (unused, day) => first + day * DAY);
    const series = chart.series.map((line) => {
      const values = new Array(days).fill(0);
      chart.x.forEach((at, index) => (values[(at - first) / DAY] = line.values[index]));
      return { label: line.label, values: values };
    });
    return { kind: chart.kind, x: x, series: series };
  }

  /** Names of months cannot be misread, unlike their numbers. */
  function dates(plot, splits) {
    let year = null;
    return splits.map((seconds) => {
      const date = new Date(seconds * 1000);
      const text = date.getUTCDate() + " " + MONTHS[date.getUTCMonth()];
      const begins = date.getUTCFullYear() !== year;
      year = date.getUTCFullYear();
      return begins ? text + "\n" + year : text;
    });
  }

  function draw(element) {
    const chart = everyDay(JSON.parse(element.dataset.chart));
    const isSteps = chart.kind === "steps";
    const lines = chart.series.map((series) => ({
      label: series.label,
      stroke: colour(series.label),
      // The new line is drawn last; where both are equal, the old one shows as its edge.
      width: series.label === "old" ? 4 : 2,
      paths: isSteps ? uPlot.paths.stepped({ align: 1 }) : undefined,
      points: { fill: colour("page"), show: chart.x.length === 1 || (!isSteps && chart.x.length <= MARKED_DAYS) },
      value: (plot, value) => number(value),
    }));
    const axis = { stroke: colour("text"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 } };
    const first = chart.x[0];
    const last = chart.x[chart.x.length - 1];
    const options = {
      width: width(element),
      height: HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: {
        x: { range: first === last ? [first - DAY, last + DAY] : undefined },
        y: { range: (plot, low, high) => [Math.min(0, low), Math.max(1, high * 1.05)] },
      },
      series: [{ label: "day", value: (plot, at) => (at === null ? "" : new Date(at * 1000).toISOString().slice(0, 10)) }, ...lines],
      axes: [
        { ...axis, space: 64, incrs: DAYS, values: dates },
        { ...axis, size: 64, incrs: COUNTS, values: (plot, ticks) => ticks.map(short) },
      ],
    };
    element.replaceChildren();
    return [new uPlot(options, [chart.x, ...chart.series.map((series) => series.values)], element), element];
  }

  function drawAll() {
    charts.forEach(([plot]) => plot.destroy());
    charts = [...document.querySelectorAll(".chart")].map(draw);
  }

  drawAll();
  dark.addEventListener("change", drawAll);
  window.addEventListener("resize", () => {
    charts.forEach(([plot, element]) => plot.setSize({ width: width(element), height: HEIGHT }));
  });
})();
