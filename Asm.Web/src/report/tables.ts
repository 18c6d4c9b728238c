import { element } from "../shared/dom";
import { type Data, groupOf, type Shapes } from "./data";
import type { MapSection } from "./mapSection";
import { changeName, exact, percent } from "./numbers";
import { lonLat } from "./place";
import { type Column, Table } from "./table";
import { texts } from "./texts";

/** The tables of a run. */
export function tables(data: Data, map: MapSection): HTMLElement[] {
  const followed = data.classes.find((c) => c.code === data.followed)!.name, made: HTMLElement[] = [];
  const add = (title: string, ...content: (HTMLElement | string)[]) => made.push(element("section", {}, element("h3", {}, title), ...content));
  if (data.zones) add(texts.tableZones, zones(data, map));
  if (data.changes.length > 0) add(texts.tableChanges, changes(data));
  for (const change of [...data.changes].reverse())
    if (change.polygons) add(`${texts.tableNews(followed)}, ${changeName(change.before, change.after)}`, ...polygons(data, map, change.polygons, "news", change.after, `new-${change.before}-${change.after}`));
  // Where nothing is compared, what there is takes the place of what is new.
  if (data.changes.every((change) => !change.polygons))
    for (const season of data.seasons) if (season.polygons) add(texts.tablePolygons(followed, season.name), ...polygons(data, map, season.polygons, "polygons", season.name, `polygons-${season.name}`));
  add(texts.tableDates, dates(data));
  return made;
}

interface ZoneLine {
  zone: string;
  part: string;
  hectares: Map<string, number>;
}

function zones(data: Data, map: MapSection): HTMLElement {
  const { rows, areas } = data.zones!, names = new Set(areas.map((area) => area.name));
  const maps = [
    ...[...data.changes].reverse().map((change) => ({ zoneMap: change.zoneMap, label: changeName(change.before, change.after), change: true })),
    ...[...data.seasons].reverse().map((season) => ({ zoneMap: season.zoneMap, label: season.name, change: false })),
  ].filter(({ zoneMap }) => rows.some((row) => row.map === zoneMap));
  const root = element("div");
  if (maps.length === 0) return root;
  const choice = element("select", { id: "zone-map" }, ...maps.map(({ label }, i) => element("option", { value: String(i) }, label)));
  const content = (): [Column<ZoneLine>[], ZoneLine[], ZoneLine[]] => {
    const { zoneMap, change } = maps[Number(choice.value)]!, of = rows.filter((row) => row.map === zoneMap), lines = new Map<string, ZoneLine>();
    for (const row of of) {
      const key = JSON.stringify([row.zone, row.part]), line = lines.get(key) ?? { zone: row.zone, part: row.part, hectares: new Map<string, number>() };
      lines.set(key, line.hectares.set(row.class, row.hectares) && line);
    }
    // Of a change, what leads to the followed class or from it comes first; pairs that occur nowhere are left out.
    const classes = [...new Map(of.map((row) => [row.class, row.code]))].filter(([name]) => !change || of.some((row) => row.class === name && row.hectares > 0));
    const order = (code: number) => (code === 0 ? 9 : change ? ["new", "lost", "stayed", "other", "same"].indexOf(groupOf(code, data.followed)) : code === data.followed ? -1 : 0);
    classes.sort((a, b) => order(a[1]) - order(b[1]));
    const columns: Column<ZoneLine>[] = [
      { title: texts.columns.zone, value: (line) => line.zone },
      ...(of.some((row) => row.part === "adjacent") ? [{ title: texts.columns.part, value: (line: ZoneLine) => line.part, show: (line: ZoneLine) => (line.part === "adjacent" ? texts.adjacent : texts.inside) }] : []),
      ...classes.map(([name]) => ({ title: name, value: (line: ZoneLine) => line.hectares.get(name) ?? 0, show: (line: ZoneLine) => exact(line.hectares.get(name) ?? 0) })),
    ];
    const all = [...lines.values()];
    return [columns, all.filter((line) => names.has(line.zone)), all.filter((line) => !names.has(line.zone))];
  };
  const table = new Table<ZoneLine>("zones", texts.tableZones, ...content(), (line) => ({ title: texts.showOnMapLong(line.zone), run: () => map.show({ kind: "zone", name: line.zone }) }));
  choice.addEventListener("change", () => table.set(...content()));
  root.append(element("p", {}, element("label", {}, `${texts.whichMap} `, choice)), table.root, ...data.zones!.notes.map((note) => element("p", { class: "note" }, note)));
  return root;
}

function changes(data: Data): HTMLElement {
  const rows = data.changes.flatMap((change) => change.rows.map((row) => ({ ...row, seasons: changeName(change.before, change.after) })));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { title: texts.columns.change, value: (row) => row.seasons },
    { title: texts.columns.from, value: (row) => row.from },
    { title: texts.columns.to, value: (row) => row.to },
    { title: texts.columns.hectares, value: (row) => row.hectares, show: (row) => exact(row.hectares) },
    { title: texts.columns.pixels, value: (row) => row.pixels, show: (row) => row.pixels.toLocaleString("en") },
  ];
  return new Table("changes", texts.tableChanges, columns, rows).root;
}

function polygons(data: Data, map: MapSection, shapes: Shapes, list: "polygons" | "news", season: string, name: string): HTMLElement[] {
  const rows = shapes.largest.map((shape, i) => ({ shape, rank: i + 1, degrees: lonLat(data.map, ...shape.place) }));
  type Row = (typeof rows)[number];
  const degrees = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(5)));
  const columns: Column<Row>[] = [
    { title: texts.columns.rank, value: (row) => row.rank },
    { title: texts.columns.hectares, value: (row) => row.shape.hectares, show: (row) => exact(row.shape.hectares) },
    { title: texts.columns.class, value: (row) => row.shape.class },
    ...(data.zones ? [{ title: texts.columns.zones, value: (row: Row) => row.shape.zones.join("; ") }] : []),
    ...(rows.some((row) => row.shape.confidence !== null) ? [{ title: texts.columns.confidence, value: (row: Row) => row.shape.confidence, show: (row: Row) => (row.shape.confidence === null ? "" : percent(row.shape.confidence)) }] : []),
    { title: texts.columns.lat, value: (row) => degrees(row.degrees?.[1]), show: (row) => row.degrees?.[1].toFixed(5) ?? "" },
    { title: texts.columns.lon, value: (row) => degrees(row.degrees?.[0]), show: (row) => row.degrees?.[0].toFixed(5) ?? "" },
  ];
  const table = new Table<Row>(name, texts.columns.class, columns, rows, [], (row) => ({ title: texts.showOnMapLong(`${row.rank}`), run: () => map.show({ kind: "polygon", shape: row.shape, list }, season) }));
  return [element("p", { class: "note" }, texts.shownOf(rows.length, shapes.count, shapes.hectares)), table.root];
}

function dates(data: Data): HTMLElement {
  const rows = data.seasons.flatMap((season) => season.dates.flatMap((date) => (date.inputs.length > 0 ? date.inputs : [{ name: "", sha256: "" }]).map((file) => ({ season: season.name, tile: date.tile, scene: date.name, file }))));
  type Row = (typeof rows)[number];
  const columns: Column<Row>[] = [
    { title: texts.columns.season, value: (row) => row.season },
    { title: texts.columns.tile, value: (row) => row.tile },
    { title: texts.columns.scene, value: (row) => row.scene },
    { title: texts.columns.file, value: (row) => row.file.name },
    { title: texts.columns.hash, value: (row) => row.file.sha256, long: true },
  ];
  return new Table("dates", texts.tableDates, columns, rows).root;
}
