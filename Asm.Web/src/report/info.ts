import { element } from "../shared/dom";
import { type Data, groupOf, type ZoneRow } from "./data";
import { changeName, exact, percent } from "./numbers";
import type { Thing } from "./outlines";
import { plainTable } from "./table";
import { texts } from "./texts";

/** What is known of a zone or a polygon. */
export function describe(data: Data, thing: Thing): HTMLElement {
  return thing.kind === "zone" ? zone(data, thing.name) : polygon(thing);
}

function polygon(thing: Thing & { kind: "polygon" }): HTMLElement {
  const { shape } = thing;
  const rows: [string, string][] = [[texts.area, `${exact(shape.hectares)} ha`]];
  if (shape.confidence !== null) rows.push([texts.meanConfidence, percent(shape.confidence)]);
  if (shape.zones.length > 0) rows.push([texts.inZone, shape.zones.join(", ")]);
  return element("section", { class: "thing", "data-kind": "polygon" }, element("h3", {}, texts.polygon(shape.class)),
    element("dl", {}, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])));
}

/** Hectares of classes by season, then of what changed; inside, and in the ring where there is one. */
function zone(data: Data, name: string): HTMLElement {
  const made = element("section", { class: "thing", "data-kind": "zone", "data-zone": name }, element("h3", {}, texts.zone(name)));
  const rows = data.zones!.rows.filter((row) => row.zone === name);
  for (const part of ["inside", "adjacent"]) {
    const of = rows.filter((row) => row.part === part);
    if (of.length === 0) continue;
    const seasons = data.seasons.filter((season) => of.some((row) => row.map === season.zoneMap));
    const classes = [...new Set(of.filter((row) => seasons.some((season) => row.map === season.zoneMap)).map((row) => row.class))];
    const cell = (found: ZoneRow | undefined) => (found ? exact(found.hectares) : "");
    if (seasons.length > 0)
      made.append(plainTable([part === "inside" ? texts.inside : texts.adjacent, ...seasons.map((season) => season.name)],
        classes.map((c) => [c, ...seasons.map((season) => cell(of.find((row) => row.map === season.zoneMap && row.class === c)))]), `${part === "inside" ? texts.inside : texts.adjacent}, ${texts.inHectares}`));
    for (const change of data.changes) {
      const changed = of.filter((row) => row.map === change.zoneMap && row.code > 0 && row.hectares > 0 && ["new", "lost"].includes(groupOf(row.code, data.followed)));
      if (changed.length > 0) made.append(plainTable([changeName(change.before, change.after), texts.hectaresAxis], changed.map((row) => [row.class, exact(row.hectares)])));
    }
  }
  return made;
}
