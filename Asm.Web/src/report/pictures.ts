import type { Picture } from "./data";

/** Red, green, blue and opacity of samples 0 to 255. */
export type Palette = Uint8ClampedArray;

let lines: string[] | null = null;

function bytesOf(index: number): Uint8Array {
  lines ??= (document.getElementById("pictures")?.textContent ?? "").split("\n");
  const text = atob(lines[index] ?? ""), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A picture; one of samples in the colours of a palette. */
export function bitmapOf(picture: Picture, palette: Palette | null): Promise<ImageBitmap> {
  const bytes = bytesOf(picture.index);
  const image = palette ? colored(bytes, palette) : bytes;
  return createImageBitmap(new Blob([image as BlobPart], { type: picture.kind === "color" ? "image/webp" : "image/png" }));
}

const samples = new Map<number, Promise<ImageBitmap>>();
const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** The sample at a position of the map; 0, no data, beyond the picture. */
export async function sampleAt(picture: Picture, x: number, y: number): Promise<number> {
  let bitmap = samples.get(picture.index);
  if (!bitmap) samples.set(picture.index, (bitmap = bitmapOf(picture, null)));
  const image = await bitmap, [west, south, east, north] = picture.extent;
  const column = Math.floor(((x - west) / (east - west)) * image.width), row = Math.floor(((north - y) / (north - south)) * image.height);
  if (!probe || column < 0 || row < 0 || column >= image.width || row >= image.height) return 0;
  probe.canvas.width = probe.canvas.height = 1;
  probe.drawImage(image, column, row, 1, 1, 0, 0, 1, 1);
  return probe.getImageData(0, 0, 1, 1).data[0] ?? 0;
}

const header = 33, dataChunk = "IDAT", endChunk = "IEND";

/** A grey PNG of 8 bits as one with a palette: its samples stay as they are, compressed, and become indices. */
function colored(png: Uint8Array, palette: Palette): Uint8Array {
  const start = png.slice(0, header);
  start[25] = 3;
  new DataView(start.buffer).setUint32(29, crc(start.subarray(12, 29)));
  const colors = new Uint8Array(768), opacities = new Uint8Array(256);
  for (let i = 0; i < 256; i++) {
    colors.set(palette.subarray(4 * i, 4 * i + 3), 3 * i);
    opacities[i] = palette[4 * i + 3] ?? 0;
  }
  const parts = [start, chunk("PLTE", colors), chunk("tRNS", opacities)];
  const view = new DataView(png.buffer, png.byteOffset);
  for (let at = header; at + 12 <= png.length; ) {
    const end = at + 12 + view.getUint32(at), name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (name === dataChunk || name === endChunk) parts.push(png.subarray(at, end));
    at = end;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const made = new Uint8Array(12 + content.length), view = new DataView(made.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) made[4 + i] = name.charCodeAt(i);
  made.set(content, 8);
  view.setUint32(8 + content.length, crc(made.subarray(4, 8 + content.length)));
  return made;
}

/** CRC-32 as PNG has it (ISO 3309). */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
