import type { MapClass, ChangeGroup } from "./data";
import { groupOf } from "./data";
import type { Palette } from "./pictures";

/** Of Okabe and Ito (2008), as the change maps of asm have them: told apart with any kind of colour blindness. */
export const groupColors: Record<Exclude<ChangeGroup, "same">, string> = { new: "#d55e00", stayed: "#7f3800", lost: "#0072b2", other: "#8c8c8c" };

/** Ramps from low to high whose lightness runs one way, so that they read without colours too. */
export const ramps = {
  probabilities: ["#030833", "#200466", "#510962", "#751064", "#991766", "#be1e63", "#dd325c", "#f15355", "#f87958", "#fa9c66", "#fbbc7e", "#fdd9a0", "#fef3d3"],
  confidence: ["#00204d", "#31446b", "#666970", "#958f78", "#cbba69", "#ffea46"],
  density: ["#fde0c5", "#facba6", "#f8b58b", "#f59e72", "#f2855d", "#ef6a4c", "#c8372d", "#8b0a14"],
};

export function rgb(color: string): [number, number, number] {
  const value = parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The palette of a class map: the classes that are shown, nothing else. */
export function classPalette(classes: MapClass[], shown: ReadonlySet<string>): Palette {
  const palette = new Uint8ClampedArray(1024);
  for (const c of classes) if (shown.has(String(c.code))) palette.set([...rgb(c.color), 255], 4 * c.code);
  return palette;
}

/** The palette of a change map: the groups that are shown, nothing else. */
export function changePalette(followed: number, shown: ReadonlySet<string>): Palette {
  const palette = new Uint8ClampedArray(1024);
  for (let code = 11; code < 100; code++) {
    const group = groupOf(code, followed);
    if (group !== "same" && shown.has(group)) palette.set([...rgb(groupColors[group]), 255], 4 * code);
  }
  return palette;
}

/** The palette of values: sample 1 has the first colour, sample steps + 1 the last. */
export function rampPalette(colors: string[], steps: number, fadeIn: boolean): Palette {
  const palette = new Uint8ClampedArray(1024);
  for (let step = 0; step <= steps; step++) {
    const position = (step / steps) * (colors.length - 1), low = Math.min(Math.floor(position), colors.length - 2), rest = position - low;
    const from = rgb(colors[low]!), to = rgb(colors[low + 1]!);
    // Where there is next to nothing the ground shows.
    const opacity = fadeIn ? Math.min(255, (255 * 5 * step) / steps) : 255;
    palette.set([...from.map((channel, i) => channel + (to[i]! - channel) * rest), opacity], 4 * (step + 1));
  }
  return palette;
}

export function gradient(colors: string[]): string {
  return `linear-gradient(to right, ${colors.join(", ")})`;
}

// Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
const blindness = [
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
];

/** Below this distance in CIE L*a*b* (1976) two colours of a map are hard to tell apart. */
const leastDistance = 20;

/** Pairs of names whose colours are alike to readers with or without protanopia or deuteranopia. */
export function alike(colors: { name: string; color: string }[]): [string, string][] {
  const seen = [null, ...blindness].map((matrix) => colors.map((c) => lab(matrix ? through(matrix, linear(c.color)) : linear(c.color))));
  const pairs: [string, string][] = [];
  for (let i = 0; i < colors.length; i++)
    for (let j = i + 1; j < colors.length; j++)
      if (seen.some((labs) => Math.hypot(...labs[i]!.map((value, k) => value - labs[j]![k]!)) < leastDistance)) pairs.push([colors[i]!.name, colors[j]!.name]);
  return pairs;
}

function linear(color: string): number[] {
  return rgb(color).map((channel) => (channel <= 10.31475 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
}

function through(matrix: number[], color: number[]): number[] {
  return [0, 3, 6].map((row) => Math.min(1, Math.max(0, color.reduce((sum, value, i) => sum + value * matrix[row + i]!, 0))));
}

function lab(color: number[]): number[] {
  const [r, g, b] = color as [number, number, number];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), y = f(0.2126 * r + 0.7152 * g + 0.0722 * b), z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
