// What asm writes into the page: PageData and the records around it in Asm.Analysis/Reporting/Page.

export type Extent = [west: number, south: number, east: number, north: number];
export type Position = [x: number, y: number];

export interface MapClass {
  code: number;
  name: string;
  color: string;
}

/** A picture of the map: a WebP in colours, or a grey PNG of codes or of steps between two values, which the page colours. */
export interface Picture {
  index: number;
  kind: "color" | "codes" | "values";
  extent: Extent;
  low: number;
  high: number;
}

export interface Shape {
  class: string;
  hectares: number;
  confidence: number | null;
  zones: string[];
  place: Position;
  polygons: Position[][][];
}

export interface Shapes {
  count: number;
  hectares: number;
  largest: Shape[];
}

export interface SceneDate {
  tile: string;
  name: string;
  inputs: { name: string; sha256: string }[];
}

export interface Season {
  name: string;
  zoneMap: string;
  /** In the order of the classes. */
  hectares: number[];
  noDataHectares: number;
  scene: Picture | null;
  classes: Picture;
  probabilities: Picture | null;
  confidence: Picture | null;
  polygons: Shapes | null;
  dates: SceneDate[];
}

export interface ChangeRow {
  from: string;
  to: string;
  code: number;
  pixels: number;
  hectares: number;
}

export interface Change {
  before: string;
  after: string;
  zoneMap: string;
  map: Picture;
  rows: ChangeRow[];
  density: Picture | null;
  polygons: Shapes | null;
}

export interface ZoneRow {
  zone: string;
  map: string;
  class: string;
  hectares: number;
  share: number;
  part: string;
  code: number;
}

export interface Zones {
  rows: ZoneRow[];
  areas: { name: string; polygons: Position[][][] }[];
  notes: string[];
}

export interface PageMap {
  crs: string;
  name: string;
  metresPerUnit: number;
  extent: Extent;
  side: number;
  lonLat: number[];
}

export interface Data {
  title: string;
  tool: string;
  model: { name: string; sha256: string };
  classes: MapClass[];
  followed: number;
  map: PageMap;
  seasons: Season[];
  changes: Change[];
  zones: Zones | null;
  accuracyMap: string | null;
  accuracy: unknown;
  warnings: { subject: string; text: string }[];
  options: Record<string, string>;
}

export function read(): Data | null {
  try {
    return JSON.parse(document.getElementById("data")?.textContent ?? "") as Data;
  } catch {
    return null;
  }
}

/** What a change code means for the followed class. */
export type ChangeGroup = "new" | "stayed" | "lost" | "other" | "same";

export function groupOf(code: number, followed: number): ChangeGroup {
  const before = Math.floor(code / 10), after = code % 10;
  if (before === after) return before === followed ? "stayed" : "same";
  return after === followed ? "new" : before === followed ? "lost" : "other";
}

/** The hectares of a change that are of one group. */
export function hectaresOf(change: Change, followed: number, group: ChangeGroup): number {
  return change.rows.filter((row) => row.code > 0 && groupOf(row.code, followed) === group).reduce((sum, row) => sum + row.hectares, 0);
}
