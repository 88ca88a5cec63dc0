// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const HOUR = 3600;
  const DAY = 24 * HOUR;
  const HEIGHT = 220;
  const NARROWEST = 240;
  /** The list of changes holds so many. */
  const MOST_CHANGES = 50;
  /** Customers are counted in whole numbers. */
  const COUNTS = [...Array(13).keys()].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
  const HOURS = [1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * HOUR);
  const DAYS = [1, 2, 3, 7, 14, 28, 56, 91, 182].map((days) => days * DAY);
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  let charts = [];

  document.documentElement.classList.add("has-script");

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function number(value) {
    return value === null || value === undefined ? "–" : value.toLocaleString("en");
  }

  /** Big numbers would not fit beside the chart. */
  function short(value) {
    if (!Number.isInteger(value)) {
      return "";
    }
    return value < 100000 ? number(value) : value.toLocaleString("en", { notation: "compact", maximumFractionDigits: 2 });
  }

  function clock(date) {
    return String(date.getHours()).padStart(2, "0") + ":" + String(date.getMinutes()).padStart(2, "0");
  }

  function day(date) {
    return date.getDate() + " " + MONTHS[date.getMonth()];
  }

  /** Names of months cannot be misread, unlike their numbers. The date is below the first hour of each day. */
  function times(chart, at) {
    return (plot, splits) => {
      let before = "";
      return splits.map((seconds) => {
        const date = at(seconds);
        if (!chart.hours) {
          return day(date);
        }
        const text = clock(date) + (day(date) === before ? "" : "\n" + day(date));
        before = day(date);
        return text;
      });
    };
  }

  function lines(chart) {
    const isBars = chart.kind === "bars";
    return chart.series.map((series, index) => ({
      label: series.label,
      stroke: colour(series.colour),
      fill: isBars ? colour(series.colour) : undefined,
      width: isBars ? 0 : 2,
      paths: isBars ? sideBySide(index, chart.series.length) : undefined,
      points: { show: !isBars && series.values.filter((value) => value !== null).length <= 2 },
      value: (plot, value) => number(value),
    }));
  }

  /** Both bars of a window stand next to each other. */
  function sideBySide(index, all) {
    const share = 0.8 / all;
    const bars = uPlot.paths.bars({ size: [share, 24], align: index === 0 ? -1 : 1, gap: 1 });
    return (plot, series, from, to) => bars(plot, series, from, to);
  }

  function draw(element) {
    const chart = JSON.parse(element.dataset.chart);
    const at = (seconds) => uPlot.tzDate(new Date(seconds * 1000), chart.zone);
    const step = chart.hours ? HOUR : DAY;
    const first = chart.x[0];
    const last = chart.x[chart.x.length - 1];
    const axis = { stroke: colour("faint"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 } };
    const options = {
      width: Math.max(NARROWEST, element.clientWidth),
      height: HEIGHT,
      tzDate: at,
      cursor: { y: false },
      scales: {
        x: { range: [first - step / 2, last + step / 2] },
        y: { range: (plot, low, high) => [0, Math.max(1, high * 1.08)] },
      },
      series: [{ label: chart.hours ? "Hour from" : "Day", value: (plot, seconds) => (seconds === null ? "" : day(at(seconds)) + (chart.hours ? ", " + clock(at(seconds)) : "")) }, ...lines(chart)],
      axes: [
        { ...axis, space: 64, incrs: chart.hours ? HOURS : DAYS, values: times(chart, at) },
        { ...axis, size: 56, incrs: COUNTS, values: (plot, ticks) => ticks.map(short) },
      ],
    };
    element.replaceChildren();
    return [new uPlot(options, [chart.x, ...chart.series.map((series) => series.values)], element), element];
  }

  function drawAll() {
    charts.forEach(([plot]) => plot.destroy());
    charts = [...document.querySelectorAll(".chart")].map(draw);
  }

  /** Whoever reads the list must be able to stop it. */
  function pausable() {
    const button = document.getElementById("pause");
    const list = document.getElementById("live");
    if (!button || !list) {
      return;
    }
    button.addEventListener("click", () => {
      const isPaused = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isPaused));
      button.textContent = isPaused ? "Go on" : "Pause";
    });
    list.addEventListener("htmx:sseBeforeMessage", (event) => {
      if (button.getAttribute("aria-pressed") === "true") {
        event.preventDefault();
      }
    });
    list.addEventListener("htmx:sseMessage", () => {
      while (list.children.length > MOST_CHANGES) {
        list.lastElementChild.remove();
      }
    });
  }

  if (document.querySelector(".chart")) {
    drawAll();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    window.addEventListener("resize", () => {
      charts.forEach(([plot, element]) => plot.setSize({ width: Math.max(NARROWEST, element.clientWidth), height: HEIGHT }));
    });
  }
  pausable();
})();
