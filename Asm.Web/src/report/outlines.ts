import Feature from "ol/Feature";
import MultiPolygon from "ol/geom/MultiPolygon";
import VectorLayer from "ol/layer/Vector";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style, Text } from "ol/style";
import type { Change, Data, Position, Season, Shape } from "./data";

export type OutlineKind = "zones" | "polygons" | "news";

/** What an outline stands for. */
export type Thing = { kind: "zone"; name: string } | { kind: "polygon"; shape: Shape; list: "polygons" | "news" };

type Outline = Feature<MultiPolygon>;

const unseen = new Fill({ color: "rgba(0,0,0,0.001)" });
/** Below this many pixels a light rim would hide the shape it goes around. */
const leastRimmed = 14;
const casing = (width: number) => new Style({ stroke: new Stroke({ color: "rgba(255,255,255,0.9)", width }), fill: unseen });

/** Zones and polygons on the map. */
export class Outlines {
  readonly visible: Record<OutlineKind, boolean> = { zones: true, polygons: false, news: true };
  readonly layers: VectorLayer<VectorSource<Outline>>[];
  private readonly byKind: Record<OutlineKind, VectorLayer<VectorSource<Outline>>>;
  private readonly chosen = layerOf(103, () => [casing(6), new Style({ stroke: new Stroke({ color: "#111111", width: 3 }) })]);

  constructor(data: Data) {
    this.byKind = {
      zones: layerOf(102, (feature) => [
        casing(4),
        new Style({
          stroke: new Stroke({ color: "#222222", width: 1.5, lineDash: [7, 4] }),
          text: new Text({ text: feature.get("label") as string, font: "600 13px system-ui, sans-serif", overflow: false, fill: new Fill({ color: "#111111" }), stroke: new Stroke({ color: "rgba(255,255,255,0.95)", width: 4 }) }),
        }),
      ]),
      polygons: layerOf(100, rimmed("#5a2a00")),
      news: layerOf(101, rimmed("#a80000")),
    };
    this.layers = [this.byKind.polygons, this.byKind.news, this.byKind.zones, this.chosen];
    for (const area of data.zones?.areas ?? []) this.byKind.zones.getSource()!.addFeature(outline(area.polygons, { kind: "zone", name: area.name }, area.name));
  }

  /** Shows the polygons of a season and of the change that leads to it. */
  update(season: Season, change: Change | null): void {
    this.fill("polygons", season.polygons?.largest ?? []);
    this.fill("news", change?.polygons?.largest ?? []);
    for (const kind of ["zones", "polygons", "news"] as const) this.byKind[kind].setVisible(this.visible[kind]);
  }

  /** What is outlined at a position: what holds it, topmost first, else the nearest within reach. */
  at(position: Position, reach: number): Thing[] {
    const [x, y] = position, sources = ["news", "polygons", "zones"].filter((kind) => this.visible[kind as OutlineKind]).map((kind) => this.byKind[kind as OutlineKind].getSource()!);
    const found = sources.flatMap((source) => source.getFeaturesAtCoordinate([x, y]));
    const near = sources.map((source) => source.getClosestFeatureToCoordinate([x, y])).filter((feature): feature is Outline => {
      const [nearX, nearY] = feature?.getGeometry()?.getClosestPoint([x, y]) ?? [Infinity, Infinity];
      return Math.hypot(nearX! - x, nearY! - y) <= reach;
    });
    return (found.length > 0 ? found : near.slice(0, 1)).map((feature) => feature.get("thing") as Thing);
  }

  /** Marks one outline, or none. */
  choose(thing: Thing | null): Outline | null {
    this.chosen.getSource()!.clear();
    const found = thing ? this.find(thing) : null;
    if (found) this.chosen.getSource()!.addFeature(found.clone());
    return found;
  }

  private find(thing: Thing): Outline | null {
    const features = this.byKind[thing.kind === "zone" ? "zones" : thing.list].getSource()!.getFeatures();
    return features.find((feature) => {
      const other = feature.get("thing") as Thing;
      return thing.kind === "zone" ? other.kind === "zone" && other.name === thing.name : other.kind === "polygon" && other.shape === thing.shape;
    }) ?? null;
  }

  private fill(kind: "polygons" | "news", shapes: Shape[]): void {
    const source = this.byKind[kind].getSource()!;
    source.clear();
    source.addFeatures(shapes.map((shape) => outline(shape.polygons, { kind: "polygon", shape, list: kind }, "")));
  }
}

function outline(polygons: Shape["polygons"], thing: Thing, label: string): Outline {
  return new Feature({ geometry: new MultiPolygon(polygons), thing, label });
}

/** A line with a light rim, so that it is seen on any ground; thin and bare where the shape is small on the screen. */
function rimmed(color: string): (feature: Outline, resolution: number) => Style[] {
  const bare = [new Style({ stroke: new Stroke({ color, width: 1 }), fill: unseen })], full = [casing(3.5), new Style({ stroke: new Stroke({ color, width: 1.75 }) })];
  return (feature, resolution) => {
    const [west, south, east, north] = feature.getGeometry()!.getExtent() as [number, number, number, number];
    return Math.max(east - west, north - south) < leastRimmed * resolution ? bare : full;
  };
}

function layerOf(order: number, style: (feature: Outline, resolution: number) => Style[]): VectorLayer<VectorSource<Outline>> {
  return new VectorLayer({ source: new VectorSource<Outline>(), zIndex: order, style: (feature, resolution) => style(feature as Outline, resolution), declutter: order === 102 });
}
