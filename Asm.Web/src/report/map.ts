import "ol/ol.css";
import Map from "ol/Map";
import View from "ol/View";
import Projection from "ol/proj/Projection";
import { ScaleLine, Zoom, defaults } from "ol/control";
import { getCenter } from "ol/extent";
import type { Data, Position } from "./data";
import { PictureLayers, type View as Shown } from "./layers";
import { Outlines, type Thing } from "./outlines";
import { texts } from "./texts";

/** A click this many pixels beside an outline still means it. */
const reach = 6;

/** The map: pictures, outlines, and what lies below a pointer. */
export class ReportMap {
  readonly pictures: PictureLayers;
  readonly outlines: Outlines;
  readonly map: Map;

  constructor(private readonly data: Data, target: HTMLElement, shown: Shown) {
    const projection = new Projection({ code: data.map.crs, units: "m", metersPerUnit: data.map.metresPerUnit, extent: data.map.extent });
    this.pictures = new PictureLayers(data, projection, shown);
    this.outlines = new Outlines(data);
    const [west, south, east, north] = data.map.extent;
    this.map = new Map({
      target,
      layers: [...this.pictures.all, ...this.outlines.layers],
      controls: defaults({ attribution: false, rotate: false, zoom: false }).extend([
        new Zoom({ zoomInTipLabel: texts.zoomIn, zoomOutTipLabel: texts.zoomOut }),
        new ScaleLine({ minWidth: 90 }),
      ]),
      view: new View({
        projection,
        center: getCenter(data.map.extent),
        minResolution: Math.min(1 / data.map.metresPerUnit, Math.max(east - west, north - south) / 4000),
        maxResolution: Math.max(east - west, north - south) / 150,
        extent: grown(data.map.extent, 0.25),
        constrainOnlyCenter: true,
        showFullExtent: true,
        enableRotation: false,
      }),
    });
    this.whole();
    this.update();
  }

  /** Brings the map to what the state of its layers says. */
  update(): void {
    this.pictures.update();
    this.outlines.update(this.pictures.season, this.pictures.change);
  }

  /** Shows all of the map. */
  whole(): void {
    this.map.getView().fit(this.data.map.extent, { padding: [8, 8, 8, 8] });
  }

  /** What is outlined at a position, topmost first. */
  thingsAt(position: Position): Thing[] {
    return this.outlines.at(position, reach * (this.map.getView().getResolution() ?? 0));
  }

  /** Marks a thing, and goes there where wanted. */
  choose(thing: Thing | null, go: boolean): void {
    const feature = this.outlines.choose(thing), extent = feature?.getGeometry()?.getExtent();
    if (go && extent) this.map.getView().fit(extent, { padding: [60, 60, 60, 60], minResolution: 4 / this.data.map.metresPerUnit });
  }
}

function grown(extent: number[], share: number): number[] {
  const [west, south, east, north] = extent as [number, number, number, number], x = (east - west) * share, y = (north - south) * share;
  return [west - x, south - y, east + x, north + y];
}
