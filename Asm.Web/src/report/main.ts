import colorLicence from "../../node_modules/@kurkle/color/LICENSE.md?raw";
import chartLicence from "../../node_modules/chart.js/LICENSE.md?raw";
import mapLicence from "../../node_modules/ol/LICENSE.md?raw";
import selectLicence from "../../node_modules/quickselect/LICENSE?raw";
import treeLicence from "../../node_modules/rbush/LICENSE?raw";
import "./style.css";
import { element } from "../shared/dom";
import { accuracy, type Assessment } from "./accuracy";
import { charts } from "./charts";
import { type Data, hectaresOf, read } from "./data";
import { MapSection } from "./mapSection";
import { hectares, percent } from "./numbers";
import { plainTable } from "./table";
import { tables } from "./tables";
import { texts } from "./texts";

/** Of all that is bundled into the page. */
const licences = [["OpenLayers", mapLicence], ["Chart.js", chartLicence], ["rbush", treeLicence], ["quickselect", selectLicence], ["@kurkle/color", colorLicence]];

/** A smaller share of the map without data is not worth a figure of its own. */
const leastTold = 0.0005;

const page = document.getElementById("page")!;
const data = read();
if (data) show(data);
else page.append(element("p", { role: "alert" }, texts.broken));

function show(data: Data): void {
  document.title = data.title;
  const followed = data.classes.find((c) => c.code === data.followed)!;
  const names = ["map", "charts", "tables", "accuracy", "warnings", "methods", "provenance"] as const;
  const links = names.map((name) => element("a", { href: `#${name}` }, texts.sections[name]));
  page.append(
    element("a", { class: "skip", href: "#map" }, texts.skip),
    element("header", {}, element("div", { class: "title" }, element("h1", {}, data.title), element("p", {}, texts.seasons(data.seasons.map((season) => season.name)))), element("nav", { "aria-label": data.title }, ...links)),
  );
  if (data.warnings.length > 0) page.append(element("p", { class: "banner" }, element("a", { href: "#warnings" }, texts.warningsLink(data.warnings.length))));
  const main = element("main");
  page.append(main);
  main.append(keyFigures(data, followed.name));
  const map = new MapSection(data, main);
  const section = (name: (typeof names)[number], ...content: (HTMLElement | string)[]) => main.append(element("section", { id: name }, element("h2", {}, texts.sections[name]), ...content));
  const drawn = element("div", { class: "charts" });
  section("charts", drawn, element("p", { class: "note" }, texts.areasNote));
  drawn.append(...charts(data));
  section("tables", ...tables(data, map));
  section("accuracy", ...accuracy(data));
  section("warnings", data.warnings.length > 0 ? element("ul", { class: "warnings" }, ...data.warnings.map((w) => element("li", {}, element("strong", {}, w.subject), ` ${w.text}`))) : element("p", {}, texts.warningsNone));
  section("methods", ...texts.methods(data.tool, data.model.name, followed.name, data.changes.length > 0).map((text) => element("p", {}, text)), element("h3", {}, texts.papersTitle), element("ul", {}, ...texts.papers.map((paper) => element("li", {}, paper))));
  section("provenance", ...provenance(data));
}

/** The few figures that the page is about. */
function keyFigures(data: Data, followed: string): HTMLElement {
  const at = data.classes.findIndex((c) => c.code === data.followed), last = data.seasons.at(-1)!, change = data.changes.at(-1);
  const assessed = data.accuracy as Assessment | null, figures: [string, string, string?][] = [];
  const adjusted = data.accuracyMap === last.name ? assessed?.perClass?.find((c) => c.class === followed)?.areaHectares : null;
  figures.push([hectares(last.hectares[at] ?? 0), texts.keyArea(followed, last.name), adjusted ? texts.keyAdjusted(adjusted.low, adjusted.high) : undefined]);
  if (change) {
    figures.push([hectares(hectaresOf(change, data.followed, "new")), texts.keyNew(followed, change.before, change.after)]);
    figures.push([hectares(hectaresOf(change, data.followed, "lost")), texts.keyLost(followed, change.before, change.after)]);
  }
  const all = last.hectares.reduce((sum, area) => sum + area, last.noDataHectares);
  if (last.noDataHectares > leastTold * all) figures.push([percent(last.noDataHectares / all), texts.keyUnseen]);
  if (assessed?.overall && data.accuracyMap !== null) figures.push([percent(assessed.overall.estimate), texts.keyOverall(data.accuracyMap), texts.keyInterval(assessed.overall.low, assessed.overall.high)]);
  else if (!data.accuracy) figures.push(["\u2013", texts.keyAccuracyNone]);
  return element("dl", { class: "figures" }, ...figures.map(([value, name, more]) => element("div", {}, element("dt", {}, name), element("dd", {}, value), ...(more ? [element("dd", { class: "more" }, more)] : []))));
}

function provenance(data: Data): HTMLElement[] {
  const facts: [string, string][] = [[texts.provenanceTool, data.tool], [texts.provenanceModel, data.model.name], [texts.provenanceHash, data.model.sha256], [texts.provenanceMap, `${data.map.crs}, ${data.map.name}`]];
  const options = Object.entries(data.options);
  return [
    element("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    element("p", {}, texts.provenanceInputs),
    ...(options.length > 0 ? [element("h3", {}, texts.provenanceOptions), element("div", { class: "scroll" }, plainTable([texts.columns.option, texts.columns.value], options))] : []),
    element("details", {}, element("summary", {}, texts.licences), element("pre", {}, licences.map(([name, text]) => `${name}\n\n${text}`).join("\n\n"))),
  ];
}
