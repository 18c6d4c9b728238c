import ImageLayer from "ol/layer/Image";
import ImageSource from "ol/source/Image";
import { getRenderPixel } from "ol/render";
import type Projection from "ol/proj/Projection";
import type RenderEvent from "ol/render/Event";
import type { Change, Data, Picture, Season } from "./data";
import { changePalette, classPalette, rampPalette, ramps } from "./colors";
import { bitmapOf, type Palette } from "./pictures";

export const kinds = ["scene", "classes", "probabilities", "confidence", "change", "density"] as const;
export type Kind = (typeof kinds)[number];

const steps = 100;
const start: Record<Kind, { visible: boolean; opacity: number }> = {
  scene: { visible: true, opacity: 1 },
  classes: { visible: true, opacity: 0.85 },
  probabilities: { visible: false, opacity: 0.85 },
  confidence: { visible: false, opacity: 0.85 },
  change: { visible: false, opacity: 0.9 },
  density: { visible: false, opacity: 0.7 },
};

/** What the map shows. */
export interface View {
  season: number;
  /** The season to compare with, or null. */
  before: number | null;
  /** Where the divider is, 0 to 1. */
  divider: number;
}

/** The pictures of the map: one layer of each kind for the season shown, and one for the season it is compared with. */
export class PictureLayers {
  readonly state = structuredClone(start);
  readonly shown: Record<"classes" | "change", Set<string>>;
  private readonly now = new Map<Kind, ImageLayer<ImageSource>>();
  private readonly before = new Map<Kind, ImageLayer<ImageSource>>();
  private readonly sources = new Map<string, ImageSource>();

  constructor(private readonly data: Data, private readonly projection: Projection, readonly view: View) {
    this.shown = { classes: new Set(startClasses(data)), change: new Set(["new", "stayed", "lost"]) };
    kinds.forEach((kind, i) => {
      this.before.set(kind, this.layer(2 * i, () => [0, this.view.divider]));
      this.now.set(kind, this.layer(2 * i + 1, () => [this.view.divider, 1]));
    });
  }

  get all(): ImageLayer<ImageSource>[] {
    return [...this.before.values(), ...this.now.values()];
  }

  get season(): Season {
    return this.data.seasons[this.view.season]!;
  }

  /** The season it is compared with, or null. */
  get earlier(): Season | null {
    return this.view.before === null ? null : this.data.seasons[this.view.before]!;
  }

  /** The change that ends with the season shown. */
  get change(): Change | null {
    return this.changeTo(this.season);
  }

  /** The picture of a kind that is shown, or null where the run has none. */
  picture(kind: Kind, season: Season = this.season): Picture | null {
    if (kind === "change") return this.changeTo(season)?.map ?? null;
    if (kind === "density") return this.changeTo(season)?.density ?? null;
    return season[kind];
  }

  /** True where any season has a picture of a kind. */
  has(kind: Kind): boolean {
    return this.data.seasons.some((season) => this.picture(kind, season) !== null);
  }

  /** Brings the layers to what the state and the view say. */
  update(): void {
    const { earlier } = this;
    for (const kind of kinds) {
      const { visible, opacity } = this.state[kind];
      this.set(this.now.get(kind)!, visible ? this.picture(kind) : null, opacity);
      this.set(this.before.get(kind)!, visible && earlier ? this.picture(kind, isOfBoth(kind) ? this.season : earlier) : null, opacity);
    }
  }

  private changeTo(season: Season): Change | null {
    const to = this.data.changes.filter((change) => change.after === season.name), before = this.data.seasons[this.data.seasons.indexOf(season) - 1];
    return to.find((change) => change.before === this.earlier?.name) ?? to.find((change) => change.before === before?.name) ?? to[0] ?? null;
  }

  private set(layer: ImageLayer<ImageSource>, picture: Picture | null, opacity: number): void {
    layer.setOpacity(opacity);
    layer.setVisible(picture !== null);
    if (picture) layer.setSource(this.source(picture));
  }

  private source(picture: Picture): ImageSource {
    const key = `${picture.index}:${this.paletteKey(picture)}`;
    let made = this.sources.get(key);
    if (!made) {
      const palette = this.palette(picture), [west, south, east, north] = picture.extent;
      made = new ImageSource({
        projection: this.projection,
        interpolate: picture.kind === "color",
        // A loader that asks for nothing is called once.
        loader: async () => {
          const image = await bitmapOf(picture, palette);
          return { image, extent: picture.extent, resolution: [(east - west) / image.width, (north - south) / image.height], pixelRatio: 1 };
        },
      });
      this.sources.set(key, made);
    }
    return made;
  }

  /** Tells palettes of one picture apart. */
  private paletteKey(picture: Picture): string {
    const group = this.groupsOf(picture);
    return group ? [...this.shown[group]].sort().join() : "";
  }

  private groupsOf(picture: Picture): "classes" | "change" | null {
    return picture.kind !== "codes" ? null : this.data.changes.some((change) => change.map === picture) ? "change" : "classes";
  }

  private palette(picture: Picture): Palette | null {
    if (picture.kind === "color") return null;
    const group = this.groupsOf(picture);
    if (group === "change") return changePalette(this.data.followed, this.shown.change);
    if (group === "classes") return classPalette(this.data.classes, this.shown.classes);
    if (this.data.changes.some((change) => change.density === picture)) return rampPalette(ramps.density, steps, true);
    return this.data.seasons.some((season) => season.confidence === picture) ? rampPalette(ramps.confidence, steps, false) : rampPalette(ramps.probabilities, steps, false);
  }

  /** A layer that is drawn from one share of the map's width to another while seasons are compared. */
  private layer(order: number, part: () => [number, number]): ImageLayer<ImageSource> {
    const made = new ImageLayer<ImageSource>({ zIndex: order, visible: false });
    let clipped = false;
    made.on("prerender", (event: RenderEvent) => {
      const context = event.context as CanvasRenderingContext2D, size = made.getMapInternal()?.getSize();
      clipped = this.view.before !== null && size !== undefined;
      if (!clipped || !size) return;
      const [from, to] = part().map((share) => share * size[0]!) as [number, number];
      const corners = [[from, 0], [to, 0], [to, size[1]!], [from, size[1]!]].map((corner) => getRenderPixel(event, corner));
      context.save();
      context.beginPath();
      corners.forEach(([x, y], i) => (i === 0 ? context.moveTo(x!, y!) : context.lineTo(x!, y!)));
      context.closePath();
      context.clip();
    });
    made.on("postrender", (event: RenderEvent) => {
      if (clipped) (event.context as CanvasRenderingContext2D).restore();
    });
    return made;
  }
}

/** What changed between two seasons is of both of them. */
export function isOfBoth(kind: Kind): boolean {
  return kind === "change" || kind === "density";
}

/** All classes, but for the one that covers most where a scene shows what is below: the rare ones are what one looks for. */
function startClasses(data: Data): string[] {
  const codes = data.classes.map((c) => String(c.code));
  const first = data.seasons[0];
  if (!first?.scene || codes.length < 2) return codes;
  const most = data.classes.reduce((best, _, i) => (first.hectares[i]! > first.hectares[best]! && data.classes[i]!.code !== data.followed ? i : best), data.classes.findIndex((c) => c.code !== data.followed));
  return codes.filter((_, i) => i !== most);
}
