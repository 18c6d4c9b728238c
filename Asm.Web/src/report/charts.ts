import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip, type Plugin } from "chart.js";
import { element } from "../shared/dom";
import { type Data, groupOf, hectaresOf } from "./data";
import { groupColors } from "./colors";
import { changeName, exact, number } from "./numbers";
import { plainTable } from "./table";
import { texts } from "./texts";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);
Chart.defaults.font.family = "system-ui, sans-serif";
Chart.defaults.font.size = 13;
Chart.defaults.color = "#333333";
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

const mostZones = 12;

interface Bars {
  title: string;
  labels: string[];
  /** A colour of each bar, or one of all. */
  series: { name: string; color: string | string[]; values: number[] }[];
  horizontal?: boolean;
}

/** Writes each value at the end of its bar, so that charts read on paper too. */
const values: Plugin<"bar"> = {
  id: "values",
  afterDatasetsDraw(chart) {
    const { ctx: context } = chart, horizontal = chart.options.indexAxis === "y";
    context.save();
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = "#222222";
    chart.data.datasets.forEach((series, s) =>
      chart.getDatasetMeta(s).data.forEach((bar, i) => {
        const value = Number(series.data[i]), { x, y } = bar.getProps(["x", "y"], true);
        context.textAlign = horizontal ? "left" : "center";
        context.textBaseline = horizontal ? "middle" : value < 0 ? "top" : "bottom";
        context.fillText(number(Math.abs(value)), horizontal ? x + 4 : x, horizontal ? y : value < 0 ? y + 3 : y - 3);
      }),
    );
    context.restore();
  },
};

/** Brings the charts to the size of their places. */
export function resizeCharts(): void {
  for (const chart of Object.values(Chart.instances)) chart.resize();
}

/** The charts of a run. */
export function charts(data: Data): HTMLElement[] {
  const followed = data.classes.find((c) => c.code === data.followed)!;
  const made: Bars[] = [];
  if (data.seasons.length === 1) {
    const only = data.seasons[0]!;
    made.push({ title: texts.chartAllAreas, labels: data.classes.map((c) => c.name), series: [{ name: only.name, color: data.classes.map((c) => c.color), values: only.hectares }], horizontal: true });
  } else {
    // Each class has a scale of its own: the rare ones would not be seen beside the common ones.
    for (const [i, c] of data.classes.entries())
      made.push({ title: texts.chartAreas(c.name), labels: data.seasons.map((season) => season.name), series: [{ name: c.name, color: c.color, values: data.seasons.map((season) => season.hectares[i] ?? 0) }] });
  }
  if (data.changes.length > 0)
    made.push({
      title: texts.chartChange(followed.name),
      labels: data.changes.map((change) => changeName(change.before, change.after)),
      series: [
        { name: texts.chartNew(followed.name), color: groupColors.new, values: data.changes.map((change) => hectaresOf(change, data.followed, "new")) },
        { name: texts.chartLost(followed.name), color: groupColors.lost, values: data.changes.map((change) => -hectaresOf(change, data.followed, "lost")) },
      ],
    });
  const ranked = zonesRanked(data, followed.name);
  if (ranked) made.push(ranked);
  return made.map(figure);
}

function zonesRanked(data: Data, followed: string): Bars | null {
  if (!data.zones) return null;
  const change = data.changes.at(-1), season = data.seasons.at(-1)!;
  const names = new Set(data.zones.areas.map((area) => area.name)), sums = new Map<string, number>();
  for (const row of data.zones.rows) {
    if (row.part !== "inside" || !names.has(row.zone)) continue;
    if (change ? row.map === change.zoneMap && row.code > 0 && groupOf(row.code, data.followed) === "new" : row.map === season.zoneMap && row.code === data.followed)
      sums.set(row.zone, (sums.get(row.zone) ?? 0) + row.hectares);
  }
  const ranked = [...sums].filter(([, area]) => area > 0).sort((a, b) => b[1] - a[1]).slice(0, mostZones);
  if (ranked.length === 0) return null;
  return {
    title: change ? texts.chartZonesNew(followed, change.before, change.after) : texts.chartZones(followed, season.name),
    labels: ranked.map(([name]) => name),
    series: [{ name: followed, color: groupColors.new, values: ranked.map(([, area]) => area) }],
    horizontal: true,
  };
}

function figure(bars: Bars): HTMLElement {
  const canvas = element("canvas", { role: "img", "aria-label": `${bars.title}: ${bars.series.map((s) => `${bars.series.length > 1 ? `${s.name}: ` : ""}${s.values.map((value, i) => `${bars.labels[i]} ${number(Math.abs(value))} ha`).join(", ")}`).join("; ")}` });
  const box = element("div", { class: "canvas" }, canvas);
  box.style.height = bars.horizontal ? `${60 + 34 * bars.labels.length}px` : "230px";
  const key = bars.series.length > 1 ? [element("p", { class: "key" }, ...bars.series.flatMap((s) => [swatch(String(s.color)), `${s.name} `]))] : [];
  const rows = bars.labels.map((label, i) => [label, ...bars.series.map((s) => exact(Math.abs(s.values[i]!)))]);
  const details = element("details", {}, element("summary", {}, texts.asTable), plainTable(["", ...bars.series.map((s) => `${s.name}, ${texts.hectaresAxis}`)], rows));
  new Chart(canvas, {
    type: "bar",
    data: { labels: bars.labels, datasets: bars.series.map((s) => ({ label: s.name, data: s.values, backgroundColor: s.color, maxBarThickness: 56, categoryPercentage: 0.7, grouped: bars.series.length === 1 || !bars.series.some((other) => other.values.some((v) => v < 0)) })) },
    options: {
      indexAxis: bars.horizontal ? "y" : "x",
      layout: { padding: bars.horizontal ? { right: 56 } : { top: 20, bottom: 4 } },
      scales: {
        [bars.horizontal ? "x" : "y"]: { beginAtZero: true, grace: "6%", title: { display: true, text: texts.hectaresAxis }, ticks: { maxTicksLimit: 6, callback: (value) => number(Math.abs(Number(value))) }, grid: { color: "#e4e4e4" } },
        [bars.horizontal ? "y" : "x"]: { grid: { display: false }, ticks: { callback(value) { return shortened(this.getLabelForValue(Number(value))); } } },
      },
      plugins: { tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${exact(Math.abs(Number(bars.horizontal ? item.parsed.x : item.parsed.y)))} ha` } } },
    },
    plugins: [values],
  });
  return element("figure", { class: "chart" }, element("figcaption", {}, bars.title), ...key, box, details);
}

function shortened(label: string): string {
  const most = window.innerWidth < 640 ? 13 : 24;
  return label.length > most ? `${label.slice(0, most - 1)}\u2026` : label;
}

export function swatch(color: string): HTMLElement {
  const made = element("span", { class: "swatch", "aria-hidden": "true" });
  made.style.setProperty("--color", color);
  return made;
}
