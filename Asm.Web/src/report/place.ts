import type { PageMap } from "./data";

/** Longitude and latitude of a position, linear in a lattice of known ones. */
export function lonLat(map: PageMap, x: number, y: number): [number, number] | null {
  const [west, south, east, north] = map.extent, cells = map.side - 1;
  const right = ((x - west) / (east - west)) * cells, down = ((north - y) / (north - south)) * cells;
  const column = Math.min(cells - 1, Math.max(0, Math.floor(right))), row = Math.min(cells - 1, Math.max(0, Math.floor(down)));
  const at = (i: number, j: number, k: number) => map.lonLat[2 * ((row + j) * map.side + column + i) + k] ?? 999;
  const u = right - column, v = down - row;
  const mixed = (k: number) => (1 - v) * ((1 - u) * at(0, 0, k) + u * at(1, 0, k)) + v * ((1 - u) * at(0, 1, k) + u * at(1, 1, k));
  const [lon, lat] = [mixed(0), mixed(1)];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}
