// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const colours = ["#8a8a8a", "#0b6bcb", "#c9a227", "#c4372c"];
  const charts = [];

  function width(element) {
    return Math.max(280, element.clientWidth);
  }

  document.querySelectorAll(".chart").forEach((element) => {
    const chart = JSON.parse(element.dataset.chart);
    if (!chart.series || chart.x.length === 0) {
      return;
    }
    const paths = chart.kind === "steps" ? uPlot.paths.stepped({ align: 1 }) : undefined;
    const lines = chart.series.map((series, index) => ({
      label: series.label,
      stroke: colours[index],
      width: 2,
      paths: paths,
      points: { show: chart.kind !== "steps" || chart.x.length === 1 },
    }));
    const plot = new uPlot(
      {
        width: width(element),
        height: 220,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        scales: { y: { range: (plot, low, high) => [Math.min(0, low), Math.max(1, high * 1.05)] } },
        series: [{ label: "day", value: "{YYYY}-{MM}-{DD}" }, ...lines],
        axes: [{}, { size: 70, values: (plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? tick.toLocaleString("en") : "")) }],
      },
      [chart.x, ...chart.series.map((series) => series.values)],
      element,
    );
    charts.push([plot, element]);
  });

  window.addEventListener("resize", () => {
    charts.forEach(([plot, element]) => plot.setSize({ width: width(element), height: 220 }));
  });
})();
